"""From the datum an input carries to WGS-84, and to the datum a navigation app expects.

GCJ-02 shifts places inside mainland China by 300-700 m; BD-09 shifts GCJ-02 once more. CGCS2000
differs from WGS-84 by centimetres and is passed on as it is.

Source: the published closed forms of both shifts (ellipsoid SK-42: a 6378245 m,
e2 0.00669342162296594323), as cited in docs/datum.md.
"""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt

from domain.places import Datum, LonLat

_A = 6378245.0
_E2 = 0.00669342162296594323
_BD_TURN = pi * 3000.0 / 180.0

#: A step of the inverse this small is the last, degrees: a tenth of a micrometre.
_EXACT_DEG = 1e-12


def in_mainland(lon: float, lat: float) -> bool:
    """Return True where the shift applies: a box around the mainland, degrees."""
    return 72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271


def _wave(x: float) -> float:
    return 20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)


def _shift(lon: float, lat: float) -> tuple[float, float]:
    """Return the GCJ-02 shift at a place, degrees of longitude and latitude."""
    x, y = lon - 105.0, lat - 35.0
    root = 0.1 * sqrt(abs(x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 2.0 * root
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + root
    north += 2.0 / 3.0 * (_wave(x) + 20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi))
    north += 2.0 / 3.0 * (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0))
    east += 2.0 / 3.0 * (_wave(x) + 20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi))
    east += 2.0 / 3.0 * (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi))
    curve = 1.0 - _E2 * sin(lat / 180.0 * pi) ** 2
    north_deg = north * 180.0 / ((_A * (1.0 - _E2)) / (curve * sqrt(curve)) * pi)
    east_deg = east * 180.0 / (_A / sqrt(curve) * cos(lat / 180.0 * pi) * pi)
    return east_deg, north_deg


def to_gcj02(place: LonLat) -> tuple[float, float]:
    """Return (lon, lat) in GCJ-02 degrees; unchanged outside the mainland."""
    if not in_mainland(place.lon, place.lat):
        return place.lon, place.lat
    east, north = _shift(place.lon, place.lat)
    return place.lon + east, place.lat + north


def to_bd09(place: LonLat) -> tuple[float, float]:
    """Return (lon, lat) in BD-09 degrees; unchanged outside the mainland."""
    if not in_mainland(place.lon, place.lat):
        return place.lon, place.lat
    x, y = to_gcj02(place)
    radius = sqrt(x * x + y * y) + 0.00002 * sin(y * _BD_TURN)
    turn = atan2(y, x) + 0.000003 * cos(x * _BD_TURN)
    return radius * cos(turn) + 0.0065, radius * sin(turn) + 0.006


def to_wgs84(lon: float, lat: float, datum: Datum) -> LonLat:
    """Return the WGS-84 place of (lon, lat) degrees in ``datum``, exact to a millimetre.

    The shifts have no inverse in closed form; fixed-point steps find it.
    """
    if datum in {Datum.WGS84, Datum.CGCS2000} or not in_mainland(lon, lat):
        return LonLat(lon, lat)
    forward = to_gcj02 if datum is Datum.GCJ02 else to_bd09
    guess = LonLat(lon, lat)
    for _ in range(20):
        there = forward(guess)
        east, north = lon - there[0], lat - there[1]
        guess = LonLat(guess.lon + east, guess.lat + north)
        if abs(east) + abs(north) < _EXACT_DEG:
            break
    return guess
