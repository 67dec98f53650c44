"""Threads that plan again: at once when something happens, then better, and every minute.

An event is answered first (``react``): the running plan with what is new in it, within a second.
Then the plan is improved by a search. The search may be under way when an event comes: its answer
is stored all the same, and the search, which knows nothing of it, begins anew.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.clocks import Clock
from domain.errors import MainbreakError
from domain.plans import Plan
from operations.ground import Ground
from operations.plan_crews import OpenWork, is_anything_active, plan_crews
from operations.plan_day import Effort
from operations.replanning.plan_around import Solver
from operations.replanning.search import Search
from storage import UnitOfWork

_LOG = logging.getLogger(__name__)

#: Crews move and shifts end though nobody reports: plan again after so much of the day's clock.
#: Source: mainbreak default.
EVERY = timedelta(seconds=60)

#: Seconds of search at the most while an event waits for its first answer.
#: Source: mainbreak default; with reading and writing it makes about a second.
REACT_S = 0.3

#: How often the thread looks at the day's clock, which may run faster than time, real seconds.
_LOOK_S = 0.5


@dataclass(frozen=True, slots=True)
class Waits:
    """Real seconds. Source of the figures: mainbreak defaults.

    Attributes
    ----------
    quiet_s, at_most_s
        Without a further wake before a plan begins, and at the most in all: five calls about one
        burst make one plan.
    react_s
        From the first wake to the answer to it: what happens in one blink is answered at once.
    rest_s
        Between a plan and one that nobody asked for: a day's clock faster than time, or a
        database that is down, leaves the machine some rest.
    """

    quiet_s: float = 0.5
    at_most_s: float = 3.0
    react_s: float = 0.1
    rest_s: float = 10.0


class Replanner:
    """Plans in threads of its own: never two searches at once, never two answers at once.

    Parameters
    ----------
    plan
        Makes and stores a plan.
    is_active
        True if there is anything to plan or to watch.
    clock
        The day's clock.
    react
        Makes and stores a plan quickly; None where a search is quick enough.
    after
        Called when a plan was made: to wake the live streams.
    every
        Of the day's clock; between two plans that nobody asked for.
    waits
        In real time.
    """

    def __init__(
        self,
        plan: Callable[[], Plan],
        is_active: Callable[[], bool],
        clock: Clock,
        *,
        react: Callable[[], Plan] | None = None,
        after: Callable[[], None] | None = None,
        every: timedelta = EVERY,
        waits: Waits = Waits(),
    ) -> None:
        self._plan, self._is_active, self._clock = plan, is_active, clock
        self._react, self._after, self._every, self._waits = react, after, every, waits
        self._state = threading.Condition()
        self._planning = threading.Lock()
        self._first_wake: float | None = None
        self._last_wake = 0.0
        self._unanswered: float | None = None
        self._busy = self._answering = self._stopped = False
        self._rest_until = 0.0
        self._last_plan: datetime | None = None
        self._threads = [threading.Thread(target=self._run, name="replanner", daemon=True)]
        if react is not None:
            one = threading.Thread(target=self._answer, name="first answers", daemon=True)
            self._threads.append(one)

    def start(self) -> None:
        """Begin: the first plan is made at once if anything is active."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Plan soon: something changed. Returns at once."""
        with self._state:
            self._last_wake = time.monotonic()
            if self._first_wake is None:
                self._first_wake = self._last_wake
            if self._unanswered is None and self._react is not None:
                self._unanswered = self._last_wake
            self._state.notify_all()

    def plan_now(self) -> Plan:
        """Return a plan made in the caller's thread, after the search under way if there is one.

        Raises
        ------
        MainbreakError
            As ``plan`` does.
        """
        with self._planning:
            plan = self._plan()
            self._last_plan = self._clock()
        self._tell()
        return plan

    def stop(self) -> None:
        """End the threads and wait for them; a plan under way is finished."""
        with self._state:
            self._stopped = True
            self._state.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    @property
    def idle(self) -> bool:
        """True while no plan is being made in the threads and nobody asked for one."""
        with self._state:
            return self._is_idle()

    def wait_until_idle(self, timeout: float) -> bool:
        """Return True once it is idle, False if it is not within so many real seconds."""
        with self._state:
            return self._state.wait_for(self._is_idle, timeout)

    def _is_idle(self) -> bool:
        return self._first_wake is None and not (self._busy or self._is_answering())

    def _is_answering(self) -> bool:
        return self._answering or self._unanswered is not None

    def _run(self) -> None:
        while self._wait_for_work():
            _survive(self._work)
            self._rest_until = time.monotonic() + self._waits.rest_s
            with self._state:
                self._busy = False
                self._state.notify_all()

    def _answer(self) -> None:
        """Answer events, one after the other, also beside a search."""
        while self._wait_for_event():
            _survive(self._first_answer)
            with self._state:
                self._answering = False
                self._state.notify_all()

    def _work(self) -> None:
        """Plan if anything is active."""
        with self._planning:
            if not self._is_active():
                self._last_plan = self._clock()
                return
            self._plan()
            self._last_plan = self._clock()
        self._tell()

    def _first_answer(self) -> None:
        if self._react is not None and self._is_active():
            self._react()
            self._tell()

    def _tell(self) -> None:
        if self._after is not None:
            self._after()

    def _wait_for_work(self) -> bool:
        """Wait until a plan is due and return True, or until stopped and return False."""
        with self._state:
            while not self._stopped:
                pause = self._pause()
                if pause <= 0.0:
                    self._first_wake, self._busy = None, True
                    return True
                self._state.wait(pause)
            return False

    def _wait_for_event(self) -> bool:
        """Wait until an event wants its answer and return True, or until stopped: False."""
        with self._state:
            while not self._stopped:
                if self._unanswered is None:
                    self._state.wait()
                    continue
                pause = self._unanswered + self._waits.react_s - time.monotonic()
                if pause <= 0.0:
                    self._unanswered, self._answering = None, True
                    return True
                self._state.wait(pause)
            return False

    def _pause(self) -> float:
        """Return the real seconds until it is worth looking again; 0 if a plan is due."""
        now = time.monotonic()
        if self._first_wake is not None:
            latest = self._first_wake + self._waits.at_most_s - now
            quiet = self._last_wake + self._waits.quiet_s - now
            # A search that begins before the answer to the event is stored would begin anew.
            return min(latest, _LOOK_S if self._is_answering() else quiet)
        if now < self._rest_until:
            return min(_LOOK_S, self._rest_until - now)
        if self._last_plan is None or self._clock() - self._last_plan >= self._every:
            return 0.0
        return _LOOK_S


def _survive(act: Callable[[], None]) -> None:
    """Do it; a failure is logged, and the next plan may succeed."""
    try:
        act()
    except MainbreakError as error:
        _LOG.error("no new plan: %s", error)
    except Exception:  # whatever it is, the next plan may succeed
        _LOG.exception("no new plan")


def replanner_for(
    open_work: OpenWork,
    ground_of: Callable[[UnitOfWork], Ground],
    clock: Clock,
    search: Search,
    after: Callable[[], None] | None = None,
    every: timedelta = EVERY,
) -> Replanner:
    """Return the replanner of a database, not started yet."""

    def planned(by: Solver, effort: Effort) -> Plan:
        return plan_crews(open_work, ground_of, clock, effort, by, search.weights)

    react, quick = search.react, replace(search.effort, seconds=REACT_S)
    return Replanner(
        lambda: planned(search.solver, search.effort),
        lambda: is_anything_active(open_work),
        clock,
        react=None if react is None else lambda: planned(react, quick),
        after=after,
        every=every,
    )
