"""The streets as bytes: built once, kept in the database, loaded in a moment."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from domain.errors import BadFile
from domain.streets import Area, AreaKind, StreetNetwork, StreetReport

#: Raised whenever the fields change; bytes of another format are refused, never guessed at.
FORMAT = "mainbreak-streets-1"

_ARRAYS = ("nodes", "tail", "head", "length_m", "seconds", "road_class", "name")
_SHAPES = ("shape_start", "shape")
_REMEDY = "Import the streets again: mainbreak import streets FILE"


def to_bytes(streets: StreetNetwork) -> bytes:
    """Return the streets as a compressed npz without pickles; equal streets give equal bytes."""
    rings = [area.ring for area in streets.areas]
    words = {
        "format": FORMAT,
        "classes": streets.classes,
        "names": streets.names,
        "areas": [(area.kind.value, area.name) for area in streets.areas],
        "report": asdict(streets.report),
    }
    fields = {key: getattr(streets, key) for key in (*_ARRAYS, *_SHAPES)}
    fields["words"] = np.frombuffer(json.dumps(words).encode(), dtype=np.uint8)
    fields["ring_start"] = np.cumsum([0, *(len(ring) for ring in rings)], dtype=np.int64)
    fields["ring"] = np.vstack([np.empty((0, 2)), *rings])
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **fields)
    return buffer.getvalue()


def from_bytes(data: bytes) -> StreetNetwork:
    """Return the streets that ``to_bytes`` wrote.

    Raises
    ------
    BadFile
        If the bytes are damaged or of another format.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as fields:
            return _streets(fields)
    except BadFile:
        raise
    except Exception as fault:  # zip, zlib, json and numpy share no error class
        raise BadFile("the stored streets", "are damaged", _REMEDY) from fault


def _streets(fields: Mapping[str, Any]) -> StreetNetwork:
    words = json.loads(fields["words"].tobytes())
    if words["format"] != FORMAT:
        raise BadFile("the stored streets", f"have the format {words['format']}", _REMEDY)
    starts, ring = fields["ring_start"], fields["ring"]
    streets = StreetNetwork(
        **{key: fields[key] for key in (*_ARRAYS, *_SHAPES)},
        classes=tuple(words["classes"]),
        names=tuple(words["names"]),
        areas=tuple(
            Area(AreaKind(kind), ring[starts[k] : starts[k + 1]], name)
            for k, (kind, name) in enumerate(words["areas"])
        ),
        report=StreetReport(**words["report"]),
    )
    _check(streets)
    return streets


def _check(streets: StreetNetwork) -> None:
    """Raise ValueError if the arrays do not fit each other."""
    count = len(streets.tail)
    fits = (
        all(len(getattr(streets, key)) == count for key in _ARRAYS if key != "nodes")
        and len(streets.shape_start) == count + 1
        and streets.shape_start[-1] == len(streets.shape)
        and count > 0
        and max(streets.tail.max(), streets.head.max()) < len(streets.nodes)
    )
    if not fits:
        raise ValueError("arrays that do not fit each other")
