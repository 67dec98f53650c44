"""Chinese addresses and callers' words brought into one shape, and taken apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SPACE = re.compile(r"[\s,.;:!?，。；：！？、()（）]+")
_UP_TO_NUMBER = re.compile(r"^(?P<road>.+?)(?P<number>\d+)号(?P<rest>.*)$")
_DISTRICT = re.compile(r"^\D{1,6}?[区县市](?P<road>.+)$")
_BUILDING = re.compile(r"^(?P<compound>\D+)(?P<building>\d+)栋")
_COMPOUND = re.compile(r"^(?P<compound>\D{2,})")


def normal(text: str) -> str:
    """Return the text in NFKC, lower case, without spaces and punctuation."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).casefold())


@dataclass(frozen=True, slots=True)
class AddressParts:
    """What an address says, each part normal and empty if absent.

    ``whole`` is all of it, ``short`` all but the district; ``road_number`` reads 建设路131号,
    ``rest`` what follows it; ``compound`` reads 学府花园, ``building`` 学府花园3栋.
    """

    whole: str
    short: str
    road_number: str
    rest: str
    compound: str
    building: str


def parts_of(address: str) -> AddressParts:
    """Return the parts of an address in the order district, road, number, compound, building."""
    whole = normal(address)
    found = _UP_TO_NUMBER.match(whole)
    if found is None:
        return AddressParts(whole, whole, "", whole, *_compound(whole))
    district = _DISTRICT.match(found["road"])
    road = district["road"] if district else found["road"]
    road_number, rest = f"{road}{found['number']}号", found["rest"]
    return AddressParts(whole, road_number + rest, road_number, rest, *_compound(rest))


def _compound(rest: str) -> tuple[str, str]:
    """Return the compound and its building, each empty if the text names none."""
    if built := _BUILDING.match(rest):
        return built["compound"], built[0]
    named = _COMPOUND.match(rest)
    return (named["compound"], "") if named else ("", "")
