"""Where things are: WGS-84 longitude and latitude, in this order, everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Datum(StrEnum):
    """What an input's coordinates refer to. Inside, all is WGS-84."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


@dataclass(frozen=True, slots=True, order=True)
class LonLat:
    """A place in WGS-84 degrees, longitude first (-180..180), latitude second (-90..90)."""

    lon: float
    lat: float

    def __post_init__(self) -> None:
        if not (-180.0 <= self.lon <= 180.0 and -90.0 <= self.lat <= 90.0):
            raise ValueError(f"not a place in degrees: lon {self.lon}, lat {self.lat}")


@dataclass(frozen=True, slots=True)
class Place:
    """A named place callers use to say where they are: a hospital, a school, a market."""

    id: str
    name: str
    position: LonLat
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Road:
    """A street by its name, with the courses it takes in WGS-84, each of two places or more."""

    name: str
    courses: tuple[tuple[LonLat, ...], ...]
