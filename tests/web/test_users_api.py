"""Administrators add and disable users; what is said of them never opens a door."""

from __future__ import annotations

import pytest

from domain.users import Role
from tests.storage import examples
from tests.web.house import House

NEW = {"login": "Li.Na", "name": " Li  Na ", "role": "agent", "password": "ten or more!"}


def test_an_administrator_adds_a_user_who_then_logs_in(house: House) -> None:
    """The answer and the list tell all but the password's hash."""
    admin = house.client(Role.ADMIN)
    answer = admin.post("/api/users", json=NEW)
    assert answer.status_code == 201
    assert answer.json() == {
        "login": "li.na",
        "name": "Li Na",
        "role": "agent",
        "crew": None,
        "disabled": False,
        "created_at": "2026-11-23T00:30:00Z",
    }
    assert answer.json() in admin.get("/api/users").json()["items"]
    assert "argon2" not in admin.get("/api/users").text
    asked = {"login": "li.na", "password": NEW["password"]}
    assert house.client().post("/api/session", json=asked).json()["role"] == "agent"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"login": "x"}, "login: 'x' cannot be one"),
        ({"login": "李娜"}, "login: "),
        ({"login": "a b"}, "login: "),
        ({"login": "system"}, "login: "),
        ({"name": " "}, "name: "),
        ({"name": "n" * 81}, "name: "),
        ({"role": "king"}, "role: "),
        ({"role": "public"}, "role: "),
        ({"crew": "C2"}, "crew: a user of role agent has none"),
        ({"role": "crew"}, "crew: a user of role crew needs"),
        ({"password": "nine char"}, "password: use at least 10"),
        ({"password": "x" * 201}, "password: use at most 200"),
        ({"password": "with\ttabulator"}, "password: "),
        ({"login": "longlogin1", "password": "LongLogin1"}, "password: it is the login"),
        ({"more": 1}, "more: "),
    ],
)
def test_what_cannot_be_a_user_is_refused_in_words(
    house: House, changed: dict[str, object], said: str
) -> None:
    """The sentence names the field; the password is not repeated."""
    answer = house.client(Role.ADMIN).post("/api/users", json={**NEW, **changed})
    assert answer.status_code == 422
    assert said in answer.json()["detail"]
    assert str(changed.get("password", "-" * 9)) not in answer.text


def test_a_login_is_given_once(house: House) -> None:
    """A second one of the name would take over the first one's work."""
    answer = house.client(Role.ADMIN).post("/api/users", json={**NEW, "login": "Agent"})
    assert answer.status_code == 409
    assert "'agent' exists already" in answer.json()["detail"]


def test_a_crews_user_speaks_for_a_crew_that_exists(house: House) -> None:
    """Before crews are imported any id passes; then a typing slip is found out."""
    admin, crew = house.client(Role.ADMIN), {**NEW, "role": "crew"}
    assert admin.post("/api/users", json={**crew, "crew": "C77"}).status_code == 201
    with house.home.writing("test") as work:
        work.crews.save(examples.CREWS)
    answer = admin.post("/api/users", json={**crew, "login": "second", "crew": "C77"})
    assert (answer.status_code, "'C77'" in answer.json()["detail"]) == (404, True)
    known = {**crew, "login": "second", "crew": examples.CREWS[0].id}
    assert admin.post("/api/users", json=known).status_code == 201


def test_disabling_says_what_it_did(house: House) -> None:
    """Twice does no harm; nobody disables themselves, or who is not there."""
    admin = house.client(Role.ADMIN)
    for _ in range(2):
        answer = admin.post("/api/users/agent/disable")
        assert (answer.status_code, answer.json()["disabled"]) == (200, True)
    assert admin.post("/api/users/admin/disable").status_code == 422
    assert admin.post("/api/users/nobody/disable").status_code == 404


def test_who_did_it_is_in_the_log(house: House) -> None:
    """Without a name or a password in any payload."""
    admin = house.client(Role.ADMIN)
    admin.post("/api/users", json=NEW)
    items = admin.get("/api/events/log?limit=500").json()["items"]
    last = [item for item in items if item["kind"] == "user.saved"][-1]
    assert (last["subject"], last["actor"]) == ("li.na", "admin")
    assert not any("Li Na" in str(item) or "argon2" in str(item) for item in items)
