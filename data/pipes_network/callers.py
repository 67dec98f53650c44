"""One caller each: how they reach the utility and how they say where they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from random import Random

from data.pipes_network import names
from data.pipes_network.plane import Course, Plane
from data.pipes_network.premises import Address
from data.pipes_network.sentences import (
    AT_DOOR,
    AT_HOME,
    AT_POSITION,
    NEARBY,
    SCADA,
    hotline_note,
    speech,
)
from domain.network import PipeNetwork, Premises
from domain.places import LonLat, Place
from domain.tickets import Ticket
from domain.words import Channel, Symptom

#: Share of callers whose symptom the agent or the form already picked.
PICKED = 0.55

#: Phones of callers who are no customers of record count from here.
STRANGERS = 50_000_000

#: Faults that a caller sees on the street, not at home.
ON_STREET = frozenset({Symptom.LEAK_ON_ROAD, Symptom.HYDRANT_DAMAGED, Symptom.MANHOLE})

_SPOKEN = (Channel.PHONE, Channel.PHONE, Channel.PHONE, Channel.SMS)
_TYPED = (Channel.WECHAT, Channel.WEB)


@dataclass(frozen=True)
class Call:
    """A ticket and the pipe it was made for."""

    ticket: Ticket
    pipe: str


@dataclass
class Callers:
    """Makes calls of one town; every call can be located by what it says."""

    random: Random
    plane: Plane
    network: PipeNetwork
    addresses: dict[str, Address]
    strangers: count[int] = field(default_factory=lambda: count(STRANGERS))

    def at_home(self, one: Premises, symptom: Symptom, at: datetime) -> Call:
        """Return a call of a customer about their own premises."""
        ways: list[Callable[[Premises, Symptom], Ticket]] = [self._by_address, self._in_words]
        ways += [self._by_account] * 2 + ([self._by_phone] * 3 if one.phone else [])
        return self._call(self.random.choice(ways)(one, symptom), symptom, at, one.link or "")

    def on_street(self, one: Premises, symptom: Symptom, at: datetime) -> Call:
        """Return a call about something on the street near a premises, on its pipe."""
        ways = [self._by_position, self._by_position, self._before_house, self._by_address]
        return self._call(self.random.choice(ways)(one, symptom), symptom, at, one.link or "")

    def at_position(self, pipe: str, symptom: Symptom, at: datetime) -> Call:
        """Return a call of a passer-by who sends a position beside a pipe."""
        ticket = self._sent(self._beside(pipe), symptom)
        return self._call(ticket, symptom, at, pipe)

    def at_place(self, place: Place, pipe: str, symptom: Symptom, at: datetime) -> Call:
        """Return a call that names a landmark, by its name or what people call it."""
        name = self.random.choice((place.name, *place.aliases))
        near = "" if name.endswith("口") else self.random.choice(NEARBY)
        said = speech(self.random, symptom, name + near)
        ticket = Ticket("", at, self.random.choice(_SPOKEN), phone=self._stranger(), text=said)
        return self._call(ticket, symptom, at, pipe)

    def sensor(self, pipe: str, at: datetime) -> Call:
        """Return the alarm of a pressure sensor on a main."""
        middle = self._course(pipe).at(self._course(pipe).length / 2)
        ticket = Ticket(
            "", at, Channel.SCADA, text=SCADA, position=self.plane.to_place(middle),
            symptom=Symptom.LOW_PRESSURE,
        )  # fmt: skip
        return Call(ticket, pipe)

    def _call(self, ticket: Ticket, symptom: Symptom, at: datetime, pipe: str) -> Call:
        picked = symptom if self.random.random() < PICKED else None
        return Call(replace(ticket, received_at=at, symptom=picked), pipe)

    def _stranger(self) -> str:
        return names.phone(next(self.strangers))

    def _ticket(
        self, channel: Channel, text: str, *, phone: str = "", account: str = "", address: str = ""
    ) -> Ticket:
        unset = datetime.min  # noqa: DTZ901 - ``_call`` sets when
        return Ticket("", unset, channel, phone, account, address, text)

    def _by_account(self, one: Premises, symptom: Symptom) -> Ticket:
        said = speech(self.random, symptom, self.random.choice(AT_HOME))
        return self._ticket(
            self.random.choice((*_TYPED, Channel.PHONE)), said, account=one.account, phone=one.phone
        )

    def _by_phone(self, one: Premises, symptom: Symptom) -> Ticket:
        said = speech(self.random, symptom, self.random.choice(AT_HOME))
        return self._ticket(self.random.choice(_SPOKEN), said, phone=one.phone)

    def _by_address(self, one: Premises, symptom: Symptom) -> Ticket:
        at = self.random.choice(AT_DOOR if symptom in ON_STREET else AT_HOME)
        if self.random.random() < 0.4:
            note = hotline_note(self.random, symptom, at)
            return self._ticket(Channel.HOTLINE_12345, note, address=one.address)
        channel = self.random.choice((*_SPOKEN, Channel.WALK_IN))
        said = speech(self.random, symptom, at)
        return self._ticket(channel, said, address=one.address, phone=self._stranger())

    def _in_words(self, one: Premises, symptom: Symptom) -> Ticket:
        lead = f"我住{self._as_spoken(one)}，"
        said = speech(self.random, symptom, self.random.choice(AT_HOME), lead=lead)
        return self._ticket(self.random.choice((*_SPOKEN, *_TYPED)), said, phone=self._stranger())

    def _as_spoken(self, one: Premises) -> str:
        """Return the address as people say it: with or without district, compound alone."""
        address = self.addresses[one.id]
        short = one.address.removeprefix(address.district)
        ways = [one.address, short]
        if address.compound:
            ways.append(short.removeprefix(address.street))
        return self.random.choice(ways)

    def _before_house(self, one: Premises, symptom: Symptom) -> Ticket:
        at = self.addresses[one.id].street + self.random.choice(NEARBY)
        return self._ticket(Channel.PHONE, speech(self.random, symptom, at), phone=self._stranger())

    def _by_position(self, one: Premises, symptom: Symptom) -> Ticket:
        return self._sent(self._beside(one.link or ""), symptom)

    def _sent(self, position: LonLat, symptom: Symptom) -> Ticket:
        said = speech(self.random, symptom, self.random.choice(AT_POSITION))
        phone = self._stranger() if self.random.random() < 0.7 else ""
        ticket = self._ticket(self.random.choice(_TYPED), said, phone=phone)
        return replace(ticket, position=position)

    def _course(self, pipe: str) -> Course:
        path = self.network.link_by_id[pipe].path
        return Course([self.plane.to_xy(place.lon, place.lat) for place in path])

    def _beside(self, pipe: str) -> LonLat:
        """Return a place within a few metres of the pipe, away from its ends."""
        course = self._course(pipe)
        metres = course.length * self.random.uniform(0.25, 0.75)
        return self.plane.to_place(course.beside(metres, self.random.uniform(-6.0, 6.0)))
