"""Which crews could take a work order by hand, and how soon each would be there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.incidents import WorkOrder
from domain.travel import Unreachable
from domain.words import Skill
from operations.ground import Ground
from operations.live_crews import LiveCrew, live_crews
from operations.replanning.drives import Drives
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Reach:
    """One crew and one work order.

    Attributes
    ----------
    seconds
        The drive from where it is, if it set out now; None if no road leads there.
    why_not
        Why none does.
    missing
        Skills that the order needs and the crew lacks.
    too_small, off_shift
        Why else it could not take the order.
    """

    crew: str
    seconds: int | None
    missing: tuple[Skill, ...]
    too_small: bool
    off_shift: bool
    why_not: Unreachable | None = None

    @property
    def fit(self) -> bool:
        """True if nothing speaks against it."""
        return not (self.missing or self.too_small or self.off_shift or self.seconds is None)


def crew_reach(
    work: UnitOfWork, ground: Ground, work_order: str, now: datetime
) -> tuple[Reach, ...]:
    """Return every crew, the fit ones first, the nearest first.

    Raises
    ------
    UnknownId
        If there is no such work order.
    """
    order = work.work_orders.get(work_order)
    crews = live_crews(work, ground, now)
    positions = {one.crew.id: one.position for one in crews}
    drives = Drives.over(ground, positions, {order.id: order}, now)
    found = [_reach(one, order, drives, now) for one in crews]
    return tuple(sorted(found, key=_nearest))


def _reach(one: LiveCrew, order: WorkOrder, drives: Drives, now: datetime) -> Reach:
    drive, shift = drives.of_crew(one.crew.id, order.id), one.crew.shift
    return Reach(
        crew=one.crew.id,
        seconds=None if drive is None else drive.seconds,
        missing=tuple(sorted(order.skills - one.crew.skills)),
        too_small=one.crew.size < order.crew_size,
        off_shift=not shift.start <= now < shift.end,
        why_not=drives.why_not(one.crew.id, order.id),
    )


def _nearest(one: Reach) -> tuple[bool, float, str]:
    return not one.fit, float("inf") if one.seconds is None else one.seconds, one.crew
