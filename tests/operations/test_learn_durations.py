"""From crews' reports to how long work takes, and from there to new work orders."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dispatch.durations import Learned, LeftOut
from domain.clocks import system_clock
from domain.durations import DurationEstimate, DurationSource
from domain.incidents import WorkOrder
from domain.reports import ReportKind
from domain.words import Skill, Symptom
from mainbreak.cli import app
from operations.finished_works import Finished, finished_works
from operations.learn_durations import keep_durations, learn_durations
from storage import Database, open_database
from tests.operations.live_day import NINE, LiveDay, crew

ON_SITE, PAUSED, DONE = ReportKind.ON_SITE, ReportKind.PAUSED, ReportKind.FIELD_COMPLETE


def meter(day: LiveDay, premises: str) -> WorkOrder:
    """Return the work order of a leaking meter that was just reported, given to C1."""
    taken = day.calls(premises, Symptom.LEAK_AT_METER)
    with day.work() as work:
        (order,) = work.work_orders.of_incidents([taken.incident.id if taken.incident else ""])
    day.assign(order.id, "C1")
    return order


def say(day: LiveDay, order: WorkOrder, *said: tuple[float, ReportKind]) -> None:
    """Let C1 report, each so many minutes after nine."""
    for minutes, kind in said:
        day.at(minutes)
        day.says("C1", order.id, kind)


def found(day: LiveDay) -> Finished:
    """Return what can be learned from the whole day."""
    with day.work() as work:
        return finished_works(work, NINE - timedelta(days=1), UTC)


def learned(day: LiveDay) -> Learned:
    """Return what was learned from the whole day, and kept."""
    with day.work() as work:
        result = learn_durations(work, NINE - timedelta(days=1), UTC)
        assert keep_durations(work, result) == bool(result.works)
    return result


def test_time_on_site_is_without_the_pauses(database: Database) -> None:
    """Eighty minutes, twenty and five of them paused; the way there does not count."""
    day = LiveDay(database)
    order = meter(day, "cd1")
    say(day, order, (10, ReportKind.EN_ROUTE), (30, ON_SITE), (40, PAUSED), (60, ON_SITE))
    say(day, order, (70, PAUSED), (75, ON_SITE), (110, DONE))
    (work,) = found(day).works
    assert work.seconds == 55 * 60
    assert (work.of.kind, work.of.preset_s) == (order.kind, 2400)
    assert (work.of.diameter_m, work.of.material) == (0.0, "")


def test_the_pipe_is_known_where_work_is_at_the_pipe(database: Database) -> None:
    """A leak on a road: diameter and material of the pipe it was put on."""
    day = LiveDay(database)
    iron = [replace(one, material="灰口铸铁") for one in day.network.links]
    with day.work() as work:
        work.network.save(replace(day.network, links=tuple(iron)))
        work.commit()
    day.calls("cd1", Symptom.LEAK_ON_ROAD)
    day.assign("W0001", "C1")
    say(day, day.order("W0001"), (30, ON_SITE), (110, DONE))
    (work_,) = found(day).works
    assert (work_.of.diameter_m, work_.of.material) == (0.1, "灰口铸铁")


def test_what_nobody_can_know_is_left_out_and_said(database: Database) -> None:
    """A pause without an end, an arrival told with the end, a minute, a night."""
    day = LiveDay(database)
    say(day, meter(day, "cd1"), (30, ON_SITE), (40, PAUSED), (90, DONE))
    say(day, meter(day, "cd2"), (100, DONE))
    say(day, meter(day, "bc1"), (110, ON_SITE), (111, DONE))
    say(day, meter(day, "bc2"), (120, ON_SITE), (700, DONE))
    result = learned(day)
    expected = {LeftOut.NOT_RESUMED: 1, LeftOut.TOO_SHORT: 2, LeftOut.TOO_LONG: 1}
    assert (dict(result.left_out), result.works) == (expected, 0)


def test_work_given_up_counts_for_nobody(database: Database) -> None:
    """Not itself, nor who finishes what another one began."""
    day = LiveDay(database)
    order = meter(day, "cd1")
    say(day, order, (30, ON_SITE), (50, ReportKind.CANNOT_COMPLETE))
    assert found(day) == Finished((), Counter())
    day.assign(order.id, "C1")
    say(day, order, (60, ON_SITE), (90, DONE))
    assert found(day) == Finished((), Counter({LeftOut.SECOND_VISIT: 1}))


def test_a_pipe_that_is_no_more_tells_nothing(database: Database) -> None:
    """Another network was imported since."""
    day = LiveDay(database)
    say(day, meter(day, "cd1"), (30, ON_SITE), (70, DONE))
    with day.work() as work:
        links = [replace(one, id=f"{one.id}2") for one in day.network.links]
        valves = [replace(one, link=f"{one.link}2") for one in day.network.isolation_valves]
        bare = replace(day.network, links=tuple(links), isolation_valves=tuple(valves))
        work.network.save(bare.with_premises(()))
        work.commit()
    assert found(day).left_out == {LeftOut.PIPE_GONE: 1}


def test_new_work_orders_are_made_with_what_was_learned(database: Database) -> None:
    """Six meters took eighty minutes instead of forty: the next one is told so, and since when."""
    day = LiveDay(database)
    first = meter(day, "Ra1")
    preset = DurationEstimate(2400, 3840, DurationSource.PRESET, preset_s=2400)
    assert (first.duration_s, first.estimate) == (2400, preset)
    for row, premises in enumerate(("Ra1", "Ra2", "ab1", "ab2", "bc1", "bc2")):
        order = first if row == 0 else meter(day, premises)
        say(day, order, (100 * row + 10, ON_SITE), (100 * row + 90, DONE))
    result = learned(day)
    assert (result.works, dict(result.left_out)) == (6, {})
    new = meter(day, "cd1")
    assert new.duration_s == pytest.approx(2400 * 2 ** (6 / 16), abs=90)
    assert new.estimate is not None
    assert (new.estimate.source, new.estimate.jobs) == (DurationSource.LEARNED, 6)
    assert (new.estimate.learned_at, new.estimate.preset_s) == (day.now, 2400)
    assert day.order(first.id).estimate == preset
    again = learned(day)
    assert again.model == replace(result.model, learned_at=day.now)


def test_the_verb_says_what_it_learned_and_keeps_it(tmp_path: Path) -> None:
    """As JSON and as a table; a dry run stores nothing; without works it says so."""
    url = f"sqlite:///{tmp_path}/day.sqlite"
    run, database = CliRunner(), open_database(url)
    nothing = run.invoke(app, ["--db", url, "learn"])
    assert (nothing.exit_code, "nothing was learned" in nothing.output) == (0, True)
    day = LiveDay(database)
    with day.work() as work:
        work.crews.save([crew("C1", Skill.METER)])
        work.commit()
    for row, premises in enumerate(("Ra1", "Ra2", "ab1", "ab2", "bc1")):
        say(day, meter(day, premises), (100 * row + 10, ON_SITE), (100 * row + 60, DONE))
    ago = str((system_clock() - NINE) // timedelta(days=1) + 2)
    asked = ["--db", url, "learn", "--days", ago]
    dry = json.loads(run.invoke(app, [*asked, "--dry-run", "--json"]).stdout)
    assert not dry["kept"]
    with day.work() as work:
        assert work.durations.latest() is None
    (told,) = dry["works"]
    assert (told["kind"], told["size"], told["works"], told["in_use"]) == ("meter", "none", 5, True)
    words = run.invoke(app, asked).output
    for said in ("meter", "factor", "error before", "Learned and in use"):
        assert said in words
    with day.work() as work:
        kept = work.durations.latest()
    assert kept is not None
    assert kept[1] == 5
    database.close()
