"""Locate what a caller gives: account, coordinates, address, phone, place, or just words.

How sure each way is, from 0 to 1 (a scale for ranking, not a measured hit rate):

======================  =====================================================================
account                 0.98
coordinates             0.92; 0.4 if longitude and latitude had to be exchanged
address                 0.9 whole; 0.85 without road or compound; 0.8-0.75 one building;
                        0.7 road and number; 0.5 compound
phone                   0.65: the caller may be elsewhere
place                   0.6 by name, 0.55 by alias
inside a text           0.9 of the address's, 0.45 for a place
======================  =====================================================================

Premises that share a key but lie more than 300 m apart halve it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from domain.network import PipeNetwork, Premises
from domain.places import LonLat, Place
from domain.tickets import Candidate, FoundBy, Ticket
from gis.addresses import WHOLE, AddressIndex, Entry, longest_within
from gis.crs import plane_around
from gis.judge import exchanged, judge_position
from gis.snap import Snapper
from gis.words import normal

ACCOUNT, COORDINATES, EXCHANGED, PHONE = 0.98, 0.92, 0.4, 0.65
NAME, ALIAS, NAME_IN_TEXT, IN_TEXT = 0.6, 0.55, 0.45, 0.9
SPREAD_M = 300.0

#: No more than so many answers of one kind: a person reads them while the caller waits.
MOST = 5

_PAIR = re.compile(r"^\s*[(（]?\s*(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)\s*[)）]?\s*$")
_NOT_DIGITS = re.compile(r"\D+")

Answers = Iterator[Candidate]


class Gazetteer:
    """Knows every premises and named place of one network."""

    def __init__(self, network: PipeNetwork, places: Sequence[Place]) -> None:
        self._network, self._snapper = network, Snapper(network)
        self._accounts: dict[str, list[Premises]] = defaultdict(list)
        self._phones: dict[str, list[Premises]] = defaultdict(list)
        for one in network.premises:
            if one.account:
                self._accounts[normal(one.account)].append(one)
            if len(phone := _phone(one.phone)) >= 5:
                self._phones[phone].append(one)
        self._addresses = AddressIndex(network.premises)
        self._places = _names_of(places)
        self._name_lengths = sorted({len(name) for name in self._places}, reverse=True)

    def locate(self, text: str) -> tuple[Candidate, ...]:
        """Return where a text may be, surest way first, each place once; empty if unknown."""
        return _distinct(self._of_text(text))

    def locate_ticket(self, ticket: Ticket) -> tuple[Candidate, ...]:
        """Return where a ticket may be: by account, coordinates, address, phone, place, text.

        Coordinates more than 5 km from every pipe give no candidate; ``judge_position`` says
        why. Each candidate lists the ticket's other fields as ``ignored``.
        """
        found = [
            replace(answer, ignored=tuple(name for name in _given(ticket) if name != used))
            for used, answers in self._of_ticket(ticket)
            for answer in answers
        ]
        return _distinct(iter(found))

    def _of_text(self, text: str) -> Answers:
        yield from self._by_account(text)
        yield from self._by_pair(text)
        yield from self._by_address(text)
        yield from self._by_phone(text)
        yield from self._by_place(text)
        yield from self._inside(text)

    def _of_ticket(self, ticket: Ticket) -> Iterator[tuple[str, Answers]]:
        yield "account", self._by_account(ticket.account)
        if ticket.position is not None:
            yield "coordinates", self._by_position(ticket.position)
        yield "address", self._by_address(ticket.address)
        yield "phone", self._by_phone(ticket.phone)
        yield "address", self._by_place(ticket.address)
        yield "address", self._inside(ticket.address)
        yield "text", self._by_place(ticket.text)
        yield "text", self._inside(ticket.text)

    def _by_account(self, account: str) -> Answers:
        for one in self._accounts.get(normal(account), [])[:MOST]:
            yield self._at(one, FoundBy.ACCOUNT, ACCOUNT)

    def _by_phone(self, phone: str) -> Answers:
        for one in self._phones.get(_phone(phone), [])[:MOST]:
            yield self._at(one, FoundBy.PHONE, PHONE)

    def _by_position(self, position: LonLat) -> Answers:
        if judge_position(self._network, position) is None:
            label = f"{position.lon:.6f},{position.lat:.6f}"
            yield self._spot(position, FoundBy.COORDINATES, COORDINATES, label)

    def _by_pair(self, text: str) -> Answers:
        """Yield the place of a text such as ``114.3055,30.5928``, longitude first."""
        if (pair := _PAIR.match(text)) is None:
            return
        first, second = float(pair[1]), float(pair[2])
        if abs(first) <= 180 and abs(second) <= 90:
            yield from self._by_position(LonLat(first, second))
        turned = exchanged(first, second)
        if turned is not None:
            for answer in self._by_position(turned):
                label = f"{answer.label} (latitude was given first)"
                yield replace(answer, confidence=EXCHANGED, label=label)

    def _by_address(self, address: str) -> Answers:
        entry = self._addresses.find(address) if address else None
        if entry is not None:
            yield from self._of_entry(entry, FoundBy.ADDRESS, 1.0)

    def _by_place(self, name: str) -> Answers:
        for place, confidence in self._places.get(normal(name), [])[:MOST]:
            yield self._spot(place.position, FoundBy.PLACE, confidence, place.name)

    def _inside(self, text: str) -> Answers:
        words = normal(text)
        if entry := self._addresses.find_in(words):
            yield from self._of_entry(entry, FoundBy.ADDRESS_IN_TEXT, IN_TEXT)
        if name := longest_within(words, self._name_lengths, self._places):
            for place, _ in self._places[name][:MOST]:
                yield self._spot(place.position, FoundBy.PLACE_IN_TEXT, NAME_IN_TEXT, place.name)

    def _of_entry(self, entry: Entry, found_by: FoundBy, share: float) -> Answers:
        """Yield the premises of one address, or the middle one of a building, gate or estate."""
        confidence = entry.confidence * share
        if entry.confidence == WHOLE or len(entry.premises) == 1:
            for one in entry.premises[:MOST]:
                yield self._at(one, found_by, confidence)
            return
        middle, spread_m = _middle(entry.premises)
        if spread_m > SPREAD_M:
            confidence /= 2
        yield self._at(middle, found_by, confidence)

    def _at(self, one: Premises, found_by: FoundBy, confidence: float) -> Candidate:
        snap = self._snapper.snap_to(one.link, one.location) if one.link else None
        return Candidate(
            position=one.location,
            found_by=found_by,
            confidence=round(confidence, 3),
            label=one.address or one.id,
            premises=one.id,
            snap=snap or self._snapper.snap(one.location),
        )

    def _spot(
        self, position: LonLat, found_by: FoundBy, confidence: float, label: str
    ) -> Candidate:
        snap = self._snapper.snap(position)
        return Candidate(position, found_by, confidence, label, snap=snap)


def _given(ticket: Ticket) -> tuple[str, ...]:
    fields = {
        "account": ticket.account,
        "coordinates": ticket.position,
        "address": ticket.address,
        "phone": ticket.phone,
        "text": ticket.text,
    }
    return tuple(name for name, value in fields.items() if value)


def _phone(text: str) -> str:
    """Return the digits of a phone number without China's country code."""
    digits = _NOT_DIGITS.sub("", text)
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def _names_of(places: Sequence[Place]) -> dict[str, list[tuple[Place, float]]]:
    named: dict[str, list[tuple[Place, float]]] = defaultdict(list)
    for place in places:
        named[normal(place.name)].append((place, NAME))
        for alias in place.aliases:
            named[normal(alias)].append((place, ALIAS))
    return {name: found for name, found in named.items() if len(name) >= 2}


def _middle(premises: Sequence[Premises]) -> tuple[Premises, float]:
    """Return the premises nearest to the middle of all, and metres to the farthest."""
    places = [one.location for one in premises]
    xy = plane_around(places).xy(places)
    metres = np.hypot(*(xy - xy.mean(axis=0)).T)
    return premises[int(metres.argmin())], float(metres.max())


def _distinct(answers: Answers) -> tuple[Candidate, ...]:
    """Return each premises or position once, as first found."""
    first: dict[object, Candidate] = {}
    for answer in answers:
        first.setdefault(answer.premises or answer.position, answer)
    return tuple(first.values())
