"""The running day as read in one moment: crews, visits, work orders, where everybody is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from domain.crews import Crew
from domain.incidents import WorkOrder
from domain.places import LonLat
from domain.reports import CrewFix
from domain.visits import TrackedVisit
from operations.arriving.good_fix import FIX_LASTS, in_shift, is_sharp
from operations.ground import Ground
from operations.replanning.drives import Drives
from operations.replanning.kept_visits import ARRIVED, Kept, keep
from operations.replanning.roster import Roster
from operations.replanning.timing import Timing, guessed_ends, whole
from storage import UnitOfWork


@dataclass(frozen=True)
class Whereabouts:
    """Where a crew is, when its phone last said so, and whether that still counts."""

    position: LonLat
    fix_at: datetime | None
    fresh: bool


@dataclass(frozen=True)
class RunningDay:
    """What was read; nothing here touches the database any more.

    Attributes
    ----------
    now
        On a whole second.
    crews
        Those on the list, in its order.
    visits
        Those that have not ended.
    orders
        By id the work orders that have not ended, and those of the visits.
    fixes
        The last fix of each crew.
    roster
        Which crews can be planned, and what dispatchers said of them.
    """

    now: datetime
    ground: Ground
    crews: tuple[Crew, ...]
    visits: tuple[TrackedVisit, ...]
    orders: Mapping[str, WorkOrder]
    fixes: Mapping[str, CrewFix]
    roster: Roster

    @classmethod
    def read(cls, work: UnitOfWork, ground: Ground, now: datetime) -> RunningDay:
        """Return the day as this unit of work sees it."""
        visits = work.visits.active()
        orders = {order.id: order for order in work.work_orders.active()}
        for one in visits:
            if one.work_order not in orders:
                orders[one.work_order] = work.work_orders.get(one.work_order)
        crews, fixes = work.crews.all(), work.fixes.latest()
        return cls(whole(now), ground, crews, visits, orders, fixes, Roster.read(work, now))

    @cached_property
    def kept(self) -> Kept:
        """The visits that no plan takes away."""
        return keep(self.visits, self.roster, self.orders)

    @cached_property
    def whereabouts(self) -> dict[str, Whereabouts]:
        """Where each crew is: by a good fix, else at its work, else where it was seen last."""
        return {crew.id: self._find(crew) for crew in self.crews}

    def timing(self, orders: Mapping[str, WorkOrder], others: Sequence[LonLat] = ()) -> Timing:
        """Return what times chains over drives between all crews, these orders and other places."""
        positions = {crew: one.position for crew, one in self.whereabouts.items()}
        return Timing(
            now=self.now,
            crews=self.roster.present,
            orders=self.orders,
            drives=Drives.over(self.ground, positions, orders, self.now, others),
            seen=self._seen(),
            ends=guessed_ends(self.orders, self.visits, self.now),
        )

    def _seen(self) -> dict[str, datetime]:
        """Return when each crew was seen that is where a good fix says."""
        return {
            crew: one.fix_at for crew, one in self.whereabouts.items() if one.fresh and one.fix_at
        }

    def _find(self, crew: Crew) -> Whereabouts:
        fix = self.fixes.get(crew.id)
        of_shift = fix is not None and in_shift(fix, crew)
        fix_at = fix.device_time if fix else None
        if fix is not None and of_shift and self._is_good(fix):
            return Whereabouts(fix.position, fix_at, fresh=True)
        for visit in self.kept.chains.get(crew.id, ()):
            if visit.state in ARRIVED:
                place = self.orders[visit.work_order].location
                return Whereabouts(place, fix_at, fresh=False)
        place = fix.position if fix is not None and of_shift else crew.position
        return Whereabouts(place, fix_at, fresh=False)

    def _is_good(self, fix: CrewFix) -> bool:
        return self.now - fix.device_time <= FIX_LASTS and is_sharp(fix)
