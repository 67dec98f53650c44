"""Courses as short lists of whole numbers: a millionth of a degree, each place from the last.

``[lon0, lat0, dlon1, dlat1, ...]``; a millionth of a degree is at most 0.11 m. The page undoes it
in ``static/js/core.js``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from math import cos, radians

import numpy as np
import numpy.typing as npt
from shapely.geometry import LineString

from domain.places import LonLat
from domain.sentences import Sentence

PER_DEGREE = 1_000_000

#: Metres in a degree of latitude. Source: WGS-84 mean meridian, 40 007.86 km / 360.
METRES_PER_DEGREE = 111_133.0


def course(places: npt.ArrayLike) -> list[int]:
    """Return the (k, 2) lon, lat degrees of a line as deltas; repeated places are dropped."""
    whole = np.rint(np.asarray(places, dtype=np.float64) * PER_DEGREE).astype(np.int64)
    keep = np.ones(len(whole), dtype=bool)
    keep[1:] = np.any(whole[1:] != whole[:-1], axis=1)
    if keep.sum() < 2:
        keep[:] = True
    return _deltas(whole[keep])


def places(values: Iterable[LonLat]) -> list[int]:
    """Return places as deltas, all of them and in order."""
    pairs = [(value.lon, value.lat) for value in values]
    if not pairs:
        return []
    return _deltas(np.rint(np.asarray(pairs) * PER_DEGREE).astype(np.int64))


def place(value: LonLat) -> list[int]:
    """Return one place as two whole numbers."""
    return [round(value.lon * PER_DEGREE), round(value.lat * PER_DEGREE)]


def path(value: Iterable[LonLat], tolerance_m: float = 0.0) -> list[int]:
    """Return a line as deltas, without the places that lie within ``tolerance_m`` of it."""
    return thinned(np.asarray([(one.lon, one.lat) for one in value]), tolerance_m)


def thinned(line: npt.NDArray[np.float64], tolerance_m: float) -> list[int]:
    """Return a (k, 2) line as deltas, simplified to ``tolerance_m`` metres."""
    if tolerance_m <= 0 or len(line) < 3:
        return course(line)
    squeeze = np.array([cos(radians(float(line[0, 1]))), 1.0])
    kept = LineString(line * squeeze).simplify(tolerance_m / METRES_PER_DEGREE)
    return course(np.asarray(kept.coords) / squeeze)


def json_text(value: object) -> str:
    """Return JSON without blanks, for a table on its way to a page."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def block(value: object) -> str:
    """Return JSON that is safe inside a script element: no markup can begin in it."""
    text = json_text(value)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _deltas(whole: npt.NDArray[np.int64]) -> list[int]:
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    flat: list[int] = steps.ravel().tolist()
    return flat


def sentence(both: Sentence) -> dict[str, str]:
    """Return a sentence by language tag, for the page to choose from."""
    return {"zh-CN": both.zh, "en": both.en}
