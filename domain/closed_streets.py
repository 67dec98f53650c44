"""A closure that nobody has lifted, and the streets that it touches."""

from __future__ import annotations

from dataclasses import dataclass

from domain.closures import Closure
from domain.streets import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class ClosedStreets:
    """What a closure closes or slows.

    Attributes
    ----------
    metres
        Of street in all; each street counts once, whichever way it is driven.
    courses
        One street each as (k, 2) WGS-84; empty where no streets are imported.
    """

    closure: Closure
    metres: float
    courses: tuple[FloatArray, ...]

    @property
    def id(self) -> str:
        """The closure's id."""
        return self.closure.id

    @property
    def streets(self) -> int:
        """How many streets, counted from crossing to crossing."""
        return len(self.courses)
