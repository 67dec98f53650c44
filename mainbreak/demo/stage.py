"""The demo's day: everybody in it, stepped as fast as can be at first, then with the clock."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from domain.errors import MainbreakError
from domain.progress import Progress
from mainbreak.demo.callers import Callers
from mainbreak.demo.centre import Centre
from mainbreak.demo.clock import SimClock
from mainbreak.demo.crews import Crews
from mainbreak.demo.luck import Luck
from mainbreak.demo.script import Script
from mainbreak.server import LiveHome

#: Steps while the day is prepared: of the crews, and of the plan. Calls come when they come.
_STEP, _PLAN_EVERY = timedelta(seconds=120), timedelta(minutes=6)

#: Once the clock runs: simulated seconds from one step to the next, within these real ones.
_BEAT, _SHORTEST_S, _LONGEST_S = 20.0, 0.25, 1.0

_LOG = logging.getLogger("mainbreak.demo")

#: Plans the crews now.
Planning = Callable[[], object]


class Stage:
    """Plays the script in a home whose clock is ``clock``.

    First ``prepare`` up to an instant, then ``start`` and ``stop`` a thread that goes on.
    """

    def __init__(self, home: LiveHome, clock: SimClock, script: Script, luck: Luck) -> None:
        self._home, self._clock, self._luck = home, clock, luck
        self._callers = Callers(home, script, luck)
        self._crews, self._centre = Crews(home, script, luck), Centre(home, luck)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._play, name="demo", daemon=True)

    def step(self) -> bool:
        """Let everybody do what is due now; return True if anything happened."""
        acted = [one.step() for one in (self._callers, self._crews, self._centre)]
        return any(acted)

    def _step_to(self, until: datetime) -> bool:
        """Let everybody act once on the way there, and the callers when they ring."""
        acted = self.step()
        while self._callers.next_at < until:
            self._clock.stand_at(self._callers.next_at)
            acted = self._callers.step() or acted
        self._clock.stand_at(until)
        return acted

    def prepare(self, until: datetime, plan: Planning, tell: Progress) -> None:
        """Play up to an instant without waiting; the clock must still stand."""
        start = now = self._clock()
        planned, acted = start - _PLAN_EVERY, True
        while now < until:
            now = min(until, now + _STEP)
            acted = self._step_to(now) or acted
            if acted and now >= planned + _PLAN_EVERY:
                plan()
                planned, acted = now, False
            tell((now - start) / (until - start), f"{now.astimezone(until.tzinfo):%H:%M}")
        self.step()
        plan()

    def start(self) -> None:
        """Let the clock run and everybody go on."""
        self._luck.expect_trouble()
        self._clock.run()
        self._thread.start()

    def stop(self) -> None:
        """End it, and wait until nobody acts any more."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def wait_until(self, instant: datetime) -> None:
        """Return when the running clock shows the instant, or the stage is stopped."""
        self._ended.wait(self._clock.real_seconds_to(instant))

    def _play(self) -> None:
        beat = min(_LONGEST_S, max(_SHORTEST_S, _BEAT / self._clock.speed))
        while not self._ended.wait(beat):
            try:
                self.step()
            except MainbreakError as error:
                _LOG.info("demo: %s", error)
            except Exception as error:
                # The pages go on without the simulation's step; the next one tries again.
                _LOG.error("demo: %s: %s", type(error).__name__, error)
