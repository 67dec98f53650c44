"""Places a text can mean."""

from __future__ import annotations

from domain.tickets import Candidate, FoundBy
from mainbreak.server.api.models.base import DIGITS, Body, Line, View


class LocateBody(Body):
    """What a caller says about where."""

    text: Line


class CandidateView(View):
    """One answer to "where is this?"; ``doubtful`` where the pipe may be another."""

    lon: float
    lat: float
    label: str
    found_by: FoundBy
    confidence: float
    premises: str | None
    pipe: str | None
    doubtful: bool
    ignored: list[str]

    @classmethod
    def of(cls, one: Candidate) -> CandidateView:
        """Return a candidate as it is sent."""
        snap = one.snap
        return cls(
            lon=round(one.position.lon, DIGITS),
            lat=round(one.position.lat, DIGITS),
            label=one.label,
            found_by=one.found_by,
            confidence=one.confidence,
            premises=one.premises,
            pipe=snap.link if snap else None,
            doubtful=snap.doubtful if snap else True,
            ignored=list(one.ignored),
        )


class Candidates(View):
    """Candidates, best first; ``needs_confirmation`` where none is sure enough to act on."""

    items: list[CandidateView]
    needs_confirmation: bool
