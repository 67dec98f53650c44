"""Every refusal is a problem in words; nothing a client sends ends in a fault."""

from __future__ import annotations

import json
import logging
import time

import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from domain.errors import BadInput, IllegalMove, MainbreakError, NothingImported, UnknownId
from domain.users import Role
from mainbreak.server.access import Everyone
from mainbreak.server.bodies import MOST_BYTES, Bodies, check_json
from storage.faults import lost
from tests.web.apart import run_apart
from tests.web.house import House

RAISED = [
    (UnknownId("crew", "C9", "see the list"), 404, "no crew with the id 'C9'. See the list."),
    (IllegalMove("visit", "done", "assigned", ()), 409, "visit cannot go from done"),
    (BadInput("lon: not a number."), 422, "lon: not a number."),
    (NothingImported("no network. Run: mainbreak import network FILE"), 503, "mainbreak import"),
    (lost(), 503, "the database does not answer"),
    (MainbreakError("another mainbreak wrote meanwhile."), 503, "another mainbreak"),
    (HTTPException(418, "a teapot."), 418, "a teapot."),
    (ZeroDivisionError("the secret of the house"), 500, "in the server's log"),
]


@pytest.fixture
def kind() -> str:
    """Return the database that starts quicker: what is told here is decided before any is asked."""
    return "sqlite"


@pytest.mark.parametrize(("error", "status", "said"), RAISED)
def test_what_is_raised_becomes_a_problem(
    house: House, error: Exception, status: int, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Its kind decides the status, its sentence is the detail; a fault's goes to the log only."""

    @house.app.get("/api/raise")
    def fail(_caller: Everyone) -> None:
        raise error

    with caplog.at_level(logging.ERROR):
        answer = house.client().get("/api/raise")
    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in problem["detail"]
    assert problem["title"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ("the secret of the house" in caplog.text) is (status == 500)
    assert "secret" not in answer.text


def test_a_busy_database_says_when_to_ask_again(house: House) -> None:
    """A missing import does not: a person must do that first."""

    @house.app.get("/api/busy")
    def busy(_caller: Everyone, imported: bool) -> None:
        raise lost() if imported else NothingImported("nothing there.")

    client = house.client()
    assert client.get("/api/busy?imported=1").headers["Retry-After"] == "1"
    assert "Retry-After" not in client.get("/api/busy?imported=0").headers


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("GET", "/api/nothing", 404, "There is nothing at /api/nothing."),
        ("PUT", "/api/me", 405, "PUT is not possible at /api/me; allowed: GET."),
        ("GET", "/static/maps/%2e%2e/words.py", 404, "There is nothing at /static/maps/"),
        ("GET", "/static/maps/..%2fwords.py", 404, "There is nothing at /static/maps/"),
        ("GET", "/static/words/nobody.json", 404, "no words of a page 'nobody'"),
        ("GET", "/api/events/log?limit=0", 401, "Log in first."),
    ],
)
def test_what_is_not_there_is_told(
    house: House, method: str, path: str, status: int, said: str
) -> None:
    """The sentence names the path, and the remedy where there is one."""
    answer = house.client().request(method, path)
    assert answer.status_code == status
    assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("after=-1", "after"),
        (f"after={10**30}", "after"),
    ],
)
def test_a_query_that_cannot_be_is_named(house: House, query: str, field: str) -> None:
    """The field stands apart for forms, and in the sentence for people."""
    answer = house.client(Role.MANAGER).get(f"/api/events/log?{query}")
    assert answer.status_code == 422
    assert answer.json()["field"] == field
    assert answer.json()["detail"].startswith(f"{field}: ")


def test_browsers_get_pages(house: House) -> None:
    """Not logged in leads to the log-in and back; the rest is told in both tongues."""
    answer = house.client().get("/crew?tab=map&x=%2F")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/login?next=%2Fcrew%3Ftab%3Dmap%26x%3D%252F"
    forbidden = house.client(Role.AGENT).get("/crew")
    assert forbidden.status_code == 403
    assert forbidden.headers["content-type"].startswith("text/html")
    assert "此页不对您的角色开放" in forbidden.text
    assert "not open to users of your role" in forbidden.text
    assert "没有这个页面" in house.client().get("/nowhere").text


GOOD = {"login": "agent", "password": "not the word at all"}


@pytest.mark.parametrize(
    ("body", "said", "field"),
    [
        (b'{"login": "a\\u0000b", "password": "x"}', "cannot be stored", "login"),
        (b'{"login": "a", "password": "\\ud800"}', "cannot be stored", "password"),
        (b'{"login": "\xed\xa0\x80", "password": "x"}', "cannot be stored", "login"),
        (b'{"login": "\xff", "password": "x"}', "not JSON in UTF-8", None),
        (b'{"login": NaN, "password": "x"}', "NaN", None),
        (b'{"login": -Infinity, "password": "x"}', "-Infinity", None),
        (b'{"login": 1e999, "password": "x"}', "too large", "login"),
        (b'{"login": %d, "password": "x"}' % 2**63, "too large", "login"),
        (b'{"login": 1%s, "password": "x"}' % (b"0" * 5000), "not JSON", None),
        (b'{"a": {"b": ["\\u0000"]}}', "a.b.0: ", "a.b.0"),
        (b'{"\\u0000": 1}', "cannot be stored", "body"),
        (b'{"login": ', "not JSON in UTF-8 (line 1)", None),
        (b"[" * 900_000, "nests deeper", None),
        (b"[" * 50 + b"]" * 50, "nests deeper", None),
        (b"null", "should be", None),
        (b"[]", "should be", None),
        (b'"text"', "should be", None),
        (b'{"login": "agent"}', "password: field required.", "password"),
        (b'{"login": {}, "password": "x"}', "login: ", "login"),
        (json.dumps({**GOOD, "more": 1}).encode(), "more: ", "more"),
        (b"", "field required", None),
    ],
)
def test_a_body_that_cannot_be_kept_is_refused_in_words(
    house: House, body: bytes, said: str, field: str | None
) -> None:
    """422, with the field where there is one, and nothing of the value repeated."""
    headers = {"Content-Type": "application/json"}
    answer = house.client().post("/api/session", content=body, headers=headers)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]
    assert answer.json().get("field") == field


def test_a_long_key_above_many_values_costs_no_more_than_others() -> None:
    """Its field is written for nobody: a million bytes would be copied for each of 250 000."""
    body = b'{"' + b"k" * 400_000 + b'": [' + b"1," * 250_000 + b"1]}"
    began = time.process_time()
    check_json(body, "application/json")
    assert time.process_time() - began < 2


def test_a_field_is_told_shortened() -> None:
    """Whatever it is called: the answer does not grow with the question."""
    body = json.dumps({"k" * 5_000: [2**70]}).encode()
    with pytest.raises(ValueError, match="too large") as refused:
        check_json(body, "application/json")
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "x", ""])
def test_only_json_is_read(house: House, kind: str) -> None:
    """What forms of other sites can send is not taken for JSON."""
    content = json.dumps(GOOD).encode()
    headers = {"Content-Type": kind}
    assert house.client().post("/api/session", content=content, headers=headers).status_code == 422


def test_a_body_may_be_so_long_and_no_longer(house: House) -> None:
    """Announced or in pieces; the rest is not read."""
    client, headers = house.client(), {"Content-Type": "application/json"}
    fits = json.dumps(GOOD).encode().ljust(MOST_BYTES)
    assert client.post("/api/session", content=fits, headers=headers).status_code == 401
    for content in (fits + b" ", iter([fits, b" "])):
        answer = client.post("/api/session", content=content, headers=headers)
        assert answer.status_code == 413
        assert "1000000 bytes" in answer.json()["detail"]


def test_a_body_that_breaks_off_does_nothing() -> None:
    """Half of what somebody sent is not what they sent, and nobody is there to be told."""
    heard: list[str] = []
    messages = iter([{"type": "http.request", "body": b"ha", "more_body": True}])

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        heard.append("the app")

    async def receive() -> Message:
        return next(messages, {"type": "http.disconnect"})

    async def send(_message: Message) -> None:
        heard.append("an answer")

    run_apart(Bodies(app)({"type": "http", "headers": []}, receive, send))
    assert heard == []


def test_every_answer_tells_browsers_what_not_to_do(house: House) -> None:
    """Pages, files, problems and data; only data is never kept."""
    client = house.client()
    for path in ("/api/me", "/health", "/nowhere", "/api/nowhere", "/static/maps/css/tokens.css"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["Referrer-Policy"] == "no-referrer"
        assert (headers.get("Cache-Control") == "no-store") is path.startswith("/api/")


def test_static_files_are_asked_for_anew(house: House) -> None:
    """A browser has the newest, and is spared what it has already."""
    client, path = house.client(), "/static/maps/css/tokens.css"
    first = client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
