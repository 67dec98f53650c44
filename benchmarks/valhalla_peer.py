"""Valhalla on the same file: its car costing, in this process.

Its wheel needs Python 3.12; ``make bench-peers`` makes the environment.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peer_cache import kept, prepared
from domain.places import LonLat
from domain.streets import FloatArray

try:
    import valhalla
except ImportError:
    valhalla = None

_TILES, _MOST_PLACES = "tiles", 10_000


def valhalla_folder(file: Path) -> Path | None:
    """Return where Valhalla's tiles of a street file are kept, None where it is not installed."""
    try:
        return kept("valhalla", version("pyvalhalla"), file)
    except PackageNotFoundError:
        return None


def prepare_valhalla(file: Path, folder: Path) -> Path:
    """Build Valhalla's tiles, some seconds, unless it was done."""

    def prepare(into: Path) -> None:
        (into / _TILES).mkdir()
        config = into / "valhalla.json"
        config.write_text(json.dumps(_config(into)), encoding="utf-8")
        # The wheel's own command looks for the program along PATH, where it need not be.
        program = Path(valhalla.__file__).parent / "bin" / "valhalla_build_tiles"
        subprocess.run(
            [str(program), "-c", str(config), str(file)],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    return prepared(folder, prepare)


class ValhallaCar:
    """Valhalla's answers, from its ``timedistancematrix``.

    That runs one search a source and agrees with its routes; its ``costmatrix`` takes some ten
    times as long for the same seconds.
    """

    def __init__(self, folder: Path) -> None:
        self._engine = valhalla.Actor(_config(folder))

    def seconds(self, origins: Sequence[LonLat], destinations: Sequence[LonLat]) -> FloatArray:
        """Return the (p, q) whole seconds, ``nan`` where Valhalla knows no way."""
        asked = {
            "sources": _places(origins),
            "targets": _places(destinations),
            "costing": "auto",
            "verbose": False,
        }
        return np.array(
            self._engine.matrix(asked)["sources_to_targets"]["durations"], dtype=np.float64
        )


def _config(folder: Path) -> dict[str, Any]:
    config: dict[str, Any] = valhalla.get_config(
        tile_extract="", tile_dir=folder / _TILES, verbose=False
    )
    config["mjolnir"]["concurrency"] = 1
    config["thor"]["source_to_target_algorithm"] = "timedistancematrix"
    limits = config["service_limits"]["auto"]
    limits["max_locations"] = _MOST_PLACES
    limits["max_matrix_location_pairs"] = _MOST_PLACES**2
    return config


def _places(places: Sequence[LonLat]) -> list[dict[str, float]]:
    return [{"lon": place.lon, "lat": place.lat} for place in places]
