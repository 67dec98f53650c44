"""Solve in a process of its own, so that a search never makes the web server's threads wait.

Parent and child talk over one socket. The child ends when the socket does, when its parent is
gone, or by a watchdog that needs nothing of Python where a search hangs. It is kept for the next
problem; one that fails or is too late is killed, and the plan is made without a search.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from dispatch.problem import Problem
from dispatch.solve import at_once, solve
from domain.plans import Plan

_LOG = logging.getLogger(__name__)

#: What the child may take beyond the search's seconds before it is given up: it checks and explains
#: the plan, and OR-Tools looks at its clock between two steps. Source: mainbreak default.
GRACE_S = 5.0

#: How long a new child may take to load OR-Tools; two seconds on a slow machine at rest.
#: Source: mainbreak default.
START_S = 30.0

#: How much less urgent the child is than the server. Source: mainbreak default.
NICE = 5

#: What ``Plan.engine`` adds where the child gave no plan.
FAILED, TOO_LATE = "the search failed", "the search was too late"

_READY = "ready"
_SERVE = "from dispatch.apart import serve; serve({fd}, {parent})"


class ApartSolver:
    """Solves like ``dispatch.solve``, in a child process; one problem at a time.

    The child starts at once in the background. Close it, or use it as a context.
    """

    def __init__(self, *, grace_s: float = GRACE_S, start_s: float = START_S) -> None:
        self._grace_s, self._start_s = grace_s, start_s
        self._lock = threading.Lock()
        self._child: _Child | None = None
        with suppress(OSError):  # a machine without room for it now may have some later
            self._child = _Child()

    def solve(self, problem: Problem, *, seed: int = 1, seconds: float = 20.0) -> Plan:
        """Return the plan of ``dispatch.solve``, or ``at_once``'s; ``engine`` says which."""
        with self._lock:
            try:
                return self._asked(problem, seed, seconds)
            except TimeoutError:
                _LOG.warning("the search for %.1f s was too late; done without it", seconds)
                why = TOO_LATE
            except (EOFError, OSError, _SearchFailed) as error:
                _LOG.warning("the search ended without a plan (%r); done without it", error)
                why = FAILED
            self._drop()
        plan = at_once(problem, seed=seed)
        return replace(plan, engine=f"{plan.engine}; {why}")

    def close(self) -> None:
        """End the child. What is solved afterwards starts a new one."""
        with self._lock:
            self._drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def child_pid(self) -> int | None:
        """The child's process id, None while there is none."""
        child = self._child
        return None if child is None else child.pid

    def _asked(self, problem: Problem, seed: int, seconds: float) -> Plan:
        if self._child is None:
            self._child = _Child()
        self._child.wait_until_ready(self._start_s)
        return self._child.solve(problem, seed, seconds, seconds + self._grace_s)

    def _drop(self) -> None:
        if self._child is not None:
            self._child.end()
        self._child = None


class _SearchFailed(Exception):
    """The child raised; its text is the child's."""


class _Child:
    """One child process and the socket to it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            code = _SERVE.format(fd=theirs.fileno(), parent=os.getpid())
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", code],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=os.environ | {"PYTHONPATH": _path()},
                start_new_session=True,  # Ctrl+C in the terminal is for the parent
            )
        self._line = Connection(ours.detach())
        self._ready = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until_ready(self, seconds: float) -> None:
        if not self._ready:
            self._receive(seconds)
            self._ready = True

    def solve(self, problem: Problem, seed: int, seconds: float, limit: float) -> Plan:
        self._line.send((problem, seed, seconds, limit))
        answer = self._receive(limit)
        if not isinstance(answer, Plan):
            raise _SearchFailed(answer)
        return answer

    def end(self) -> None:
        self._line.close()
        self._process.kill()
        self._process.wait()

    def _receive(self, seconds: float) -> object:
        if not self._line.poll(seconds):
            raise TimeoutError
        return self._line.recv()


def _path() -> str:
    """Return where the child finds mainbreak: beside this file first, then as the parent does."""
    home = str(Path(__file__).resolve().parent.parent)
    return os.pathsep.join([home, *(one for one in sys.path if one)])


def serve(fd: int, parent: int) -> None:
    """Answer problems until the parent closes the socket or is gone; the child's main."""
    with suppress(OSError):
        os.nice(NICE)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    line = Connection(fd)
    with suppress(EOFError, OSError):
        line.send(_READY)
        while True:
            line.send(_answer(*line.recv()))


def _end_with(parent: int) -> None:
    """End this process when the parent is gone, also in the middle of a search."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _answer(problem: Problem, seed: int, seconds: float, limit: float) -> Plan | str:
    """Return the plan, or in one line why there is none."""
    with suppress(RuntimeError, ValueError):  # a server without a standard error has no watchdog
        # Unlike a thread, it also ends a search that never gives Python a turn.
        faulthandler.dump_traceback_later(2.0 * limit, exit=True)
    try:
        return solve(problem, seed=seed, seconds=seconds)
    except Exception as error:  # whatever it is, the parent has a plan without it
        return f"{type(error).__name__}: {error}"
    finally:
        faulthandler.cancel_dump_traceback_later()
