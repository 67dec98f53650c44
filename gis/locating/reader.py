"""What a text can mean: every known site, road, crossing and place it may name, weighed together.

Each reading adds up what speaks for it in nats: the names it explains (``names.NameTable``), the
numbers that fit and those that do not (``evidence``). Readings compete with each other and with
"something that is not known here"; their shares are the chances that each is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log

from gis.locating.chances import chances
from gis.locating.evidence import (
    apart,
    district_score,
    gate_score,
    gates_after,
    inside_of,
    new_number_score,
    overlap,
)
from gis.locating.lexicon import Lexicon
from gis.locating.names import Mention
from gis.locating.numbers import Kind, Number, is_similar, numbers_in
from gis.locating.readings import Gate, Heard, Reading
from gis.locating.sites import Site

#: How many names of a kind are looked at, likeliest first. Source: mainbreak default.
MOST_NAMES, MOST_OF_KIND, MOST_CROSSING = 48, 12, 6

#: What speaks for a road without a number, a place, and two roads that cross, in nats.
WHOLE_ROAD, PLACE, CROSSING, CROSSING_SAID = -1.0, -1.0, 0.5, 3.0

#: The chance that a number was understood which no estate's name bears out: with a sign or in
#: digits, as a bare numeral; and that a road is right whose number nobody has or nobody heard.
#: Source: set by hand as the nats are (``evidence``).
HEARD, SPOKEN, UNHEARD = 0.99, 0.85, 0.85

#: What is not known here weighs as much as the best of all names by chance, and this more.
UNKNOWN = 1.0

_CROSSING_WORDS = ("交叉", "路口", "交汇", "十字", "交口", "拐角", "转角")


class Reader:
    """Reads texts in ``plain`` and ``arabic`` writing without spaces."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._unknown = UNKNOWN + log(max(2, len(lexicon.table.names)))

    def read(self, text: str) -> list[Reading]:
        """Return what the text may mean, likeliest first; the chances add up to less than 1."""
        heard = self._heard(text)
        found: dict[object, Reading] = {}
        for reading in self._readings(heard):
            key = _identity(reading)
            if key not in found or found[key].score < reading.score:
                found[key] = reading
        return self._weighed(list(found.values()))

    def signed_numbers(self, text: str) -> list[Number]:
        """Return the numbers that a sign makes part of an address."""
        kinds = {Kind.GATE, Kind.BUILDING, Kind.UNIT}
        return [one for one in numbers_in(text) if one.kind in kinds]

    def _heard(self, text: str) -> Heard:
        lexicon = self._lexicon
        mentions = lexicon.table.mentions(text, MOST_NAMES)
        named = [(one, lexicon.kinds[one.name]) for one in mentions]
        roads = [one for one, kinds in named if kinds.road]
        compounds = [one for one, kinds in named if kinds.compound]
        places = [one for one, kinds in named if kinds.place]
        districts = {lexicon.table.names[one.name]: one for one, kinds in named if kinds.district}
        return Heard(
            text,
            roads[:MOST_OF_KIND],
            compounds[:MOST_OF_KIND],
            districts,
            places[:MOST_OF_KIND],
            numbers_in(text),
        )

    def _readings(self, heard: Heard) -> Iterator[Reading]:
        for road in heard.roads:
            yield from self._on_road(heard, road)
        for compound in heard.compounds:
            for site in self._lexicon.tree.by_compound[self._name(compound)]:
                yield self._of_site(heard, site, None, None)
        yield from self._crossings(heard)
        for place in heard.places:
            yield Reading(place.score + PLACE, (place,), place=self._name(place))

    def _name(self, mention: Mention) -> str:
        return self._lexicon.table.names[mention.name]

    def _on_road(self, heard: Heard, road: Mention) -> Iterator[Reading]:
        name = self._name(road)
        known = self._lexicon.tree.by_road.get(name, {})
        gates = list(gates_after(heard, road))
        if not gates:
            yield Reading(road.score + WHOLE_ROAD, (road,), roads=(name,), trust=UNHEARD)
        for gate in gates:
            for site in known.get(gate.digits, ()):
                yield self._of_site(heard, site, road, gate)
            if gate.digits not in known and gate.against == 0.0:
                score = road.score + new_number_score(gate.digits, known)
                yield Reading(
                    score, (road,), roads=(name,), gate=gate, numbers=(gate.number,), trust=UNHEARD
                )
                for number, sites in known.items():
                    if is_similar(number, gate.digits):
                        for site in sites:
                            yield self._of_site(heard, site, road, gate)

    def _of_site(
        self,
        heard: Heard,
        site: Site,
        road: Mention | None,
        gate: Gate | None,
    ) -> Reading:
        """Return how well a site explains the text; a road and its number may be given."""
        if road is None and site.road:
            road, gate = self._road_of(heard, site)
        compound = self._mention_of(heard.compounds, site.compound)
        road, compound = apart(road, compound)
        gate = gate if road else None
        score = sum(one.score for one in (road, compound) if one)
        score += gate_score(site, gate, heard, compound)
        score += district_score(site, heard)
        inside = inside_of(heard, site, compound, gate)
        mentions = tuple(one for one in (road, compound) if one)
        used = (*((gate.number,) if gate else ()), *inside.used)
        known = heard.districts.get(site.district)
        return Reading(
            score + inside.score,
            (*mentions, known) if known else mentions,
            site=site,
            building=inside.building,
            unit=inside.unit,
            gate=gate,
            numbers=used,
            names_compound=compound is not None,
            trust=_trust(gate) if gate and not compound else 1.0,
        )

    def _road_of(self, heard: Heard, site: Site) -> tuple[Mention | None, Gate | None]:
        road = self._mention_of(heard.roads, site.road)
        if road is None:
            return None, None
        gates = list(gates_after(heard, road))
        right = next((one for one in gates if one.digits == site.number), None)
        return road, right or next(iter(gates), None)

    def _mention_of(self, mentions: Sequence[Mention], name: str) -> Mention | None:
        number = self._lexicon.number.get(name)
        return next((one for one in mentions if one.name == number), None)

    def _crossings(self, heard: Heard) -> Iterator[Reading]:
        said = any(word in heard.text for word in _CROSSING_WORDS)
        likely = heard.roads[:MOST_CROSSING]
        for row, first in enumerate(likely):
            for second in likely[row + 1 :]:
                names = (self._name(first), self._name(second))
                if overlap(first, second) or self._lexicon.roads.crossing(*names) is None:
                    continue
                score = first.score + second.score + (CROSSING_SAID if said else CROSSING)
                yield Reading(score, (first, second), roads=names)

    def _weighed(self, readings: list[Reading]) -> list[Reading]:
        """Return the readings with their chances, the likeliest first."""
        readings.sort(key=lambda one: -one.score)
        shares = chances([one.score for one in readings], self._unknown)
        return [
            replace(one, chance=one.trust * share)
            for one, share in zip(readings, shares, strict=True)
            if share > 0.0
        ]


def _trust(gate: Gate) -> float:
    """Return the chance that a number that nothing else bears out was understood."""
    return SPOKEN if gate.number.kind is Kind.SPOKEN else HEARD


def _identity(one: Reading) -> object:
    """Return what makes two readings the same place: a gate whose compounds nobody names is one."""
    if one.site is None:
        return (one.roads, one.place, one.gate.digits if one.gate else "")
    site = one.site
    if site.road and site.number and one.gate is not None and not one.names_compound:
        return (site.district, site.road, site.number)
    return (site.district, site.road, site.number, site.compound)
