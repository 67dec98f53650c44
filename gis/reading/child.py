"""GDAL's side of reading a vector file: runs alone in a child process, on a private copy.

Run as ``child.py FILE ANSWER_FOLDER`` by ``apart``; it knows nothing of mainbreak. It hands back
JSON and plain arrays, no objects, so that a file that takes this process over still cannot make the
parent run anything.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

#: The only formats GDAL may read here. Source: docs/formats.md.
DRIVERS = frozenset({"GPKG", "ESRI Shapefile", "GeoJSON"})

#: What the child says when an answer is whole.
DONE = b"done\n"

#: Most memory, seconds of work and bytes written. Source: mainbreak defaults; 100,000 pipes and
#: 200,000 premises take under 1 GB and 10 s.
MEMORY_BYTES, CPU_S, ANSWER_BYTES = 6_000_000_000, 300, 4_000_000_000

#: More layers or features than any utility has: a file made to exhaust us.
#: Source: mainbreak default.
MOST_LAYERS, MOST_FEATURES = 200, 10_000_000


def main(file: str, folder: str) -> None:
    """Write ``look.json``; then ``answer.json`` and one ``N.npz`` for each layer asked for."""
    _limit()
    for unused in ("geopandas", "pandas", "pyarrow"):  # pyogrio would load them: half a second
        sys.modules[unused] = None  # type: ignore[assignment]
    import pyogrio

    strange = set(pyogrio.list_drivers()) - DRIVERS
    if strange:
        raise SystemExit(f"drivers beyond the allowed ones: {sorted(strange)[:3]}")
    out = Path(folder)
    _hand_back(out / "look.json", _look(file))
    wanted = json.loads(sys.stdin.buffer.readline() or b"[]")
    _hand_back(out / "answer.json", _read(file, out, wanted))


def _hand_back(file: Path, answer: object) -> None:
    file.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    sys.stdout.buffer.write(DONE)
    sys.stdout.buffer.flush()


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, ANSWER_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _look(file: str) -> list[dict[str, Any]]:
    """Return each layer that has shapes: its name, fields, CRS as WKT, kind of shape, count."""
    import pyogrio

    layers = pyogrio.list_layers(file)
    if len(layers) > MOST_LAYERS:
        raise SystemExit(f"{len(layers)} layers, more than {MOST_LAYERS}")
    found = []
    for name, shape in layers:
        if shape is None:
            continue
        info = pyogrio.read_info(file, layer=name)
        if info["features"] > MOST_FEATURES:
            raise SystemExit(f"{info['features']} features, more than {MOST_FEATURES}")
        found.append(
            {
                "name": str(name),
                "shape": str(shape),
                "fields": [str(field) for field in info["fields"]],
                "crs": info["crs"],
                "count": int(info["features"]),
            }
        )
    return found


def _read(file: str, out: Path, wanted: list[str]) -> list[dict[str, Any]]:
    import numpy as np
    from pyogrio import raw

    answers = []
    for number, name in enumerate(wanted):
        meta, _, shapes, columns = raw.read(
            file, layer=name, force_2d=True, datetime_as_string=True
        )
        arrays: dict[str, Any] = {}
        texts: dict[str, list[str | None]] = {}
        for field, column in zip(meta["fields"], columns, strict=True):
            if column.dtype == object:
                texts[str(field)] = [None if one is None else str(one) for one in column.tolist()]
            elif column.dtype.kind in "biuf":
                arrays[f"f_{field}"] = column
            else:
                texts[str(field)] = [str(one) for one in column.tolist()]
        arrays |= _shapes(shapes)
        np.savez(out / f"{number}.npz", **arrays)
        answers.append({"fields": [str(one) for one in meta["fields"]], "texts": texts})
    return answers


def _shapes(wkb: Any) -> dict[str, Any]:
    """Return the usable shapes as coordinates and offsets, and which features they belong to.

    A line in several pieces that meet is one line; a multipoint of one is a point. ``rows`` names
    the features kept, from 0; ``type`` is shapely's of all of them, -1 if there are none.
    """
    import numpy as np
    import shapely

    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    kinds = shapely.get_type_id(shapes)
    for multi in (4, 5):
        of_multi = np.flatnonzero(kinds == multi)
        if len(of_multi):
            merged = shapes[of_multi]
            alone = shapely.get_num_geometries(merged) == 1
            rest = shapely.line_merge(merged) if multi == 5 else merged
            shapes[of_multi] = np.where(alone, shapely.get_geometry(merged, 0), rest)
        kinds = shapely.get_type_id(shapes)
        shapes[kinds == multi] = None
    usable = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    if usable.any():
        finite = np.isfinite(shapely.total_bounds(shapes[usable])).all()
        if not finite:
            usable &= np.isfinite(shapely.bounds(shapes)).all(axis=1)
    kinds = shapely.get_type_id(shapes)
    kinds = np.where(kinds == 6, 3, kinds)
    main_kind = int(np.bincount(kinds[usable]).argmax()) if usable.any() else -1
    rows = np.flatnonzero(usable & (kinds == main_kind))
    if main_kind not in {0, 1, 3}:
        return {"rows": rows[:0], "type": np.array(-1), "xy": np.empty((0, 2))}
    kind, xy, offsets = shapely.to_ragged_array(shapes[rows], include_z=False)
    arrays = {f"o_{level}": one for level, one in enumerate(offsets)}
    return arrays | {"rows": rows, "type": np.array(int(kind)), "xy": xy}


if __name__ == "__main__":
    main(*sys.argv[1:])
