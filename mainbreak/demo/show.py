"""The demo put together: home, clock, planner and everybody in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Self

from dispatch import ApartSolver, Problem, at_once
from domain.plans import Plan
from domain.progress import Progress
from mainbreak.demo.clock import SimClock
from mainbreak.demo.luck import Luck
from mainbreak.demo.script import Script
from mainbreak.demo.stage import Stage
from mainbreak.demo.town import load_bundled_town
from mainbreak.plan_weights import weights_of
from mainbreak.server import LiveHome
from mainbreak.server.bell import EventBell
from mainbreak.settings import Settings
from operations.ground import GroundKeeper
from operations.plan_crews import OpenWork, plan_crews
from operations.plan_day import Effort
from operations.replanner import replanner_for
from operations.replanning.plan_around import Solver
from operations.replanning.search import Search
from storage import open_database

#: Share of the progress bar that importing takes; the rest is the day.
_IMPORTING = 0.25

#: Seconds of search for a new plan while the day goes on. Source: mainbreak default; at 20 times
#: as fast as time a longer one would be old when it is found.
_SEARCH_S = 1.0

#: Real seconds from one plan to the next that nobody asked for.
_PLAN_EVERY_S = 10.0


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """How to show the day: from when on (local time of the town) and how fast."""

    port: int = 8000
    browser: bool = True
    speed: float = 20.0
    start: time = time(14, 16)
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Show:
    """A home with a simulated day in it."""

    home: LiveHome
    clock: SimClock
    stage: Stage
    script: Script
    open_work: OpenWork

    @classmethod
    def open(
        cls,
        settings: Settings,
        script: Script,
        options: DemoOptions,
        solver: Solver,
        processes: ApartSolver | None = None,
    ) -> Self:
        """Return a show on the empty database of the settings; its clock stands at the opening.

        ``processes`` are those that the solver searches in, if it does.
        """
        clock = SimClock(script.opens, options.speed)
        database, bell = open_database(settings.database_url), EventBell()
        keeper = GroundKeeper(settings.tzinfo)
        open_work = partial(database.unit_of_work, clock, actor="plan")
        search = Search(
            Effort(options.seed, _SEARCH_S),
            solver,
            weights_of(settings),
            None if processes is None else processes.react,
        )
        every = timedelta(seconds=_PLAN_EVERY_S * options.speed)
        replanner = replanner_for(open_work, keeper.of, clock, search, bell.ring, every)
        home = LiveHome(
            settings=settings,
            database=database,
            clock=clock,
            speed=options.speed,
            keeper=keeper,
            bell=bell,
            replanner=replanner,
            solver=processes,
        )
        stage = Stage(home, clock, script, Luck(options.seed, settings.language))
        return cls(home, clock, stage, script, open_work)

    def prepare(self, start: datetime, tell: Progress) -> None:
        """Import the town and live through the day up to the start."""
        load_bundled_town(self.home, self.script, lambda f, what: tell(_IMPORTING * f, what))
        left = 1.0 - _IMPORTING
        self.stage.prepare(start, self._plan, lambda f, what: tell(_IMPORTING + left * f, what))

    def _plan(self) -> Plan:
        """Plan the crews without a search: the preparation shall not take long."""
        home = self.home
        weights = weights_of(home.settings)
        return plan_crews(self.open_work, home.keeper.of, home.clock, Effort(), _at_once, weights)

    @contextmanager
    def playing(self) -> Iterator[None]:
        """Let the day go on while the context lasts."""
        self.stage.start()
        try:
            yield
        finally:
            self.stage.stop()


def _at_once(problem: Problem, *, seed: int, seconds: float) -> Plan:
    return at_once(problem, seed=seed)
