"""A call of any words becomes a ticket in the database, whoever hands it over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.places import LonLat
from domain.states import IncidentState
from domain.words import Channel, Symptom
from operations.take_call import Call, Taken
from storage import Database
from tests.operations.live_day import LiveDay, street

WORDS = {
    "nothing": "",
    "10,000 characters": "水管爆了，" * 2_000,
    "emoji": "没水了💧👩‍👩‍👧‍👦",
    "control characters": "".join(map(chr, range(1, 32))),
    "NUL": "没\x00水",
    "half a character": "没\ud83d水",
    "marks of direction": "\u202e建设路41号\u202c",
    "SQL": "建设路41号'; DROP TABLE ticket; --",
    "HTML": "<script>alert(1)</script>",
    "a phone with letters": "138OO138ooo",
}


def kept(day: LiveDay, taken: Taken) -> tuple[str, str, str, str]:
    """Return the words of a ticket as the database has them."""
    with day.work() as work:
        ticket = work.tickets.get(taken.ticket.id)
    return ticket.phone, ticket.account, ticket.address, ticket.text


def test_any_words_are_stored_in_every_field(day: LiveDay) -> None:
    """As they are, or with U+FFFD for what no database holds; a repeat is known as one."""
    for number, (case, words) in enumerate(WORDS.items()):
        call = Call(phone=words, account=words, address=words, text=words, client_id=f"c{number}")
        taken = day.call(call)
        whole = words.replace("\x00", "\ufffd").replace("\ud83d", "\ufffd")
        assert kept(day, taken) == (whole,) * 4, case
        assert day.call(call).repeated, case
    with day.work() as work:
        assert len(work.tickets.all()) == len(WORDS)
        assert len(work.network.load().premises) == len(day.network.premises)


@pytest.mark.parametrize("at", [LonLat(0, 0), LonLat(30.6, 89.9), LonLat(-180, -90)])
def test_a_position_that_is_nowhere_leaves_the_ticket_unplaced(day: LiveDay, at: LonLat) -> None:
    """It is kept, in nobody's incident, until somebody says where."""
    taken = day.call(Call(position=at, text="没水"))
    assert (taken.located, taken.incident) == (None, None)
    with day.work() as work:
        assert work.tickets.placed([taken.ticket.id]) == {}
        stored = work.tickets.get(taken.ticket.id).position
    assert stored is not None
    assert (stored.lon, stored.lat) == pytest.approx((at.lon, at.lat))


def test_a_hotline_and_a_managers_line_are_no_callers(database: Database) -> None:
    """Neither puts a ticket on somebody's pipe, nor makes one household of two."""
    network = street()
    lines = ["12345", *["83330000"] * 6]
    homes = [
        replace(one, phone=line) for one, line in zip(network.premises, lines, strict=False)
    ] + list(network.premises[len(lines) :])
    day = LiveDay(database, network=network.with_premises(homes))
    for phone in ("12345", "027-12345", "83330000", "027-8333 0000"):
        taken = day.call(Call(phone=phone, text="没水了"))
        assert taken.located is None, phone
    own = day.call(Call(phone=f"+86 {homes[-1].phone}", text="没水了"))
    assert own.located is not None
    assert own.located.place.premises == homes[-1].id
    first = day.call(Call(phone="12345", address=homes[0].address, text="没水了"))
    assert first.incident is not None
    same = Call(phone="12345", text="没水了", incident=first.incident.id)
    joined = day.call(same).incident
    assert joined is not None
    assert joined.state is IncidentState.CONFIRMED


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.tuples(st.text(), st.text(), st.text(), st.text()), st.sampled_from([None, *Symptom]))
def test_no_call_is_too_odd(
    day: LiveDay, words: tuple[str, str, str, str], symptom: Symptom | None
) -> None:
    """Whatever was typed, the ticket is there afterwards."""
    phone, account, address, text = words
    taken = day.call(Call(Channel.PHONE, phone, account, address, text, symptom))
    assert kept(day, taken) == tuple(one.replace("\x00", "\ufffd") for one in words)
