"""After the bad day: the database against the clients' books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum

from domain.events import Event
from domain.reports import Outcome, ReportKind
from domain.states import IncidentState, VisitState, moves_from
from storage import UnitOfWork
from tests.web.killed.books import Books

#: What a dispatcher's stream leaves out.
_ABOUT_PEOPLE = ("user.", "session.", "customer.")

#: Told beside a visit's move, no move itself.
_ABOUT_MOVES = ("visit.changed", "visit.diverted")

#: Events that happen once to a thing, however often a client had to ask.
_ONCE = ("ticket.received", "report.applied", "report.conflict", "incident.closed")


def all_events(work: UnitOfWork) -> tuple[Event, ...]:
    """Return the whole log."""
    return work.events.since(0, 1_000_000)


def check_tickets(work: UnitOfWork, books: Books) -> None:
    """Every acknowledged call is one ticket, and there is no other one."""
    stored = [one.id for one in work.tickets.all()]
    assert sorted(stored) == sorted(books.tickets.values())
    assert len(set(stored)) == len(stored)
    for client, ticket in books.tickets.items():
        assert work.requests.subject_of(client) == ticket


def check_reports(work: UnitOfWork, books: Books) -> None:
    """Every acknowledged report is there once, with the outcome that was told."""
    stored = {
        one.id: (one.crew, one.work_order, one.kind.value, one.outcome.value)
        for one in work.reports.all()
    }
    assert stored == books.reports


def check_positions(work: UnitOfWork, books: Books) -> None:
    """Every stored position is there once, under its crew."""
    beginning = datetime(2000, 1, 1, tzinfo=UTC)
    stored = [
        (fix.id, crew)
        for crew in sorted(set(books.fixes.values()))
        for fix in work.fixes.trail(crew, beginning)
    ]
    assert len(stored) == len(set(stored))
    assert dict(stored) == books.fixes


def check_visits(work: UnitOfWork, books: Books) -> None:
    """Each visit's events are a legal life that ends in its state; done is what crews said."""
    lives = lives_of_visits(all_events(work))
    visits = {one.id: one for one in work.visits.all()}
    assert set(lives) == set(visits)
    for visit, life in lives.items():
        check_life(life, VisitState)
        assert visits[visit].state.value == _state(life[-1])
    done = {one.work_order for one in visits.values() if one.state is VisitState.FIELD_COMPLETE}
    complete = (ReportKind.FIELD_COMPLETE.value, Outcome.APPLIED.value)
    assert done == {order for _, order, *told in books.reports.values() if tuple(told) == complete}


def lives_of_visits(events: Iterable[Event]) -> dict[str, list[Event]]:
    """Return the moves of each visit, oldest first."""
    lives: dict[str, list[Event]] = {}
    for event in events:
        if event.kind.startswith("visit.") and event.kind not in _ABOUT_MOVES:
            lives.setdefault(event.subject, []).append(event)
    return lives


def check_life(life: Sequence[Event], states: type[StrEnum]) -> None:
    """Each event says from where it came: where the one before it had led."""
    before = states(_state(life[0]))
    assert "from" not in life[0].payload
    for event in life[1:]:
        after = states(_state(event))
        assert event.payload["from"] == before.value
        assert after in moves_from(before)
        before = after


def _state(event: Event) -> str:
    return event.kind.partition(".")[2]


def check_incidents(work: UnitOfWork, books: Books) -> None:
    """Pass if what was said to be closed is, and every ticket is in one incident at the most."""
    closed = {one.id for one in work.incidents.all() if one.state is IncidentState.CLOSED}
    assert books.closed <= closed
    held = Counter(ticket for one in work.incidents.all() for ticket in one.tickets)
    assert [ticket for ticket, times in held.items() if times > 1] == []


def check_events(work: UnitOfWork, heard: Iterable[tuple[int, str]]) -> None:
    """Ids rise, nothing is told twice, and the watcher heard all of it, each once."""
    events = all_events(work)
    ids = [event.id for event in events]
    assert ids == sorted(set(ids))
    once = Counter((event.kind, event.subject) for event in events if event.kind in _ONCE)
    assert [what for what, times in once.items() if times > 1] == []
    shown = [(one.id, one.kind) for one in events if not one.kind.startswith(_ABOUT_PEOPLE)]
    told = Counter(heard)
    assert [what for what, times in told.items() if times > 1] == []
    assert [what for what in shown if what not in told] == []
    assert sorted(told.keys() - set(shown)) == []
    assert list(heard) == shown
