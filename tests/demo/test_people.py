"""People in the demo: whoever takes a crew's phone or the console keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from dispatch import at_once
from dispatch.problem import Problem
from domain.plans import Plan
from domain.progress import quiet
from domain.reports import Outcome, Report, ReportKind
from domain.states import IncidentState, VisitState
from domain.visits import TrackedVisit
from mainbreak.demo.files import bundled_town
from mainbreak.demo.logins import login_of_crew
from mainbreak.demo.script import read_script
from mainbreak.demo.show import DemoOptions, Show
from mainbreak.settings import Settings
from operations.record_report import record_report
from operations.verify_and_close import verify_and_close


def plan_at_once(problem: Problem, *, seed: int, seconds: float) -> Plan:
    """Return a plan without a search."""
    return at_once(problem, seed=seed)


@pytest.fixture
def show(tmp_path: Path) -> Iterator[Show]:
    """Yield the demo at half past eight in the morning; its clock stands."""
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'demo.sqlite'}")
    script = read_script(bundled_town(), settings)
    show = Show.open(settings, script, DemoOptions(), plan_at_once)
    with closing(show.home.database):
        show.prepare(script.opens + timedelta(minutes=90), quiet)
        yield show


def busy_visit(show: Show) -> TrackedVisit:
    """Return a visit whose crew is at work."""
    with show.home.reading() as work:
        return next(one for one in work.visits.active() if one.state is VisitState.ON_SITE)


def report_as_person(show: Show, visit: TrackedVisit, kind: ReportKind) -> Report:
    """Report as somebody does who holds the crew's phone."""
    home, now = show.home, show.home.clock()
    with home.writing(login_of_crew(visit.crew)) as work:
        said = Report(
            "a-person", visit.crew, visit.work_order, kind, now, now, reason="a person says so"
        )
        return record_report(work, home.ground(work), said, now)


def go_on(show: Show, hours: float) -> None:
    """Let the day go on so long, a minute a step."""
    for _ in range(round(hours * 60)):
        show.clock.stand_at(show.clock() + timedelta(minutes=1))
        show.stage.step()


def reports_of(show: Show, crew: str) -> int:
    """Return how many reports there are of a crew."""
    with show.home.reading() as work:
        return len(work.reports.of_crew(crew))


def test_a_crew_whose_phone_a_person_takes_is_left_alone_for_two_hours(show: Show) -> None:
    """The others go on; when the person has gone, the simulation takes over."""
    visit = busy_visit(show)
    assert report_as_person(show, visit, ReportKind.PAUSED).outcome is Outcome.APPLIED
    mine = reports_of(show, visit.crew)
    with show.home.reading() as work:
        before = len(work.reports.all())
    go_on(show, 1.5)
    assert reports_of(show, visit.crew) == mine
    with show.home.reading() as work:
        assert len(work.reports.all()) > before
    go_on(show, 1.0)
    assert reports_of(show, visit.crew) > mine


def test_a_person_at_the_console_may_be_faster(show: Show) -> None:
    """What was verified by a person is not verified again, and nobody minds."""
    while not (found := resolved(show)):
        go_on(show, 1 / 60)
    home = show.home
    with home.writing("dispatcher") as work:
        verify_and_close(work, home.ground(work), found, home.clock())
    go_on(show, 0.5)
    with home.reading() as work:
        assert work.incidents.get(found).state is IncidentState.CLOSED
        by = [one.actor for one in work.events.about([found], 99) if one.kind == "incident.closed"]
    assert by == ["dispatcher"]


def resolved(show: Show) -> str | None:
    """Return an incident that waits to be verified."""
    with show.home.reading() as work:
        active = work.incidents.active()
    return next((one.id for one in active if one.state is IncidentState.RESOLVED), None)
