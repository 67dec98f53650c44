"""`mainbreak demo`: the bundled town on a day like any other, all pages, on loopback only."""

from __future__ import annotations

import gc
import os
import socket
import sys
import threading
import webbrowser
from contextlib import closing
from datetime import datetime
from datetime import time as TimeOfDay  # noqa: N812

from dispatch import ApartSolver
from domain.errors import BadInput
from mainbreak.console import progress_bar
from mainbreak.demo.files import OUT, bundled_town, new_database
from mainbreak.demo.logins import login_of_crew
from mainbreak.demo.script import Script, read_script
from mainbreak.demo.show import DemoOptions, Show
from mainbreak.demo.welcome import welcome
from mainbreak.server.listen import listen, serve
from mainbreak.settings import Settings
from mainbreak.warm_up import say_if_compiling, warm_up

HOST = "127.0.0.1"

#: What the invented utility calls itself, unless a setting names another.
UTILITY = "江澜水务"

#: Ports tried, from the first one on, and where ports end.
_PORTS, _PORTS_END = 20, 65_536


def run_demo(settings: Settings, options: DemoOptions) -> None:
    """Prepare the day up to the start, then serve it on loopback until stopped.

    Raises
    ------
    BadInput
        If no port is free, or the start lies outside the day.
    """
    script = read_script(bundled_town(), settings)
    start = start_of(script, options.start, settings)
    with listen_near(options.port) as listener, closing(ApartSolver()) as solver:
        own = {
            "database_url": new_database(OUT),
            "secure_cookies": False,
            "utility": settings.utility or UTILITY,
        }
        threading.Thread(target=warm_up, daemon=True).start()
        own_settings = settings.model_copy(update=own)
        show = Show.open(own_settings, script, options, solver.solve, processes=solver)
        with closing(show.home.database):
            with progress_bar() as tell:
                show.prepare(start, tell)
            _welcome(show, f"http://{HOST}:{listener.getsockname()[1]}", options)
            say_if_compiling(solver, settings.language, seconds=0.0)
            with show.playing():
                serve(show.home, listener)
    # The process ends now: to look through a town's objects for rubbish would only take seconds.
    gc.freeze()


def _welcome(show: Show, url: str, options: DemoOptions) -> None:
    settings = show.home.settings
    with show.home.reading() as work:
        town = show.home.ground(work).network.name
        busy = sorted(one.crew for one in work.visits.active() if one.has_started)
    now = show.home.clock().astimezone(settings.tzinfo)
    crew = login_of_crew(busy[0]) if busy else "c01"
    welcome(settings.language, url, town, now, options.speed, crew)
    if options.browser and _has_screen():
        webbrowser.open(f"{url}/console")


def start_of(script: Script, wanted: TimeOfDay, settings: Settings) -> datetime:
    """Return the instant to start at.

    Raises
    ------
    BadInput
        If no call of the script's day is ahead then.
    """
    zone = settings.tzinfo
    opens, closes = script.opens.astimezone(zone), script.closes.astimezone(zone)
    start = datetime.combine(opens.date(), wanted, zone)
    if not opens <= start <= closes:
        raise BadInput(
            f"--start {wanted:%H:%M} lies outside the day of the bundled town. "
            f"Use {opens:%H:%M} to {closes:%H:%M}."
        )
    return start


def listen_near(first: int) -> socket.socket:
    """Return a socket that listens on the first free loopback port from ``first`` on.

    Raises
    ------
    BadInput
        If twenty in a row are taken.
    """
    for port in range(first, min(first + _PORTS, _PORTS_END)):
        try:
            return listen(HOST, port)
        except BadInput:
            continue
    last = first + _PORTS - 1
    raise BadInput(f"no port from {first} to {last} is free; give another with --port.")


def _has_screen() -> bool:
    """Return True where a browser window can open; a terminal browser would only get in the way."""
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
