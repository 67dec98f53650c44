"""The steps of an outage, valve by valve, and the state that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.incidents import Outage, SupplyStep
from domain.network import Position
from domain.states import OutageState
from operations.ground import Ground
from operations.incidents.actual_supply import DRY, turned_after, without_water
from operations.incidents.end_outage import relieve_others
from operations.incidents.moving import moved
from operations.incidents.of_incident import is_repaired, latest_outage_of
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Change:
    """An isolation valve that was turned, and its position from then on."""

    at: datetime
    isolation_valve: str
    position: Position


def reckon_steps(
    work: UnitOfWork, ground: Ground, outage: Outage, changes: Iterable[Change]
) -> Outage:
    """Store and return the outage with a step for each change of an isolation valve, by instant.

    A valve turned before the incident was known counts from then on. Steps known already keep
    their figures up to the first that is new.
    """
    opened = work.incidents.get(outage.incident).opened_at
    number = {name: row for row, name in enumerate(outage.numbered)}
    bare = tuple(
        sorted(
            (
                SupplyStep(max(one.at, opened), one.isolation_valve, one.position, out=0)
                for one in changes
            ),
            key=lambda one: (one.at, number[one.isolation_valve]),
        )
    )
    told = replace(outage, steps=bare)
    told = replace(told, steps=_counted(work, ground, told, outage.steps))
    work.outages.save([told])
    return told


def _turn(step: SupplyStep) -> tuple[datetime, str, Position]:
    return step.at, step.isolation_valve, step.position


def _counted(
    work: UnitOfWork, ground: Ground, outage: Outage, known: Sequence[SupplyStep]
) -> tuple[SupplyStep, ...]:
    kept = 0
    while kept < min(len(known), len(outage.steps)):
        if _turn(known[kept]) != _turn(outage.steps[kept]):
            break
        kept += 1

    def out(count: int) -> frozenset[str]:
        done = outage.steps[:count]
        at = done[-1].at if done else None
        return without_water(work, ground, outage, turned_after(outage, done), at)

    counted = list(known[:kept])
    before = out(kept) if kept < len(outage.steps) else frozenset()
    for row in range(kept, len(outage.steps)):
        now = out(row + 1)
        counted.append(replace(outage.steps[row], out=len(now), restored=len(before - now)))
        before = now
    return tuple(counted)


def follow_steps(work: UnitOfWork, ground: Ground, incident: str) -> None:
    """Let the incident's outage follow its steps: partly restored, restored, dry again.

    It is restored when nobody is without water any more and the repair is done; else it waits for
    the centre to verify.
    """
    outage = latest_outage_of(work, incident)
    if outage is None or not outage.steps or outage.state not in {*DRY, OutageState.RESTORED}:
        return
    back = restored_at(outage.steps) if is_repaired(work, incident) else None
    if back is not None:
        over = replace(outage, restored_at=back, etr=None, proposal=None)
        work.outages.save([moved(work.outages, over, OutageState.RESTORED)])
        relieve_others(work, ground)
        return
    state = (
        OutageState.PARTLY_RESTORED if is_partly_restored(outage.steps) else OutageState.IN_EFFECT
    )
    moved(work.outages, replace(outage, restored_at=None), state)


def restored_at(steps: Sequence[SupplyStep]) -> datetime | None:
    """Return when an isolation valve was opened since when nobody is without water; None if not.

    >>> restored_at(())
    """
    found = None
    for step in reversed(steps):
        if step.out:
            break
        if step.position is Position.OPEN:
            found = step.at
    return found


def is_partly_restored(steps: Sequence[SupplyStep]) -> bool:
    """Return True if fewer premises are out than once were: some have water again."""
    return bool(steps) and steps[-1].out < max(one.out for one in steps)
