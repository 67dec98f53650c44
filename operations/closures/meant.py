"""What streets somebody means: an area or a line as drawn, a street between two crossings."""

from __future__ import annotations

from dataclasses import dataclass

import routing
from domain.closures import ClosureShape
from domain.errors import BadInput, NothingImported
from domain.places import LonLat
from domain.streets import StreetNetwork

#: Places of a shape at the most; a polygon drawn by hand has twenty. Source: mainbreak default.
MOST_PLACES = 500


@dataclass(frozen=True, slots=True)
class Drawn:
    """An area or a line, as drawn: WGS-84."""

    shape: ClosureShape
    places: tuple[LonLat, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """One street from ``a`` to ``b``, each a crossing or a place on the street before it."""

    a: LonLat
    b: LonLat


@dataclass(frozen=True, slots=True)
class Crossings:
    """A street from where it meets one other to where it meets another, by their names."""

    street: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Here:
    """The street nearest to a place, from one crossing to the next."""

    place: LonLat


Where = Drawn | Between | Crossings | Here


#: What names them in a request.
_FIELDS: dict[type[Where], str] = {Between: "ends", Crossings: "crossings", Here: "at"}


@dataclass(frozen=True, slots=True)
class Meant:
    """The shape that was meant; ``street`` is its name if somebody named it, else empty."""

    shape: ClosureShape
    places: tuple[LonLat, ...]
    street: str


def meant(streets: StreetNetwork | None, where: Where) -> Meant:
    """Return the shape that is meant.

    Raises
    ------
    NothingImported
        If there are no streets.
    BadInput
        If no such street is known, or there are too many places; a shape that cannot be one is
        found out by ``routing.check_shape``.
    """
    if streets is None:
        raise NothingImported("no streets are imported yet. Run: mainbreak import streets FILE.")
    if isinstance(where, Drawn):
        if len(where.places) > MOST_PLACES:
            raise BadInput(
                f"places: {len(where.places)} are too many. Draw with at most {MOST_PLACES}."
            )
        return Meant(where.shape, where.places, "")
    try:
        places = _course(streets, where)
    except BadInput as error:
        raise BadInput(f"{_FIELDS[type(where)]}: {error}") from error
    name = where.street if isinstance(where, Crossings) else ""
    return Meant(ClosureShape.STREET, places, name)


def _course(streets: StreetNetwork, where: Between | Crossings | Here) -> tuple[LonLat, ...]:
    if isinstance(where, Here):
        return routing.stretch_at(streets, where.place)
    if isinstance(where, Between):
        first = routing.far_end(streets, where.a, where.b)
        last = routing.far_end(streets, where.b, where.a)
        return routing.street_between(streets, [first], [last])
    firsts, lasts = (
        routing.crossings_of(streets, where.street, one) for one in (where.first, where.last)
    )
    return routing.street_between(streets, firsts, lasts, where.street)
