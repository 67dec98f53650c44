"""`mainbreak demo`, as a visitor types it: it says where to look, lets one in, and ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mainbreak.demo.logins import PASSWORD
from tests.conftest import ROOT

#: Seconds a request, and the end, may take on a busy machine.
PATIENCE_S = 60


@contextmanager
def demo(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Yield the running command; it is killed at the end if it runs still."""
    command = [sys.executable, "-m", "mainbreak", "--lang", "en", "demo", "--no-browser", *options]
    with (folder / "complained").open("w") as complained:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=complained,
            text=True,
        ) as process:
            try:
                yield process
            finally:
                process.kill()


def get(url: str, **headers: str) -> str:
    """Return what is behind an address."""
    request = urllib.request.Request(url, headers=headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
        return str(answer.read().decode())


def log_in(url: str, login: str) -> dict[str, Any]:
    """Return the answer to a new token for a demo user."""
    body = json.dumps({"login": login, "password": PASSWORD, "label": "test"}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/api/tokens", body, headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
        opened: dict[str, Any] = json.load(answer)
        return opened


def said_at_the_start(process: subprocess.Popen[str]) -> str:
    """Return what the command prints up to how it is stopped."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Ctrl+C" in line:
            break
    return "".join(lines)


@pytest.mark.slow
def test_a_visitor_is_told_where_to_look_and_let_in(tmp_path: Path) -> None:
    """All four addresses, the log-ins, the password; Ctrl+C ends it with exit code 0."""
    with demo(tmp_path, "--port", "0", "--start", "07:20", "--speed", "60") as process:
        said = said_at_the_start(process)
        pages = dict(re.findall(r"(http://127\.0\.0\.1:\d+/(\w+))", said))
        assert sorted(pages.values()) == ["console", "crew", "desk", "outages"], said
        assert PASSWORD in said
        url = next(iter(pages)).rpartition("/")[0]
        assert json.loads(get(f"{url}/health"))["status"] == "ok"
        assert json.loads(get(f"{url}/api/me"))["speed"] == 60
        for login, role in (("dispatcher", "dispatcher"), ("agent", "agent"), ("c01", "crew")):
            opened = log_in(url, login)
            assert opened["me"]["role"] == role
        bearer = f"Bearer {log_in(url, 'dispatcher')['token']}"
        incidents = json.loads(get(f"{url}/api/incidents", Authorization=bearer))["items"]
        assert incidents
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0
    complained = (tmp_path / "complained").read_text()
    assert complained == ""


def test_a_start_that_is_no_time_is_wrong_usage(tmp_path: Path) -> None:
    """Exit code 2, and an example of one that is."""
    with demo(tmp_path, "--start", "noon") as process:
        assert process.wait(PATIENCE_S) == 2
    assert "14:16" in (tmp_path / "complained").read_text()
