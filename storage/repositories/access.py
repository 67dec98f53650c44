"""Users, their sessions, and failed log-ins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from domain.clocks import Clock
from domain.errors import UnknownId
from domain.users import Session, User
from storage import tables
from storage.event_log import EventLog
from storage.rows import Rows

_USERS = Rows(tables.app_user, User)
_SESSIONS = Rows(tables.session, Session)
_FAILURES = tables.login_failure


class UserRepository:
    """Users by their login."""

    def __init__(self, connection: Connection, events: EventLog) -> None:
        self._connection, self._events = connection, events

    def save(self, user: User) -> None:
        """Store a new user or replace the one of this login; appends ``user.saved``."""
        table, (row,) = tables.app_user, _USERS.dump([user])
        if self.find(user.login) is None:
            self._connection.execute(insert(table), row)
        else:
            self._connection.execute(update(table).where(table.c.login == user.login), row)
        payload: dict[str, object] = {"role": user.role.value, "disabled": user.disabled}
        self._events.append("user.saved", user.login, payload)

    def get(self, login: str) -> User:
        """Return the user.

        Raises
        ------
        UnknownId
            If there is none of this login.
        """
        found = self.find(login)
        if found is None:
            raise UnknownId("user", login, "See: mainbreak user list")
        return found

    def find(self, login: str) -> User | None:
        """Return the user, None if there is none of this login."""
        query = _USERS.select().where(tables.app_user.c.login == login)
        return next(iter(_USERS.load(self._connection.execute(query).all())), None)

    def all(self) -> tuple[User, ...]:
        """Return every user by login."""
        found = _USERS.load(self._connection.execute(_USERS.select()).all())
        return tuple(sorted(found, key=lambda one: one.login))


class SessionRepository:
    """Sessions by the hash of their secret, and the failures that throttle log-ins."""

    def __init__(self, connection: Connection, events: EventLog, clock: Clock) -> None:
        self._connection, self._events, self._clock = connection, events, clock

    def open(self, session: Session) -> None:
        """Store a new session; appends ``session.opened`` about its user."""
        self._connection.execute(insert(tables.session), _SESSIONS.dump([session]))
        self._events.append("session.opened", session.login, {"kind": session.kind.value})

    def find(self, session_id: str) -> Session | None:
        """Return the session, good or not; None if there is none."""
        query = _SESSIONS.select().where(tables.session.c.id == session_id)
        return next(iter(_SESSIONS.load(self._connection.execute(query).all())), None)

    def of_user(self, login: str) -> tuple[Session, ...]:
        """Return the user's sessions, oldest first."""
        query = _SESSIONS.select().where(tables.session.c.login == login)
        found = _SESSIONS.load(self._connection.execute(query).all())
        return tuple(sorted(found, key=lambda one: (one.created_at, one.id)))

    def revoke(self, session_id: str) -> None:
        """End one session now; ending it again changes nothing."""
        found = self.find(session_id)
        if found is not None and found.revoked_at is None:
            self._end(found)

    def revoke_all(self, login: str) -> int:
        """End every session of a user and return how many were open."""
        going = [one for one in self.of_user(login) if one.is_good(self._clock())]
        for one in going:
            self._end(one)
        return len(going)

    def _end(self, session: Session) -> None:
        ended, table = replace(session, revoked_at=self._clock()), tables.session
        query = update(table).where(table.c.id == session.id)
        self._connection.execute(query, {"revoked_at": ended.revoked_at})
        self._events.append("session.ended", session.login, {"kind": session.kind.value})

    def fail(self, login: str, address: str, *, forget_before: datetime) -> None:
        """Note a failed log-in now, and forget those before an instant."""
        self._connection.execute(delete(_FAILURES).where(_FAILURES.c.at < forget_before))
        row = {"login": login, "address": address, "at": self._clock()}
        self._connection.execute(insert(_FAILURES), row)

    def failures(self, login: str, address: str, since: datetime) -> tuple[int, int]:
        """Return how many log-ins failed since an instant: of this login, from this address."""

        def count(column: str, value: str) -> int:
            recent = (_FAILURES.c.at >= since) & (_FAILURES.c[column] == value)
            query = select(func.count()).select_from(_FAILURES).where(recent)
            return self._connection.scalar(query) or 0

        return count("login", login), count("address", address)

    def oldest_failure(self, since: datetime) -> datetime | None:
        """Return when the oldest failure since an instant was, None if there is none."""
        query = select(func.min(_FAILURES.c.at)).where(_FAILURES.c.at >= since)
        oldest: datetime | None = self._connection.scalar(query)
        return oldest

    def forgive(self, login: str) -> None:
        """Forget the failures of a login."""
        self._connection.execute(delete(_FAILURES).where(_FAILURES.c.login == login))
