"""Warm processes that search, and a plan from every call, whatever becomes of them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Self

from dispatch.apart.child import FAILED, SUPERSEDED, Child, Lost
from dispatch.apart.serving import Kind, Request
from dispatch.problem import Problem
from dispatch.solve import at_once
from domain.plans import Plan

_LOG = logging.getLogger(__name__)

#: One may search in the background while the other answers an event.
PROCESSES = 2

#: What a search may take beyond its seconds before it is given up: it is sent, checked, explained
#: and sent back, and OR-Tools looks at its clock between two steps. Source: mainbreak default.
GRACE_S = 1.5

#: What a process may allocate beyond what it needs to get ready, bytes: a day of 3,000 work orders
#: needs a third of it. Source: mainbreak default.
MEMORY = 2 << 30

#: How long a new process may take, seconds: two where its kernels are compiled, else minutes.
#: Source: mainbreak default.
START_S = 600.0

#: How often the pool looks after its idle processes, seconds. Source: mainbreak default.
_LOOK_S = 0.5

#: How long it waits after a process that could not be started, seconds: doubled each time, up to
#: the most. Source: mainbreak default.
_PAUSE_S, _MOST_PAUSE_S = 1.0, 60.0

#: What ``Plan.engine`` adds where no process was free in time.
NONE_FREE = "no search process was free"


class ApartSolver:
    """Solves like ``dispatch.solve`` and ``dispatch.react``, in processes of its own.

    Any thread may ask. Every call gives a plan within its seconds and a grace: where its process
    is killed, fails, runs out of memory or of time, the running plan brought up to date or the
    greedy one, and ``Plan.engine`` says why. Searches leave one process to events. A process that
    is lost is replaced in the background. Close the pool, or use it as a context.

    Parameters
    ----------
    processes
        How many; with one alone an event waits for the search before it.
    grace_s
        What a call may take beyond its seconds until its process is killed.
    memory
        Bytes that a process may allocate.
    """

    def __init__(
        self, *, processes: int = PROCESSES, grace_s: float = GRACE_S, memory: int = MEMORY
    ) -> None:
        self._processes, self._grace_s, self._memory = processes, grace_s, memory
        self._state = threading.Condition()
        self._idle: list[Child] = []
        self._busy: dict[Child, Kind] = {}
        self._starting: Child | None = None
        self._round = 0  # one more with each cancel
        self._closed = False
        self._keeper = threading.Thread(target=self._keep, name="search processes", daemon=True)
        self._keeper.start()

    def solve(self, problem: Problem, *, seed: int = 1, seconds: float = 20.0) -> Plan:
        """Return the plan of ``dispatch.solve``, or ``at_once``'s; ``engine`` says which.

        Waits for a process no longer than it would search.
        """
        limit = seconds + self._grace_s
        return self._asked(Request(Kind.SOLVE, problem, seed, seconds, limit), patience=seconds)

    def react(self, problem: Problem, *, seed: int = 1, seconds: float = 0.3) -> Plan:
        """Return the plan of ``dispatch.react``, or ``at_once``'s; ``engine`` says which.

        A third of the grace is to wait for a process, the rest is the process's. While the first
        one is still loading nobody waits for it.
        """
        patience = self._grace_s / 3.0 if self.is_warm else 0.0
        limit = seconds + self._grace_s - patience
        return self._asked(Request(Kind.REACT, problem, seed, seconds, limit), patience=patience)

    def cancel(self) -> None:
        """End the searches under way, their problem being out of date; events are still answered.

        Their ``solve`` returns ``at_once``'s plan.
        """
        with self._state:
            self._round += 1
            for child, kind in self._busy.items():
                if kind is Kind.SOLVE:
                    child.kill(SUPERSEDED)
            self._state.notify_all()

    def close(self) -> None:
        """End all processes. What is asked afterwards is planned without a search."""
        with self._state:
            self._closed = True
            for child in [*self._idle, *self._busy, *filter(None, [self._starting])]:
                child.kill(SUPERSEDED)
            for child in self._idle:
                child.end()
            self._idle.clear()
            self._state.notify_all()
        self._keeper.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_warm(self) -> bool:
        """True if a search can begin at once, or does."""
        with self._state:
            return bool(self._busy) or any(child.alive for child in self._idle)

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of those that are ready or searching, in order."""
        with self._state:
            return tuple(sorted(child.pid for child in (*self._idle, *self._busy) if child.alive))

    def wait_until_warm(self, seconds: float, processes: int | None = None) -> bool:
        """Return True once so many processes (all) are ready or searching, False if too late."""
        left_out = 0 if processes is None else self._processes - processes
        with self._state:
            return self._state.wait_for(lambda: self._missing() <= left_out, seconds)

    def _asked(self, request: Request, *, patience: float) -> Plan:
        try:
            child = self._take(request.kind, patience)
            try:
                return child.ask(request)
            finally:
                self._give_back(child)
        except Lost as lost:
            return _without(request, lost)

    def _take(self, kind: Kind, patience: float) -> Child:
        """Return a warm process for this caller alone."""
        with self._state:
            round_ = self._round

            def is_over() -> bool:
                return self._closed or (kind is Kind.SOLVE and self._round != round_)

            self._state.wait_for(lambda: is_over() or self._is_free(kind), patience)
            if is_over():
                raise Lost(SUPERSEDED, "before it began")
            if not self._is_free(kind):
                raise Lost(NONE_FREE, f"none in {patience:.1f} s")
            child = self._idle.pop()
            self._busy[child] = kind
            return child

    def _is_free(self, kind: Kind) -> bool:
        self._bury()
        searching = sum(one is Kind.SOLVE for one in self._busy.values())
        most = max(1, self._processes - 1)
        return bool(self._idle) and (kind is Kind.REACT or searching < most)

    def _give_back(self, child: Child) -> None:
        with self._state:
            del self._busy[child]
            self._idle.append(child)
            self._bury()
            self._state.notify_all()

    def _bury(self) -> None:
        """Let go of the idle that have died."""
        for child in [one for one in self._idle if self._closed or not one.alive]:
            self._idle.remove(child)
            child.end()

    def _missing(self) -> int:
        self._bury()
        return self._processes - len(self._idle) - len(self._busy)

    def _keep(self) -> None:
        """Start what is missing, one after the other: the second one finds kernels compiled."""
        pause = _PAUSE_S
        while self._wait_until(lambda: self._missing() > 0):
            if self._start():
                pause = _PAUSE_S
            else:
                self._wait(pause)
                pause = min(2.0 * pause, _MOST_PAUSE_S)

    def _wait_until(self, wanted: Callable[[], bool]) -> bool:
        """Wait until it is so and return True, or until closed and return False."""
        with self._state:
            while not (self._closed or wanted()):
                self._state.wait(_LOOK_S)
            return not self._closed

    def _wait(self, seconds: float) -> None:
        with self._state:
            self._state.wait_for(lambda: self._closed, seconds)

    def _start(self) -> bool:
        """Return True if a process was started and is ready."""
        with self._state:
            if self._closed:
                return False
            with suppress(OSError):  # a machine without room for it now may have some later
                self._starting = Child(self._memory)
        child = self._starting
        if child is None:
            return False
        ready = child.gets_ready(START_S)
        if not ready:
            child.kill(FAILED)
        with self._state:
            self._starting = None
            self._idle.append(child)
            self._bury()
            self._state.notify_all()
        if not (ready or self._closed):
            _LOG.warning("a search process did not get ready; plans are made without it")
        return ready


def _without(request: Request, lost: Lost) -> Plan:
    """Return the plan that needs no search; its engine says why there was none."""
    # Nobody is to blame for the one; for the other, who could not start a process has warned.
    level = logging.INFO if lost.why in {SUPERSEDED, NONE_FREE} else logging.WARNING
    _LOG.log(level, "%s (%s for %.1f s: %s)", lost.why, request.kind, request.seconds, lost)
    plan = at_once(request.problem, seed=request.seed)
    return replace(plan, engine=f"{plan.engine}; {lost.why}")
