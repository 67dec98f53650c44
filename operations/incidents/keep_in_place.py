"""After another network was stored, open incidents keep their place on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.incidents import Incident, Outage
from domain.places import LonLat
from domain.states import IncidentState
from domain.tickets import LocatedTicket, Snap
from operations.ground import Ground
from operations.incidents.live_isolation import live_isolation, shuts_the_same
from operations.isolate_incident import burst_pipe, use_isolation, with_proposal
from storage import UnitOfWork

#: A pipe that was split or renamed lies where the old one lay; farther off it is another one,
#: metres. Source: as for a doubtful snap, gis/snap.py.
SAME_PIPE_M = 50.0


@dataclass(frozen=True, slots=True)
class InPlace:
    """What became of the open incidents.

    Attributes
    ----------
    moved
        Incident, its pipe before, and the pipe that lies there now: None if none is near.
    proposed
        Outages whose isolation would be another one now; a dispatcher adopts it.
    """

    moved: tuple[tuple[str, str, str | None], ...] = ()
    proposed: tuple[str, ...] = ()


def keep_in_place(work: UnitOfWork, ground: Ground) -> InPlace:
    """Put open incidents and tickets whose pipe went on the pipe there, and isolate them again."""
    moved = tuple(_moved(work, ground, one) for one in _off_the_network(work, ground))
    work.tickets.save(_placed_again(ground, work.tickets.open_located()))
    renewed = [_renewed(work, ground, one) for one in work.outages.active()]
    return InPlace(moved, tuple(one.id for one in renewed if one.proposal is not None))


def _off_the_network(work: UnitOfWork, ground: Ground) -> list[Incident]:
    known = ground.network.link_by_id
    return [one for one in work.incidents.active() if one.link and one.link not in known]


def _moved(work: UnitOfWork, ground: Ground, incident: Incident) -> tuple[str, str, str | None]:
    """Store the incident on the pipe that lies there now; ``incident.pipe_replaced`` tells."""
    snap = _snap(ground, incident.location)
    before, after = incident.link or "", snap.link if snap else None
    work.incidents.save([replace(incident, link=after)])
    work.events.append("incident.pipe_replaced", incident.id, {"from": before, "to": after})
    return incident.id, before, after


def _snap(ground: Ground, place: LonLat) -> Snap | None:
    snap = ground.snapper.snap(place)
    return snap if snap and snap.distance_m <= SAME_PIPE_M else None


def _placed_again(ground: Ground, tickets: Iterable[LocatedTicket]) -> list[LocatedTicket]:
    """Return the tickets whose pipe went, on the pipe there or on none."""
    known = ground.network.link_by_id
    return [
        replace(one, place=replace(one.place, snap=_snap(ground, one.place.position)))
        for one in tickets
        if one.place.snap and one.place.snap.link not in known
    ]


def _renewed(work: UnitOfWork, ground: Ground, outage: Outage) -> Outage:
    """Return the outage reckoned on the new network: proposed if other isolation valves shut it.

    What the same ones dry now is taken over at once. An isolation whose pipe went and left no
    other one near stays as it is, to be read.
    """
    outage = with_proposal(work, ground, outage)
    pipe = burst_pipe(work, ground, outage)
    running = work.incidents.get(outage.incident).state is not IncidentState.RESOLVED
    if pipe is None or outage.proposal is not None or not running:
        return outage
    fresh = live_isolation(work, ground, pipe, outage.incident)
    if fresh == outage.isolation or not shuts_the_same(fresh, outage.isolation):
        return outage
    return use_isolation(work, ground, outage, fresh)
