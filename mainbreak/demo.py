"""`mainbreak demo`: the bundled day, imported, planned, drawn and served on loopback."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

import uvicorn

from domain.clocks import system_clock
from domain.errors import BadInput
from mainbreak.bootstrap import Home
from mainbreak.console import progress_bar, say
from mainbreak.plan_table import show_plan
from mainbreak.settings import Settings
from mainbreak.web import create_app
from operations.import_network import import_network
from operations.import_people import import_places, import_premises
from operations.import_streets import import_streets
from operations.make_town import CREWS, NETWORK, PLACES, PREMISES, STREETS, TICKETS
from operations.plan_day import Day
from operations.plan_to_folder import Job, plan_to_folder

HOST = "127.0.0.1"
OUT = Path("out") / "demo"
_ADDRESS = {
    "zh-CN": "地图：{url}  （按 Ctrl+C 停止；文件在 {out}）",
    "en": "Map: {url}  (Ctrl+C stops; files in {out})",
}


def bundled_town() -> Path:
    """Return the folder of the town that ships with mainbreak."""
    return Path(str(files("data.pipes_network") / "town"))


def run_demo(settings: Settings, *, port: int, browser: bool) -> None:
    """Plan the bundled day and serve its map on loopback until stopped."""
    OUT.mkdir(parents=True, exist_ok=True)
    database = OUT / "demo.sqlite"
    for old in OUT.glob("demo.sqlite*"):
        old.unlink()
    own = settings.model_copy(update={"database_url": f"sqlite:///{database}"})
    home = Home(own, system_clock)
    day = plan_bundled_day(home, OUT)
    show_plan(day, settings.tzinfo, settings.language)
    free = free_port(port)
    url = f"http://{HOST}:{free}/"
    say(_ADDRESS[settings.language].format(url=url, out=OUT))
    if browser and _has_screen():
        webbrowser.open(url)
    with suppress(KeyboardInterrupt):  # the way to stop it, and no fault
        uvicorn.run(create_app(home, OUT), host=HOST, port=free, log_level="warning")


def plan_bundled_day(home: Home, out: Path) -> Day:
    """Import the bundled town the way a user would, plan its day, write the files to ``out``."""
    town, settings = bundled_town(), home.settings
    with home.work() as work, progress_bar() as tell:
        tell(0.0, "importing the bundled town")
        import_network(work, town / NETWORK)
        import_premises(work, town / PREMISES)
        import_places(work, town / PLACES)
        import_streets(work, town / STREETS, progress=lambda f, what: tell(0.05 + 0.25 * f, what))
        job = Job(
            town / TICKETS,
            town / CREWS,
            out,
            settings.tzinfo,
            settings.language,
        )
        return plan_to_folder(work, job, progress=lambda f, what: tell(0.3 + 0.7 * f, what))


def free_port(first: int) -> int:
    """Return the first free loopback port from ``first`` on.

    Raises
    ------
    BadInput
        If twenty in a row are taken.
    """
    for port in range(first, first + 20):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except (OSError, OverflowError):
                continue
            return port
    raise BadInput(f"no port from {first} to {first + 19} is free; give another with --port.")


def _has_screen() -> bool:
    """Return True where a browser window can open; a terminal browser would only get in the way."""
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
