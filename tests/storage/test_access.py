"""Users, sessions, failed log-ins, counters and requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import BadInput, UnknownId
from domain.users import Role, Session, SessionKind, User
from storage import Database
from tests.storage.conftest import NOW, clock

USER = User("wang.min", "王敏", Role.DISPATCHER, "$argon2id$v=19$made-up", NOW)
PHONE = User("crew5", "五班", Role.CREW, "$argon2id$v=19$made-up", NOW, crew="C05")
SESSION = Session(
    "ab" * 32, "crew5", SessionKind.BEARER, NOW, NOW + timedelta(days=30), None, "手机"
)


def test_users_come_back_and_are_replaced(database: Database) -> None:
    """By login; who is unknown is named."""
    with database.unit_of_work(clock) as work:
        work.users.save(USER)
        work.users.save(PHONE)
        work.users.save(replace(USER, disabled=True))
        assert work.users.all() == (PHONE, replace(USER, disabled=True))
        assert work.users.get("crew5") == PHONE
        assert work.users.find("nobody") is None
        with pytest.raises(UnknownId, match="nobody"):
            work.users.get("nobody")


def test_events_about_users_hold_no_name_and_no_hash(database: Database) -> None:
    """The log is read by more people than the user table."""
    with database.unit_of_work(clock) as work:
        work.users.save(USER)
        work.users.save(PHONE)
        work.sessions.open(SESSION)
        said = " ".join(f"{one.subject} {one.payload}" for one in work.events.since(0, 10))
    assert "王敏" not in said
    assert "argon2" not in said
    assert SESSION.id not in said


def test_a_session_is_good_until_it_expires_or_is_ended(database: Database) -> None:
    """Ending it twice is told once."""
    with database.unit_of_work(clock) as work:
        work.users.save(PHONE)
        work.sessions.open(SESSION)
        found = work.sessions.find(SESSION.id)
        assert found == SESSION
        assert found.is_good(NOW)
        assert not found.is_good(SESSION.expires_at)
        before = work.events.last_id()
        work.sessions.revoke(SESSION.id)
        work.sessions.revoke(SESSION.id)
        work.sessions.revoke("unknown")
        ended = work.sessions.find(SESSION.id)
        assert ended is not None
        assert not ended.is_good(NOW)
        assert [one.kind for one in work.events.since(before, 9)] == ["session.ended"]


def test_all_sessions_of_a_user_end_together(database: Database) -> None:
    """Others' stay, and those that had ended are not counted."""
    mine = [replace(SESSION, id=str(n) * 64) for n in range(3)]
    with database.unit_of_work(clock) as work:
        work.users.save(PHONE)
        work.users.save(USER)
        for one in (*mine, replace(SESSION, login="wang.min")):
            work.sessions.open(one)
        work.sessions.revoke(mine[0].id)
        assert work.sessions.revoke_all("crew5") == 2
        assert [one.is_good(NOW) for one in work.sessions.of_user("crew5")] == [False] * 3
        assert [one.is_good(NOW) for one in work.sessions.of_user("wang.min")] == [True]


def test_a_session_needs_a_user(database: Database) -> None:
    """Nobody's session cannot be stored."""
    with pytest.raises(BadInput), database.unit_of_work(clock) as work:
        work.sessions.open(SESSION)


def test_failures_are_counted_by_login_and_by_address(database: Database) -> None:
    """Within the window; a good log-in forgives its own."""
    long_ago = NOW - timedelta(hours=1)
    with database.unit_of_work(clock) as work:
        for login, address in (("a", "10.0.0.1"), ("a", "10.0.0.2"), ("b", "10.0.0.1")):
            work.sessions.fail(login, address, forget_before=long_ago)
        assert work.sessions.failures("a", "10.0.0.1", long_ago) == (2, 2)
        assert work.sessions.failures("a", "10.0.0.1", NOW + timedelta(seconds=1)) == (0, 0)
        assert work.sessions.oldest_failure(long_ago) == NOW
        work.sessions.forgive("a")
        assert work.sessions.failures("a", "10.0.0.1", long_ago) == (0, 1)


def test_old_failures_are_forgotten(database: Database) -> None:
    """They are personal data and count for nothing."""
    with database.unit_of_work(clock) as work:
        work.sessions.fail("a", "10.0.0.1", forget_before=NOW)
        work.sessions.fail("b", "10.0.0.1", forget_before=NOW + timedelta(seconds=1))
        assert work.sessions.failures("a", "10.0.0.1", NOW) == (0, 1)


def test_numbers_count_up_by_kind(database: Database) -> None:
    """From 1, and go on after a commit; what was rolled back is given again."""
    with database.unit_of_work(clock, write_first=True) as work:
        assert work.numbers.last("ticket") == 0
        assert [work.numbers.next("ticket") for _ in range(3)] == [1, 2, 3]
        assert work.numbers.next("incident") == 1
        work.commit()
        work.numbers.next("ticket")
    with database.unit_of_work(clock, write_first=True) as work:
        assert work.numbers.next("ticket") == 4


def test_a_request_is_remembered_by_the_clients_id(database: Database) -> None:
    """Asking again finds what it made."""
    with database.unit_of_work(clock) as work:
        assert work.requests.subject_of("5f2c") is None
        work.requests.remember("5f2c", "T0001")
        assert work.requests.subject_of("5f2c") == "T0001"
