"""The addresses of all premises, looked up whole, in part, or inside a caller's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.network import Premises
from gis.words import AddressParts, parts_of

#: How sure a key makes us, by what it says: one home, one building, one gate, one estate.
#: Source: mainbreak default, a scale for ranking and not a measured hit rate.
WHOLE = 0.9
WITHOUT_ROAD = 0.85
WITHOUT_COMPOUND = 0.85
ROAD_NUMBER_BUILDING = 0.8
BUILDING = 0.75
ROAD_NUMBER = 0.7
COMPOUND = 0.5

#: Shorter names occur in ordinary words by chance.
SHORTEST_NAME = 3


@dataclass(slots=True)
class Entry:
    """What one key stands for: premises, and how sure it makes us (0 to 1)."""

    confidence: float
    premises: list[Premises]


class AddressIndex:
    """Finds premises by keys taken from their addresses."""

    def __init__(self, premises: Iterable[Premises]) -> None:
        self._entries: dict[str, Entry] = {}
        for one in premises:
            if one.address:
                self._add(one)
        self._lengths = sorted({len(key) for key in self._entries}, reverse=True)

    def _add(self, one: Premises) -> None:
        for key, confidence in dict(_keys(parts_of(one.address))).items():
            entry = self._entries.setdefault(key, Entry(confidence, []))
            entry.confidence = max(entry.confidence, confidence)
            entry.premises.append(one)

    def find(self, address: str) -> Entry | None:
        """Return the surest entry for an address written alone, None if none of it is known."""
        known = (self._entries.get(key) for key, _ in _keys(parts_of(address)))
        return next((entry for entry in known if entry is not None), None)

    def find_in(self, text: str) -> Entry | None:
        """Return the entry of the longest known key inside a normal text."""
        key = longest_within(text, self._lengths, self._entries)
        return None if key is None else self._entries[key]


def _keys(parts: AddressParts) -> Iterator[tuple[str, float]]:
    """Yield (key, confidence), surest first; a key may come twice."""
    yield parts.whole, WHOLE
    yield parts.short, WHOLE
    if parts.road_number:
        inside = parts.rest[len(parts.compound) :]
        if parts.compound and inside:
            yield parts.rest, WITHOUT_ROAD
            yield parts.road_number + inside, WITHOUT_COMPOUND
        if parts.building:
            yield parts.road_number + parts.building, ROAD_NUMBER_BUILDING
    if parts.building:
        yield parts.building, BUILDING
    if parts.road_number:
        yield parts.road_number, ROAD_NUMBER
        yield parts.road_number.removesuffix("号"), ROAD_NUMBER
    if len(parts.compound) >= SHORTEST_NAME:
        yield parts.compound, COMPOUND


def longest_within(text: str, lengths: Sequence[int], keys: Collection[str]) -> str | None:
    """Return the longest key inside a text, the first of equals; numbers are not cut in two."""
    for length in lengths:
        for start in range(len(text) - length + 1):
            key = text[start : start + length]
            if key in keys and not _cuts_number(text, start, start + length):
                return key
    return None


def _cuts_number(text: str, start: int, stop: int) -> bool:
    before, after = text[max(0, start - 1) : start + 1], text[stop - 1 : stop + 1]
    return any(len(pair) == 2 and pair.isdigit() for pair in (before, after))
