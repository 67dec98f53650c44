"""Does the locator find what callers say? ``python -m benchmarks.locate [--quick] [--seed N]``.

One JSON object a line. A made town of 200,000 premises (``benchmarks.address_world``) and what its
callers say (``benchmarks.address_noise``) with 0, 8 and 15 % of the characters wrong; crossings,
landmarks, numbers nobody has, identifiers; real streets and addresses of OpenStreetMap files, for
which ``--data DIR`` or MAINBREAK_DATA names the folder.

``site`` counts as the study did that the targets come from: the right road and number, or the
right community, by name. ``same place`` is the very gate, no namesake; its line says how many
calls fit one site alone. ``confident and wrong``, the calibration and what goes silently wrong
count by the very gate. The seed is drawn anew each time, and printed.
"""

from __future__ import annotations

import argparse
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import gis
from benchmarks.address_world import World, make_world
from benchmarks.lines import Line, figure, show
from benchmarks.locate_osm import real_names_located
from benchmarks.locate_town import Town, beside_rapidfuzz, calls_located
from benchmarks.locate_ways import ways_located
from benchmarks.memory import held_mb

FULL = {"premises": 200_000, "roads": 1_500, "communities": 4_000}
QUICK = {"premises": 20_000, "roads": 300, "communities": 600}

#: Calls of each rate, of each other way, beside the peer, and of each OpenStreetMap town.
CALLS, WAYS, BESIDE, REAL = 4_000, 300, 40, 1_000
QUICK_CALLS, QUICK_WAYS, QUICK_BESIDE, QUICK_REAL = 400, 60, 20, 150


def main() -> None:
    """Print the benchmark's lines."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="a smaller town, within 45 s")
    parser.add_argument("--seed", type=int, help="of the town and its callers; drawn if not given")
    parser.add_argument("--data", type=Path, help="folder of the .osm.pbf files")
    asked = parser.parse_args()
    folder = asked.data or os.environ.get("MAINBREAK_DATA")
    seed = secrets.randbelow(1_000_000) if asked.seed is None else asked.seed
    data = Path(folder) if folder else None
    show("locate", of_everything(seed, data, quick=asked.quick))


def of_everything(seed: int, data: Path | None, *, quick: bool) -> Iterator[Line]:
    """Yield every line; the quick ones come from a town of a tenth."""
    rng = Random(seed)
    world = make_world(seed, **(QUICK if quick else FULL))
    yield figure("town", "seed", seed, "")
    yield figure("town", "premises", len(world.network.premises), "premises")
    before = held_mb()
    begun = time.perf_counter()
    gazetteer = gis.Gazetteer(world.network, world.places, world.roads)
    yield figure("town", "build", time.perf_counter() - begun, "s")
    yield figure("town", "memory", held_mb() - before, "MB")
    yield from _of_town(gazetteer, world, rng, quick=quick)
    yield from real_names_located(data, QUICK_REAL if quick else REAL, rng)


def _of_town(gazetteer: gis.Gazetteer, world: World, rng: Random, *, quick: bool) -> Iterator[Line]:
    town = Town(world)
    yield from calls_located(gazetteer, town, QUICK_CALLS if quick else CALLS, rng)
    yield from ways_located(gazetteer, world, QUICK_WAYS if quick else WAYS, rng)
    yield from beside_rapidfuzz(gazetteer, town, QUICK_BESIDE if quick else BESIDE, rng)


if __name__ == "__main__":
    main()
