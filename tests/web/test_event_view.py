"""Each role sees of the events what it may, live and in the log."""

from __future__ import annotations

import pytest

from domain.events import Event
from domain.users import Role
from mainbreak.server.access import Caller
from mainbreak.server.event_view import shown_to
from tests.storage.conftest import NOW
from tests.web.house import House

ALL = frozenset(Role)
OFFICE = frozenset({Role.AGENT, Role.DISPATCHER, Role.MANAGER, Role.ADMIN})
ANSWERABLE = frozenset({Role.MANAGER, Role.ADMIN})


@pytest.mark.parametrize(
    ("kind", "payload", "who"),
    [
        ("outage.in_effect", {"incident": "E1"}, ALL),
        ("visit.assigned", {"crew": "C2"}, OFFICE | {Role.CREW}),
        ("visit.assigned", {"crew": "C1"}, OFFICE),
        ("visit.assigned", {}, OFFICE),
        ("report.conflict", {"crew": "C2"}, OFFICE | {Role.CREW}),
        ("crew.moved", {"crew": "C2"}, OFFICE),
        ("plan.made", {"number": 3}, OFFICE | {Role.CREW}),
        ("closure.made", {"reason": "flood"}, OFFICE | {Role.CREW}),
        ("ticket.open", {}, OFFICE),
        ("isolation_valve.changed", {}, OFFICE),
        ("customer.looked_up", {}, ANSWERABLE),
        ("ticket.read", {}, ANSWERABLE),
        ("user.saved", {}, ANSWERABLE),
        ("session.opened", {}, ANSWERABLE),
        ("something.new", {}, OFFICE),
    ],
)
def test_who_sees_an_event(kind: str, payload: dict[str, object], who: frozenset[Role]) -> None:
    """What is about people is for those who answer for it; crews see what is theirs."""
    event = Event(NOW, kind, "X1", "somebody", payload, 7)
    assert {role for role in Role if shown_to(Caller(role, "me", crew="C2"), event)} == who


def test_the_public_learns_that_an_outage_changed_and_no_more() -> None:
    """No incident, no payload, no name of who did it."""
    event = Event(NOW, "outage.in_effect", "O-E1", "somebody", {"incident": "E1"}, 7)
    for role in (Role.PUBLIC, Role.CREW):
        shown = shown_to(Caller(role, crew="C2"), event)
        assert shown is not None
        assert shown["payload"] == {}
        assert "actor" not in shown
        assert (shown["subject"] == "O-E1") is (role is Role.CREW)


def test_agents_do_not_see_who_did_it() -> None:
    """It is for those who direct, answer for it and administrate."""
    event = Event(NOW, "ticket.open", "T1", "somebody", {}, 7)
    found = {role for role in Role if "actor" in (shown_to(Caller(role), event) or {})}
    assert found == {Role.DISPATCHER, Role.MANAGER, Role.ADMIN}


def test_the_log_is_read_page_by_page(house: House) -> None:
    """Every page but the last names the next; what is left out by role shortens a page only."""
    with house.home.writing("test") as work:
        for number in range(7):
            work.events.append("test.happened" if number % 2 else "user.saved", str(number), {})
    dispatcher, after, found = house.client(Role.DISPATCHER), 0, []
    while after is not None:
        page = dispatcher.get(f"/api/events/log?after={after}&limit=3").json()
        found += [item["subject"] for item in page["items"] if item["kind"] == "test.happened"]
        assert not any(item["kind"] == "user.saved" for item in page["items"])
        after = page["next"]
    assert found == ["1", "3", "5"]
