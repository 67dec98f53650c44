"""The event log: one row per change, in the same transaction, in commit order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.errors import IllegalMove
from domain.events import Event
from domain.network import PipeNetwork
from domain.states import IncidentState, TicketState
from storage import Database, EventLog, UnitOfWork
from storage.tables import event as event_table
from tests.storage import examples
from tests.storage.conftest import NOW, clock

PERSONAL = ("13900139000", "138 0013", "雁塔路", "王女士", "A-6001", "水喷")


def kinds(work: UnitOfWork) -> list[str]:
    """Return the kinds of all events, oldest first."""
    return [one.kind for one in work.events.since(0, 1000)]


def everything(work: UnitOfWork) -> None:
    """Save one of everything."""
    work.network.save(examples.NETWORK)
    work.network.save_premises(examples.NETWORK.premises)
    work.streets.save(b"streets", examples.REPORT)
    work.places.save(examples.PLACES)
    work.crews.save(examples.CREWS)
    work.tickets.save(examples.LOCATED)
    work.incidents.save(examples.INCIDENTS)
    work.outages.save(examples.OUTAGES)
    work.work_orders.save(examples.WORK_ORDERS)
    work.plans.save(examples.PLAN)


def test_an_event_comes_back_as_it_was_appended(database: Database) -> None:
    """Instant, words, actor and payload; ids count from 1."""
    with database.unit_of_work(clock, actor="dispatcher 7") as work:
        work.events.append("outage.told", "O-1", {"messages": 12, "to": ["S1"]})
        work.events.append("outage.told", "O-2", {}, actor="sms")
        assert work.events.since(0, 10) == (
            Event(NOW, "outage.told", "O-1", "dispatcher 7", {"messages": 12, "to": ["S1"]}, 1),
            Event(NOW, "outage.told", "O-2", "sms", {}, 2),
        )


def test_since_resumes_after_an_id(database: Database) -> None:
    """A reader that gives its last id gets the rest, oldest first, as many as it asks for."""
    with database.unit_of_work(clock) as work:
        for number in range(6):
            work.events.append("tick", str(number), {})
        assert [one.subject for one in work.events.since(2, 3)] == ["2", "3", "4"]
        assert work.events.since(6, 3) == ()


def test_every_save_appends_its_event(database: Database) -> None:
    """One event a change, each with the id it is about."""
    with database.unit_of_work(clock) as work:
        everything(work)
        assert kinds(work) == [
            "network.imported",
            "premises.imported",
            "streets.imported",
            "places.imported",
            "crews.imported",
            "ticket.received",
            "ticket.received",
            "ticket.located",
            "ticket.located",
            "incident.opened",
            "incident.opened",
            "outage.opened",
            "work_order.issued",
            "work_order.issued",
            "plan.made",
        ]
        first, *_, last = work.events.since(0, 1000)
    assert first.payload == {
        "nodes": 3,
        "links": 2,
        "isolation_valves": 2,
        "hydrants": 1,
        "premises": 2,
    }
    assert last.payload == {"visits": 2, "unassigned": 2, "engine": "ortools"}


def test_payloads_hold_no_personal_data(database: Database) -> None:
    """No phone, name, address or words of a caller in any event."""
    with database.unit_of_work(clock) as work:
        everything(work)
        said = " ".join(f"{one.subject} {one.payload}" for one in work.events.since(0, 1000))
    assert not [secret for secret in PERSONAL if secret in said]


def test_leaving_without_commit_leaves_neither_change_nor_event(database: Database) -> None:
    """Rolled back together."""
    with database.unit_of_work(clock) as work:
        everything(work)
    with database.unit_of_work(clock) as work:
        assert kinds(work) == []
        assert not work.network.exists()
        assert work.tickets.all() == work.crews.all() == ()
        assert work.plans.latest() is None


def test_an_exception_rolls_back_and_goes_on(database: Database) -> None:
    """The caller sees its own exception; what came before the last commit stays."""

    def interrupted() -> None:
        with database.unit_of_work(clock) as work:
            work.tickets.add(examples.TICKETS[0])
            work.commit()
            work.tickets.add(examples.TICKETS[1])
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    with database.unit_of_work(clock) as work:
        assert work.tickets.all() == examples.TICKETS[:1]
        assert kinds(work) == ["ticket.received"]


def test_a_ticket_is_received_once(database: Database) -> None:
    """Adding a known id changes nothing and tells nothing."""
    changed = replace(examples.TICKETS[0], text="again")
    with database.unit_of_work(clock) as work:
        assert work.tickets.add(*examples.TICKETS) == ("T1", "T2")
        assert work.tickets.add(changed) == ()
        assert work.tickets.get("T1") == examples.TICKETS[0]
        assert kinds(work) == ["ticket.received"] * 2


def test_a_move_is_an_event_and_no_change_is_none(database: Database) -> None:
    """Saving again tells the new state, a change of anything else, or nothing."""
    suspected = examples.INCIDENTS[0]
    confirmed = replace(suspected, state=IncidentState.CONFIRMED)
    with database.unit_of_work(clock) as work:
        for incident in (suspected, suspected, confirmed, replace(confirmed, label="x")):
            work.incidents.save([incident])
        assert kinds(work) == ["incident.opened", "incident.confirmed", "incident.changed"]
        assert work.incidents.get("E0001") == replace(confirmed, label="x")
        assert work.events.since(1, 1)[0].payload == {"from": "suspected"}


def test_an_illegal_move_is_refused(database: Database) -> None:
    """An open ticket cannot be closed before the centre verified it."""
    with database.unit_of_work(clock) as work:
        work.tickets.add(examples.TICKETS[0])
        with pytest.raises(IllegalMove):
            work.tickets.save([replace(examples.TICKETS[0], state=TicketState.CLOSED)])
        assert work.tickets.all() == examples.TICKETS[:1]


def test_clearing_the_day_keeps_network_crews_and_log(database: Database) -> None:
    """Only what belongs to the day goes, and the log says so."""
    with database.unit_of_work(clock) as work:
        work.clear_day()
        everything(work)
        before = kinds(work)
        work.clear_day()
        assert kinds(work) == [*before, "day.cleared"]
        assert work.tickets.all() == work.incidents.all() == work.work_orders.all() == ()
        assert work.outages.all() == ()
        assert work.plans.latest() is None
        assert work.network.load() == examples.NETWORK
        assert work.crews.all() == examples.CREWS


def test_ids_are_never_given_twice(database: Database) -> None:
    """Also after the last event is gone: a reader that resumes would miss the new one."""
    with database.engine.begin() as connection:
        for _ in range(2):
            log = EventLog(connection, clock, "test")
            log.append("tick", "", {})
            last = log.since(0, 10)[-1].id
            connection.execute(event_table.delete())
    assert last == 2


def test_a_replaced_network_has_no_event_of_its_own_premises(database: Database) -> None:
    """One import is one event, however much it holds."""
    with database.unit_of_work(clock) as work:
        work.network.save(examples.NETWORK)
        work.network.save(PipeNetwork((), ()))
        assert kinds(work) == ["network.imported"] * 2
