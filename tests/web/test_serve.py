"""`mainbreak serve` and `mainbreak user`: from nothing to a log-in, and what is refused."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address

import pytest
from typer.testing import CliRunner, Result

from domain.errors import BadInput
from mainbreak.cli import app
from mainbreak.run_server import check_exposure
from mainbreak.server.listen import is_loopback, listen
from mainbreak.settings import Settings
from tests.conftest import ROOT

#: Seconds after which a server has hung.
PATIENCE = 120

WORD = "a tap that drips"


def mainbreak(url: str, *words: str, typed: str = "") -> Result:
    """Return what a verb said and how it ended."""
    return CliRunner().invoke(app, ["--db", url, *words], input=typed)


def add_user(url: str, login: str = "Root", role: str = "admin", *more: str) -> Result:
    """Add a user, the first administrator if nothing else is said."""
    words = ("user", "add", login, "--role", role, "--name", "First", "--password-stdin", *more)
    return mainbreak(url, *words, typed=f"{WORD}\n")


@contextmanager
def served(url: str) -> Iterator[tuple[subprocess.Popen[str], int, list[str]]]:
    """Yield a running server, its port and what it says; end it with SIGTERM."""
    words = ["--db", url, "serve", "--port", "0", "--replan-seconds", "0"]
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "mainbreak", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    ) as server:
        said = []
        for line in server.stdout or ():
            said.append(line)
            if line.startswith("http://"):
                break
        try:
            address = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/ .*\n", said[-1])
            assert address, said
            yield server, int(address[1]), said
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(PATIENCE)


class Client:
    """A program that asks the server."""

    def __init__(self, port: int, token: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, object]]:
        """Return the status and the JSON of an answer."""
        sent = json.dumps(body) if body else None
        self.connection.request(method, path, sent, self._headers)
        answer = self.connection.getresponse()
        found = answer.status, json.loads(answer.read())
        self.connection.close()
        return found


def test_from_nothing_to_a_log_in(database_url: str) -> None:
    """The server says what is missing; a user added meanwhile logs in; it stops when told."""
    with served(database_url) as (server, port, said):
        assert "nobody can log in yet. Run: mainbreak user add" in said[0]
        assert "no network is imported yet. Run: mainbreak import network" in said[1]
        client = Client(port)
        well = {"status": "ok", "database": "ok", "planner": "off"}
        assert client.ask("GET", "/health") == (200, well)
        assert add_user(database_url).output == "root, admin, may log in.\n"
        given = {"login": "root", "password": WORD}
        assert client.ask("POST", "/api/session", given)[1]["role"] == "admin"
        client.connection.request("GET", "/api/events")
        answer = client.connection.getresponse()
        server.send_signal(signal.SIGTERM)
        # The open stream ends, whole, and the server with it.
        assert b"id: " in answer.read()
        assert server.wait(PATIENCE) in {0, -signal.SIGTERM}
        client.connection.close()


def test_a_token_is_printed_once_and_ends_with_its_user(database_url: str) -> None:
    """Alone on standard output, for scripts; the list never shows it."""
    add_user(database_url)
    told = mainbreak(database_url, "user", "token", "root", "--label", "a script")
    token = told.stdout.strip()
    assert re.fullmatch(r"[\w-]{43}", token)
    assert token not in mainbreak(database_url, "user", "list", "--json").output
    mainbreak(database_url, "user", "disable", "root")
    again = mainbreak(database_url, "user", "token", "root", "--label", "a script")
    assert isinstance(again.exception, BadInput)
    assert "root is disabled" in str(again.exception)


def test_users_are_listed(database_url: str) -> None:
    """As a table for people and as JSON for programs; never a hash."""
    add_user(database_url)
    add_user(database_url, "crew2", "crew", "--crew", "C2")
    mainbreak(database_url, "user", "disable", "root")
    answer = mainbreak(database_url, "user", "list", "--json").output
    found = {user["login"]: user for user in json.loads(answer)}
    assert (found["root"]["disabled"], found["root"]["role"]) == (True, "admin")
    assert (found["crew2"]["crew"], found["crew2"]["name"]) == ("C2", "First")
    assert "argon2" not in answer
    assert "crew2" in mainbreak(database_url, "user", "list").output


def test_a_new_password_lets_a_disabled_user_in_again(database_url: str) -> None:
    """It is the way back; the old word is good for nothing."""
    add_user(database_url)
    mainbreak(database_url, "user", "disable", "root")
    words = ("user", "password", "root", "--password-stdin")
    assert mainbreak(database_url, *words, typed="another good word\n").exit_code == 0
    (root,) = json.loads(mainbreak(database_url, "user", "list", "--json").output)
    assert root["disabled"] is False


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (("add", "x", "--role", "agent", "--name", "N", "--password-stdin"), WORD, "login: 'x'"),
        (("add", "xy", "--role", "agent", "--name", "N", "--password-stdin"), "short", "password:"),
        (("add", "xy", "--role", "agent", "--name", "N", "--password-stdin"), "", "password:"),
        (("add", "xy", "--role", "crew", "--name", "N", "--password-stdin"), WORD, "crew:"),
        (("add", "xy", "--role", "agent", "--name", "N"), WORD, "--password-stdin"),
        (("add", "root", "--role", "agent", "--name", "N", "--password-stdin"), WORD, "exists"),
        (("disable", "nobody"), "", "'nobody'"),
        (("password", "nobody"), "", "'nobody'"),
        (("token", "nobody", "--label", "x"), "", "'nobody'"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    database_url: str, words: tuple[str, ...], typed: str, said: str
) -> None:
    """One sentence that says what to change; nothing is stored."""
    add_user(database_url)
    before = mainbreak(database_url, "user", "list", "--json").output
    error = mainbreak(database_url, "user", *words, typed=typed).exception
    assert said in str(error)
    assert mainbreak(database_url, "user", "list", "--json").output == before


def test_a_password_is_no_option_and_public_no_role() -> None:
    """Others on the machine read the arguments of a command."""
    for more in (["--password", WORD], ["--role", "public"]):
        words = ["user", "add", "xy", "--name", "N", "--role", "agent", *more]
        assert CliRunner().invoke(app, words).exit_code == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.9.9.9"])
def test_only_this_machine_reaches_loopback(host: str) -> None:
    """There plain HTTP is safe."""
    assert is_loopback(host)
    check_exposure(host, Settings())


@pytest.mark.parametrize("host", [str(IPv4Address(0)), "::", "192.0.2.7", "water.example"])
def test_others_are_let_in_only_when_it_is_said_how(host: str) -> None:
    """Passwords do not cross a network in the clear by oversight."""
    with pytest.raises(BadInput, match="MAINBREAK_SECURE_COOKIES=true"):
        check_exposure(host, Settings())
    for answer in (True, False):
        check_exposure(host, Settings(secure_cookies=answer))


def test_a_port_that_is_taken_is_told() -> None:
    """So are one that no machine has, and an address that is not this machine's."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for host, wanted in (("127.0.0.1", port), ("127.0.0.1", 70_000), ("192.0.2.7", 0)):
            with pytest.raises(BadInput, match="Give another with --host and --port"):
                listen(host, wanted)
