"""Are the streets' travel times fast and believable? ``python -m benchmarks.routing [--quick]``.

One JSON object a line. One run in one process on Porto, for which ``--data DIR`` or MAINBREAK_DATA
names the folder: build and start; the 100 x 1000 matrix, a row, a route with steps and a closure
beside OSRM's contraction hierarchy on the same places; then our seconds beside OSRM's and
Valhalla's car profiles on 16,000 pairs a seed, held against how far those two are apart.

``make bench-peers`` makes the environment (Python 3.12) that has the peers, and prepares their
files once; without them the lines are there with ``holds`` null and say what to run.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import routing
from benchmarks import routing_speed as speed
from benchmarks.lines import Line, figure, show
from benchmarks.memory import forget_peak, held_mb, peak_mb
from benchmarks.osm_data import file_of, not_found
from benchmarks.osrm_peer import OsrmCar, osrm_folder, prepare_osrm
from benchmarks.routing_agreement import OSRM, OURS, VALHALLA, Tables, agreement
from benchmarks.street_places import StreetPlaces
from benchmarks.valhalla_peer import ValhallaCar, prepare_valhalla, valhalla_folder
from domain.places import LonLat
from domain.streets import StreetNetwork

TOWN = "porto"
FULL_SEEDS, QUICK_SEEDS = 5, 2
FULL = speed.Effort(matrices=5, rows=20, routes=200, closures=20, networkx_rows=5)
QUICK = speed.Effort(matrices=3, rows=10, routes=100, closures=10, networkx_rows=1)

#: Crews by places of the agreement, 16,000 pairs a seed: Valhalla takes one search a crew, and
#: of fewer places the share with the same nearest crew would be a toss.
CREWS, PLACES = 40, 400


def main() -> None:
    """Print the benchmark's lines."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, within 45 s")
    parser.add_argument("--seed", type=int, default=1, help="first of the consecutive seeds")
    parser.add_argument("--data", type=Path, help="folder of porto.osm.pbf")
    asked = parser.parse_args()
    folder = asked.data or os.environ.get("MAINBREAK_DATA")
    file = file_of(Path(folder) if folder else None, TOWN)
    seeds = range(asked.seed, asked.seed + (QUICK_SEEDS if asked.quick else FULL_SEEDS))
    show("routing", of_everything(file, seeds, quick=asked.quick) if file else nothing())


def of_everything(file: Path, seeds: range, *, quick: bool) -> Iterator[Line]:
    """Yield every line; with ``quick`` no peer's files are prepared, only used if there."""
    effort = QUICK if quick else FULL
    osrm, valhalla = _peers(file, quick=quick)
    streets: list[StreetNetwork] = []
    yield from _built_and_started(file, streets)
    times = routing.StreetTimes(streets[0])
    yield figure(TOWN, "first seed", seeds[0], "")
    yield from speed.matrices(times, streets[0], osrm, seeds, effort)
    yield from speed.rows(times, streets[0], osrm, seeds, effort)
    yield from speed.routes(times, streets[0], osrm, seeds, effort)
    yield from speed.closures(times, streets[0], seeds, effort)
    yield from _agreed(times, streets[0], osrm, valhalla, seeds)
    scipy = routing.StreetTimes(streets[0], engine="scipy")
    yield from speed.fallback(scipy, streets[0], osrm, seeds[:1] if quick else seeds[:3])
    yield from speed.for_the_record(streets[0], seeds[0], effort)


def _built_and_started(file: Path, kept: list[StreetNetwork]) -> Iterator[Line]:
    """Yield build and start; the streets are kept as a start finds them."""
    before = held_mb()
    forget_peak()
    begun = time.perf_counter()
    packed = routing.to_bytes(routing.build_streets(file))
    built = time.perf_counter() - begun
    yield figure(TOWN, "build", built, "s")
    yield figure(TOWN, "build: peak memory", peak_mb() - before, "MB")
    yield figure(TOWN, "artifact", len(packed) / 1e6, "MB")
    before = held_mb()
    forget_peak()
    begun = time.perf_counter()
    streets = routing.from_bytes(packed)
    routing.StreetTimes(streets).matrix(_corners(streets))
    started = time.perf_counter() - begun
    yield figure(TOWN, "start", started, "s") | {
        "peer": "build",
        "peer_value": round(built, 4),
        "ratio": round(started / built, 4),
    }
    yield figure(TOWN, "start: peak memory", peak_mb() - before, "MB")
    yield figure(TOWN, "streets", len(streets.tail), "directed edges")
    kept.append(streets)


def _corners(streets: StreetNetwork) -> list[LonLat]:
    """Return two places on streets: an engine that answers has started."""
    return [LonLat(*map(float, streets.nodes[row])) for row in (0, -1)]


def _agreed(
    times: routing.StreetTimes,
    streets: StreetNetwork,
    osrm: OsrmCar | None,
    valhalla: ValhallaCar | None,
    seeds: range,
) -> Iterator[Line]:
    if osrm is None or valhalla is None:
        missing = {"value": None, "unit": "", "holds": None, "missing": speed.TO_RUN}
        yield {"case": "agreement", "metric": "seconds"} | missing
        return
    tables: dict[str, Tables] = {OURS: [], OSRM: [], VALHALLA: []}
    for seed in seeds:
        places = StreetPlaces(streets, seed)
        pair = places.crews(CREWS), places.work(PLACES)
        tables[OURS].append(times.matrix(*pair).seconds)
        tables[OSRM].append(osrm.seconds(*pair))
        tables[VALHALLA].append(valhalla.seconds(*pair))
    yield from agreement(tables)


def _peers(file: Path, *, quick: bool) -> tuple[OsrmCar | None, ValhallaCar | None]:
    osrm, valhalla = osrm_folder(file), valhalla_folder(file)
    if not quick and osrm and valhalla:
        print("preparing the peers' files, a minute the first time ...", file=sys.stderr)
        prepare_osrm(file, osrm)
        prepare_valhalla(file, valhalla)
    return (
        OsrmCar(osrm) if osrm and osrm.is_dir() else None,
        ValhallaCar(valhalla) if valhalla and valhalla.is_dir() else None,
    )


def nothing() -> Iterator[Line]:
    """Yield the one line there is without the town's file."""
    yield {
        "case": TOWN,
        "metric": "matrix",
        "value": None,
        "unit": "ms",
        "holds": None,
        "missing": not_found(TOWN),
    }


if __name__ == "__main__":
    main()
