"""One burst from the first call to the verified end, as the event log tells it."""

from __future__ import annotations

from domain.answers import AnswerKind
from domain.reports import ReportKind
from domain.states import IncidentState, OutageState, TicketState, WorkOrderState
from domain.words import Symptom
from operations.answer_caller import Asked
from operations.verify_and_close import verify_and_close
from tests.operations.live_day import LiveDay

LIFE = """
ticket.received T0001
ticket.located T0001
incident.opened E0001
outage.opened O-E0001
work_order.issued W0001I
work_order.issued W0001R
ticket.received T0002
ticket.located T0002
ticket.attached T0002
incident.confirmed E0001
work_order.changed W0001I
work_order.changed W0001R
visit.assigned W0001I.1
work_order.assigned W0001I
visit.assigned W0001R.1
work_order.assigned W0001R
visit.accepted W0001I.1
visit.en_route W0001I.1
visit.on_site W0001I.1
work_order.in_progress W0001I
isolation_valve.changed bc.b
outage.in_effect O-E0001
outage.changed O-E0001
isolation_valve.changed de.d
outage.changed O-E0001
visit.field_complete W0001I.1
work_order.done W0001I
visit.en_route W0001R.1
visit.on_site W0001R.1
work_order.in_progress W0001R
visit.field_complete W0001R.1
work_order.done W0001R
incident.resolved E0001
incident.verified E0001
isolation_valve.changed bc.b
isolation_valve.changed de.d
outage.restored O-E0001
ticket.verified T0001
ticket.closed T0001
ticket.verified T0002
ticket.closed T0002
incident.closed E0001
"""

#: What the field reports, minutes after nine.
FIELD = (
    (7, "C1", "W0001I", ReportKind.ACCEPTED, None),
    (8, "C1", "W0001I", ReportKind.EN_ROUTE, None),
    (20, "C1", "W0001I", ReportKind.ON_SITE, None),
    (30, "C1", "W0001I", ReportKind.VALVE_CLOSED, "bc.b"),
    (40, "C1", "W0001I", ReportKind.VALVE_CLOSED, "de.d"),
    (45, "C1", "W0001I", ReportKind.FIELD_COMPLETE, None),
    (50, "C2", "W0001R", ReportKind.ON_SITE, None),
    (180, "C2", "W0001R", ReportKind.FIELD_COMPLETE, None),
)


def live_through(day: LiveDay) -> None:
    """Play a burst on cd from the first call until the repair is done."""
    day.calls("cd1", Symptom.BURST)
    day.at(5)
    day.calls("bc1", Symptom.NO_WATER)
    day.at(6)
    day.assign("W0001I", "C1")
    day.assign("W0001R", "C2")
    for minute, crew, order, kind, valve in FIELD:
        day.at(minute)
        day.says(crew, order, kind, valve)


def test_the_log_tells_the_life_of_a_burst_in_order(day: LiveDay) -> None:
    """Every step once, each after what caused it; reports aside, which only say it came by one."""
    live_through(day)
    day.at(190)
    with day.work() as work:
        verify_and_close(work, day.keeper.of(work), "E0001", day.now)
        work.commit()
    begun = day.told().index("ticket.received T0001")
    told = [one for one in day.told()[begun:] if not one.startswith("report.")]
    assert told == LIFE.split("\n")[1:-1]


def test_after_the_centre_verified_everything_has_ended(day: LiveDay) -> None:
    """Tickets closed, water back, isolation valves open, nothing left to do."""
    live_through(day)
    assert day.incident().state is IncidentState.RESOLVED
    day.at(190)
    with day.work() as work:
        closed = verify_and_close(work, day.keeper.of(work), "E0001", day.now)
        work.commit()
        assert closed.state is IncidentState.CLOSED
        assert {one.state for one in work.tickets.all()} == {TicketState.CLOSED}
        assert {one.state for one in work.work_orders.all()} == {WorkOrderState.DONE}
        assert all(one.is_open for one in work.network.isolation_valves())
        assert not work.visits.active()
    assert day.outage().state is OutageState.RESTORED
    assert day.outage().restored_at == day.now


def test_a_crews_done_closes_nothing(day: LiveDay) -> None:
    """The repair is done, and still callers hear that their water is off."""
    live_through(day)
    with day.work() as work:
        assert {one.state for one in work.tickets.all()} == {TicketState.OPEN}
    assert day.outage().state is OutageState.IN_EFFECT
    assert day.answer(Asked(premises="bc2")).kind is AnswerKind.NO_WATER
