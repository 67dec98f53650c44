"""The isolation valves of an outage as a crew opens them: what gives most premises water first.

Each keeps the number it has in the closing order. Until the repair is done only those are offered
that let no water into the segment; the others are held.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.incidents import Outage
from domain.network import IsolationValve, Operability, Position
from domain.states import ENDED, IncidentState
from operations.ground import Ground
from operations.incidents.actual_supply import Turned, turned_after, without_water
from operations.incidents.live_isolation import present_network
from operations.incidents.of_incident import is_repaired, shut_by_others
from storage import UnitOfWork


class OpeningState(StrEnum):
    """How far one isolation valve is: ``held`` until the repair, ``kept`` for another outage."""

    NEXT = "next"
    WAITING = "waiting"
    HELD = "held"
    KEPT = "kept"
    JAMMED = "jammed"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class OpeningStep:
    """One isolation valve to open; ``gives_back`` counts premises with water again by it.

    Of one that is opened it is what it gave back. ``dn`` is millimetres.
    """

    number: int
    valve: IsolationValve
    dn: int
    road: str
    state: OpeningState
    gives_back: int


def opening_order(work: UnitOfWork, ground: Ground, outage: Outage) -> tuple[OpeningStep, ...]:
    """Return what was opened by the instant, then what is to be opened in the order to do it.

    What is held, kept or jammed comes last.
    """
    network = present_network(work, ground)
    known = network.isolation_valve_by_id
    over = work.incidents.get(outage.incident).state in ENDED[IncidentState]
    shut = [one for one in outage.closed if one in known and not over]
    kept = shut_by_others(work, outage.incident)
    states = {name: _state(known[name], outage, kept) for name in shut}
    if is_repaired(work, outage.incident):
        states = {
            name: OpeningState.WAITING if state is OpeningState.HELD else state
            for name, state in states.items()
        }
    found = [(name, OpeningState.OPENED, back) for name, back in _opened(outage) if name in known]
    found += _greedy(work, ground, outage, states)
    number = {name: row for row, name in enumerate(outage.numbered, start=1)}

    def step(name: str, state: OpeningState, back: int) -> OpeningStep:
        link = network.link_by_id.get(known[name].link)
        dn, road = (link.dn, link.road) if link else (0, "")
        return OpeningStep(number[name], known[name], dn, road, state, back)

    return tuple(step(*one) for one in found)


def _state(valve: IsolationValve, outage: Outage, kept: frozenset[str]) -> OpeningState:
    """Return why an isolation valve is not offered before the repair, waiting if it is."""
    if valve.id in kept:
        return OpeningState.KEPT
    if valve.operability is Operability.INOPERABLE:
        return OpeningState.JAMMED
    lets_water_in = valve.id in outage.isolation.close
    return OpeningState.HELD if lets_water_in else OpeningState.WAITING


def _opened(outage: Outage) -> list[tuple[str, int]]:
    """Return the isolation valves that are open again, first opened first, and what each gave."""
    last = {one.isolation_valve: one for one in outage.steps}
    opened = [one for one in last.values() if one.position is Position.OPEN]
    return [(one.isolation_valve, one.restored) for one in sorted(opened, key=lambda one: one.at)]


def _greedy(
    work: UnitOfWork, ground: Ground, outage: Outage, states: dict[str, OpeningState]
) -> list[tuple[str, OpeningState, int]]:
    """Return the shut ones, each time the one that gives most premises back, then by number."""
    number = {name: row for row, name in enumerate(outage.numbered)}
    turned = turned_after(outage, outage.steps)
    free = OpeningState.WAITING
    left = sorted(states, key=lambda one: (states[one] is not free, number[one]))
    found: list[tuple[str, OpeningState, int]] = []
    while left:
        out = len(without_water(work, ground, outage, turned))
        offered = [one for one in left if states[one] is free] or left
        gains = {one: out - len(_dry_without(work, ground, outage, turned, one)) for one in offered}
        best = max(offered, key=lambda one: (gains[one], -number[one]))
        state = states[best]
        if state is free and not any(one[1] is OpeningState.NEXT for one in found):
            state = OpeningState.NEXT
        found.append((best, state, gains[best]))
        turned = Turned(turned.shut - {best}, turned.opened)
        left.remove(best)
    return found


def _dry_without(
    work: UnitOfWork, ground: Ground, outage: Outage, turned: Turned, valve: str
) -> frozenset[str]:
    return without_water(work, ground, outage, Turned(turned.shut - {valve}, turned.opened))
