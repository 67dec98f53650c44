"""The isolation valves of an outage as a crew closes them: numbered once, never renumbered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.incidents import Outage
from domain.network import IsolationValve, PipeNetwork
from operations.incidents.actual_supply import turned_after


class StepState(StrEnum):
    """How far one isolation valve of the closing order is."""

    WAITING = "waiting"
    NEXT = "next"
    CLOSED = "closed"
    STUCK = "stuck"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class ClosingStep:
    """One isolation valve of the closing order.

    ``number`` counts from 1 and never changes; ``dn`` is millimetres and ``road`` the street of
    the pipe it sits on.
    """

    number: int
    valve: IsolationValve
    dn: int
    road: str
    state: StepState


def closing_order(network: PipeNetwork, outage: Outage) -> tuple[ClosingStep, ...]:
    """Return the steps by number; what a later isolation no longer needs is left out.

    The first one that waits is ``next``.
    """
    numbered = outage.numbered or outage.isolation.close
    opened = turned_after(outage, outage.steps).opened
    wanted = {*outage.isolation.close, *outage.closed, *outage.stuck, *opened}
    steps = [
        _step(network, outage, number, valve_id)
        for number, valve_id in enumerate(numbered, start=1)
        if valve_id in wanted and valve_id in network.isolation_valve_by_id
    ]
    for row, step in enumerate(steps):
        if step.state is StepState.WAITING:
            steps[row] = replace(step, state=StepState.NEXT)
            break
    return tuple(steps)


def _step(network: PipeNetwork, outage: Outage, number: int, valve_id: str) -> ClosingStep:
    valve = network.isolation_valve_by_id[valve_id]
    link = network.link_by_id.get(valve.link)
    state = StepState.WAITING
    if valve_id in outage.closed:
        state = StepState.CLOSED
    elif valve_id in outage.stuck:
        state = StepState.STUCK
    elif valve_id in turned_after(outage, outage.steps).opened:
        state = StepState.OPENED
    return ClosingStep(number, valve, link.dn if link else 0, link.road if link else "", state)
