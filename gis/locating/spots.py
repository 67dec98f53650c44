"""A place that somebody gave in degrees, brought to WGS-84."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from domain.datum import to_wgs84
from domain.places import Datum, LonLat

#: Nearer to 0,0 than this in both, degrees, is an empty form and no place: 100 m in the open sea.
_NOWHERE = 0.001


@dataclass(frozen=True, slots=True)
class Spotted:
    """A place found in a text.

    Attributes
    ----------
    position
        WGS-84.
    datum
        What its degrees were taken to refer to.
    turned
        True if a bare pair was read with latitude first; words, letters and links say their order.
    stated
        True if the text or the maker of the link says which datum it is; else it may be another,
        some hundred metres off.
    """

    position: LonLat
    datum: Datum
    turned: bool = False
    stated: bool = False


def spotted(
    lon: float, lat: float, datum: Datum, *, turned: bool = False, stated: bool = True
) -> Spotted | None:
    """Return the place of degrees in a datum, None if they are no place."""
    if not (isfinite(lon) and isfinite(lat) and abs(lon) <= 180.0 and abs(lat) <= 90.0):
        return None
    if abs(lon) < _NOWHERE and abs(lat) < _NOWHERE:
        return None
    return Spotted(to_wgs84(lon, lat, datum), datum, turned, stated)
