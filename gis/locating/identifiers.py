"""What identifies a place by itself: accounts, meters, phones, ids of the network's parts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.network import PipeNetwork, Premises
from domain.phones import Number, is_own, numbers_of, own_within
from domain.places import LonLat
from domain.tickets import FoundBy
from gis.halfway import halfway
from gis.locating.number_words import (
    PARTS,
    Span,
    is_of_something_else,
    numbers_said,
    without_word,
    word_at,
)
from gis.locating.register import NARROW, Register, Rows

#: Premises of one phone at the most; a number with more is a property manager's or a dummy.
#: Source: mainbreak default; a household with more flats than this is asked which.
MOST_OF_A_PHONE = 5

#: Parts of the network whose ids end alike that are worth asking about. Source: mainbreak default.
MOST_ALIKE = 3

#: Digits that a number needs in a sentence without a word that says what it is. Source: mainbreak
#: default; shorter ones are house numbers, years and sizes.
ACCOUNT_DIGITS, ASSET_DIGITS = 5, 2

#: What callers name by the digits of its id alone.
_BY_DIGITS = frozenset({"hydrant", "valve"})

_TAIL = re.compile(r"0*([0-9]+)[^0-9]*$")

#: A part of the network as a person is shown it, and where it is.
Spot = tuple[str, LonLat]


@dataclass(frozen=True, slots=True)
class Identified:
    """A number that stands in a text from ``start`` to ``stop``, and whose it is.

    ``kind`` is ``account``, ``meter`` or ``phone`` with ``premises``, or ``asset`` with ``spots``.
    """

    kind: FoundBy
    said: str
    start: int
    stop: int
    premises: tuple[Premises, ...] = ()
    spots: tuple[Spot, ...] = ()


class Identifiers:
    """Every number by which a network's premises and parts are known."""

    def __init__(self, network: PipeNetwork) -> None:
        self._network = network
        self._accounts = Register(one.account for one in network.premises)
        self._meters = Register(one.meter for one in network.premises)
        self._phones, self._area = _phones(network.premises)
        self._parts = {
            "hydrant": Register(one.id for one in network.hydrants),
            "valve": Register(one.id for one in network.isolation_valves),
            "link": Register(one.id for one in network.links),
            "node": Register(one.id for one in network.nodes),
        }

    def account(self, text: str) -> tuple[Premises, ...]:
        """Return the premises of an account: the number, perhaps behind a word such as 户号."""
        return self._whole(text, "account", self._accounts)

    def meter(self, text: str) -> tuple[Premises, ...]:
        """Return the premises of the meter with this number."""
        return self._whole(text, "meter", self._meters)

    def phone(self, text: str) -> tuple[Premises, ...]:
        """Return the premises of a caller's own number, none for a service or a shared one.

        A line without area code is of the utility's own area, the one most of its premises have.
        """
        rows = (self._phones.of(self._line(one)) for one in numbers_of(text) if is_own(one))
        found = [each for each in rows if len(each) <= MOST_OF_A_PHONE]
        return self._of(dict.fromkeys(row for each in found for row in each))

    def is_shared(self, phone: str) -> bool:
        """Return True if more premises have this number than one household has."""
        lines = (self._line(one) for one in numbers_of(phone))
        return any(len(self._phones.of(line)) > MOST_OF_A_PHONE for line in lines)

    def asset(self, text: str) -> tuple[Spot, ...]:
        """Return the hydrants, isolation valves, links and nodes of an id, each where it is.

        A pipe is at its middle. A word before or behind the number says which kind is meant; of
        hydrants and isolation valves the digits are then enough, 消火栓123 for H-0123.
        """
        word, number = without_word(text.translate(NARROW))
        if word is None:
            return self._assets(tuple(self._parts), number)
        return self._assets_called(word, number) if word in PARTS else ()

    def inside(self, text: str) -> tuple[Identified, ...]:
        """Return the known numbers that stand inside a sentence, from left to right.

        Without a word such as 户号 or 阀门 at it a number has to be long, or of letters and then
        digits, to count; 栋 or 单元 behind it says that it is something else.
        """
        plain = text.translate(NARROW)
        found = list(self._numbers_in(plain))
        taken = [(one.start, one.stop) for one in found]
        for one in own_within(plain):
            premises = self.phone(one.number)
            if premises and not any(one.start < stop and start < one.stop for start, stop in taken):
                said = plain[one.start : one.stop]
                found.append(Identified(FoundBy.PHONE, said, one.start, one.stop, premises))
        return tuple(sorted(found, key=lambda one: one.start))

    def _whole(self, text: str, kind: str, register: Register) -> tuple[Premises, ...]:
        word, number = without_word(text.translate(NARROW))
        return self._of(register.rows(number)) if word in {kind, None} else ()

    def _of(self, rows: Iterable[int]) -> tuple[Premises, ...]:
        return tuple(self._network.premises[row] for row in rows)

    def _line(self, number: Number) -> str:
        """Return a number as it is dialled in the utility's own area."""
        return number.line if not self._area or number.area in {"", self._area} else str(number)

    def _numbers_in(self, plain: str) -> Iterator[Identified]:
        done = 0
        for spans in numbers_said(plain):
            fresh = (span for span in spans if span[0] >= done)
            found = (self._identified(plain, span) for span in fresh)
            first = next((one for one in found if one is not None), None)
            if first is not None:
                yield first
                done = first.stop

    def _identified(self, plain: str, span: Span) -> Identified | None:
        number = plain[span[0] : span[1]]
        digits = sum(char.isdigit() for char in number)
        word = word_at(plain, span)
        elsewhere = is_of_something_else(plain, span[1])
        if word in PARTS:
            counted = elsewhere and number.isdecimal()
            spots = () if counted or not digits else self._assets_called(word, number)
            return _asset(number, span, spots)
        if word is not None or digits >= ACCOUNT_DIGITS:
            found = self._of_premises(number, word, span)
            if found is not None:
                return found
        is_id = digits >= ASSET_DIGITS and number[0].isalpha()
        if word is not None or not is_id or elsewhere:
            return None
        return _asset(number, span, self._assets(tuple(self._parts), number))

    def _of_premises(self, number: str, word: str | None, span: Span) -> Identified | None:
        """Return whose account or meter a number is; the one that the word names comes first."""
        ways = [(FoundBy.ACCOUNT, self._accounts), (FoundBy.METER, self._meters)]
        if word == "phone":
            return None
        for kind, register in reversed(ways) if word == "meter" else ways:
            if premises := self._of(register.rows(number)[:MOST_OF_A_PHONE]):
                return Identified(kind, number, *span, premises)
        return None

    def _assets_called(self, kind: str, number: str) -> tuple[Spot, ...]:
        return self._assets((kind,), number) or self._by_digits(kind, number.strip())

    def _assets(self, kinds: Sequence[str], number: str) -> tuple[Spot, ...]:
        return tuple(
            self._spot(kind, row) for kind in kinds for row in self._parts[kind].rows(number)
        )

    def _by_digits(self, kind: str, digits: str) -> tuple[Spot, ...]:
        """Return the parts whose id ends in these digits; none where too many do."""
        if kind not in _BY_DIGITS or not digits.isdecimal():
            return ()
        rows = self._tails[kind].get(digits.lstrip("0") or "0", ())
        return tuple(self._spot(kind, row) for row in rows) if len(rows) <= MOST_ALIKE else ()

    @cached_property
    def _tails(self) -> dict[str, dict[str, list[int]]]:
        """The rows of hydrants and isolation valves by the last digits of their ids."""
        network = self._network
        tails: dict[str, dict[str, list[int]]] = {}
        ids = {
            "hydrant": [one.id for one in network.hydrants],
            "valve": [one.id for one in network.isolation_valves],
        }
        for kind, some in ids.items():
            tails[kind] = defaultdict(list)
            for row, own_id in enumerate(some):
                if tail := _TAIL.search(own_id):
                    tails[kind][tail[1]].append(row)
        return tails

    def _spot(self, kind: str, row: int) -> Spot:
        network = self._network
        if kind == "node":
            return network.nodes[row].id, network.nodes[row].position
        if kind == "link":
            link = network.links[row]
            return _labelled(link.id, link.road), halfway(link.path)
        part = network.hydrants[row] if kind == "hydrant" else network.isolation_valves[row]
        under = network.link_by_id.get(part.link)
        return _labelled(part.id, under.road if under else ""), part.location


def _phones(premises: Sequence[Premises]) -> tuple[Rows, str]:
    """Return the rows of each caller's own number, and the area code that most lines have."""
    rows = Rows()
    with_area: dict[str, list[tuple[str, int]]] = {}
    for row, one in enumerate(premises):
        for number in numbers_of(one.phone) if one.phone else ():
            if is_own(number) and number.area:
                with_area.setdefault(number.area, []).append((number.line, row))
            elif is_own(number):
                rows.add(number.line, row)
    own = max(with_area, key=lambda area: len(with_area[area]), default="")
    for area, lines in with_area.items():
        for line, row in lines:
            rows.add(line if area == own else area + line, row)
    return rows, own


def _labelled(own_id: str, road: str) -> str:
    return f"{own_id} {road}" if road else own_id


def _asset(said: str, span: Span, spots: tuple[Spot, ...]) -> Identified | None:
    return Identified(FoundBy.ASSET, said, *span, spots=spots) if spots else None
