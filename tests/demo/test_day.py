"""The demo lives through an afternoon at high speed, beside a running server, and stays sane."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from dispatch import ApartSolver
from domain.events import Event
from domain.progress import quiet
from domain.reports import CrewFix
from domain.states import IncidentState, OutageState, VisitState
from domain.streets import StreetNetwork
from mainbreak.demo.files import bundled_town
from mainbreak.demo.script import read_script
from mainbreak.demo.show import DemoOptions, Show
from mainbreak.settings import Settings
from tests.web.house import running
from tests.web.killed.audit import all_events, check_life, lives_of_visits

#: Prepared up to the hour before the second burst, then six hours in under two minutes, for a main
#: of five hours' work may wait for the afternoon's crew; faster, and a busy machine plans too
#: seldom for a crew to reach the isolation valves in time.
BEFORE, HOURS, SPEED = timedelta(hours=6, minutes=30), timedelta(hours=6), 200.0

#: A crew works this far from the street at the most: behind a house, in a yard.
OFF_STREET_M = 80.0


@dataclass(frozen=True)
class Afternoon:
    """What is left of it: the show, its log, and what was logged as wrong."""

    show: Show
    events: tuple[Event, ...]
    faults: tuple[str, ...]

    def times(self, kind: str) -> int:
        """Return how often something happened."""
        return sum(event.kind == kind for event in self.events)


@pytest.fixture(scope="module")
def afternoon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Afternoon]:
    """Yield the day after it was prepared and lived through; nothing of it runs any more."""
    folder: Path = tmp_path_factory.mktemp("demo")
    settings = Settings(database_url=f"sqlite:///{folder / 'demo.sqlite'}")
    script = read_script(bundled_town(), settings)
    begin = script.opens + BEFORE
    faults = Faults()
    logging.getLogger("mainbreak").addHandler(faults)
    with closing(ApartSolver()) as solver:
        show = Show.open(settings, script, DemoOptions(speed=SPEED), solver.solve)
        show.prepare(begin, quiet)
        with running(show.home), show.playing():
            show.stage.wait_until(begin + HOURS)
    logging.getLogger("mainbreak").removeHandler(faults)
    with closing(show.home.database):
        with show.home.reading() as work:
            events = all_events(work)
        yield Afternoon(show, events, tuple(faults.said))


class Faults(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        self.said.append(record.getMessage())


@pytest.mark.slow
def test_nothing_went_wrong(afternoon: Afternoon) -> None:
    """No step of anybody failed."""
    assert afternoon.faults == ()


def test_every_call_of_these_hours_was_taken(afternoon: Afternoon) -> None:
    """The script's, each once, and some of people who ran dry."""
    now = afternoon.show.home.clock()
    due = [one for one in afternoon.show.script.tickets if one.received_at <= now]
    taken = afternoon.times("ticket.received")
    assert len(due) > 100
    assert len(due) < taken < len(due) + 40


def test_outages_came_and_went(afternoon: Afternoon) -> None:
    """Both bursts were isolated, and the first one repaired and verified."""
    assert afternoon.times("outage.opened") >= 2
    assert afternoon.times("outage.in_effect") >= 2
    assert afternoon.times("outage.restored") >= 1
    assert afternoon.times("incident.closed") >= 20


def test_an_isolation_valve_was_stuck(afternoon: Afternoon) -> None:
    """And a plan B was decided on, since nobody else did."""
    kinds = Counter(
        event.payload["kind"] for event in afternoon.events if event.kind == "report.applied"
    )
    assert kinds["valve_stuck"] >= 1
    assert kinds["valve_closed"] >= 4
    assert afternoon.times("outage.plan_b") >= 1
    with afternoon.show.home.reading() as work:
        waiting = [one for one in work.outages.active() if one.proposal is not None]
    assert len(waiting) <= 1


def test_crews_contradict_nobody(afternoon: Afternoon) -> None:
    """They read the day before they speak."""
    assert afternoon.times("report.applied") >= 200
    assert afternoon.times("report.conflict") == 0


def test_visits_lead_legal_lives(afternoon: Afternoon) -> None:
    """Each from assigned to where it is, by moves that may follow each other."""
    lives = lives_of_visits(afternoon.events)
    for life in lives.values():
        check_life(life, VisitState)
    assert len(lives) >= 50


def test_time_never_goes_back(afternoon: Afternoon) -> None:
    """The log of the day; users and log-ins go by real time."""
    day = [one.at for one in afternoon.events if not one.kind.startswith(("user.", "session."))]
    assert day == sorted(day)


def test_vans_keep_to_the_streets(afternoon: Afternoon) -> None:
    """What moves is on a street; what stands is at most a yard away from one."""
    home, script = afternoon.show.home, afternoon.show.script
    with home.reading() as work:
        streets = home.ground(work).streets
        fixes = [
            fix
            for crew in script.crews
            for fix in work.fixes.trail(crew.id, script.opens)
            if fix.heading_deg is not None
        ]
    assert streets is not None
    assert len(fixes) > 500
    assert max(metres_off(streets, fixes)) < OFF_STREET_M


def metres_off(streets: StreetNetwork, fixes: Sequence[CrewFix]) -> list[float]:
    """Return how far each fix is from the nearest street."""
    scale = np.array([np.cos(np.radians(streets.nodes[0, 1])), 1.0]) * 111_133.0
    starts = np.delete(np.arange(len(streets.shape)), streets.shape_start[1:] - 1)
    a, b = streets.shape[starts] * scale, streets.shape[starts + 1] * scale
    along = b - a
    square = np.maximum((along**2).sum(axis=1), 1e-9)
    found = []
    for fix in fixes:
        here = np.array([fix.position.lon, fix.position.lat]) * scale
        share = np.clip(((here - a) * along).sum(axis=1) / square, 0.0, 1.0)
        off = here - (a + share[:, None] * along)
        found.append(float(np.hypot(off[:, 0], off[:, 1]).min()))
    return found


def test_nobody_waits_for_ever(afternoon: Afternoon) -> None:
    """What is resolved is verified within minutes; a proposal is decided on."""
    home = afternoon.show.home
    with home.reading() as work:
        resolved = [one for one in work.incidents.all() if one.state is IncidentState.RESOLVED]
        effective = [one for one in work.outages.all() if one.state is OutageState.IN_EFFECT]
    assert len(resolved) < 12
    assert len(effective) < 6
