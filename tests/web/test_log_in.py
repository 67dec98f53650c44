"""Logging in and out, by page and by token; wrong ones; other sites' attempts."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from domain.users import Role
from mainbreak.server import cookies, csrf
from mainbreak.settings import Settings
from operations.access.users import disable_user
from tests.web.house import OPEN_SESAME, House

WRONG = "not the word at all"


def send(client: TestClient, login: str, word: str, **headers: str) -> int:
    """Return the status of a page's log-in."""
    body = {"login": login, "password": word}
    return client.post("/api/session", json=body, headers=headers).status_code


def test_a_page_logs_in_and_out(house: House) -> None:
    """The answer says who, the cookie is out of scripts' reach, and ends at once."""
    client = house.client()
    answer = client.post("/api/session", json={"login": " Dispatcher ", "password": OPEN_SESAME})
    cookie = answer.headers["Set-Cookie"]
    assert (answer.status_code, answer.json()["role"]) == (200, "dispatcher")
    assert {"HttpOnly", "SameSite=strict", "Max-Age=43200"} <= set(cookie.split("; "))
    me = client.get("/api/me").json()
    assert (me["login"], me["csrf"]) == ("dispatcher", answer.json()["csrf"])
    old = client.cookies[cookies.NAME]
    assert client.delete("/api/session", headers={csrf.HEADER: me["csrf"]}).status_code == 204
    assert client.get("/api/me").json()["role"] == "public"
    client.cookies.set(cookies.NAME, old)
    assert client.get("/api/events/log").status_code == 401


def test_a_phone_logs_in_and_out(house: House) -> None:
    """A token says whose it is and until when, needs no other header, and ends at once."""
    client = house.client()
    asked = {"login": "crew", "password": OPEN_SESAME, "label": "phone 1"}
    answer = client.post("/api/tokens", json=asked)
    assert answer.status_code == 201
    assert answer.json()["expires_at"] == "2026-12-23T00:30:00Z"
    assert (answer.json()["me"]["crew"], answer.json()["me"]["csrf"]) == ("C2", None)
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    assert client.get("/api/me").json()["login"] == "crew"
    assert client.delete("/api/tokens/current").status_code == 204
    assert client.get("/api/me").status_code == 401


@pytest.mark.parametrize("path", ["/api/session", "/api/tokens"])
@pytest.mark.parametrize("login", ["dispatcher", "nobody", "public", "DROP TABLE x;--", "用户"])
def test_a_wrong_word_and_a_wrong_login_get_the_same_answer(
    house: House, path: str, login: str
) -> None:
    """Nobody learns which logins there are."""
    answer = house.client().post(path, json={"login": login, "password": WRONG})
    assert answer.status_code == 401
    assert answer.json()["detail"].startswith("the login or the password is wrong")


def test_the_log_names_the_user_however_the_login_was_typed(house: House) -> None:
    """Nobody writes the log in words of their own."""
    assert send(house.client(), "  AGENT ", OPEN_SESAME) == 200
    with house.home.reading() as work:
        last = work.events.since(0, 500)[-1]
    assert (last.kind, last.subject, last.actor) == ("session.opened", "agent", "agent")


def test_a_disabled_user_is_out_at_once(house: House) -> None:
    """Its page, its token and its password are good for nothing."""
    page, phone = house.client(Role.AGENT), house.phone(Role.AGENT)
    assert page.get("/api/me").json()["role"] == "agent"
    with house.home.admitting("admin") as work:
        disable_user(work, "agent")
    assert page.get("/api/me").json()["role"] == "public"
    assert phone.get("/api/me").status_code == 401
    assert send(house.client(), "agent", OPEN_SESAME) == 401


@pytest.mark.parametrize(("kind", "hours"), [("page", 12), ("phone", 12)])
def test_a_log_in_ends_by_itself(house: House, kind: str, hours: int) -> None:
    """To the second; a page is told and its cookie taken back."""
    client = house.client(Role.AGENT) if kind == "page" else house.phone(Role.AGENT)
    house.clock.move(hours=hours, seconds=-1)
    assert client.get("/api/me").json()["role"] == "agent"
    house.clock.move(seconds=1)
    answer = client.delete("/api/session")
    assert answer.status_code == 401
    assert ("Set-Cookie" in answer.headers) == (kind == "page")


def test_a_cookie_is_no_token_and_a_token_no_cookie(house: House) -> None:
    """A stolen token put into a cookie, or the other way round, opens nothing."""
    page, phone = house.client(Role.ADMIN), house.phone(Role.ADMIN)
    secret = page.headers["Cookie"].partition("=")[2]
    token = phone.headers["Authorization"].partition(" ")[2]
    swapped = house.client()
    answer = swapped.get("/api/users", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 401
    answer = swapped.get("/api/users", headers={"Cookie": f"{cookies.NAME}={token}"})
    assert answer.status_code == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic YTpi", "bearer x y", "\xe9"])
def test_an_authorization_that_is_none_is_refused_in_words(house: House, header: str) -> None:
    """It is never taken for the public: a phone must notice."""
    headers = {b"Authorization": header.encode("latin-1")}
    assert house.client().get("/api/me", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 200),
        ({"Origin": "http://testserver"}, 200),
        ({}, 200),
    ],
)
def test_another_site_logs_nobody_in(house: House, headers: dict[str, str], status: int) -> None:
    """Else a caller's data could be typed into a stranger's account."""
    assert send(house.client(), "agent", OPEN_SESAME, **headers) == status


@pytest.mark.parametrize(
    ("setting", "scheme", "secure"),
    [(None, "http", False), (None, "https", True), (True, "http", True), (False, "https", False)],
)
def test_the_cookie_is_secure_as_the_setting_says_or_the_request_came(
    house: House, setting: bool | None, scheme: str, secure: bool
) -> None:
    """A proxy in front speaks HTTPS; on one machine there is none."""
    settings = Settings(secure_cookies=setting)
    house.app.state.home = house.home
    object.__setattr__(house.home, "settings", settings)
    client = TestClient(house.app, base_url=f"{scheme}://testserver")
    answer = client.post("/api/session", json={"login": "agent", "password": OPEN_SESAME})
    assert ("Secure" in answer.headers["Set-Cookie"].split("; ")) is secure
