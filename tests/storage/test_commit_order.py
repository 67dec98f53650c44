"""Event ids follow commit order, whoever writes: a reader that resumes by id misses nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from domain.events import Event
from storage import Database
from tests.storage.conftest import clock

WRITERS, EACH = 8, 50


class Reader:
    """Polls the log as a stream does: whatever comes after the last id it saw."""

    def __init__(self, database: Database) -> None:
        self.database, self.seen = database, list[Event]()

    def poll(self) -> None:
        """Read on."""
        with self.database.unit_of_work(clock) as work:
            last = self.seen[-1].id if self.seen else 0
            self.seen.extend(work.events.since(last, 1000))


def test_who_appends_second_commits_second(database: Database) -> None:
    """A appends and waits, B appends and commits, A commits: the reader sees A, then B."""
    reader, appending = Reader(database), threading.Event()

    def second() -> None:
        with database.unit_of_work(clock, actor="B") as work:
            appending.set()
            work.events.append("tick", "", {})
            work.commit()

    b = threading.Thread(target=second)
    with database.unit_of_work(clock, actor="A") as a:
        a.events.append("tick", "", {})
        b.start()
        appending.wait()
        # Long enough for B to commit, were it let.
        b.join(timeout=0.5)
        reader.poll()
        a.commit()
    b.join()
    reader.poll()
    assert [one.actor for one in reader.seen] == ["A", "B"]


def test_a_reader_sees_every_event_of_eight_writers_once_and_in_order(database: Database) -> None:
    """While they hammer it; every writer's own events are in its own order too."""
    reader = Reader(database)

    def write(name: str) -> None:
        for number in range(EACH):
            with database.unit_of_work(clock, actor=name) as work:
                work.events.append("tick", str(number), {})
                work.commit()

    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(write, f"writer {n}") for n in range(WRITERS)]
        while not all(one.done() for one in writers):
            reader.poll()
    for one in writers:
        one.result()
    reader.poll()
    ids = [one.id for one in reader.seen]
    assert ids == sorted(set(ids))
    for n in range(WRITERS):
        own = [one.subject for one in reader.seen if one.actor == f"writer {n}"]
        assert own == [str(number) for number in range(EACH)]


def test_writers_that_wait_for_their_turn_all_succeed(database: Database) -> None:
    """Each decides on what the one before left: nobody is told to run again."""

    def count_on(name: str) -> None:
        for _ in range(10):
            with database.unit_of_work(clock, actor=name, write_first=True) as work:
                last = work.events.since(0, 1000)[-1:]
                work.events.append("tick", str(int(last[0].subject) + 1 if last else 1), {})
                work.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_on, ("a", "b", "c", "d")))
    reader = Reader(database)
    reader.poll()
    assert [one.subject for one in reader.seen] == [str(n) for n in range(1, 41)]


def test_a_rolled_back_append_is_not_seen(database: Database) -> None:
    """A gap in the ids is allowed, a reader goes over it."""
    reader = Reader(database)
    with database.unit_of_work(clock) as work:
        work.events.append("tick", "lost", {})
    with database.unit_of_work(clock) as work:
        work.events.append("tick", "kept", {})
        work.commit()
    reader.poll()
    assert [one.subject for one in reader.seen] == ["kept"]
