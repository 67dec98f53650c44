"""Too many wrong log-ins, and too many questions, wait."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from fastapi import Depends, Request
from fastapi.testclient import TestClient

from mainbreak.server import LiveHome, create_app
from mainbreak.server.access import Everyone
from mainbreak.server.throttle import Throttle, address_of, throttled
from operations.access.users import set_password
from tests.web.house import OPEN_SESAME, HandClock, House

WRONG = "not the word at all"


def from_address(house: House, host: str) -> TestClient:
    """Return a client at this address."""
    return TestClient(house.app, raise_server_exceptions=False, client=(host, 50_000))


def send(client: TestClient, login: str, word: str = WRONG) -> int:
    """Return the status of a log-in."""
    return client.post("/api/session", json={"login": login, "password": word}).status_code


def test_a_login_waits_after_five_failures_from_anywhere(house: House) -> None:
    """The right password does not help then; a quarter of an hour does."""
    for number in range(5):
        assert send(from_address(house, f"192.0.2.{number}"), "agent") == 401
    client = from_address(house, "192.0.2.200")
    answer = client.post("/api/session", json={"login": "AGENT", "password": OPEN_SESAME})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert answer.json()["retry_after"] == 900
    assert "Wait 15 minutes" in answer.json()["detail"]
    assert send(client, "dispatcher", OPEN_SESAME) == 200
    house.clock.move(minutes=15, seconds=1)
    assert send(client, "agent", OPEN_SESAME) == 200


def test_an_address_waits_after_twenty_failures_of_any_login(house: House) -> None:
    """Pages and tokens, known and unknown logins count together; another address may."""
    client = from_address(house, "192.0.2.7")
    for number in range(20):
        path = "/api/session" if number % 2 else "/api/tokens"
        body = {"login": f"someone{number}", "password": WRONG}
        assert client.post(path, json=body).status_code == 401
    assert send(client, "agent", OPEN_SESAME) == 429
    assert send(from_address(house, "192.0.2.8"), "agent", OPEN_SESAME) == 200


def test_a_good_log_in_forgives(house: House) -> None:
    """Four slips, then the right one: all five are open again."""
    client = from_address(house, "192.0.2.7")
    for _ in range(3):
        assert [send(client, "agent") for _ in range(4)] == [401] * 4
        assert send(client, "agent", OPEN_SESAME) == 200


def test_a_restart_does_not_forget(house: House, clock: HandClock) -> None:
    """The count stands in the database."""
    for _ in range(5):
        send(house.client(), "agent")
    again = LiveHome(house.home.settings, house.home.database, clock=clock, wall=clock)
    assert send(TestClient(create_app(again)), "agent", OPEN_SESAME) == 429


def test_a_new_password_forgives(house: House) -> None:
    """An administrator helps who is locked out."""
    for _ in range(5):
        send(house.client(), "agent")
    with house.home.admitting("admin") as work:
        set_password(work, "agent", "another good word")
    assert send(house.client(), "agent", "another good word") == 200


def test_tries_at_once_get_no_further_than_one_after_the_other(house: House) -> None:
    """Each counts before its password is looked at."""
    client, answers = house.client(), []
    threads = [
        threading.Thread(target=lambda: answers.append(send(client, "agent"))) for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [401] * 5 + [429] * 7


def test_what_was_typed_as_login_is_not_kept(house: House) -> None:
    """People type their password there, too."""
    send(house.client(), "My Secret Word!")
    with house.home.reading() as work:
        since = house.clock() - timedelta(minutes=1)
        assert work.sessions.failures("my secret word!", "testclient", since) == (0, 1)


def test_a_throttle_counts_within_its_seconds() -> None:
    """What is older than the window does not count; a refused request does not either."""
    clock, throttle = HandClock(), Throttle(2, 10)
    assert [throttle.wait_of("a", clock()) for _ in range(3)] == [0, 0, 10]
    clock.move(seconds=4)
    assert throttle.wait_of("a", clock()) == 6
    assert throttle.wait_of("b", clock()) == 0
    clock.move(seconds=6)
    assert [throttle.wait_of("a", clock()) for _ in range(3)] == [0, 0, 10]


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_an_ipv6_host_cannot_roam_in_its_network(host: str, counted: str) -> None:
    """One customer has 2**64 addresses of IPv6."""
    assert address_of(Request({"type": "http", "client": (host, 1)})) == counted


def test_an_address_that_asks_too_often_is_told_how_long_to_wait(house: House) -> None:
    """A sentence for people, a header for programs."""

    @house.app.get("/api/often", dependencies=[Depends(throttled(2, 30))])
    def often(_caller: Everyone) -> None: ...

    client = house.client()
    assert [client.get("/api/often").status_code for _ in range(2)] == [200, 200]
    answer = client.get("/api/often")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")
    assert "Wait 30 s" in answer.json()["detail"]
    house.clock.move(seconds=30)
    assert client.get("/api/often").status_code == 200
