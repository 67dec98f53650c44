"""Inside the process that searches: get ready, answer one problem after the other, end."""

from __future__ import annotations

import faulthandler
import os
import resource
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path

from dispatch.problem import Problem
from dispatch.react import react
from dispatch.solve import solve
from dispatch.warm_up import warm_up
from domain.plans import Plan

#: How much less urgent the search is than the server. Source: mainbreak default.
NICE = 5

#: Where memory ends, the kernel ends this process before the server or the database: added to its
#: badness, of 1000. Source: mainbreak default; a process may raise its own.
OOM_SCORE_ADJ = 500

#: What the process says once it is ready.
READY = "ready"


class Kind(StrEnum):
    """What is asked."""

    SOLVE = "solve"
    REACT = "react"


@dataclass(frozen=True, slots=True)
class Request:
    """A problem to search: ``seconds`` long, answered within ``limit`` seconds or not at all."""

    kind: Kind
    problem: Problem
    seed: int
    seconds: float
    limit: float


def serve(fd: int, parent: int, memory: int) -> None:
    """Answer requests until the socket ends or the parent is gone.

    ``memory``: bytes that may be mapped beyond what the process needs to get ready.
    """
    _give_way()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    line = Connection(fd)
    warm_up()
    _limit_memory(memory)
    with suppress(EOFError, OSError):
        line.send(READY)
        while True:
            line.send(_answer(line))


def _give_way() -> None:
    """Let the server go first where processors or memory are short."""
    with suppress(OSError):
        os.nice(NICE)
    with suppress(OSError):  # Linux only
        Path("/proc/self/oom_score_adj").write_text(str(OOM_SCORE_ADJ))


def _end_with(parent: int) -> None:
    """End this process when the parent is gone, also in the middle of a search."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _limit_memory(memory: int) -> None:
    """Let an allocation fail in here before the whole machine runs short."""
    with suppress(OSError, ValueError):  # where nobody tells what is mapped there is no limit
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


def _answer(line: Connection) -> Plan | str:
    """Return the next request's plan, or in one line why there is none."""
    try:
        return _searched(line.recv())
    except (EOFError, OSError):  # nobody asks any more
        raise
    except Exception as error:  # whatever it is, the parent has a plan without it
        return f"{type(error).__name__}: {error}"


def _searched(request: Request) -> Plan:
    with suppress(RuntimeError, ValueError):  # a server without a standard error has no watchdog
        # Unlike a thread, it also ends a search that never gives Python a turn.
        faulthandler.dump_traceback_later(2.0 * request.limit, exit=True)
    search = react if request.kind is Kind.REACT else solve
    try:
        return search(request.problem, seed=request.seed, seconds=request.seconds)
    finally:
        faulthandler.cancel_dump_traceback_later()
