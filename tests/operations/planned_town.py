"""A ring of pipes for planned shut-offs: two of them alone dry nobody and together dry some.

::

    R---a---b%-%c---g---h      bc alone dries nobody, ef alone dries nobody,
        |       |              together they dry cg, gh and fc (docs/isolation.md)
        d---e%-%f

The far pipe ``Rz`` has an isolation valve at either end and stands apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from domain.network import PipeNetwork, Premises
from domain.planned import Assessment
from domain.words import PremisesKind
from operations.ground import Ground, GroundKeeper
from operations.planned.announce import announce_shutoff
from operations.planned.approve import approve_shutoff
from operations.planned.begin import begin_shutoff
from operations.planned.draft import Wanted, draft_shutoff, preview_shutoff
from operations.planned.end import end_shutoff
from storage import Database, UnitOfWork
from tests.gis.drawing import draw

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

RING = """
z%-%R---a---b%-%c---g---h
        |       |
        d---e%-%f
"""

PIPES = "zR Ra ab bc cg gh ad de ef cf"


def ring() -> PipeNetwork:
    """Return the ring with one premises a pipe, named after it; the one on gh is a hospital."""
    drawn = draw(RING, premises=PIPES, hydrants="bc")
    roads = tuple(replace(link, road="环路" if link.id != "zR" else "支路") for link in drawn.links)
    homes = tuple(_home(one) for one in drawn.premises)
    return replace(drawn, links=roads).with_premises(homes)


def _home(one: Premises) -> Premises:
    hospital = one.id == "gh"
    return replace(
        one,
        kind=PremisesKind.HOSPITAL if hospital else PremisesKind.HOME,
        critical=hospital,
        name="环路医院" if hospital else "=李小明",
        phone="13800135521",
        account="A-61001",
        address=f"环路{one.id}号",
    )


@dataclass
class PlannedTown:
    """A database with the ring in it, and a clock that stands where a test puts it."""

    database: Database
    network: PipeNetwork = field(default_factory=ring)
    now: datetime = NOW
    keeper: GroundKeeper = field(default_factory=GroundKeeper)

    def __post_init__(self) -> None:
        with self.work() as work:
            work.network.save(self.network)
            work.commit()

    def work(self) -> UnitOfWork:
        """Return a unit of work that has its turn."""
        return self.database.unit_of_work(lambda: self.now, actor="lin", write_first=True)

    def ground(self, work: UnitOfWork) -> Ground:
        """Return the ground as it stands."""
        return self.keeper.of(work)

    def wanted(self, *pipes: str, hours: float = 30, lasts: float = 4, **more: object) -> Wanted:
        """Return work on pipes that begins in so many hours and takes so many."""
        starts = self.now + timedelta(hours=hours)
        plain = Wanted(pipes, "换阀门", starts, starts + timedelta(hours=lasts))
        return replace(plain, **more)

    def draft(self, *pipes: str, **when: object) -> Assessment:
        """Draft and return work on pipes."""
        with self.work() as work:
            found, _ = draft_shutoff(
                work, self.ground(work), self.wanted(*pipes, **when), self.now, UTC
            )
            work.commit()
        return found

    def preview(self, *pipes: str, **when: object) -> Assessment:
        """Return what work on pipes would cost."""
        with self.work() as work:
            return preview_shutoff(
                work, self.ground(work), self.wanted(*pipes, **when), self.now, UTC
            )

    def approve(self, name: str) -> Assessment:
        """Approve it."""
        with self.work() as work:
            found = approve_shutoff(work, self.ground(work), name, self.now, UTC)
            work.commit()
        return found

    def announce(self, name: str, reason: str = "") -> Assessment:
        """Announce it."""
        with self.work() as work:
            found = announce_shutoff(work, self.ground(work), name, self.now, UTC, reason)
            work.commit()
        return found

    def begin(self, name: str) -> Assessment:
        """Begin it."""
        with self.work() as work:
            found = begin_shutoff(work, self.ground(work), name, self.now, UTC)
            work.commit()
        return found

    def end(self, name: str) -> Assessment:
        """End it."""
        with self.work() as work:
            found = end_shutoff(work, self.ground(work), name, self.now, UTC)
            work.commit()
        return found

    def running(self, *pipes: str) -> str:
        """Return a shut-off of these pipes that is in effect now."""
        name = self.draft(*pipes).shutoff.id
        self.approve(name)
        self.announce(name)
        self.now += timedelta(hours=30)
        self.begin(name)
        return name

    def closed(self) -> set[str]:
        """Return the isolation valves that stand closed."""
        with self.work() as work:
            return {one.id for one in work.network.isolation_valves() if not one.is_open}
