"""Places a text can mean."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Literal

from domain.tickets import Candidate, FoundBy, Side, SnapDoubt
from gis.locating.coordinates import is_short_link
from mainbreak.server.api.models.base import DIGITS, Body, Text, View
from operations.calling.place_of_call import FAR_APART_M, NEARLY_EQUAL, needs_confirmation


class AskReason(StrEnum):
    """Why a person has to say which place is meant.

    ``several`` are about as likely, the best is known to some hundred metres only (``wide``) or not
    sure enough (``unsure``), or nothing was found.
    """

    NOTHING = "nothing"
    SEVERAL = "several"
    WIDE = "wide"
    UNSURE = "unsure"


class LocateBody(Body):
    """What a caller says about where, or a link of a map."""

    text: Text


class CandidateView(View):
    """One answer to "where is this?"; what is said of its pipe is null where none is near.

    ``corrections`` are what was read otherwise than written, each as ``written→read``; ``radius_m``
    is 0 for one spot; ``by_connection`` is true where the pipe is the premises' own.
    """

    lon: float
    lat: float
    label: str
    found_by: FoundBy
    confidence: float
    radius_m: float
    premises: str | None
    pipe: str | None
    distance_m: float | None
    side: Side | None
    doubt: SnapDoubt | None
    by_connection: bool
    ignored: list[str]
    corrections: list[str]

    @classmethod
    def of(cls, one: Candidate) -> CandidateView:
        """Return a candidate as it is sent."""
        snap = one.snap
        return cls(
            lon=round(one.position.lon, DIGITS),
            lat=round(one.position.lat, DIGITS),
            label=one.label,
            found_by=one.found_by,
            confidence=round(one.confidence, 4),
            radius_m=round(one.radius_m, 1),
            premises=one.premises,
            pipe=snap.link if snap else None,
            distance_m=round(snap.distance_m, 1) if snap else None,
            side=snap.side if snap else None,
            doubt=snap.doubt if snap else None,
            by_connection=bool(snap and snap.by_connection),
            ignored=list(one.ignored),
            corrections=list(one.corrections),
        )


class Candidates(View):
    """Candidates, best first.

    ``needs_confirmation`` where none is sure enough to act on, for the ``reason`` then given;
    ``hint`` where the text is a shortened link, which says nothing until somebody opens it.
    """

    items: list[CandidateView]
    needs_confirmation: bool
    reason: AskReason | None
    hint: Literal["short_link"] | None

    @classmethod
    def of(cls, text: str, found: Sequence[Candidate]) -> Candidates:
        """Return what was found for a text as it is sent."""
        asks = needs_confirmation(found)
        return cls(
            items=[CandidateView.of(one) for one in found],
            needs_confirmation=asks,
            reason=ask_reason(found) if asks else None,
            hint="short_link" if is_short_link(text) else None,
        )


def ask_reason(found: Sequence[Candidate]) -> AskReason:
    """Return why candidates that need a person's word do."""
    if not found:
        return AskReason.NOTHING
    best, *others = found
    if any(best.confidence - one.confidence <= NEARLY_EQUAL for one in others):
        return AskReason.SEVERAL
    return AskReason.WIDE if best.radius_m > FAR_APART_M else AskReason.UNSURE
