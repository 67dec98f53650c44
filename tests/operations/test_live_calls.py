"""Calls: kept, placed, and put under the incident that explains them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import BadInput, UnknownId
from domain.network import PipeNetwork
from domain.places import LonLat, Place
from domain.reports import ReportKind
from domain.states import IncidentState, OutageState, WorkOrderState
from domain.words import Channel, Priority, Symptom, WorkOrderKind
from operations.open_incident import open_incident
from operations.place_ticket import place_ticket
from operations.take_call import Call, Taken
from storage import Database
from tests.gis.drawing import draw
from tests.operations.live_day import LiveDay

FAR = LonLat(120.0, 10.0)


def placed(day: LiveDay, ticket: str, at: LonLat) -> Taken:
    """Return what became of a ticket that got its place."""
    with day.work() as work:
        taken = place_ticket(work, day.keeper.of(work), ticket, at, day.now)
        work.commit()
    return taken


def middle(day: LiveDay, pipe: str) -> LonLat:
    """Return the middle of a pipe."""
    one, other = day.network.link_by_id[pipe].path
    return LonLat((one.lon + other.lon) / 2, (one.lat + other.lat) / 2)


def test_a_burst_opens_an_incident_with_its_outage_and_work(day: LiveDay) -> None:
    """What must be shut is numbered in order, and both work orders are ready."""
    taken = day.calls("cd1", Symptom.BURST)
    assert taken.opened
    assert taken.incident == day.incident("E0001")
    outage = day.outage()
    assert outage.state is OutageState.PREDICTED
    assert outage.numbered == outage.isolation.close == ("bc.b", "de.d")
    assert outage.isolation.premises == ("bc1", "bc2", "cd1", "cd2")
    states = {day.order(one).state for one in ("W0001I", "W0001R")}
    assert states == {WorkOrderState.READY}


def test_the_same_client_id_takes_the_call_once(day: LiveDay) -> None:
    """A lost answer is asked for again: same ticket, same incident, not one event more."""
    call = Call(text="水管爆了", premises="cd1", client_id="7f2c")
    first = day.call(call)
    told = day.told()
    day.at(3)
    again = day.call(call)
    assert again == replace(first, repeated=True, candidates=again.candidates)
    assert day.told() == told


def test_a_client_id_of_another_call_is_refused(day: LiveDay) -> None:
    """Other words are another call: it is not lost as a repeat, nor shown the first one."""
    call = Call(text="水管爆了", phone="13912345678", premises="cd1", client_id="7f2c")
    day.call(call)
    told = day.told()
    for other in (replace(call, text="另一句话"), replace(call, phone="")):
        with pytest.raises(BadInput, match=r"^client_id: "):
            day.call(other)
    assert day.told() == told
    assert not day.call(replace(call, text="另一句话", client_id="8a3d")).repeated


def test_symptom_and_urgency_come_from_the_words(day: LiveDay) -> None:
    """The agent need not choose; what the agent chose stands."""
    taken = day.call(Call(address="建设路41号", text="水管爆了，路面塌陷"))
    assert taken.located is not None
    assert (taken.located.symptom, taken.located.priority) == (Symptom.BURST, Priority.P1)
    assert taken.located.place.premises == "cd1"
    chosen = day.call(Call(premises="ab1", text="水管爆了", symptom=Symptom.MANHOLE))
    assert chosen.located is not None
    assert chosen.located.symptom is Symptom.MANHOLE


def test_an_unknown_premises_is_said_so(day: LiveDay) -> None:
    """Nothing is stored for an id that the network does not hold."""
    with pytest.raises(UnknownId, match="premises"):
        day.calls("nobody", Symptom.BURST)
    with day.work() as work:
        assert work.tickets.all() == ()


def test_ids_that_a_file_brought_are_not_given_again(day: LiveDay) -> None:
    """The counter passes over them."""
    first = day.calls("cd1", Symptom.BURST)
    with day.work() as work:
        work.tickets.save([replace(first.ticket, id="T0002")])
        work.commit()
    assert day.calls("ab1", Symptom.MANHOLE).ticket.id == "T0003"


def test_a_call_without_a_place_is_kept_and_asks(day: LiveDay) -> None:
    """It waits for its place without an incident; then it opens one."""
    taken = day.call(Call(text="水管爆了，快来"))
    assert (taken.located, taken.candidates, taken.incident) == (None, (), None)
    assert day.told()[-1] == "ticket.received T0001"
    later = placed(day, "T0001", middle(day, "cd"))
    assert later.opened
    assert later.incident is not None
    assert later.incident.link == "cd"


def test_a_place_two_roads_apart_is_asked_for(database: Database) -> None:
    """The same address in two places is never put on one of them silently."""
    day = LiveDay(database, network=twice())
    taken = day.call(Call(address="东湖花园3栋201", text="爆管"))
    assert [one.premises for one in taken.candidates] == ["near", "far"]
    assert (taken.located, taken.incident) == (None, None)
    chosen = placed(day, taken.ticket.id, taken.candidates[1].position)
    assert chosen.located is not None
    assert chosen.located.place.premises == "far"


def twice() -> PipeNetwork:
    """Return two pipes 600 metres apart with the same address on both."""
    drawn = draw("R--%a--" + 60 * "-" + "b--c", premises="Ra bc")
    near, far = drawn.premises
    both = (replace(near, id="near"), replace(far, id="far"))
    return drawn.with_premises(replace(one, address="东湖花园3栋201") for one in both)


def test_a_name_within_a_sentence_is_asked_for(day: LiveDay) -> None:
    """It is less sure than the threshold: the caller may only stand near it."""
    with day.work() as work:
        work.places.save([Place("P1", "康复医院", middle(day, "cd"))])
        work.commit()
    taken = day.call(Call(text="康复医院这边爆管了"))
    assert taken.located is None
    assert [one.label for one in taken.candidates] == ["康复医院"]


def test_a_position_far_off_leaves_it_to_the_words(day: LiveDay) -> None:
    """A phone with a broken GPS still says its address."""
    taken = day.call(Call(position=FAR, address="建设路41号", text="爆管"))
    assert taken.located is not None
    assert taken.located.place.premises == "cd1"
    lost = day.call(Call(position=FAR, text="爆管"))
    assert lost.located is None


def test_a_ticket_cannot_be_placed_far_off(day: LiveDay) -> None:
    """The sentence names the fields."""
    taken = day.call(Call(text="爆管"))
    with pytest.raises(BadInput, match="lon, lat"):
        placed(day, taken.ticket.id, FAR)


@pytest.mark.parametrize(
    ("premises", "symptom", "minutes"),
    [
        pytest.param("cd1", Symptom.BURST, 300, id="same segment, five hours later"),
        pytest.param("bc1", Symptom.NO_WATER, 300, id="dry by the outage, five hours later"),
        pytest.param("cd2", Symptom.LEAK_ON_ROAD, 30, id="seen on the segment"),
        pytest.param("bc2", Symptom.LOW_PRESSURE, 59, id="low pressure beside it"),
    ],
)
def test_who_the_outage_dries_joins_its_incident(
    day: LiveDay, premises: str, symptom: Symptom, minutes: float
) -> None:
    """However long it lasts."""
    day.calls("cd1", Symptom.BURST)
    day.at(minutes)
    taken = day.calls(premises, symptom)
    assert taken.incident is not None
    assert (taken.incident.id, taken.opened) == ("E0001", False)
    assert taken.incident.tickets == ("T0001", "T0002")
    assert day.order("W0001R").tickets == ("T0001", "T0002")


@pytest.mark.parametrize(
    ("premises", "symptom"),
    [
        pytest.param("cd1", Symptom.LEAK_AT_METER, id="no sign of a burst"),
        pytest.param("eS1", Symptom.BURST, id="another burst"),
    ],
)
def test_what_the_outage_does_not_explain_is_another_incident(
    day: LiveDay, premises: str, symptom: Symptom
) -> None:
    """A second problem is not hidden in the first."""
    day.calls("cd1", Symptom.BURST)
    taken = day.calls(premises, symptom)
    assert taken.opened
    assert taken.incident is not None
    assert taken.incident.id == "E0002"


def test_water_seen_beyond_the_segment_is_another_burst(database: Database) -> None:
    """The unintended part may burst itself; who only lacks water there joins the first."""
    day = LiveDay(database, network=draw("R--%a--%b--c", premises="ab bc"))
    day.calls("ab", Symptom.BURST)
    assert day.outage().isolation.unintended_pipes == ("bc",)
    day.at(90)
    assert day.calls("bc", Symptom.NO_WATER).incident == day.incident("E0001")
    assert day.calls("bc", Symptom.BURST).incident == day.incident("E0002")


def test_the_agents_word_goes_before_every_rule(day: LiveDay) -> None:
    """Also for a ticket without any place; an incident that has ended is refused."""
    day.calls("cd1", Symptom.BURST)
    taken = day.call(Call(text="有人说没水", incident="E0001"))
    assert taken.located is None
    assert day.incident().tickets == ("T0001", "T0002")
    with day.work() as work:
        work.incidents.save([replace(work.incidents.get("E0001"), state=IncidentState.DISMISSED)])
        work.commit()
    with pytest.raises(BadInput, match="dismissed"):
        day.call(Call(premises="cd1", incident="E0001"))


def test_a_second_caller_confirms_but_not_the_same_household(day: LiveDay) -> None:
    """One family calling twice is one witness."""
    day.calls("cd1", Symptom.NO_WATER)
    day.calls("cd1", Symptom.NO_WATER)
    assert day.incident().state is IncidentState.SUSPECTED
    day.calls("cd2", Symptom.NO_WATER)
    assert day.incident().state is IncidentState.CONFIRMED


def test_a_repeated_call_joins_while_the_incident_is_open(day: LiveDay) -> None:
    """Same premises, same symptom, hours later; another symptom is another matter."""
    day.calls("ab1", Symptom.LEAK_AT_METER)
    day.at(400)
    assert not day.calls("ab1", Symptom.LEAK_AT_METER).opened
    assert day.calls("ab1", Symptom.WATER_QUALITY).opened


def test_the_third_dry_premises_makes_it_a_burst(day: LiveDay) -> None:
    """The inspection nobody began gives way to an isolation and a repair."""
    for premises in ("cd1", "cd2"):
        day.calls(premises, Symptom.NO_WATER)
    assert day.order("W0001").kind is WorkOrderKind.INSPECT
    day.assign("W0001", "C1")
    day.calls("bc1", Symptom.NO_WATER)
    assert day.incident().symptom is Symptom.BURST
    assert day.order("W0001").state is WorkOrderState.CANCELLED
    assert not day.visit("W0001.1").is_live
    assert day.outage().isolation.burst == ("cd",)
    assert day.order("W0001R").after == ("W0001I",)


def test_a_begun_inspection_stays_beside_the_isolation(day: LiveDay) -> None:
    """The crew that is looking goes on; the burst is isolated all the same."""
    for premises in ("cd1", "cd2"):
        day.calls(premises, Symptom.NO_WATER)
    day.assign("W0001", "C1")
    day.says("C1", "W0001", ReportKind.EN_ROUTE)
    day.calls("bc1", Symptom.NO_WATER)
    assert day.order("W0001").state is WorkOrderState.ASSIGNED
    assert day.order("W0001I").state is WorkOrderState.READY


def test_another_probable_pipe_is_isolated_anew_while_nobody_has_begun(day: LiveDay) -> None:
    """The next pipe over: other isolation valves, work orders under new ids."""
    day.call(Call(premises="de1", symptom=Symptom.CONSTRUCTION_DAMAGE))
    assert day.outage().numbered == ("de.d", "eS.e")
    day.calls("de2", Symptom.NO_WATER)
    for _ in range(2):
        day.call(Call(position=middle(day, "cd"), symptom=Symptom.BURST, incident="E0001"))
    assert day.outage().isolation.burst == ("cd",)
    assert day.outage().numbered == ("bc.b", "de.d")
    assert day.order("W0001I").state is WorkOrderState.CANCELLED
    assert day.order("W0001R2").after == ("W0001I2",)
    assert day.order("W0001I2").state is WorkOrderState.READY


def test_what_a_crew_has_begun_is_not_isolated_anew(day: LiveDay) -> None:
    """The tickets join, the work in the field stays."""
    day.calls("de1", Symptom.CONSTRUCTION_DAMAGE)
    day.assign("W0001I", "C1")
    day.says("C1", "W0001I", ReportKind.EN_ROUTE)
    for _ in range(2):
        day.call(Call(position=middle(day, "cd"), symptom=Symptom.BURST, incident="E0001"))
    assert day.outage().isolation.burst == ("de",)
    assert day.order("W0001I").tickets == ("T0001", "T0002", "T0003")


def test_the_same_segment_keeps_its_work_orders(day: LiveDay) -> None:
    """A better guess of the pipe inside the segment moves the repair, not the crews."""
    day.calls("bc1", Symptom.BURST)
    before = day.order("W0001R").location
    for _ in range(2):
        day.call(Call(position=middle(day, "cd"), symptom=Symptom.BURST))
    assert day.outage().isolation.burst == ("cd",)
    assert day.order("W0001R").location != before
    with day.work() as work:
        assert [one.id for one in work.work_orders.all()] == ["W0001I", "W0001R"]


def test_an_urgent_ticket_makes_its_incident_urgent(day: LiveDay) -> None:
    """And its work orders, their clocks included."""
    day.calls("cd1", Symptom.LEAK_ON_ROAD)
    assert day.order("W0001").priority is Priority.P3
    due = day.order("W0001").due_on_site
    day.call(Call(premises="cd1", symptom=Symptom.LEAK_ON_ROAD, priority=Priority.P1))
    assert day.incident().priority is Priority.P1
    after = day.order("W0001").due_on_site
    assert due is not None
    assert after is not None
    assert due - after > timedelta(hours=1)


def test_a_ticket_placed_elsewhere_leaves_the_incident_it_made(day: LiveDay) -> None:
    """An incident without any ticket left is dismissed with its work; the ticket stays open."""
    taken = day.calls("ab1", Symptom.BURST)
    moved = placed(day, taken.ticket.id, middle(day, "de"))
    assert moved.incident is not None
    assert (moved.incident.id, moved.incident.link) == ("E0002", "de")
    assert day.incident("E0001").state is IncidentState.DISMISSED
    assert day.outage("O-E0001").state is OutageState.CANCELLED
    assert day.order("W0001I").state is WorkOrderState.CANCELLED


def test_a_ticket_placed_elsewhere_leaves_the_others_behind(day: LiveDay) -> None:
    """What the others say is still true, and isolated where they say."""
    day.calls("cd1", Symptom.BURST)
    wrong = day.call(Call(premises="cd2", symptom=Symptom.BURST))
    moved = placed(day, wrong.ticket.id, middle(day, "eS"))
    assert moved.opened
    assert day.incident("E0001").tickets == ("T0001",)


def test_a_ticket_stays_with_a_crew_that_is_on_its_way(day: LiveDay) -> None:
    """Only its place changes."""
    taken = day.calls("ab1", Symptom.BURST)
    day.assign("W0001I", "C1")
    day.says("C1", "W0001I", ReportKind.EN_ROUTE)
    moved = placed(day, taken.ticket.id, middle(day, "de"))
    assert moved.incident is not None
    assert moved.incident.id == "E0001"
    assert day.outage().isolation.burst == ("ab",)


def test_a_resolved_incident_takes_only_who_lacks_water(day: LiveDay) -> None:
    """Water takes its time to come back; water on the road again is new."""
    day.calls("cd1", Symptom.BURST)
    day.assign("W0001R", "C2")
    day.says("C2", "W0001R", ReportKind.FIELD_COMPLETE)
    assert day.incident().state is IncidentState.RESOLVED
    assert day.calls("cd2", Symptom.NO_WATER).incident == day.incident("E0001")
    assert day.calls("cd2", Symptom.BURST).opened


def test_a_dispatcher_opens_an_incident_at_a_pipe_or_a_place(day: LiveDay) -> None:
    """What the dispatcher knows is a ticket too, so that it can be verified."""
    with day.work() as work:
        ground = day.keeper.of(work)
        one = open_incident(work, ground, Symptom.BURST, "cd", day.now, "SCADA 压降")
        two = open_incident(work, ground, Symptom.MANHOLE, middle(day, "ab"), day.now)
        (ticket, _) = work.tickets.all()
        with pytest.raises(UnknownId, match="pipe"):
            open_incident(work, ground, Symptom.BURST, "zz", day.now)
        with pytest.raises(BadInput, match="no pipe near"):
            open_incident(work, ground, Symptom.BURST, FAR, day.now)
        work.commit()
    assert (one.link, two.link) == ("cd", "ab")
    assert (ticket.channel, ticket.text, one.tickets) == (Channel.CREW, "SCADA 压降", (ticket.id,))
    assert day.outage("O-E0001").isolation.burst == ("cd",)
