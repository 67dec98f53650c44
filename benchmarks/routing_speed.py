"""How fast an engine is beside OSRM, on the same places, turn about, in the same process."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import networkx as nx
import numpy as np

from benchmarks.lines import Line, figure
from benchmarks.memory import forget_peak, held_mb, peak_mb
from benchmarks.osrm_peer import OsrmCar
from benchmarks.routing_cases import small_closures, turn_graph
from benchmarks.street_places import StreetPlaces
from domain.streets import StreetNetwork
from domain.travel import RouteLine, Unreachable
from routing import StreetTimes

CREWS, PLACES = 100, 1000

#: Closures that stand while one more comes.
_STANDING = 10

#: Rows asked of OSRM for each seed; one takes it about as long as a whole matrix.
_OSRM_ROWS = 3

_OSRM = "OSRM, contraction hierarchy"

#: What to do about a peer that is not there.
TO_RUN = "run `make bench-peers`: it makes the environment and the files that the peers need"


@dataclass(frozen=True, slots=True)
class Effort:
    """How often each thing is measured, for each seed."""

    matrices: int
    rows: int
    routes: int
    closures: int
    networkx_rows: int


def matrices(
    times: StreetTimes, streets: StreetNetwork, osrm: OsrmCar | None, seeds: range, effort: Effort
) -> Iterator[Line]:
    """Yield the matrix beside OSRM's table, places anew each time so that nothing is known."""
    ours, warm, theirs = [], [], []
    forget_peak()
    before = held_mb()
    for seed in seeds:
        places = StreetPlaces(streets, seed)
        for turn in range(effort.matrices):
            crews, work = places.crews(CREWS), places.work(PLACES)
            if turn % 2:
                ours.append(timed(times.matrix, crews, work))
            if osrm:
                theirs.append(timed(osrm.table, osrm.table_request(crews, work)))
            if not turn % 2:
                ours.append(timed(times.matrix, crews, work))
            warm.append(_snapped_before(times, places))
    case = f"{CREWS} x {PLACES}"
    yield _beside(case, "matrix", ours, theirs)
    yield _beside(case, "matrix, places snapped before", warm, theirs)
    yield figure(case, "matrix: peak memory", peak_mb() - before, "MB")


def _snapped_before(times: StreetTimes, places: StreetPlaces) -> float:
    """Return the seconds of a matrix whose places were snapped, but to no other place timed."""
    crews, work = places.crews(CREWS), places.work(PLACES)
    times.snap([*crews, *work])
    return timed(times.matrix, crews, work)


def rows(
    times: StreetTimes, streets: StreetNetwork, osrm: OsrmCar | None, seeds: range, effort: Effort
) -> Iterator[Line]:
    """Yield a moved crew's row to places known from a matrix, as a share of that matrix."""
    wholes, ours, theirs = [], [], []
    for seed in seeds:
        places = StreetPlaces(streets, seed + len(seeds))
        work = places.work(PLACES)
        wholes.append(timed(times.matrix, places.crews(CREWS), work))
        for row, crew in enumerate(places.crews(effort.rows)):
            ours.append(timed(times.matrix, [crew], work))
            if osrm and row < _OSRM_ROWS:
                theirs.append(timed(osrm.table, osrm.table_request([crew], work)))
    case = f"1 x {PLACES}"
    yield _milliseconds(case, "row", ours) | {
        "peer": f"{CREWS} x {PLACES} matrix",
        "peer_value": round(median(wholes) * 1e3, 4),
        "ratio": round(median(ours) / median(wholes), 4),
    }
    yield _beside(case, "row beside OSRM's", ours, theirs)


def fallback(
    times: StreetTimes, streets: StreetNetwork, osrm: OsrmCar | None, seeds: range
) -> Iterator[Line]:
    """Yield the matrix of the engine that needs no other wheel, once a seed."""
    ours, theirs = [], []
    for seed in seeds:
        places = StreetPlaces(streets, seed)
        crews, work = places.crews(CREWS), places.work(PLACES)
        ours.append(timed(times.matrix, crews, work))
        if osrm:
            theirs.append(timed(osrm.table, osrm.table_request(crews, work)))
    yield _beside(f"{CREWS} x {PLACES}", "matrix, scipy", ours, theirs)


def for_the_record(streets: StreetNetwork, seed: int, effort: Effort) -> Iterator[Line]:
    """Yield networkx's time of the matrix, reckoned from a few rows."""
    graph = turn_graph(streets)
    rng = np.random.default_rng(seed)
    edges = rng.integers(len(streets.tail), size=effort.networkx_rows)
    search = nx.single_source_dijkstra_path_length
    rows = [timed(search, graph, int(edge), weight="seconds") for edge in edges]
    line = figure(f"{CREWS} x {PLACES}", "matrix, networkx", median(rows) * CREWS * 1e3, "ms")
    yield line | {"from_rows": len(rows), "without": "snapping, turn costs and bans"}


def routes(
    times: StreetTimes, streets: StreetNetwork, osrm: OsrmCar | None, seeds: range, effort: Effort
) -> Iterator[Line]:
    """Yield a route with steps and course beside OSRM's, pair by pair.

    OSRM's answer makes its values when they are looked at, ours makes its steps at once and its
    places when they are looked at: so both are also timed until every value has been read.
    """
    ours, theirs, ours_read, theirs_read = [], [], [], []
    for seed in seeds:
        places = StreetPlaces(streets, seed)
        for a, b in zip(places.crews(effort.routes), places.work(effort.routes), strict=True):
            found, seconds = answered(times.route, a, b, steps=True)
            ours.append(seconds)
            ours_read.append(seconds + timed(_read_ours, found))
            if osrm:
                found, seconds = answered(osrm.route, osrm.route_request(a, b))
                theirs.append(seconds)
                theirs_read.append(seconds + timed(osrm.read_route, found))
    yield _beside("route with steps", "p50", ours, theirs)
    yield _milliseconds("route with steps", "p95", ours, 95)
    yield _beside("route with steps", "answered and read, p50", ours_read, theirs_read)


def _read_ours(line: RouteLine | Unreachable) -> None:
    """Look at every value of a route."""
    if isinstance(line, RouteLine):
        for place in line.path:
            assert place.lon <= 180.0
        for one in line.steps:
            assert one.metres >= 0.0 <= one.seconds
            assert one.at.lon <= 180.0
            assert (one.type, one.modifier, one.street.local, one.exit) is not None


def closures(
    times: StreetTimes, streets: StreetNetwork, seeds: range, effort: Effort
) -> Iterator[Line]:
    """Yield how long one more closure takes, and the first row asked after it.

    The tail is processor time, so that another program's turn does not count.
    """
    applied, busy, asked, edges = [], [], [], []
    for seed in seeds:
        drawn = small_closures(streets, _STANDING + effort.closures, seed)
        places = StreetPlaces(streets, seed)
        work = places.work(PLACES)
        times.close(drawn[:_STANDING])
        times.matrix(places.crews(1), work)
        for last in range(_STANDING, len(drawn)):
            standing = drawn[last - _STANDING : last + 1]
            begun, worked = time.perf_counter(), time.process_time()
            closing = times.close(standing)
            applied.append(time.perf_counter() - begun)
            busy.append(time.process_time() - worked)
            edges.append(closing.streets.get(standing[-1].id, 0))
            asked.append(timed(times.matrix, places.crews(1), work))
    times.close([])
    case = f"{int(median(edges))} edges closed beside {_STANDING} closures"
    yield _milliseconds("closure", "applied p50", applied) | {"what": case}
    yield _milliseconds("closure", "applied p95, processor", busy, 95) | {"what": case}
    yield _milliseconds("closure", f"first 1 x {PLACES} row after it", asked)


def timed(ask: Callable[..., Any], *args: Any, **named: Any) -> float:
    """Return the seconds on the clock of one call, without a stop to collect garbage."""
    return answered(ask, *args, **named)[1]


def answered(ask: Callable[..., Any], *args: Any, **named: Any) -> tuple[Any, float]:
    """Return the answer of one call, and its seconds as ``timed`` has them."""
    gc.disable()
    begun = time.perf_counter()
    answer = ask(*args, **named)
    taken = time.perf_counter() - begun
    gc.enable()
    return answer, taken


def _milliseconds(case: str, metric: str, seconds: Sequence[float], at: float = 50) -> Line:
    value = float(np.percentile(seconds, at)) * 1e3
    return figure(case, metric, value, "ms") | {"measured": len(seconds)}


def _beside(case: str, metric: str, ours: Sequence[float], theirs: Sequence[float]) -> Line:
    """Return our median beside OSRM's; nothing is judged where OSRM is not there."""
    line = _milliseconds(case, metric, ours)
    if not theirs:
        return line | {"peer": _OSRM, "peer_value": None, "ratio": None, "missing": TO_RUN}
    peer = median(theirs)
    return line | {
        "peer": _OSRM,
        "peer_value": round(peer * 1e3, 4),
        "ratio": round(median(ours) / peer, 4),
    }
