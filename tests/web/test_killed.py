"""The server is killed fifty times in the middle of a day, and nothing it promised is lost."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import count
from random import Random

import pytest

from domain.clocks import system_clock
from domain.tickets import Ticket
from domain.town import Town
from storage import UnitOfWork, open_database
from tests.web.killed import audit
from tests.web.killed.books import Books
from tests.web.killed.ground import Headers, make_ground
from tests.web.killed.people import Agent, Dispatcher, Person, Phone, Watcher
from tests.web.killed.stubborn import Stubborn
from tests.web.killed.victim import Victim, victim

KILLS = 50

#: Of 100 servers so many die young: they may not have answered anyone. The others live for a
#: while, seconds at least and at most, after their first promise.
DIE_YOUNG, LIVES_S = 20, (0.01, 0.4)

#: Seconds everybody has to come to an end.
_PATIENCE_S = 60.0


def same_calls_again(tickets: Sequence[Ticket]) -> Iterator[Ticket]:
    """Yield the calls of a day without end."""
    for turn in count():
        yield tickets[turn % len(tickets)]


@contextmanager
def threads(**works: Callable[[threading.Event], None]) -> Iterator[None]:
    """Let everybody work; on leaving they finish what they are at, and go home."""
    home_time = threading.Event()
    going = [
        threading.Thread(target=work, args=(home_time,), name=name) for name, work in works.items()
    ]
    for thread in going:
        thread.start()
    try:
        yield
    finally:
        home_time.set()
        for thread in going:
            thread.join(_PATIENCE_S)
        assert [one.name for one in going if one.is_alive()] == []


def kill_often(server: Victim, books: Books, seed: int) -> None:
    """Start and kill the server at moments drawn by the seed; it runs at the end."""
    chance, moment = Random(seed), threading.Event()
    server.start()
    for _ in range(KILLS):
        if chance.randrange(100) >= DIE_YOUNG:
            books.wait_for_promise(_PATIENCE_S)
        moment.wait(chance.uniform(*LIVES_S))
        assert server.kill() == -signal.SIGKILL
        server.start()


@contextmanager
def looking(url: str) -> Iterator[UnitOfWork]:
    """Yield what the database holds now, through a connection that is closed afterwards."""
    with closing(open_database(url)) as database, database.unit_of_work(system_clock) as work:
        yield work


def hear_out(watcher: Watcher, url: str) -> None:
    """Wait until the watcher has heard the newest event, or all patience is gone."""
    with looking(url) as work:
        newest = [e.id for e in audit.all_events(work) if not e.kind.startswith("session.")][-1]
    wait_until(lambda: bool(watcher.heard) and watcher.heard[-1][0] >= newest)


def wait_until(holds: Callable[[], bool]) -> None:
    """Return when it holds, or all patience is gone."""
    until, moment = time.monotonic() + _PATIENCE_S, threading.Event()
    while not holds() and time.monotonic() < until:
        moment.wait(0.01)


def people_of(town: Town, headers: Headers, port: int, books: Books, seed: int) -> list[Person]:
    """Return an agent, five crews and a dispatcher, each with a client of its own."""

    def client(name: str) -> Stubborn:
        return Stubborn(port, headers[name])

    calls = same_calls_again(town.tickets)
    return [
        Agent("agent", client("agent"), books, seed, calls),
        *(Phone(crew.id, client(crew.id), books, seed) for crew in town.crews[:5]),
        Dispatcher("dispatcher", client("dispatcher"), books, seed),
    ]


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_or_doubled(database_url: str) -> None:
    """Tickets, reports, positions, visits, events: as the clients were told, each once."""
    town, headers = make_ground(database_url)
    books, seed = Books(), 1
    with victim(database_url) as server:
        people = people_of(town, headers, server.port, books, seed)
        watcher = Watcher(server.port, headers["dispatcher"])
        with threads(watcher=watcher.watch):
            with threads(**{one.name: one.work for one in people}):
                kill_often(server, books, seed)
            assert server.stop() == -signal.SIGTERM
            # Nobody works and nothing is planned any more: what is stored now is all there is.
            server.start(search_s=0)
            hear_out(watcher, database_url)
        assert server.stop() == -signal.SIGTERM
    assert [one.gone for one in people if one.gone] == []
    with looking(database_url) as work:
        check_all(work, books, watcher)
    check_that_much_happened(books, people, watcher)


def check_all(work: UnitOfWork, books: Books, watcher: Watcher) -> None:
    """Audit the database."""
    audit.check_tickets(work, books)
    audit.check_reports(work, books)
    audit.check_positions(work, books)
    audit.check_visits(work, books)
    audit.check_incidents(work, books)
    audit.check_events(work, watcher.heard)


def check_that_much_happened(books: Books, people: Sequence[Person], watcher: Watcher) -> None:
    """Pass if enough was promised and cut off: a quiet day would prove nothing."""
    assert len(books.tickets) >= 20
    assert len(books.reports) >= 40
    assert len(books.fixes) >= 100
    assert books.closed
    assert sum(one.client.cut_off for one in people) >= KILLS
    assert watcher.cut_off >= KILLS // 2
