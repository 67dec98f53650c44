"""Tell when places were read in the wrong datum: all of them off in one steady direction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from shapely import distance, points

from domain.datum import in_mainland, to_bd09, to_gcj02, to_wgs84
from domain.network import PipeNetwork
from domain.places import Datum, LonLat
from gis.crs import FloatArray
from gis.snap import DOUBT_M, PipeLines, pipe_lines

#: With fewer places chance decides. Source: mainbreak default.
FEWEST = 20

#: So many of them, evenly taken, are looked at: enough for a quantile, and quick.
MOST = 400

#: The typical place and the outlying one: in a dense network a wrong place still lies near some
#: pipe, and only those at its rim show the shift. Source: mainbreak default.
QUANTILES = (0.5, 0.9, 0.95)

#: Another datum must bring the places so many times nearer. Source: mainbreak default.
CLEARLY = 3.0

#: How the degrees stood in the file that were taken to be of this datum.
_AS_WRITTEN: dict[Datum, Callable[[LonLat], tuple[float, float]]] = {
    Datum.WGS84: lambda place: (place.lon, place.lat),
    Datum.GCJ02: to_gcj02,
    Datum.BD09: to_bd09,
}


@dataclass(frozen=True, slots=True)
class WrongDatum:
    """Places read as of one datum that are most likely of another.

    ``shift_m`` is how far off they are, metres; ``away_m`` how far from the pipes they were read,
    ``then_m`` how far they would be, at the quantile that tells the two apart best.
    """

    read_as: Datum
    probably: Datum
    shift_m: float
    away_m: float
    then_m: float


def wrong_datum(
    network: PipeNetwork, places: Sequence[LonLat], pipes: Sequence[str | None] = ()
) -> WrongDatum | None:
    """Return the datum that the places probably carry, None if they may well be where they are.

    Parameters
    ----------
    places
        As they were read, WGS-84.
    pipes
        The pipe each place says it belongs to, if it says so: what it is measured against then.
    """
    lines = pipe_lines(network)
    step = max(1, len(places) // MOST)
    chosen = [row for row in range(0, len(places), step) if _may_be_shifted(places[row])]
    if len(chosen) < FEWEST or not lines.ids:
        return None
    some = [places[row] for row in chosen]
    named = [pipes[row] if pipes else None for row in chosen]
    here = _away(lines, some, named)
    if here.max() <= DOUBT_M:
        return None
    found = [
        WrongDatum(read_as, datum, _shift_m(lines, some, there), *_told_apart(here, away))
        for read_as in _AS_WRITTEN
        for datum in _AS_WRITTEN
        if read_as is not datum
        and (there := _read_again(some, read_as, datum))
        and _is_clearly_nearer(away := _away(lines, there, named), here)
    ]
    return min(found, key=lambda one: one.then_m, default=None)


def _may_be_shifted(place: LonLat) -> bool:
    return in_mainland(place.lon, place.lat)


def _read_again(places: Sequence[LonLat], read_as: Datum, datum: Datum) -> list[LonLat]:
    return [to_wgs84(*_AS_WRITTEN[read_as](one), datum) for one in places]


def _away(lines: PipeLines, places: Sequence[LonLat], named: Sequence[str | None]) -> FloatArray:
    """Return metres to the pipe that each place names, else to the nearest, at the quantiles."""
    spots = points(lines.plane.xy(places))
    rows = lines.tree.nearest(spots)
    for number, pipe in enumerate(named):
        rows[number] = lines.number.get(pipe or "", rows[number])
    near = np.array(lines.lines, dtype=object)[rows]
    away: FloatArray = np.quantile(distance(spots, near), QUANTILES)
    return away


def _shift_m(lines: PipeLines, places: Sequence[LonLat], others: Sequence[LonLat]) -> float:
    apart = lines.plane.xy(places) - lines.plane.xy(others)
    return float(np.median(np.hypot(apart[:, 0], apart[:, 1])))


def _is_clearly_nearer(there: FloatArray, here: FloatArray) -> bool:
    """Return True if no quantile is farther, and one that was far off is several times nearer."""
    clear = (here > DOUBT_M) & (there * CLEARLY <= here)
    return bool((there <= here).all() and clear.any())


def _told_apart(here: FloatArray, there: FloatArray) -> tuple[float, float]:
    best = int(np.argmax(here / np.maximum(there, 1e-3)))
    return float(here[best]), float(there[best])
