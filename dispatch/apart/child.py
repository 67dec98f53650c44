"""One process that searches, seen from the server: started, asked, ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from dispatch.apart.serving import READY, Request
from domain.plans import Plan

#: Why a process gave no plan.
FAILED, TOO_LATE, SUPERSEDED = "the search failed", "the search was too late", "superseded"

#: How long the system may take to end a killed process, seconds. Source: mainbreak default.
_END_S = 5.0

_SERVE = "from dispatch.apart.serving import serve; serve({fd}, {parent}, {memory})"


class Lost(Exception):
    """There is no plan from a process; ``why`` is what ``Plan.engine`` adds."""

    def __init__(self, why: str, detail: str) -> None:
        super().__init__(detail)
        self.why = why


class Child:
    """A process and the socket to it. Whatever it does, it is killed when its time is up.

    Killing it closes the socket's other end: that alone unblocks who sends to it or waits for it,
    even if it has been stopped or hangs in a library.

    Raises
    ------
    OSError
        If the machine has no room for another process.
    """

    def __init__(self, memory: int) -> None:
        ours, theirs = socket.socketpair()
        self._line = Connection(ours.detach())
        with theirs:
            code = _SERVE.format(fd=theirs.fileno(), parent=os.getpid(), memory=memory)
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", code],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=os.environ | {"PYTHONPATH": _path()},
                start_new_session=True,  # Ctrl+C in the terminal is for the parent
            )
        self._killed_for = ""

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """True while it runs and nobody has killed it."""
        return not self._killed_for and self._process.poll() is None

    def gets_ready(self, seconds: float) -> bool:
        """Return True once it is ready to be asked, False if it is not to be."""
        with suppress(EOFError, OSError), self._killed_after(seconds):
            return bool(self._line.recv() == READY)
        return False

    def ask(self, request: Request) -> Plan:
        """Return its plan.

        Raises
        ------
        Lost
            If it gives none within the request's limit, or was killed. It is ended then.
        """
        try:
            with self._killed_after(request.limit):
                self._line.send(request)
                answer = self._line.recv()
            if isinstance(answer, Plan):
                return answer
            detail = str(answer)
        except (EOFError, OSError) as error:
            detail = repr(error)
        self.kill(FAILED)
        raise Lost(self._killed_for, detail)

    def kill(self, why: str) -> None:
        """Kill it, from any thread; who is asking it is told why."""
        self._killed_for = self._killed_for or why
        self._process.kill()

    def end(self) -> None:
        """Kill it and let go of it; nobody may be asking it."""
        self.kill(FAILED)
        self._line.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_S)

    @contextmanager
    def _killed_after(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self.kill, [TOO_LATE])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _path() -> str:
    """Return where the child finds mainbreak: beside this file first, then as the parent does."""
    home = str(Path(__file__).resolve().parent.parent.parent)
    return os.pathsep.join([home, *(one for one in sys.path if one)])
