"""Pairs of mark arrays that walks borrow and give back wiped, so that none is made for a burst."""

from __future__ import annotations

import threading
from types import TracebackType

import numpy as np

from gis.isolation.graph import Marks

#: Pairs kept for the next walk; more are made where more threads ask at once.
_KEPT = 4


class MarkPool:
    """Lends two arrays of one mark a cell, all zero: ``with pool as (mark, was)``.

    Who borrows wipes what he marked; those of a walk that failed are not taken back.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._spare: list[tuple[Marks, Marks]] = []
        self._lent = threading.local()

    def __enter__(self) -> tuple[Marks, Marks]:
        try:
            pair = self._spare.pop()  # one step of the interpreter: no lock is needed
        except IndexError:
            pair = (np.zeros(self._count, np.uint8), np.zeros(self._count, np.uint8))
        self._lent.pair = pair
        return pair

    def __exit__(
        self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        if kind is None and len(self._spare) < _KEPT:
            self._spare.append(self._lent.pair)
