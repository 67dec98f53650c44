"""What stands in a text, and what it may mean: the values that reading a text passes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gis.locating.names import Mention
from gis.locating.numbers import Number
from gis.locating.sites import Site


@dataclass(frozen=True, slots=True)
class Gate:
    """A number read as a road's; ``against`` it in nats; ``inside`` is what is left for a building.

    96号 and 5栋 run together as 965栋 where the sign between them was left out.
    """

    number: Number
    against: float = 0.0
    inside: Number | None = None

    @property
    def digits(self) -> str:
        """The digits of the number."""
        return self.number.digits


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a text may mean, with what speaks for it and then its chance.

    Exactly one of ``site``, ``roads`` (one, or two that cross) and ``place`` is given.
    ``mentions`` are the names it explains, ``gate`` the number read as its road's; ``numbers`` all
    that it explains. ``trust`` is the chance that it is meant if nothing else here is.
    """

    score: float
    mentions: tuple[Mention, ...]
    site: Site | None = None
    building: str = ""
    unit: str = ""
    gate: Gate | None = None
    roads: tuple[str, ...] = ()
    place: str = ""
    numbers: tuple[Number, ...] = ()
    names_compound: bool = False
    trust: float = 1.0
    chance: float = 0.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What stands in a text: names by kind and numbers."""

    text: str
    roads: Sequence[Mention]
    compounds: Sequence[Mention]
    districts: dict[str, Mention]
    places: Sequence[Mention]
    numbers: Sequence[Number]
