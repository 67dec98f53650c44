"""Where the demo listens, and when it may begin."""

from __future__ import annotations

from datetime import time

import pytest

from domain.errors import BadInput
from mainbreak.demo.files import bundled_town
from mainbreak.demo.run import HOST, listen_near, start_of
from mainbreak.demo.script import read_script
from mainbreak.server.listen import listen
from mainbreak.settings import Settings


def test_a_taken_port_is_passed_over() -> None:
    """Two demos can run beside each other; both on loopback."""
    with listen(HOST, 0) as taken:
        port = taken.getsockname()[1]
        with listen_near(port) as found:
            assert found.getsockname()[0] == HOST
            assert port < found.getsockname()[1] < port + 20


def test_a_port_no_machine_has_is_refused_in_words() -> None:
    """The remedy is in the line."""
    with pytest.raises(BadInput, match="--port"):
        listen_near(70_000)


def test_a_start_outside_the_day_is_refused_in_words() -> None:
    """The line says from when to when."""
    settings = Settings()
    script = read_script(bundled_town(), settings)
    assert start_of(script, time(14, 16), settings).isoformat() == "2026-11-23T14:16:00+08:00"
    for wrong in (time(6, 59), time(23, 0)):
        with pytest.raises(BadInput, match=r"--start .* Use 07:00 to 19:52"):
            start_of(script, wrong, settings)
