"""OSRM on the same file: its contraction hierarchy, its own car profile, in this process.

Its wheel needs Python 3.12; ``make bench-peers`` makes the environment.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peer_cache import kept, prepared
from domain.places import LonLat
from domain.streets import FloatArray

try:
    import osrm
except ImportError:
    osrm = None

_NAME = "streets"


def osrm_folder(file: Path) -> Path | None:
    """Return where OSRM's files of a street file are kept, None where OSRM is not installed."""
    try:
        return kept("osrm", version("osrm-bindings"), file)
    except PackageNotFoundError:
        return None


def prepare_osrm(file: Path, folder: Path) -> Path:
    """Extract and contract with OSRM's own car profile, about a minute, unless it was done."""

    def prepare(into: Path) -> None:
        streets = into / f"{_NAME}.osm.pbf"
        shutil.copyfile(file, streets)
        profile = Path(osrm.__file__).parent / "share" / "profiles" / "car.lua"
        base = into / f"{_NAME}.osrm"
        for step in (["extract", "-p", str(profile), str(streets)], ["contract", str(base)]):
            subprocess.run(
                [sys.executable, "-m", "osrm", *step], check=True, stdout=subprocess.DEVNULL
            )

    return prepared(folder, prepare)


class OsrmCar:
    """OSRM's answers; a request is made ready apart, so that only the answering is timed."""

    def __init__(self, folder: Path) -> None:
        self._engine = osrm.OSRM(
            storage_config=str(folder / f"{_NAME}.osrm"), algorithm="CH", use_shared_memory=False
        )

    def table_request(self, origins: Sequence[LonLat], destinations: Sequence[LonLat]) -> Any:
        """Return the request for the seconds from each origin to each destination."""
        split = len(origins)
        return osrm.TableParameters(
            coordinates=_pairs([*origins, *destinations]),
            sources=list(range(split)),
            destinations=list(range(split, split + len(destinations))),
            annotations=["duration"],
            generate_hints=False,
        )

    def table(self, request: Any) -> Any:
        """Return OSRM's answer as it gives it, snapping included."""
        return self._engine.Table(request)

    def route_request(self, a: LonLat, b: LonLat) -> Any:
        """Return the request for a way with steps and its whole course."""
        return osrm.RouteParameters(
            coordinates=_pairs([a, b]),
            steps=True,
            overview="full",
            geometries="geojson",
            generate_hints=False,
        )

    def route(self, request: Any) -> Any:
        """Return OSRM's answer as it gives it."""
        return self._engine.Route(request)

    def read_route(self, answer: Any) -> None:
        """Look at every value of a route that ours has too."""
        (route, *_) = answer["routes"]
        for lon, _ in route["geometry"]["coordinates"]:
            assert lon <= 180.0
        for leg in route["legs"]:
            for step in leg["steps"]:
                turn = step["maneuver"]
                assert step["distance"] >= 0.0 <= step["duration"]
                assert turn["location"][0] <= 180.0
                assert (turn["type"], step["name"]) is not None

    def seconds(self, origins: Sequence[LonLat], destinations: Sequence[LonLat]) -> FloatArray:
        """Return the (p, q) seconds, ``nan`` where OSRM knows no way."""
        rows = self.table(self.table_request(origins, destinations))["durations"]
        return np.array([[np.nan if cell is None else float(cell) for cell in row] for row in rows])


def _pairs(places: Sequence[LonLat]) -> list[tuple[float, float]]:
    return [(place.lon, place.lat) for place in places]
