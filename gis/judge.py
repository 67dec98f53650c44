"""Say what is wrong with a reported position, before a crew is sent to the sea."""

from __future__ import annotations

from domain.network import PipeNetwork
from domain.places import LonLat
from domain.rejection import RejectReason
from gis.snap import Snapper

#: A position farther from every pipe than this is not in the utility's area, metres.
#: Source: mainbreak default; beyond snapping reach (2 km) with room for a village not yet mapped.
FAR_OFF_M = 5000.0


def judge_position(network: PipeNetwork, position: LonLat) -> RejectReason | None:
    """Return None for a position within 5 km of a pipe, else what is wrong with it.

    ``SWAPPED_COORDINATES`` if it would be near with longitude and latitude exchanged,
    ``FAR_OFF`` otherwise.
    """
    snapper = Snapper(network)
    if snapper.distance_m(position) <= FAR_OFF_M:
        return None
    turned = exchanged(position.lon, position.lat)
    if turned is not None and snapper.distance_m(turned) <= FAR_OFF_M:
        return RejectReason.SWAPPED_COORDINATES
    return RejectReason.FAR_OFF


def exchanged(lon: float, lat: float) -> LonLat | None:
    """Return the place with longitude and latitude exchanged, None if that is no place."""
    return LonLat(lat, lon) if abs(lat) <= 180.0 and abs(lon) <= 90.0 else None
