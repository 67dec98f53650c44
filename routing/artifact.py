"""The streets as bytes: built once, kept in the database, loaded in a moment."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from domain.errors import BadFile
from domain.streets import (
    Area,
    AreaKind,
    DrivingRules,
    FloatArray,
    IntArray,
    StreetNetwork,
    StreetReport,
)

#: Raised whenever the fields change; bytes of another format are refused, never guessed at.
FORMAT = "mainbreak-streets-2"

_NUMBERS = ("tail", "head", "road_class", "name", "shape_start")
_MEASURES = ("length_m", "seconds")
_PLACES = ("nodes", "shape")
_RULES = (
    *("ban_start", "bans", "signals", "roundabouts", "ferries", "private"),
    *("opposite", "ref", "order"),
)
_REMEDY = "Import the streets again: mainbreak import streets FILE"

#: Places of OpenStreetMap are whole multiples of this part of a degree.
_PARTS = 1e7


def to_bytes(streets: StreetNetwork) -> bytes:
    """Return the streets as a compressed npz without pickles; equal streets give equal bytes.

    Whole numbers are kept in as few bytes as they need, places as steps of 1e-7 degrees where
    that is exact: a quarter smaller, and loaded as fast.
    """
    rings = [area.ring for area in streets.areas]
    words = {
        "format": FORMAT,
        "classes": streets.classes,
        "names": streets.names,
        "translations": streets.translations,
        "refs": streets.rules.refs,
        "left": streets.rules.left,
        "areas": [(area.kind.value, area.name) for area in streets.areas],
        "report": asdict(streets.report),
    }
    fields = {key: getattr(streets, key) for key in _MEASURES}
    fields |= {key: _narrow(getattr(streets, key)) for key in _NUMBERS}
    fields |= {key: _narrow(getattr(streets.rules, key)) for key in _RULES}
    fields |= {key: _steps(getattr(streets, key)) for key in _PLACES}
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
    rules = DrivingRules(
        **{key: fields[key].astype(np.int64) for key in _RULES},
        refs=tuple(words["refs"]),
        left=words["left"],
    )
    arrays: dict[str, Any] = {key: _places(fields[key]) for key in _PLACES}
    arrays |= {key: fields[key].astype(np.int64) for key in _NUMBERS}
    arrays |= {key: fields[key] for key in _MEASURES}
    streets = StreetNetwork(
        **arrays,
        classes=tuple(words["classes"]),
        names=tuple(words["names"]),
        areas=tuple(
            Area(AreaKind(kind), ring[starts[k] : starts[k + 1]], name)
            for k, (kind, name) in enumerate(words["areas"])
        ),
        report=StreetReport(**words["report"]),
        translations=tuple((zh, en) for zh, en in words["translations"]),
        rules=rules,
    )
    if not (_fits(streets) and _rules_fit(streets)):
        raise ValueError("arrays that do not fit each other")
    return streets


def _narrow(numbers: IntArray) -> np.ndarray[Any, Any]:
    """Return the whole numbers in the smallest signed type that holds them all."""
    least, most = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    kind = next(
        kind
        for kind in (np.int8, np.int16, np.int32, np.int64)
        if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max
    )
    return numbers.astype(kind)


def _steps(places: FloatArray) -> np.ndarray[Any, Any]:
    """Return (k, 2) the steps from place to place in 1e-7 degrees, or the places themselves.

    Steps wrap round in 32 bits, and so does their sum.
    """
    whole = np.rint(places * _PARTS)
    if not (whole / _PARTS == places).all() or np.abs(whole).max(initial=0.0) >= 2**31:
        return places
    return np.diff(whole.astype(np.int32), axis=0, prepend=np.zeros((1, 2), dtype=np.int32))


def _places(stored: np.ndarray[Any, Any]) -> FloatArray:
    """Return (k, 2) WGS-84 of what ``_steps`` returned."""
    if stored.dtype == np.float64:
        return stored
    places: FloatArray = np.cumsum(stored, axis=0, dtype=np.int32) / _PARTS
    return places


def _fits(streets: StreetNetwork) -> bool:
    """Return True if the arrays of the streets fit each other."""
    count = len(streets.tail)
    by_edge = ("tail", "head", "road_class", "name", *_MEASURES)
    return (
        count > 0
        and all(len(getattr(streets, key)) == count for key in by_edge)
        and len(streets.shape_start) == count + 1
        and streets.shape_start[-1] == len(streets.shape)
        and _within(streets.tail, len(streets.nodes))
        and _within(streets.head, len(streets.nodes))
        and _within(streets.road_class, len(streets.classes))
        and _within(streets.name, len(streets.names))
        and len(streets.translations) in {0, len(streets.names)}
    )


def _rules_fit(streets: StreetNetwork) -> bool:
    """Return True if the rules name only edges and nodes that are there."""
    rules, count = streets.rules, len(streets.tail)
    return (
        all(len(one) in {0, count} for one in (rules.opposite, rules.ref))
        and all(
            _within(one, count)
            for one in (rules.bans, rules.roundabouts, rules.ferries, rules.private)
        )
        and _within(rules.opposite + 1, count + 1)
        and _within(rules.signals, len(streets.nodes))
        and _within(rules.ref, len(rules.refs))
        and len(rules.ban_start) > 0
        and rules.ban_start[-1] == len(rules.bans)
        and np.array_equal(np.sort(rules.order), np.arange(len(rules.order)))
    )


def _within(numbers: IntArray, count: int) -> bool:
    return bool(len(numbers) == 0 or (numbers.min() >= 0 and numbers.max() < count))
