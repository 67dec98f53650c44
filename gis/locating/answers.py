"""From readings of a text to candidates: where, how sure, what was corrected, what was left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.network import Premises
from domain.places import LonLat, Place
from domain.tickets import Candidate, FoundBy
from gis.locating.index import AddressIndex
from gis.locating.landmarks import ALONE_M, direction_after
from gis.locating.latin import is_latin
from gis.locating.latin_book import LatinReading
from gis.locating.numbers import arabic
from gis.locating.readings import Reading
from gis.locating.roads import Spot, key_of
from gis.snap import Snapper

#: Answers less likely than this are not worth a person's glance; nor more than so many.
#: Source: mainbreak default.
LEAST, MOST = 0.04, 5

#: Premises of one address that lie farther apart are several answers, metres.
#: Source: mainbreak default.
SPREAD_M = 300.0

#: The chance that a caller who names a place is there: one who says where beside it is; one who
#: names it among other words may only live near it. Source: mainbreak default.
THERE = {FoundBy.PLACE: 0.9, FoundBy.NEAR_PLACE: 0.9, FoundBy.PLACE_IN_TEXT: 0.7}

#: So many signs more than what was read make an address one inside a text.
CHATTER = 1


class Answers:
    """Turns what texts may mean into places on the network's pipes."""

    def __init__(self, premises: Sequence[Premises], index: AddressIndex, snapper: Snapper) -> None:
        self._premises, self._index, self._snapper = premises, index, snapper

    def of_text(self, text: str) -> list[Candidate]:
        """Return where an address, a road, a crossing or a place in a text may be."""
        if is_latin(text):
            latin = [one for one in self._index.latin.read(text)[:MOST] if one.chance >= LEAST]
            return [answer for one in latin for answer in self._of_latin(one)]
        key = arabic(key_of(text))
        readings = [one for one in self._index.reader.read(key)[:MOST] if one.chance >= LEAST]
        return [answer for one in readings for answer in self._of_reading(key, one)]

    def at(
        self,
        one: Premises,
        found_by: FoundBy,
        chance: float,
        *,
        corrections: tuple[str, ...] = (),
        ignored: tuple[str, ...] = (),
        radius_m: float = 0.0,
    ) -> Candidate:
        """Return a premises as an answer, on its own service connection where that is known."""
        return Candidate(
            position=one.location,
            found_by=found_by,
            confidence=round(chance, 3),
            label=one.address or one.id,
            premises=one.id,
            snap=self._snapper.snap_premises(one),
            ignored=ignored,
            corrections=corrections,
            radius_m=round(radius_m, 1),
        )

    def spot(
        self,
        position: LonLat,
        found_by: FoundBy,
        chance: float,
        label: str,
        *,
        corrections: tuple[str, ...] = (),
        radius_m: float = 0.0,
    ) -> Candidate:
        """Return a place that is no premises as an answer."""
        return Candidate(
            position=position,
            found_by=found_by,
            confidence=round(chance, 3),
            label=label,
            snap=self._snapper.snap(position),
            corrections=corrections,
            radius_m=round(radius_m, 1),
        )

    def _of_reading(self, text: str, reading: Reading) -> Iterator[Candidate]:
        corrections = tuple(self._corrections(text, reading))
        if reading.site is not None:
            rows = reading.site.rows(reading.building, reading.unit)
            in_text = len(text) - _explained(reading) > CHATTER
            for some in self._index.middles.apart(rows, SPREAD_M)[:MOST]:
                row, radius_m = self._index.middles.of(some)
                yield self.at(
                    self._premises[row],
                    FoundBy.ADDRESS_IN_TEXT if in_text else FoundBy.ADDRESS,
                    reading.chance * len(some) / len(rows),
                    corrections=corrections,
                    ignored=tuple(self._ignored(text, reading)),
                    radius_m=radius_m,
                )
        elif reading.place:
            yield from self._of_place(text, reading, corrections)
        else:
            yield from self._of_roads(reading, corrections)

    def _of_place(
        self, text: str, reading: Reading, corrections: tuple[str, ...]
    ) -> Iterator[Candidate]:
        places = self._index.lexicon.places[reading.place]
        (mention,) = reading.mentions
        there = direction_after(text, mention.stop)
        alone = len(text) - (mention.stop - mention.start) <= CHATTER
        for place in places:
            position, radius_m, found_by = place.position, ALONE_M, FoundBy.PLACE_IN_TEXT
            if there is not None:
                position = self._moved(place, there.east_m, there.north_m)
                radius_m, found_by = there.radius_m, FoundBy.NEAR_PLACE
            elif alone:
                found_by = FoundBy.PLACE
            chance = reading.chance * THERE[found_by] / len(places)
            yield self.spot(
                position, found_by, chance, place.name, corrections=corrections, radius_m=radius_m
            )

    def _moved(self, place: Place, east_m: float, north_m: float) -> LonLat:
        plane = self._index.middles.plane
        x, y = plane.xy([place.position])[0]
        return plane.place(float(x) + east_m, float(y) + north_m)

    def _of_roads(self, reading: Reading, corrections: tuple[str, ...]) -> Iterator[Candidate]:
        roads, name = self._index.roads, reading.roads[0]
        label = roads.written.get(name, name)
        if len(reading.roads) == 2:
            spot, found_by = roads.crossing(*reading.roads), FoundBy.CROSSING
            label = f"{label} × {roads.written.get(reading.roads[1], reading.roads[1])}"
        elif reading.gate is not None:
            spot, found_by = self._between(name, reading.gate.digits), FoundBy.HOUSE_NUMBER
            label = f"{label}{reading.gate.digits}号"
        else:
            spot, found_by = roads.middle(name) or self._middle_of(name), FoundBy.ROAD
        if spot is not None:
            yield self._on_plane(spot, found_by, reading.chance, label, corrections)

    def _on_plane(
        self, spot: Spot, found_by: FoundBy, chance: float, label: str, corrections: tuple[str, ...]
    ) -> Candidate:
        place = self._index.middles.plane.place(spot.x, spot.y)
        return self.spot(
            place, found_by, chance, label, corrections=corrections, radius_m=spot.radius_m
        )

    def _between(self, name: str, number: str) -> Spot | None:
        known = {
            each: self._index.middles.xy[[row for site in sites for row in site.rows()]]
            for each, sites in self._index.tree.by_road.get(name, {}).items()
        }
        return self._index.roads.between(name, number, known)

    def _middle_of(self, name: str) -> Spot | None:
        """Return the middle of a road that is known by its addresses only."""
        sites = self._index.tree.by_road.get(name, {}).values()
        rows = [row for some in sites for site in some for row in site.rows()]
        if not rows:
            return None
        row, radius_m = self._index.middles.of(rows)
        x, y = self._index.middles.xy[row]
        return Spot(float(x), float(y), radius_m)

    def _of_latin(self, reading: LatinReading) -> Iterator[Candidate]:
        if reading.rows:
            row, radius_m = self._index.middles.of(list(reading.rows))
            yield self.at(self._premises[row], FoundBy.ADDRESS, reading.chance, radius_m=radius_m)
            return
        roads, key = self._index.roads, key_of(reading.street)
        if reading.number:
            numbers = self._index.latin.numbers_on(reading.street)
            known = {each: self._index.middles.xy[rows] for each, rows in numbers.items()}
            spot, found_by = roads.between(key, reading.number, known), FoundBy.HOUSE_NUMBER
            label = f"{reading.street} {reading.number}"
        else:
            spot, found_by, label = roads.middle(key), FoundBy.ROAD, reading.street
        if spot is not None:
            yield self._on_plane(spot, found_by, reading.chance, label, ())

    def _corrections(self, text: str, reading: Reading) -> Iterator[str]:
        for mention in reading.mentions:
            name, said = (
                self._index.lexicon.table.names[mention.name],
                text[mention.start : mention.stop],
            )
            if said != name:
                yield f"{said}→{name}"
        gate, site = reading.gate, reading.site
        if gate is not None and site is not None and gate.digits != site.number:
            yield f"{gate.digits}→{site.number}"

    def _ignored(self, text: str, reading: Reading) -> Iterator[str]:
        """Yield the numbers with a sign that a site does not explain."""
        used = {(one.start, one.digits) for one in reading.numbers}
        for number in self._index.reader.signed_numbers(text):
            if (number.start, number.digits) not in used:
                yield text[number.start : number.stop]


def _explained(reading: Reading) -> int:
    """Return how many signs of the text a reading explains."""
    spans = {(one.start, one.stop) for one in reading.mentions}
    spans |= {(one.start, one.stop) for one in reading.numbers}
    return len({place for start, stop in spans for place in range(start, stop)})
