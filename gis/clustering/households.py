"""What the calls say: one household once, each with the pipe it hangs on and what it noticed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.network import PipeNetwork
from domain.phones import own_line
from domain.places import LonLat
from domain.tickets import LocatedTicket, Snap
from domain.words import Symptom
from domain.work import BURST_FAMILY, BURSTS
from gis.isolation.engine import Engine, engine_of

#: Calls farther apart than this are not one incident without a person saying so.
#: Source: mainbreak default; long enough for a burst that is first seen at dawn.
WINDOW = timedelta(minutes=60)

SEEN = BURSTS | {Symptom.LEAK_ON_ROAD}
FELT = BURST_FAMILY - SEEN

#: Of several calls of one household the one that says most is taken.
_TELLING = (*sorted(SEEN), Symptom.NO_WATER, Symptom.LOW_PRESSURE)


@dataclass(frozen=True, slots=True)
class Caller:
    """One household that called: the row of its pipe, what it noticed, and its tickets.

    ``node`` is the row of the node that it hangs on, -1 if it hangs on the pipe; ``toward`` is 1
    near the pipe's end, else 0; ``position`` the place on it.
    """

    link: int
    node: int
    toward: float
    position: LonLat
    symptom: Symptom
    tickets: tuple[LocatedTicket, ...]


def household(one: LocatedTicket) -> Hashable:
    """Return what tells callers apart: the premises, else their own phone, else the ticket."""
    if one.place.premises is not None:
        return ("premises", one.place.premises)
    line = own_line(one.ticket.phone)
    return ("phone", line) if line else ("ticket", one.id)


def callers_of(network: PipeNetwork, calls: Iterable[LocatedTicket]) -> tuple[Caller, ...]:
    """Return the households that noticed a burst, each once, in an order of their own."""
    engine = engine_of(network)
    by_household: dict[Hashable, list[LocatedTicket]] = {}
    for one in sorted(calls, key=received):
        known = one.place.snap is not None and one.place.snap.link in engine.links
        if known and one.symptom in BURST_FAMILY:
            by_household.setdefault(household(one), []).append(one)
    return tuple(_caller(network, engine, tickets) for tickets in by_household.values())


def _caller(network: PipeNetwork, engine: Engine, tickets: Sequence[LocatedTicket]) -> Caller:
    best = min(tickets, key=lambda one: (_TELLING.index(one.symptom), received(one)))
    snap = best.place.snap
    if snap is None:
        raise ValueError(f"ticket {best.id} is on no pipe")
    home = network.premises_by_id.get(best.place.premises or "")
    link = home.link if home and home.link in engine.links else snap.link
    node = home.node if home else None
    return Caller(
        link=engine.links[snap.link if best.symptom in SEEN else link],
        node=engine.nodes.get(node or "", -1),
        toward=_toward(network, snap),
        position=snap.location,
        symptom=best.symptom,
        tickets=tuple(tickets),
    )


def received(one: LocatedTicket) -> tuple[object, str]:
    """Return what tickets are sorted by: when received, then their id."""
    return one.ticket.received_at, one.id


def _toward(network: PipeNetwork, snap: Snap) -> float:
    """Return at which end of its pipe a place lies, 0 or 1: a home has the pressure there."""
    length = network.link_by_id[snap.link].length_m
    return 1.0 if snap.offset_m > length / 2 else 0.0
