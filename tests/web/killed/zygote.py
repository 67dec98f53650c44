"""A process that has imported the server, and forks one when told: a restart takes no second.

``python -m tests.web.killed.zygote DATABASE_URL`` prints its port, then obeys lines on standard
input: ``start SECONDS`` forks a server that searches so long for plans (0: it makes none) and
prints its pid, ``reap`` waits for its end and prints the exit code (negative: the signal). At the
end of the input it kills what runs, and ends.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import warnings

import alembic.command
import uvicorn.protocols.http.auto
from psycopg import Connection

import dispatch
from domain.clocks import system_clock
from mainbreak.bootstrap import Home
from mainbreak.run_server import run_server
from mainbreak.settings import Settings
from storage import open_database

#: Imported here so that the forks need not; named so that nobody takes them for unused.
PRELOADED = (alembic.command, uvicorn.protocols.http.auto, Connection, open_database)

HOST = "127.0.0.1"


def reserve() -> socket.socket:
    """Return a bound socket that does not listen: it keeps the port for the servers to come."""
    kept = socket.socket()
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    kept.bind((HOST, 0))
    return kept


def run(url: str, port: int, seconds: float) -> None:
    """Be the server, as `mainbreak serve` would, until somebody ends it."""
    # What it says on standard output is not for the test, which reads there.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    settings = Settings(database_url=url)
    run_server(Home(settings, system_clock), HOST, port, seconds)


def fork(url: str, port: int, seconds: float) -> int:
    """Return the pid of a new server."""
    with warnings.catch_warnings():
        # Libraries keep threads; none of them is used before the fork.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.close(sys.stdin.fileno())
        run(url, port, seconds)
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


def reap(pid: int) -> int:
    """Return how a server ended."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main() -> None:
    """Obey."""
    url, pid = sys.argv[1], 0
    with reserve() as kept:
        port = kept.getsockname()[1]
        print(port, flush=True)
        dispatch.warm_up()  # a server that lives a second plans by itself at once
        for line in sys.stdin:
            word, _, seconds = line.partition(" ")
            if word == "start":
                pid = fork(url, port, float(seconds))
                print(pid, flush=True)
            else:
                print(reap(pid), flush=True)
                pid = 0
        if pid:
            os.kill(pid, signal.SIGKILL)
            reap(pid)


if __name__ == "__main__":
    main()
