"""The server under test, from outside: started, killed, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.conftest import ROOT


class Victim:
    """A server that can be started and killed as often as wanted, always on the same port."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.port = int(self._line())
        self._pid = 0

    def start(self, search_s: float = 0.2) -> None:
        """Fork a server, which answers a little later; with a search of 0 it makes no plans."""
        self._pid = int(self._tell(f"start {search_s}"))

    def kill(self) -> int:
        """Kill it as a power cut would; return how it ended."""
        os.kill(self._pid, signal.SIGKILL)
        return int(self._tell("reap"))

    def stop(self) -> int:
        """Stop it as an administrator would; return how it ended."""
        os.kill(self._pid, signal.SIGTERM)
        return int(self._tell("reap"))

    def _tell(self, word: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        return self._line()

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the zygote ended"
        return line


@contextmanager
def victim(url: str) -> Iterator[Victim]:
    """Yield a victim on this database; nothing of it runs afterwards."""
    command = [sys.executable, "-m", "tests.web.killed.zygote", url]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Victim(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
