"""Who is really without water in an outage: by the isolation valves as crews have reported them.

Predicted is what the isolation says; actual are the premises that supply reached in the undisturbed
network and does not reach with these isolation valves shut. Before the burst is cut off, those near
it may have low pressure; only who has no path to a source counts as out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import gis
from domain.incidents import Outage, SupplyStep
from domain.network import PipeNetwork, Position
from domain.states import OutageState
from domain.words import WorkOrderKind
from operations.ground import Ground
from operations.incidents.live_isolation import undisturbed_network
from operations.incidents.of_incident import OVER, orders_of
from storage import UnitOfWork

#: States in which an outage has somebody without water, or had until a valve was opened.
DRY = frozenset({OutageState.IN_EFFECT, OutageState.PARTLY_RESTORED})


@dataclass(frozen=True, slots=True)
class Turned:
    """The isolation valves that differ from the undisturbed network."""

    shut: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()


def turned_after(outage: Outage, steps: Sequence[SupplyStep]) -> Turned:
    """Return how the isolation valves stand after some of the outage's steps.

    What the outage has closed without a step of its own was closed before it.
    """
    told = {one.isolation_valve for one in outage.steps}
    last = {one.isolation_valve: one.position for one in steps}
    shut = {name for name, position in last.items() if position is Position.CLOSED}
    shut |= {name for name in outage.closed if name not in told}
    return Turned(frozenset(shut), frozenset(last) - shut)


def without_water(
    work: UnitOfWork, ground: Ground, outage: Outage, turned: Turned, at: datetime | None = None
) -> frozenset[str]:
    """Return the ids of the outage's premises without water when these isolation valves are turned.

    Those that only the combination with another outage dries count as soon as both are shut;
    ``at`` is when, None for now.
    """
    network = undisturbed_network(work, ground, outage)
    own = _lost(network, turned)
    if not outage.isolation.only_combined_pipes:
        return own
    both = _lost(network, _with_others(work, outage, turned, at))
    return own | both.intersection(outage.isolation.premises)


def dry_now(work: UnitOfWork, ground: Ground, outage: Outage) -> frozenset[str]:
    """Return the ids of the premises an outage has without water now, none before it began.

    What an isolation reported as done has not spoken of counts as shut; where nobody has turned
    anything, the predicted ones are out.
    """
    if outage.state not in DRY:
        return frozenset()
    turned, unsaid = turned_after(outage, outage.steps), _unsaid(work, outage)
    if not turned.shut and not outage.steps and not unsaid:
        return frozenset(outage.isolation.premises)
    return without_water(work, ground, outage, Turned(turned.shut | unsaid, turned.opened))


def _unsaid(work: UnitOfWork, outage: Outage) -> frozenset[str]:
    """Return what a crew that is done with the isolation must have shut without a word."""
    orders = orders_of(work, outage.incident)
    mine = [one for one in orders if one.kind is WorkOrderKind.ISOLATE]
    if not mine or any(one.state not in OVER for one in mine):
        return frozenset()
    told = {*outage.closed, *outage.stuck, *(one.isolation_valve for one in outage.steps)}
    return frozenset(outage.isolation.close) - told


def _with_others(work: UnitOfWork, outage: Outage, turned: Turned, at: datetime | None) -> Turned:
    others = [one for one in work.outages.active() if one.id != outage.id]
    past = [
        turned_after(one, [step for step in one.steps if at is None or step.at <= at])
        for one in others
    ]
    return Turned(turned.shut.union(*(one.shut for one in past)), turned.opened)


def _lost(network: PipeNetwork, turned: Turned) -> frozenset[str]:
    """Return who loses water."""
    held = network.isolation_valve_by_id
    shut = [one for one in turned.shut if one in held]
    return frozenset(gis.without_water(network, shut, turned.opened))
