"""Addresses as utilities write them, taken apart: district, road, number, compound, building."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gis.locating.numbers import arabic

#: Beyond the city and the district, only where a road or compound of two signs is left.
_DISTRICT = re.compile(
    r"^(?:\D{2,7}?(?:省|自治区))?(?:\D{2,7}?市)?(?P<district>\D{1,8}?(?:(?<![小社])区|县|旗|市))(?=\D{2})"
)
_TOWN = re.compile(r"^(?P<town>\D{1,6}?(?:街道|镇|乡))(?=\D{3})")
_ROAD = re.compile(r"^(?P<road>\D.*?)(?P<number>\d+(?:-\d+)?)(?:号(?!楼)|弄)(?P<rest>.*)$")
_ROAD_ALONE = re.compile(r"^(?P<road>\D{1,9}(?:路|街|道|巷|胡同|弄|里弄))$")
_BUILDING = re.compile(r"(?P<building>[a-z]?\d+|[a-z])(?:号楼|栋|幢|座|号|#)")
_SHORT = re.compile(r"(?P<building>\d+)-(?P<unit>\d+)(?:-(?P<room>\d+))?$")
_UNIT = re.compile(r"(?P<unit>\d+)(?:单元|门)")
_ROOM = re.compile(r"(?P<room>\d+)(?:室|号|户)?$")
_COMPOUND = re.compile(r"^(?P<compound>\D{2,}?(?:\d期)?)(?=[a-z]\d*(?:座|栋|幢)|\d|-|$)")


@dataclass(frozen=True, slots=True)
class AddressParts:
    """What an address says, each part empty if absent; ``rest`` is what nothing else took."""

    district: str = ""
    road: str = ""
    number: str = ""
    compound: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""


def parts_of(address: str) -> AddressParts:
    """Return the parts of an address in ``plain`` writing without spaces.

    >>> parts_of("城东区建设路131号学府花园3栋2单元").compound
    '学府花园'
    """
    text = arabic(address)
    district, text = _head(text)
    road = _ROAD.match(text)
    if road is None:
        alone = _ROAD_ALONE.match(text)
        if alone is not None:
            return AddressParts(district, alone["road"])
        return AddressParts(district, "", "", *_inside(text))
    return AddressParts(district, road["road"], road["number"], *_inside(road["rest"]))


def _head(text: str) -> tuple[str, str]:
    """Return the district and the text without it, and without a township behind it."""
    found = _DISTRICT.match(text)
    district, rest = (found["district"], text[found.end() :]) if found else ("", text)
    town = _TOWN.match(rest)
    return (district or town["town"], rest[town.end() :]) if town else (district, rest)


def _inside(text: str) -> tuple[str, str, str, str]:
    """Return compound, building, unit and room of what follows the gate."""
    named = _COMPOUND.match(text)
    compound = named["compound"] if named else ""
    rest = text[len(compound) :]
    if short := _SHORT.search(rest):
        return compound, short["building"], short["unit"], short["room"] or ""
    built = _BUILDING.search(rest)
    after = rest[built.end() :] if built else rest
    unit = _UNIT.search(after)
    room = _ROOM.search(after[unit.end() :] if unit else after)
    return (
        compound,
        built["building"] if built else "",
        unit["unit"] if unit else "",
        room["room"] if room else "",
    )
