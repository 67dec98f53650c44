"""Numbers that a utility gives things, looked up however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_NOT_SAID = re.compile(r"[\W_]+")
_HAS_ZEROS = re.compile(r"(?<![0-9])[0０]")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")

#: Full-width digits, letters and signs, one for one, so that places in a text stay the same.
NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def key_of(said: str) -> str:
    """Return a number without spaces, dashes and case.

    >>> key_of("H-0123"), key_of("Ｖ１１８"), key_of("0032 1187")
    ('h0123', 'v118', '00321187')
    """
    if said.isascii() and said.isalnum():
        return said.lower()
    return _NOT_SAID.sub("", said.translate(NARROW).lower())


def bare_key_of(said: str) -> str:
    """Return a number's key without leading zeros of each of its parts.

    >>> bare_key_of("H-0123"), bare_key_of("P-1-01"), bare_key_of("0032-1187"), bare_key_of("100")
    ('h123', 'p11', '321187', '100')
    """
    return key_of(_ZEROS.sub("", said.translate(NARROW)))


class Rows:
    """Rows by key; most keys have one, which costs no list."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._more: dict[str, list[int]] = {}

    def add(self, key: str, row: int) -> None:
        """Put a row under a key."""
        first = self._first.setdefault(key, row)
        if first != row:
            self._more.setdefault(key, [first]).append(row)

    def of(self, key: str) -> Sequence[int]:
        """Return the rows of a key in the order they came."""
        if key in self._more:
            return self._more[key]
        return (self._first[key],) if key in self._first else ()


class Register:
    """Finds the rows that bear a number: as it is written, else without leading zeros."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._written = list(numbers)
        self._rows, self._bare = Rows(), Rows()
        add, has_zeros = self._rows.add, _HAS_ZEROS.search
        for row, number in enumerate(self._written):
            if key := key_of(number):
                add(key, row)
                if has_zeros(number) and (bare := bare_key_of(number)) != key:
                    self._bare.add(bare, row)

    def rows(self, said: str) -> Sequence[int]:
        """Return the rows of a number; of those that differ in spaces and dashes only, the same."""
        key = key_of(said)
        found = self._rows.of(key) if key else ()
        if len(found) > 1:
            same = said.strip().casefold()
            return [row for row in found if self._written[row].casefold() == same] or found
        if found or not key:
            return found
        bare = bare_key_of(said)
        return list(dict.fromkeys([*self._rows.of(bare), *self._bare.of(bare)]))
