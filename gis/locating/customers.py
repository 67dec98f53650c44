"""The customers of a network as a desk looks them up: by number, by its tail, by name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from domain.network import PipeNetwork, Premises
from domain.phones import Number, numbers_of
from gis.locating.register import Register, Rows, key_of
from gis.locating.writing import normal
from gis.memo import once_per_ground


class Customers:
    """Finds premises by what identifies their customer; services' and shared numbers too."""

    def __init__(self, premises: tuple[Premises, ...]) -> None:
        self._premises = premises
        self._accounts = Register(one.account for one in premises)
        self._meters = Register(one.meter for one in premises)
        self._lines = Rows()
        self._names = Rows()
        for row, one in enumerate(premises):
            for number in numbers_of(one.phone) if one.phone else ():
                self._lines.add(number.line, row)
            if one.name:
                self._names.add(normal(one.name), row)

    def numbered(self, text: str) -> Iterator[Premises]:
        """Yield the premises of an account, a meter or a phone; area codes must not differ."""
        yield from self._of(self._accounts.rows(text))
        yield from self._of(self._meters.rows(text))
        for number in numbers_of(text):
            for one in self._of(self._lines.of(number.line)):
                if any(_is_same(number, other) for other in numbers_of(one.phone)):
                    yield one

    def ending(self, tail: str) -> Iterator[Premises]:
        """Yield the premises whose account or phone ends so, spaces and dashes left out."""
        wanted = key_of(tail)[::-1]
        tails = self._tails if wanted else []
        for place in range(bisect_left(tails, (wanted,)), len(tails)):
            key, row = tails[place]
            if not key.startswith(wanted):
                return
            yield self._premises[row]

    def named(self, name: str) -> Iterator[Premises]:
        """Yield the premises of customers of this name."""
        yield from self._of(self._names.of(normal(name)))

    def _of(self, rows: Iterable[int]) -> Iterator[Premises]:
        return (self._premises[row] for row in rows)

    @cached_property
    def _tails(self) -> list[tuple[str, int]]:
        """Accounts and phones written backwards, in order, each with its row."""
        keys = [
            (key[::-1], row)
            for row, one in enumerate(self._premises)
            for key in (key_of(one.account), *map(str, numbers_of(one.phone) if one.phone else ()))
        ]
        keys.sort()
        return keys


@once_per_ground
def customers_of(network: PipeNetwork) -> Customers:
    """Return the customers of a network, put in order once."""
    return Customers(network.premises)


def _is_same(one: Number, other: Number) -> bool:
    return one.line == other.line and (one.area == other.area or not (one.area and other.area))
