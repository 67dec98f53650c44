"""From located tickets to incidents, outages and work orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.network import PipeNetwork, Premises
from domain.places import LonLat
from domain.tickets import Candidate, FoundBy, LocatedTicket, Snap, Ticket
from domain.words import Priority, Skill, Symptom, WorkOrderKind
from operations.open_incidents import Opened, open_incidents
from tests.gis.drawing import draw

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
HERE = LonLat(114.3, 30.6)

#: A burst on ab shuts Ra.a and dries c and d beyond it; ef is nobody's business.
STREETS = draw("R--%a---b%--c---d")


def premises(name: str, pipe: str, critical: bool = False) -> Premises:
    """Return a premises on a pipe."""
    return Premises(name, HERE, link=pipe, critical=critical)


def call(
    name: str, symptom: Symptom, pipe: str | None = "ab", minutes: float = 0, who: str = ""
) -> LocatedTicket:
    """Return a ticket of a symptom on a pipe."""
    snap = Snap(pipe, HERE, 0.0, 1.0) if pipe else None
    place = Candidate(HERE, FoundBy.ADDRESS, 0.9, "建设路1号", premises=who or name, snap=snap)
    ticket = Ticket(name, NINE + timedelta(minutes=minutes))
    priority = Priority.P1 if symptom is Symptom.BURST else Priority.P3
    return LocatedTicket(ticket, place, symptom, priority)


def opened(*calls: LocatedTicket, network: PipeNetwork = STREETS) -> tuple[Opened, ...]:
    """Return what the calls open."""
    return open_incidents(network, calls)


def test_a_burst_is_isolated_and_then_repaired() -> None:
    """Two work orders, the repair after the isolation, both for every caller."""
    (one,) = opened(call("t1", Symptom.BURST), call("t2", Symptom.NO_WATER, "cd", 5))
    isolate, repair = one.work_orders
    assert (isolate.kind, repair.kind) == (WorkOrderKind.ISOLATE, WorkOrderKind.REPAIR)
    assert repair.after == (isolate.id,)
    assert isolate.tickets == repair.tickets == ("t1", "t2")
    assert isolate.skills == {Skill.VALVE}
    assert isolate.released_at == repair.released_at == NINE
    assert one.outage is not None
    assert one.outage.isolation.burst == ("ab",)


def test_the_isolate_order_waits_at_the_first_isolation_valve() -> None:
    """A crew is sent to where it must turn a key, not to the hole."""
    (one,) = opened(call("t1", Symptom.BURST))
    assert one.outage is not None
    first = STREETS.isolation_valve_by_id[one.outage.isolation.close[0]]
    assert one.work_orders[0].location == first.location
    assert one.work_orders[1].location == HERE


def test_the_dry_are_counted_before_and_after_the_isolation() -> None:
    """In the segment before; with those beyond it after."""
    network = STREETS.with_premises([premises("s1", "ab"), premises("s2", "cd")])
    (one,) = opened(call("t1", Symptom.BURST), network=network)
    counts = {(o.premises_dry_before, o.premises_dry_after) for o in one.work_orders}
    assert counts == {(1, 2)}


def test_a_critical_premises_makes_it_urgent() -> None:
    """A dialysis clinic beyond the segment raises a P3 to P1, and its clock with it."""
    clinic = premises("s1", "cd", critical=True)
    calm = replace(call("t1", Symptom.CONSTRUCTION_DAMAGE), priority=Priority.P3)
    (before,) = opened(calm)
    (after,) = opened(calm, network=STREETS.with_premises([clinic]))
    assert (before.incident.priority, after.incident.priority) == (Priority.P3, Priority.P1)
    due = [one.work_orders[0].due_on_site for one in (before, after)]
    assert due[1] is not None
    assert due[0] is not None
    assert due[1] < due[0]


def test_three_dry_premises_mean_a_burst_nobody_saw() -> None:
    """Two may be neighbours with indoor faults; one household calling thrice is one premises."""
    dry = Symptom.NO_WATER
    two = [call("t1", dry), call("t2", dry, minutes=1)]
    assert opened(*two)[0].incident.symptom is Symptom.NO_WATER
    assert opened(*two, call("t3", dry, minutes=2))[0].incident.symptom is Symptom.BURST
    again = opened(*two, call("t3", dry, minutes=2, who="t1"))
    assert again[0].incident.symptom is Symptom.NO_WATER


def test_other_symptoms_get_the_one_order_they_call_for() -> None:
    """A meter is work for a meter crew; nobody loses water."""
    (one,) = opened(call("t1", Symptom.LEAK_AT_METER))
    (order,) = one.work_orders
    assert (order.kind, order.skills) == (WorkOrderKind.METER, frozenset({Skill.METER}))
    assert one.outage is None


def test_a_burst_far_from_every_pipe_is_looked_at() -> None:
    """Nothing can be isolated, so somebody inspects."""
    (one,) = opened(call("t1", Symptom.BURST, pipe=None))
    assert [order.kind for order in one.work_orders] == [WorkOrderKind.INSPECT]
    assert one.outage is None


def test_where_nothing_can_be_shut_the_repair_stands_alone() -> None:
    """Without any isolation valve there is no isolate order to wait for."""
    (one,) = opened(call("t1", Symptom.BURST), network=draw("R---a---b"))
    (order,) = one.work_orders
    assert order.kind is WorkOrderKind.REPAIR
    assert order.after == ()
    assert order.leaking


def test_every_ticket_is_in_exactly_one_incident() -> None:
    """Nothing is lost and nothing counted twice, and ids follow the first call."""
    calls = [
        call("t1", Symptom.BURST, minutes=9),
        call("t2", Symptom.LEAK_AT_METER, "cd", 3),
        call("t3", Symptom.MANHOLE, None, 1),
        call("t4", Symptom.NO_WATER, "cd", 12),
    ]
    incidents = [one.incident for one in opened(*calls)]
    assert sorted(t for one in incidents for t in one.tickets) == ["t1", "t2", "t3", "t4"]
    assert [one.id for one in incidents] == ["E0001", "E0002", "E0003"]
    assert [one.opened_at for one in incidents] == sorted(one.opened_at for one in incidents)


def test_five_households_within_an_hour_are_a_major_incident() -> None:
    """Without one work order more; four of them are not."""
    low = [call(f"t{n}", Symptom.LOW_PRESSURE, "ab", 15 * n) for n in range(5)]
    (four,), (five,) = opened(*low[:4]), opened(*low)
    assert (four.incident.collective_at, four.incident.priority) == (None, Priority.P3)
    assert five.incident.collective_at == NINE + timedelta(minutes=60)
    assert five.incident.priority is Priority.P1
    assert len(five.work_orders) == len(four.work_orders) == 1


def test_a_burst_names_its_suspects() -> None:
    """The likeliest is where it is put; what no burst explains has none."""
    (burst,) = opened(call("t1", Symptom.BURST), call("t2", Symptom.NO_WATER, "cd", 5))
    assert burst.incident.suspects[0].pipe == burst.incident.link == "ab"
    (other,) = opened(call("t1", Symptom.LEAK_AT_METER))
    assert (other.incident.suspects, other.incident.link) == ((), "ab")
