"""The live stream: every event once and in order, whoever writes and however often it breaks."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable

import pytest

from domain.users import Role, SessionKind
from mainbreak.server import LiveHome, events_stream, tail
from mainbreak.server.tail import EventTail
from tests.web.house import House, log_in, page_headers, running, token_headers
from tests.web.listener import PATIENCE, Listener

WRITERS, EVENTS, BREAKS = 8, 5_000, 100


def append(home: LiveHome, *subjects: str, kind: str = "test.happened") -> None:
    """Commit one event a subject, in one transaction, by another way than the server's."""
    with home.database.unit_of_work(home.clock, actor="test", write_first=True) as work:
        for subject in subjects:
            work.events.append(kind, subject, {"crew": "C2"})
        work.commit()


def write_many(home: LiveHome, writer: int, start: threading.Event) -> None:
    """Append this writer's share, in transactions of one to five events."""
    dice = random.Random(writer)
    subjects = [f"{writer}-{number}" for number in range(EVENTS // WRITERS)]
    start.wait()
    while subjects:
        some = dice.randint(1, 5)
        append(home, *subjects[:some])
        del subjects[:some]


def test_each_event_comes_once_in_order_over_a_hundred_breaks(home: LiveHome) -> None:
    """Eight threads append 5,000 events while a client hangs up a hundred times at random."""
    headers = page_headers(log_in(home, Role.DISPATCHER))
    start, dice = threading.Event(), random.Random(470)
    writers = [
        threading.Thread(target=write_many, args=(home, number, start)) for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    breaks = iter([*sorted(dice.sample(range(EVENTS), BREAKS)), EVENTS])
    heard: list[str] = []
    with running(home) as server:
        listener = Listener(server.port, headers)
        with listener.connected() as answer:
            # Stands at the present before anybody writes.
            assert "id" in listener.hear_block(answer)
        start.set()
        for until in breaks:
            with listener.connected() as answer:
                events = listener.events(answer)
                while len(heard) < until:
                    heard.append(str(next(events)[1]["subject"]))
                # Hanging up in the middle of a block loses that block only.
                if until < EVENTS and dice.random() < 0.5:
                    answer.read1(dice.randint(1, 80))
    for writer in writers:
        writer.join(PATIENCE)
    with home.reading() as work:
        stored = [
            event.subject
            for event in work.events.since(0, 2 * EVENTS)
            if event.kind == "test.happened"
        ]
    assert len(stored) == EVENTS
    assert heard == stored


def until(true: Callable[[], bool]) -> None:
    """Return once it is true; fail if it takes too long."""
    pause, end = threading.Event(), time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not become true"
        pause.wait(0.01)


def dispatcher(home: LiveHome, port: int) -> Listener:
    """Return a dispatcher's client."""
    return Listener(port, page_headers(log_in(home, Role.DISPATCHER)))


def test_without_an_id_the_stream_starts_at_the_present(home: LiveHome) -> None:
    """What was before is not told; what comes next is, with all its fields."""
    append(home, "before")
    with running(home) as server:
        listener = dispatcher(home, server.port)
        with listener.connected() as answer:
            assert answer.headers["Content-Type"].startswith("text/event-stream")
            events = listener.events(answer)
            append(home, "after")
            kind, data = next(events)
    assert (kind, data["kind"]) == ("test.happened", "test.happened")
    assert (data["subject"], data["payload"]) == ("after", {"crew": "C2"})
    assert (data["at"], data["actor"]) == (home.clock().isoformat(), "test")


def test_a_lost_connection_resumes_even_before_its_first_event(home: LiveHome) -> None:
    """The place in the log is told at once: what happens in the gap is not lost."""
    with running(home) as server:
        listener = dispatcher(home, server.port)
        with listener.connected() as answer:
            # Nothing happens; the first block has an id and no data.
            listener.hear_block(answer)
        append(home, "in the gap")
        with listener.connected() as answer:
            assert next(listener.events(answer))[1]["subject"] == "in the gap"


def test_the_address_resumes_too_but_the_header_is_newer(home: LiveHome) -> None:
    """A page says in the address where its data ends; a browser that comes back has a header."""
    append(home, "first", "second", "third")
    with home.reading() as work:
        first, second = (
            one.id for one in work.events.since(0, 1000) if one.subject in {"first", "second"}
        )
    with running(home) as server:
        listener = dispatcher(home, server.port)
        with listener.connected(f"?last_event_id={first}") as answer:
            assert next(listener.events(answer))[1]["subject"] == "second"
        listener.last_id = str(second)
        with listener.connected(f"?last_event_id={first}") as answer:
            assert next(listener.events(answer))[1]["subject"] == "third"


def test_ids_that_the_database_never_gave_mean_load_all_anew(home: LiveHome) -> None:
    """A page left open over a new database would else wait for its old numbers for good."""
    with running(home) as server:
        listener = dispatcher(home, server.port)
        listener.last_id = "999999"
        with listener.connected() as answer:
            events = listener.events(answer)
            assert next(events) == ("stream.reset", {})
            append(home, "new")
            assert next(events)[1]["subject"] == "new"


def test_a_writer_of_this_process_is_heard_at_once(
    home: LiveHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bell wakes the tail, which would else look in ten minutes."""
    monkeypatch.setattr(tail, "POLL_S", 600.0)
    with running(home) as server:
        listener = dispatcher(home, server.port)
        with listener.connected() as answer:
            events = listener.events(answer)
            with home.writing("somebody") as work:
                work.events.append("test.rung", "here", {})
            assert next(events)[0] == "test.rung"


def test_silence_is_broken_by_comments_that_move_the_id_on(
    home: LiveHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages tell a quiet day from a dead line; what is not for them is not read again."""
    monkeypatch.setattr(events_stream, "BEAT_S", 0.05)
    with running(home) as server:
        crew = Listener(server.port, token_headers(log_in(home, Role.CREW, SessionKind.BEARER)))
        with crew.connected() as answer:
            crew.hear_block(answer)
            before = int(crew.last_id or 0)
            append(home, "not for crews")
            blocks = iter(lambda: crew.hear_block(answer), None)
            assert any("data" not in one and int(crew.last_id or 0) > before for one in blocks)


def test_a_log_in_that_ends_ends_its_stream(
    home: LiveHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody goes on listening after the log-out; coming back is refused, and the cookie goes."""
    monkeypatch.setattr(events_stream, "CHECK_S", 0.05)
    monkeypatch.setattr(events_stream, "BEAT_S", 0.05)
    opened = log_in(home, Role.DISPATCHER)
    with running(home) as server:
        listener = Listener(server.port, page_headers(opened))
        with listener.connected() as answer:
            with home.admitting("test") as work:
                work.sessions.revoke(opened.session.id)
            assert [kind for kind, _ in listener.events(answer)] == []
        with listener.connected() as answer:
            assert answer.status == 401
            assert json.loads(answer.read())["status"] == 401
            assert 'mainbreak_session=""' in answer.headers["Set-Cookie"]


def test_the_server_stops_with_open_streams(home: LiveHome) -> None:
    """They end by themselves, and whole: the client comes back to the next server."""
    with running(home) as server:
        listener = dispatcher(home, server.port)
        with listener.connected() as answer:
            listener.hear_block(answer)
            stopped = threading.Timer(0, home.bell.close)
            stopped.start()
            began = time.monotonic()
            assert list(listener.events(answer)) == []
    assert time.monotonic() - began < events_stream.BEAT_S
    stopped.join()


def test_a_client_that_hangs_up_is_forgotten(home: LiveHome) -> None:
    """Its task ends, and without listeners nobody looks at the database."""
    with running(home) as server:
        listener = dispatcher(home, server.port)
        with listener.connected() as answer:
            listener.hear_block(answer)
            until(lambda: server.tail.listeners == 1)
        until(lambda: server.tail.listeners == 0)


def test_a_crowd_of_the_public_keeps_the_office_no_place(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 for one more of the public; who has logged in is still let in to be told so later."""
    monkeypatch.setattr(EventTail, "listeners", 1_500)
    full = house.client().get("/api/events")
    assert (full.status_code, full.headers["Retry-After"]) == (503, "5")
    monkeypatch.setattr(EventTail, "listeners", 2_000)
    assert house.client(Role.DISPATCHER).get("/api/events").status_code == 503
    monkeypatch.setattr(EventTail, "listeners", 1_999)
    house.home.bell.close()
    assert house.client(Role.DISPATCHER).get("/api/events").status_code == 200
