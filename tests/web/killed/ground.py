"""A small made town to live through a bad day in, with everybody's log-in."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta

from data.pipes_network import made_streets, make_town
from domain.clocks import system_clock
from domain.crews import Crew, Shift
from domain.town import Town
from domain.users import Role, SessionKind, User
from mainbreak.server import LiveHome
from mainbreak.settings import Settings
from operations.access.sessions import open_session
from operations.make_town import load_town
from storage import open_database
from tests.town.osm_streets import as_streets
from tests.web.house import password_hash, token_headers

#: What each log-in sends, by its name.
Headers = dict[str, dict[str, str]]

#: Small, so that a restart loads it in a moment; the calls of a whole day happen in it.
PREMISES, TICKETS, CREWS = 240, 60, 8


def make_ground(url: str) -> tuple[Town, Headers]:
    """Fill the database; return the town, and the headers each log-in sends.

    Every crew has a log-in of its own id, and is on shift now and for hours.
    """
    streets = as_streets(made_streets(3, PREMISES))
    town = make_town(
        streets,
        premises=PREMISES,
        tickets=TICKETS,
        crews=CREWS,
        seed=3,
        day=date(2026, 11, 23),
        zone=Settings().tzinfo,
    )
    now = system_clock()
    town = replace(town, crews=tuple(_on_shift(crew, now) for crew in town.crews))
    with closing(open_database(url)) as database:
        home = LiveHome(Settings(), database)
        with database.unit_of_work(home.clock) as work:
            load_town(work, town, streets)
        return town, _log_ins(home, town.crews)


def _on_shift(crew: Crew, now: datetime) -> Crew:
    return replace(crew, shift=Shift(now - timedelta(hours=1), now + timedelta(hours=9)))


def _log_ins(home: LiveHome, crews: tuple[Crew, ...]) -> Headers:
    people = [("agent", Role.AGENT, None), ("dispatcher", Role.DISPATCHER, None)]
    people += [(crew.id, Role.CREW, crew.id) for crew in crews]
    headers = {}
    with home.admitting("test") as work:
        for name, role, crew in people:
            user = User(name.lower(), name, role, password_hash(), home.wall(), crew)
            work.users.save(user)
            lifetime = timedelta(hours=1)
            opened = open_session(work, user, SessionKind.BEARER, lifetime, home.wall())
            headers[name] = token_headers(opened)
    return headers
