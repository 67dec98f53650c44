"""Serve the configured database: say what is missing, listen, plan, run until stopped."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial

import dispatch
import gis
from domain.errors import BadInput, NothingImported
from mainbreak.bootstrap import Home
from mainbreak.console import say
from mainbreak.plan_weights import weights_of
from mainbreak.server import LiveHome
from mainbreak.server.bell import EventBell
from mainbreak.server.listen import is_loopback, listen, serve
from mainbreak.settings import Settings
from mainbreak.warm_up import say_if_compiling, warm_up
from operations.ground import GroundKeeper
from operations.plan_day import Effort
from operations.replanner import replanner_for
from operations.replanning.search import Search
from operations.travel import load_streets
from storage import Database, UnitOfWork, open_database

#: What a search process takes to load what is compiled, on a slow machine, seconds.
#: Source: mainbreak default.
_LOADED_S = 5.0


def run_server(home: Home, host: str, port: int, replan_seconds: float) -> None:
    """Serve on ``host`` and ``port`` until stopped.

    Raises
    ------
    BadInput
        If the port is taken, or others could reach the server and nobody said how they come.
    """
    check_exposure(host, home.settings)
    with (
        listen(host, port) as listener,
        closing(open_database(home.settings.database_url)) as database,
        live_home(home, database, replan_seconds) as live,
    ):
        with live.reading() as work:
            for line in missing(work):
                print(f"mainbreak: {line}", file=sys.stderr)
        for task in (_get_ready, _tell):
            threading.Thread(target=task, args=(live,), daemon=True).start()
        say(f"http://{_in_url(host)}:{listener.getsockname()[1]}/  (Ctrl+C stops)")
        serve(live, listener)


def _get_ready(live: LiveHome) -> None:
    """Compile and build what the first burst and the first call would wait for."""
    warm_up(planner=False)
    with suppress(NothingImported):
        with live.reading() as work:
            ground = live.ground(work)
        ground.gazetteer.locate("")
        gis.prepare_suspects(ground.network)
    if live.solver is not None:
        dispatch.warm_up()  # last: its processes do the planning, this one steps in for them


def _tell(live: LiveHome) -> None:
    """Say so where the planner is not ready soon."""
    if live.solver is not None:
        say_if_compiling(live.solver, live.settings.language, seconds=_LOADED_S)


@contextmanager
def live_home(home: Home, database: Database, replan_seconds: float) -> Iterator[LiveHome]:
    """Yield what the server works with; it plans by itself unless ``replan_seconds`` is 0."""
    keeper, bell, clock = GroundKeeper(home.settings.tzinfo), EventBell(), home.clock
    if replan_seconds == 0:
        yield LiveHome(home.settings, database, clock=clock, keeper=keeper, bell=bell)
        return
    open_work = partial(database.unit_of_work, clock, actor="plan")
    effort = Effort(seconds=replan_seconds)
    # Searching takes a processor for itself: a process of its own keeps the answers quick.
    with closing(dispatch.ApartSolver()) as solver:
        search = Search(effort, solver.solve, weights_of(home.settings), solver.react)
        replanner = replanner_for(open_work, keeper.of, clock, search, after=bell.ring)
        yield LiveHome(
            home.settings,
            database,
            clock=clock,
            keeper=keeper,
            bell=bell,
            replanner=replanner,
            solver=solver,
        )


def check_exposure(host: str, settings: Settings) -> None:
    """Pass if only this machine reaches the host, or the setting says how others come.

    Passwords and cookies must not cross a network in the clear by oversight.
    """
    if settings.secure_cookies is None and not is_loopback(host):
        raise BadInput(
            f"{host} can be reached from other machines. Set MAINBREAK_SECURE_COOKIES=true if a "
            "proxy in front speaks HTTPS, or =false to accept plain HTTP on a network you trust."
        )


def missing(work: UnitOfWork) -> list[str]:
    """Return what an administrator still has to do before anybody can work, one line each."""
    found = []
    if not any(not user.disabled for user in work.users.all()):
        found.append(
            "nobody can log in yet. Run: mainbreak user add LOGIN --role admin --name NAME"
        )
    if work.network.version() == 0:
        found.append("no network is imported yet. Run: mainbreak import network FILE")
    try:
        load_streets(work)
    except BadInput as fault:
        found.append(f"{fault} Until then drives are straight lines.")
    return found


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
