"""Where a call is: what the agent picked, where the agent pointed, else what the words say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from domain.errors import UnknownId
from domain.network import Premises
from domain.places import LonLat
from domain.tickets import Candidate, FoundBy, Ticket
from gis.crs import plane_around
from operations.ground import Ground

#: A place less likely than this is asked for. Source: mainbreak default; the chances are measured
#: ones (``benchmarks.locate``), so of the places that are taken without asking few are wrong.
SURE_ENOUGH = 0.8

#: Two places count as equally sure up to this difference, and as far apart beyond so many metres;
#: one that is known to more metres is asked for too. Source: mainbreak default.
NEARLY_EQUAL, FAR_APART_M = 0.1, 300.0

#: Degrees within which two positions are one: about a metre.
_SAME_DEG = 1e-5


def needs_confirmation(candidates: Sequence[Candidate]) -> bool:
    """Return True if a person has to say which place is meant.

    That is so where none is known, the best is not sure enough or known to some hundred metres
    only, or another one that is nearly as sure lies far from it.
    """
    if not candidates or candidates[0].confidence < SURE_ENOUGH:
        return True
    best = candidates[0]
    if best.radius_m > FAR_APART_M:
        return True
    rivals = [one for one in candidates[1:] if best.confidence - one.confidence <= NEARLY_EQUAL]
    metres = metres_from(best.position, [one.position for one in rivals])
    return any(each > FAR_APART_M for each in metres)


def metres_from(here: LonLat, places: Sequence[LonLat]) -> list[float]:
    """Return how far each place lies from one of them, in metres."""
    if not places:
        return []
    xy = plane_around([here]).xy(places)
    return [float(one) for one in np.hypot(xy[:, 0], xy[:, 1])]


def candidates_of(
    ground: Ground, ticket: Ticket, picked: str | None = None
) -> tuple[Candidate, ...]:
    """Return where a ticket may be, surest first.

    The premises that was picked is the answer; then the position, taken as the premises whose
    place it is if the words name one there; then what the words say.

    Raises
    ------
    UnknownId
        If the network does not hold the premises.
    """
    if picked:
        return (at_premises(ground, picked),)
    words = ground.gazetteer.locate_ticket(replace(ticket, position=None))
    if ticket.position is None:
        return words
    pointed = ground.gazetteer.locate_ticket(
        Ticket(ticket.id, ticket.received_at, position=ticket.position)
    )
    sure = max((one.confidence for one in pointed), default=SURE_ENOUGH)
    here = [_chosen(one, sure) for one in words if _is_at(one.position, ticket.position)]
    return (*here[:1], *(_named(one, ticket) for one in pointed)) if here or pointed else words


def _chosen(one: Candidate, sure: float) -> Candidate:
    """Return a place that somebody pointed at as sure as pointing is: nobody is asked again."""
    wide = min(one.radius_m, FAR_APART_M)
    return replace(one, confidence=max(one.confidence, sure), radius_m=wide)


def at_premises(ground: Ground, premises_id: str) -> Candidate:
    """Return the place of a premises that somebody picked.

    Raises
    ------
    UnknownId
        If the network does not hold it.
    """
    found = ground.network.premises_by_id.get(premises_id)
    if found is None:
        raise UnknownId("premises", premises_id, "pick one of those that were found")
    return _candidate(ground, found)


def _candidate(ground: Ground, one: Premises) -> Candidate:
    return Candidate(
        position=one.location,
        found_by=FoundBy.ACCOUNT,
        confidence=1.0,
        label=one.address or one.id,
        premises=one.id,
        snap=ground.snapper.snap_premises(one),
    )


def _named(pointed: Candidate, ticket: Ticket) -> Candidate:
    """Return the place with the caller's address as its label, which says more than degrees."""
    return replace(pointed, label=ticket.address or pointed.label)


def _is_at(one: LonLat, other: LonLat) -> bool:
    return abs(one.lon - other.lon) <= _SAME_DEG and abs(one.lat - other.lat) <= _SAME_DEG
