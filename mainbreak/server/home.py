"""The composition root of the server: what is open while it runs, each part replaceable."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from dispatch import ApartSolver
from domain.clocks import Clock, system_clock
from domain.critical_places import CriticalPlaces
from domain.network import PipeNetwork
from domain.plans import Plan
from mainbreak.server.bell import EventBell
from mainbreak.settings import Settings
from operations.ground import Ground, GroundKeeper
from operations.showing.critical_places import CriticalPlacesKeeper
from storage import Database, UnitOfWork


class Replanner(Protocol):
    """What plans again while the day goes on; it has a thread of its own."""

    def start(self) -> None:
        """Begin to plan."""

    def wake(self) -> None:
        """Plan soon: something changed."""

    def plan_now(self) -> Plan:
        """Plan and return the plan that counts; never two at once."""

    def stop(self) -> None:
        """End the thread and wait for it."""


@dataclass(frozen=True, slots=True)
class LiveHome:
    """What every route works with.

    Attributes
    ----------
    clock
        The day's clock; a demo's runs faster than time.
    wall
        Real time: log-ins, sessions and throttles go by it.
    speed
        Seconds of ``clock`` that pass in a real one.
    bell
        Wakes the live streams.
    replanner
        None where nobody plans again by itself.
    solver
        What searches for its plans; None where nobody does.
    """

    settings: Settings
    database: Database
    clock: Clock = system_clock
    wall: Clock = system_clock
    speed: float = 1.0
    keeper: GroundKeeper = field(default_factory=GroundKeeper)
    critical: CriticalPlacesKeeper = field(default_factory=CriticalPlacesKeeper)
    bell: EventBell = field(default_factory=EventBell)
    replanner: Replanner | None = None
    solver: ApartSolver | None = None

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Yield a unit of work to read from; what is written in it is not stored."""
        with self.database.unit_of_work(self.clock) as work:
            yield work

    @contextmanager
    def writing(self, actor: str) -> Iterator[UnitOfWork]:
        """Yield a unit of work that has its turn, for short changes.

        Leaving it without an error commits and wakes the live streams; ``actor`` is the login
        its events name. Who changed what crews should do calls ``changed`` afterwards.
        """
        with self.database.unit_of_work(self.clock, actor=actor, write_first=True) as work:
            yield work
            work.commit()
        self.bell.ring()

    @contextmanager
    def admitting(self, actor: str) -> Iterator[UnitOfWork]:
        """Yield a unit as ``writing`` does, by real time: for users, sessions and failures."""
        with self.database.unit_of_work(self.wall, actor=actor, write_first=True) as work:
            yield work
            work.commit()
        self.bell.ring()

    def ground(self, work: UnitOfWork) -> Ground:
        """Return the loaded network, streets and places; NothingImported without a network."""
        return self.keeper.of(work)

    def criticality(self) -> tuple[PipeNetwork, CriticalPlaces]:
        """Return the network as it stands and its criticality, reckoned outside of any unit."""
        with self.reading() as work:
            ground = self.ground(work)
        return ground.network, self.critical.of(ground)

    def changed(self) -> None:
        """Wake the replanner and the live streams: call it after the commit."""
        if self.replanner is not None:
            self.replanner.wake()
        self.bell.ring()
