"""What numbers and district in a text say for a site, in nats, and which numbers are whose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gis.locating.names import Mention
from gis.locating.numbers import Kind, Number, is_similar
from gis.locating.readings import Gate, Heard
from gis.locating.sites import Site

#: What speaks for a site, in nats. Source: set by hand, tried on towns of
#: ``benchmarks.address_world`` with seeds 101 to 108.
GATE_RIGHT, GATE_SIMILAR, GATE_WRONG = 4.0, -1.5, -6.0
GATE_FLOOR, GATE_MISREAD, GATE_CUT = -0.5, -2.5, -2.0
LOOSE_RIGHT, LOOSE_WRONG = 3.0, -1.0
BUILDING_RIGHT, BUILDING_WRONG, BUILDING_UNKNOWN = 2.0, -2.5, -1.0
UNIT_RIGHT, UNIT_WRONG = 0.7, -1.0
DISTRICT_MOST, DISTRICT_WRONG = 4.0, -4.0

#: What speaks for a house number that no premises has, and for one beyond all of its road.
NEW_NUMBER, NUMBER_BEYOND = 0.0, -5.0

#: How far a number may stand behind its road, in signs.
REACH = 2

#: Where no sign says so, the number that follows at once is the building's.
_MAY_BE_BUILDING = frozenset({Kind.BARE, Kind.GATE, Kind.FLOOR, Kind.SPOKEN})


def gates_after(heard: Heard, road: Mention) -> Iterator[Gate]:
    """Yield the numbers that may be a gate on a road."""
    for number in heard.numbers:
        if number.stop <= road.stop or number.start > road.stop + REACH:
            continue
        if number.kind is Kind.SPOKEN and number.start < road.stop:
            continue
        digits = number.digits[max(0, road.stop - number.start) :].lstrip("-")
        if not digits or not digits[0].isdigit():
            continue
        cut = Number(digits, number.kind, max(number.start, road.stop), number.stop)
        if number.kind in {Kind.GATE, Kind.BARE, Kind.SPOKEN}:
            yield Gate(cut)
        elif number.kind in {Kind.BUILDING, Kind.FLOOR}:
            yield Gate(cut, GATE_FLOOR if number.kind is Kind.FLOOR else GATE_MISREAD)
            yield from _cut_in_two(cut)
        return


def _cut_in_two(number: Number) -> Iterator[Gate]:
    for size in range(1, len(number.digits)):
        place = number.start + size
        gate = Number(number.digits[:size], Kind.GATE, number.start, place)
        inside = Number(number.digits[size:], Kind.BUILDING, place, number.stop)
        yield Gate(gate, GATE_CUT, inside)


def new_number_score(digits: str, known: Mapping[str, object]) -> float:
    """Return what speaks for a house number that no premises of the road has."""
    most = max((int(one.split("-")[0]) for one in known), default=0)
    wanted = int(digits.split("-", maxsplit=1)[0])
    return NEW_NUMBER if 0 < wanted <= most * 1.1 + 10 else NUMBER_BEYOND


def gate_score(site: Site, gate: Gate | None, heard: Heard, compound: Mention | None) -> float:
    """Return how well the number of a site's gate fits the text."""
    if gate is not None:
        if gate.digits == site.number:
            return GATE_RIGHT + gate.against
        return GATE_SIMILAR if is_similar(gate.digits, site.number) else GATE_WRONG
    loose = [
        one.digits
        for one in heard.numbers
        if one.kind is Kind.GATE and compound is not None and one.stop <= compound.start + 1
    ]
    if not loose or not site.number:
        return 0.0
    return LOOSE_RIGHT if site.number in loose else LOOSE_WRONG


def district_score(site: Site, heard: Heard) -> float:
    """Return how well a site's district fits the text."""
    if not heard.districts or not site.district:
        return 0.0
    own = heard.districts.get(site.district)
    if own is not None:
        return min(own.score, DISTRICT_MOST)
    return max(DISTRICT_WRONG, -max(one.score for one in heard.districts.values()))


@dataclass(frozen=True, slots=True)
class Inside:
    """The building and the unit that a text names in a site, and how well they fit, nats."""

    score: float
    building: str = ""
    unit: str = ""
    used: tuple[Number, ...] = ()


def inside_of(heard: Heard, site: Site, compound: Mention | None, gate: Gate | None) -> Inside:
    """Return what a text says of the inside of a site."""
    begin = compound.stop if compound else gate.number.stop if gate else 0
    cut = gate.inside if gate and gate.inside else None
    mine = (gate.number.start, gate.number.stop) if gate else (0, 0)
    after = [one for one in heard.numbers if one.start >= begin and not _within(one, mine)]
    after = [cut, *after] if cut else after
    building = next((one for one in after if one.kind is Kind.BUILDING), None)
    if building is None:
        near = [one for one in after if one.start <= begin + 1]
        building = next((one for one in near if one.kind in _MAY_BE_BUILDING), None)
    if building is None:  # 十三栋二门（兴喜路3号）: the inside comes before the gate
        after = [one for one in heard.numbers if not _within(one, mine)]
        building = next((one for one in after if one.kind is Kind.BUILDING), None)
    unit = next((one for one in after if one.kind is Kind.UNIT), None)
    return _fitting(site, building, unit)


def _fitting(site: Site, building: Number | None, unit: Number | None) -> Inside:
    if building is None:
        return Inside(0.0)
    units = site.homes.get(building.digits)
    if units is None:
        unknown = len(site.homes) <= 1 and "" in site.homes
        return Inside(BUILDING_UNKNOWN if unknown else BUILDING_WRONG)
    score = BUILDING_RIGHT
    if unit is None:
        return Inside(score, building.digits, "", (building,))
    if unit.digits not in units:
        return Inside(score + UNIT_WRONG, building.digits, "", (building,))
    return Inside(score + UNIT_RIGHT, building.digits, unit.digits, (building, unit))


def _within(number: Number, span: tuple[int, int]) -> bool:
    return span[0] <= number.start < span[1]


def overlap(one: Mention, other: Mention) -> int:
    """Return how many signs of the text two names both explain."""
    return max(0, min(one.stop, other.stop) - max(one.start, other.start))


def apart(road: Mention | None, compound: Mention | None) -> tuple[Mention | None, Mention | None]:
    """Return both, or only the surer one where they explain the same signs."""
    if road is None or compound is None or not overlap(road, compound):
        return road, compound
    return (road, None) if road.score >= compound.score else (None, compound)
