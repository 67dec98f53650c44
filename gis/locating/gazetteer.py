"""Locate what a caller gives: account, meter, asset, coordinates, address, phone, place, words.

Every answer carries the chance that it is right. Those of addresses, roads and places are weighed
against each other (``gis.locating.reader``); what identifies a premises by itself has the chance
stated here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.datum import to_wgs84
from domain.network import PipeNetwork, Premises
from domain.places import Datum, LonLat, Place, Road
from domain.tickets import Candidate, FoundBy, Ticket
from gis.judge import judge_position
from gis.locating.answers import Answers
from gis.locating.coordinates import spots_in
from gis.locating.identifiers import Identifiers
from gis.locating.index import AddressIndex
from gis.snap import Snapper

#: The chance that each of these is the place meant: a number can be mistyped, a phone is carried
#: about, a pin is set beside. Source: mainbreak default.
ACCOUNT, METER, ASSET, COORDINATES, TURNED, PHONE = 0.98, 0.98, 0.95, 0.95, 0.6, 0.8

#: A pin farther than this from every pipe is asked for, metres; it may be in GCJ-02 where that
#: brings it so near to one. Source: mainbreak default; the shift of GCJ-02 is 300-700 m.
BESIDE_M, ON_PIPES_M, BESIDE = 150.0, 40.0, 0.5

#: Ways that need no weighing come first, in this order; the others by their chance.
_FIRST = (FoundBy.ACCOUNT, FoundBy.METER, FoundBy.ASSET, FoundBy.COORDINATES)

#: No more than so many answers: a person reads them while the caller waits.
MOST = 5


class Gazetteer:
    """Knows every premises, named place, road and asset of one network."""

    def __init__(
        self, network: PipeNetwork, places: Sequence[Place], roads: Sequence[Road] = ()
    ) -> None:
        self._network, self._snapper = network, Snapper(network)
        self._identifiers = Identifiers(network)
        self._index = AddressIndex(network.premises, places, roads)
        self._answers = Answers(network.premises, self._index, self._snapper)

    def locate(self, text: str) -> tuple[Candidate, ...]:
        """Return where a text may be, surest first, each place once; empty if unknown."""
        return _ordered([*self._identified(text), *self._answers.of_text(text)])

    def locate_in_public(self, text: str) -> tuple[Candidate, ...]:
        """Return where an address, a road or a place may be, and nothing that a number gives away.

        Anybody may ask: whose phone, account or meter it is must not be found out by asking.
        """
        return _ordered(self._answers.of_text(text))

    def locate_ticket(self, ticket: Ticket) -> tuple[Candidate, ...]:
        """Return where a ticket may be: by account, coordinates, address, phone, text.

        Coordinates more than 5 km from every pipe give no candidate; ``judge_position`` says
        why. Each candidate lists the ticket's other fields as ``ignored``.
        """
        given = _given(ticket)
        found = [
            replace(one, ignored=(*(name for name in given if name != used), *one.ignored))
            for used, some in self._of_ticket(ticket)
            for one in some
        ]
        return _ordered(found)

    def _of_ticket(self, ticket: Ticket) -> Iterator[tuple[str, Sequence[Candidate]]]:
        if ticket.account:
            yield "account", [*self._by_account(ticket.account)]
        if ticket.position is not None:
            yield "coordinates", [*self._by_position(ticket.position)]
        phones = self._identifiers.phone(ticket.phone) if ticket.phone else ()
        for name, text in (("address", ticket.address), ("text", ticket.text)):
            if text:
                said = [*self._identified(text), *self._answers.of_text(text)]
                yield name, _nearer_home(said, phones)
        yield "phone", [*self._by_phone(phones)]

    def _identified(self, text: str) -> Iterator[Candidate]:
        """Yield what identifies a place by itself: numbers of the utility, pins, a phone."""
        yield from self._by_account(text)
        yield from self._by_coordinates(text)
        yield from self._by_phone(self._identifiers.phone(text))
        for one in self._identifiers.inside(text):
            if one.kind is FoundBy.PHONE:
                yield from self._by_phone(one.premises)
            for premises in one.premises[:MOST] if one.kind is not FoundBy.PHONE else ():
                yield self._answers.at(premises, one.kind, ACCOUNT / len(one.premises))
            for label, position in one.spots[:MOST]:
                chance = ASSET / len(one.spots)
                yield self._answers.spot(position, FoundBy.ASSET, chance, label)

    def _by_account(self, text: str) -> Iterator[Candidate]:
        accounts, meters = self._identifiers.account(text), self._identifiers.meter(text)
        assets = self._identifiers.asset(text)
        for one in accounts[:MOST]:
            yield self._answers.at(one, FoundBy.ACCOUNT, ACCOUNT / len(accounts))
        for one in meters[:MOST]:
            yield self._answers.at(one, FoundBy.METER, METER / len(meters))
        for label, position in assets[:MOST]:
            yield self._answers.spot(position, FoundBy.ASSET, ASSET / len(assets), label)

    def _by_phone(self, premises: Sequence[Premises]) -> Iterator[Candidate]:
        for one in premises[:MOST]:
            yield self._answers.at(one, FoundBy.PHONE, PHONE / len(premises))

    def _by_coordinates(self, text: str) -> Iterator[Candidate]:
        for spot in spots_in(text):
            for one in self._by_position(spot.position, stated=spot.stated):
                if spot.turned:
                    lon, lat = one.label.split(",")
                    order = (f"{lat},{lon}→{one.label}", *one.corrections)
                    yield replace(one, confidence=min(one.confidence, TURNED), corrections=order)
                else:
                    yield one

    def _by_position(self, position: LonLat, *, stated: bool = False) -> Iterator[Candidate]:
        """Yield a position; one beside all pipes may be in another datum than it says."""
        other = None if stated else self._if_gcj02(position)
        if judge_position(self._network, position) is None:
            far = self._snapper.distance_m(position) > BESIDE_M
            yield self._pin(position, BESIDE if far else COORDINATES)
        if other is not None:
            note = f"{Datum.WGS84.value}→{Datum.GCJ02.value}"
            yield replace(self._pin(other, BESIDE), corrections=(note,))

    def _if_gcj02(self, position: LonLat) -> LonLat | None:
        """Return the place if it was meant in GCJ-02, where only that lies on the pipes."""
        if self._snapper.distance_m(position) <= BESIDE_M:
            return None
        there = to_wgs84(position.lon, position.lat, Datum.GCJ02)
        return there if self._snapper.distance_m(there) <= ON_PIPES_M else None

    def _pin(self, position: LonLat, chance: float) -> Candidate:
        label = f"{position.lon:.6f},{position.lat:.6f}"
        return self._answers.spot(position, FoundBy.COORDINATES, chance, label)


def _nearer_home(said: list[Candidate], home: Sequence[Premises]) -> list[Candidate]:
    """Return the answers; of those that are alike the one where the phone is registered wins."""
    known = {one.id for one in home}
    return sorted(said, key=lambda one: (-one.confidence, one.premises not in known))


def _given(ticket: Ticket) -> tuple[str, ...]:
    fields = {
        "account": ticket.account,
        "coordinates": ticket.position,
        "address": ticket.address,
        "phone": ticket.phone,
        "text": ticket.text,
    }
    return tuple(name for name, value in fields.items() if value)


def _ordered(answers: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return each premises or position once, as surest found."""
    rank = {way: row for row, way in enumerate(_FIRST)}
    ordered = sorted(answers, key=lambda one: (rank.get(one.found_by, len(rank)), -one.confidence))
    first: dict[object, Candidate] = {}
    for answer in ordered:
        first.setdefault(answer.premises or answer.position, answer)
    return tuple(first.values())[:MOST]
