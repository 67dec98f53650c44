"""A day in the small town with its streets, for the tests of closures beside this file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from domain.closed_streets import ClosedStreets
from domain.closures import ClosureReason, ClosureShape
from domain.places import LonLat
from domain.reports import Report, ReportKind
from domain.travel import Unreachable
from operations.close_street import Wanted, close_street
from operations.closures.meant import Drawn, Here, Where
from operations.ground import Ground, GroundKeeper
from operations.record_report import record_report
from storage import Database, UnitOfWork
from tests.web import small_town
from tests.web.small_streets import crossing, load_streets

T = TypeVar("T")

TEN = small_town.SHIFT.start + timedelta(hours=2)

#: The street from the second crossing to the third of the second street from the south.
MIDDLE = crossing(1.5, 1)


def box(west: float, south: float, east: float, north: float) -> Drawn:
    """Return the area between these columns and rows of the town."""
    ring = ((west, south), (east, south), (east, north), (west, north))
    return Drawn(ClosureShape.AREA, tuple(crossing(*one) for one in ring))


@dataclass
class ClosedDay:
    """The database, a clock that stands where a test puts it, and the ground kept over it."""

    database: Database
    with_streets: bool = True
    now: datetime = TEN
    keeper: GroundKeeper = field(default_factory=GroundKeeper)

    def __post_init__(self) -> None:
        with self.work() as work:
            small_town.load(work)
            if self.with_streets:
                load_streets(work)

    def clock(self) -> datetime:
        """Return the present instant of the test."""
        return self.now

    def later(self, **by: float) -> datetime:
        """Move the clock on and return what it shows."""
        self.now += timedelta(**by)
        return self.now

    def work(self) -> UnitOfWork:
        """Return a unit of work that may write."""
        return self.database.unit_of_work(self.clock, actor="test", write_first=True)

    def do(self, act: Callable[[UnitOfWork, Ground], T]) -> T:
        """Return what an operation gives, in a transaction of its own."""
        with self.work() as work:
            found = act(work, self.keeper.of(work))
            work.commit()
        return found

    def ground(self) -> Ground:
        """Return the ground as it stands."""
        with self.work() as work:
            return self.keeper.of(work)

    def close(self, where: Where | None = None, **terms: object) -> ClosedStreets:
        """Close the middle street, or what is said, for a flood."""
        named = {"reason": ClosureReason.FLOOD, **terms}
        wanted = Wanted(where or Here(MIDDLE), **named)  # type: ignore[arg-type]
        return self.do(lambda work, ground: close_street(work, ground, wanted, "ann", self.now))[0]

    def seconds(self, a: LonLat, b: LonLat) -> float | Unreachable:
        """Return how long the drive takes now, or why there is none."""
        answer = self.ground().travel.route(a, b)
        return answer if isinstance(answer, Unreachable) else round(answer.seconds, 1)

    def said(self, number: int = 1, **parts: object) -> Report:
        """Return a crew's report that the middle street cannot be passed."""
        fields: dict[str, object] = {
            "id": str(UUID(int=number)),
            "crew": "C2",
            "work_order": "",
            "kind": ReportKind.ROAD_IMPASSABLE,
            "device_time": self.now,
            "received_at": self.now,
            "reason": "flood 没过轮胎",
            "position": MIDDLE,
        }
        return Report(**(fields | parts))  # type: ignore[arg-type]

    def report(self, report: Report) -> Report:
        """Return a report as it was stored."""
        return self.do(lambda work, ground: record_report(work, ground, report, self.now))

    def told(self, prefix: str = "closure.") -> list[str]:
        """Return the events of a kind as kind and subject, oldest first."""
        with self.work() as work:
            events = work.events.since(0, 10_000)
        return [f"{one.kind} {one.subject}" for one in events if one.kind.startswith(prefix)]
