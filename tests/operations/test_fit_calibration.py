"""From what phones sent to the traffic of the hour: crews drive a real country, the fit tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count, pairwise
from math import cos, hypot, log, radians
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

import routing
from domain.calibration import TimeBand, band_of
from domain.errors import NothingImported
from domain.eta import live_eta
from domain.places import LonLat
from domain.reports import CrewFix, Outcome, Report, ReportKind
from domain.travel import RouteLine
from operations.fit_calibration import fit_calibration, keep_calibration
from operations.ground import GroundKeeper
from operations.observed_drives import settings_out, trips
from routing.calibrating import (
    PRIOR_DRIVES,
    LeftOut,
    ObservedDrive,
    fit_bands,
    why_left_out,
)
from storage import Database
from tests.storage import examples

ZONE = ZoneInfo("Europe/Vaduz")
MONDAY = datetime(2024, 3, 11, tzinfo=ZONE)

#: A factor for each band, and an hour of it.
TRUTH = {
    TimeBand.NIGHT: (0.9, 2),
    TimeBand.MORNING: (1.7, 8),
    TimeBand.EVENING: (1.5, 17),
    TimeBand.DAY: (1.2, 12),
}

DRIVES, NOISE = 50, 0.12


@pytest.fixture(scope="module")
def streets(shelf: Path) -> bytes:
    """Return a country's streets as they are stored."""
    return routing.to_bytes(routing.build_streets(shelf / "osm" / "liechtenstein.osm.pbf"))


@cache
def engine(stored: bytes) -> routing.StreetTimes:
    """Return an engine over stored streets."""
    return routing.StreetTimes(routing.from_bytes(stored))


def metres(a: LonLat, b: LonLat) -> float:
    """Return the distance; good enough in a valley."""
    east = (b.lon - a.lon) * cos(radians(a.lat)) * 111_195
    return hypot(east, (b.lat - a.lat) * 111_195)


class Van:
    """A van that drives ways at an even pace and sends a fix each twelve seconds."""

    def __init__(self, seed: int) -> None:
        self.luck, self.ids = np.random.default_rng(seed), count()

    def fix(self, at: datetime, where: LonLat, accuracy: float = 8.0) -> CrewFix:
        """Return a fix some metres off."""
        off = self.luck.normal(0.0, 3e-5, 2)
        place = LonLat(where.lon + float(off[0]), where.lat + float(off[1]))
        return CrewFix(f"f{next(self.ids)}", "A", at, at, place, accuracy)

    def stand(self, at: datetime, where: LonLat, seconds: int) -> list[CrewFix]:
        """Return the fixes of standing, one a minute."""
        return [self.fix(at + timedelta(seconds=one), where) for one in range(0, seconds, 60)]

    def drive(self, path: Sequence[LonLat], at: datetime, seconds: float) -> list[CrewFix]:
        """Return the fixes of driving a way in so many seconds."""
        legs = [metres(a, b) for a, b in pairwise(path)]
        marks = np.concatenate([[0.0], np.cumsum(legs)])
        times = np.arange(0.0, seconds, 12.0)
        gone = times / seconds * marks[-1]
        lons = np.interp(gone, marks, [one.lon for one in path])
        lats = np.interp(gone, marks, [one.lat for one in path])
        return [
            self.fix(at + timedelta(seconds=float(s)), LonLat(float(x), float(y)))
            for s, x, y in zip(times, lons, lats, strict=True)
        ]


def ways(stored: bytes, seed: int) -> Iterator[RouteLine]:
    """Yield ways of four to fifteen minutes at free flow."""
    luck, nodes = np.random.default_rng(seed), routing.from_bytes(stored).nodes
    while True:
        a, b = (LonLat(*map(float, nodes[luck.integers(len(nodes))])) for _ in range(2))
        line = engine(stored).route(a, b)
        if isinstance(line, RouteLine) and 240 <= line.seconds <= 900:
            yield line


def said(order: str, kind: ReportKind, at: datetime) -> Report:
    """Return a report of the crew."""
    return Report(f"{order}-{kind.value}", "A", order, kind, at, at, outcome=Outcome.APPLIED)


def driven(stored: bytes, drives: int, seed: int = 1) -> tuple[list[Report], list[CrewFix]]:
    """Return what a crew reported and its phone sent: one drive a workday in each band."""
    van, luck, lines = Van(seed), np.random.default_rng(seed), ways(stored, seed)
    reports, fixes = [], []
    for band, (factor, hour) in TRUTH.items():
        for number in range(drives):
            day = MONDAY + timedelta(days=7 * (number // 5) + number % 5, hours=hour)
            at, line = day.astimezone(UTC), next(lines)
            seconds = line.seconds * factor * float(np.exp(luck.normal(0.0, NOISE)))
            order = f"{band}{number}"
            reports.append(said(order, ReportKind.EN_ROUTE, at))
            fixes += van.stand(at, line.path[0], 120)
            at += timedelta(seconds=120)
            fixes += van.drive(line.path, at, seconds)
            at += timedelta(seconds=seconds)
            fixes += van.stand(at, line.path[-1], 120)
            at += timedelta(seconds=130)
            reports.append(said(order, ReportKind.ON_SITE, at))
    return reports, fixes


def test_the_factor_of_each_band_is_found(database: Database, streets: bytes) -> None:
    """Standing at both ends is no driving; what is kept scales the next answer of the ground."""
    reports, fixes = driven(streets, DRIVES)
    keeper, now = GroundKeeper(ZONE), MONDAY + timedelta(days=100)
    with database.unit_of_work(lambda: now, actor="test", write_first=True) as work:
        work.network.save(examples.NETWORK)
        work.streets.save(streets, examples.REPORT)
        work.fixes.save(fixes)
        for one in reports:
            work.reports.add(one)
        free = keeper.of(work).travel
        told: list[float] = []
        fitted = fit_calibration(work, MONDAY, ZONE, progress=lambda share, _: told.append(share))
        assert work.calibration.load() == {}
        assert keep_calibration(work, fitted)
        assert work.calibration.load() == fitted.fits
        travel = keeper.of(work).travel
    assert told == sorted(told)
    assert travel is free
    for band, (factor, hour) in TRUTH.items():
        found = fitted.bands[band]
        careful = DRIVES / (DRIVES + PRIOR_DRIVES)
        assert found.fit.drives >= 0.85 * DRIVES
        assert log(found.fit.factor) == pytest.approx(careful * log(factor), abs=0.05)
        assert found.after < 0.2
        a, b = next(ways(streets, 9)).path[0], next(ways(streets, 9)).path[-1]
        asked = [travel.route(a, b, at=at) for at in (None, MONDAY + timedelta(hours=hour))]
        flow, then = (line.seconds for line in asked if isinstance(line, RouteLine))
        assert then / flow == pytest.approx(found.fit.factor, rel=0.01)


def test_only_the_asked_days_count_and_nothing_usable_changes_nothing(
    database: Database, streets: bytes
) -> None:
    """An earlier fit stands."""
    reports, fixes = driven(streets, 2)
    now = MONDAY + timedelta(days=100)
    with database.unit_of_work(lambda: now, actor="test", write_first=True) as work:
        with pytest.raises(NothingImported, match="import streets"):
            fit_calibration(work, MONDAY, ZONE)
        work.streets.save(streets, examples.REPORT)
        work.fixes.save(fixes)
        for one in reports:
            work.reports.add(one)
        few = fit_calibration(work, MONDAY, ZONE)
        assert keep_calibration(work, few)
        late = fit_calibration(work, now, ZONE)
        assert (late.bands, late.left_out) == ({}, {})
        assert not keep_calibration(work, late)
        assert work.calibration.load() == few.fits
    assert all(abs(log(fit.factor)) < 0.15 for fit in few.fits.values())


def test_stops_gaps_and_blurred_fixes_part_a_drive(streets: bytes) -> None:
    """Ten minutes at a shop in the middle are no traffic; a light of two minutes is."""
    van, line = Van(3), next(ways(streets, 5))
    half = len(line.path) // 2
    first, second = line.path[: half + 1], line.path[half:]
    at = datetime(2026, 3, 9, 12, tzinfo=UTC)

    def with_stop(seconds: int, *, silent: bool = False) -> list[CrewFix]:
        there = at + timedelta(seconds=400)
        stop = [] if silent else van.stand(there, first[-1], seconds)
        after = there + timedelta(seconds=seconds)
        return [*van.drive(first, at, 400), *stop, *van.drive(second, after, 400)]

    assert len(trips(with_stop(600))) == 2
    assert len(trips(with_stop(600, silent=True))) == 2
    assert len(trips(with_stop(120))) == 1
    assert max(one.seconds for one in trips(with_stop(600))) < 400
    blurred = [van.fix(at + timedelta(seconds=one), line.path[0], 500.0) for one in (15, 30)]
    sharp = with_stop(120)
    together = sorted([*sharp, *blurred], key=lambda one: one.device_time)
    assert trips(together) == trips(sharp)
    assert trips([]) == trips(sharp[:1]) == []


def test_a_way_counts_from_the_last_setting_out_to_the_arrival() -> None:
    """Who turned back and set out again drove from there; conflicts are no word."""
    at = datetime(2026, 3, 9, 12, tzinfo=UTC)
    later, last = at + timedelta(minutes=5), at + timedelta(minutes=20)
    told = [
        said("W1", ReportKind.EN_ROUTE, at),
        said("W2", ReportKind.ON_SITE, at),
        said("W1", ReportKind.EN_ROUTE, later),
        said("W1", ReportKind.ON_SITE, last),
        said("W1", ReportKind.ON_SITE, last),
    ]
    (way,) = settings_out(told)
    assert (way.crew, way.begun, way.ended) == ("A", later, last)


def test_a_drive_by_another_way_is_left_out(database: Database, streets: bytes) -> None:
    """There and back again is no drive to where it began."""
    line, van = next(ways(streets, 7)), Van(4)
    at = datetime(2026, 3, 9, 12, tzinfo=UTC)
    path = [*line.path, *line.path[::-1][: len(line.path) // 2]]
    with database.unit_of_work(lambda: at, actor="test", write_first=True) as work:
        work.streets.save(streets, examples.REPORT)
        work.fixes.save(van.drive(path, at, 2 * line.seconds))
        work.reports.add(said("W1", ReportKind.EN_ROUTE, at))
        work.reports.add(said("W1", ReportKind.ON_SITE, at + timedelta(hours=2)))
        assert fit_calibration(work, at, ZONE).left_out == {LeftOut.OTHER_WAY: 1}


def observed(stored: bytes, seed: int) -> list[ObservedDrive]:
    """Return the drives of many days as the fit sees them."""
    reports, fixes = driven(stored, DRIVES, seed)
    found = []
    for way in settings_out(reports):
        sent = [one for one in fixes if way.begun <= one.device_time <= way.ended]
        for trip in trips(sent):
            line = engine(stored).route(trip.here, trip.there)
            assert isinstance(line, RouteLine)
            band = band_of(trip.begun, ZONE)
            found.append(ObservedDrive(band, trip.seconds, trip.metres, line.seconds, line.metres))
    return found


def test_nine_in_ten_of_other_days_drives_arrive_by_the_fitted_p90(streets: bytes) -> None:
    """Fitted on some days, held against others: the promise that an agent reads aloud."""
    fits = fit_bands(observed(streets, 1)).fits
    held_out = [one for one in observed(streets, 2) if why_left_out(one) is None]
    kept = 0
    for one in held_out:
        assert one.free_s is not None
        fit = fits[one.band]
        eta = live_eta(MONDAY, MONDAY, one.free_s * fit.factor, fit.spread)
        kept += MONDAY + timedelta(seconds=one.seconds) <= eta.p90
    assert len(held_out) > 150
    assert kept / len(held_out) == pytest.approx(0.9, abs=0.06)
