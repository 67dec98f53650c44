"""Which streets a closure touches, each once, whichever way it is driven."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import routing
from domain.closed_streets import ClosedStreets
from domain.closures import Closure
from domain.errors import BadInput
from domain.streets import StreetNetwork

#: Streets of one closure at the most, counted once for both directions: a flooded district has some
#: hundred. Source: mainbreak default.
MOST_STREETS = 2_000


def named(streets: StreetNetwork | None, closure: Closure) -> Closure:
    """Return the closure under the names of the streets it touches, unless it has one.

    Raises
    ------
    BadInput
        If its shape cannot be one, or it touches no street or more than ``MOST_STREETS``.
    """
    _check(closure)
    edges = [] if streets is None else one_each(streets, closure)
    if streets is None or not edges:
        raise BadInput("places: this touches no street. Draw it over the street that is meant.")
    if len(edges) > MOST_STREETS:
        raise BadInput(
            f"places: this touches {len(edges)} streets, at most {MOST_STREETS} can be closed at "
            "once. Draw it smaller, or several."
        )
    return closure if closure.street else replace(closure, street=_names(streets, edges))


def _check(closure: Closure) -> None:
    try:
        routing.check_shape(closure)
    except BadInput as error:
        said = str(error).removeprefix(f"closure {closure.id}: ")
        raise BadInput(f"places: {said}") from error


def _names(streets: StreetNetwork, edges: Sequence[int]) -> str:
    """Return what most of the metres are called, at most two names; empty if nothing is."""
    metres: dict[str, float] = {}
    for edge in edges:
        if name := streets.name_of(edge):
            metres[name] = metres.get(name, 0.0) + float(streets.length_m[edge])
    return "、".join(sorted(metres, key=lambda one: (-metres[one], one))[:2])


def one_each(streets: StreetNetwork, closure: Closure) -> list[int]:
    """Return one directed edge of each street that the closure touches, ascending; maybe none."""
    found: dict[tuple[int, int, float], int] = {}
    for edge in routing.edges_touched(streets, closure).tolist():
        tail, head = sorted((int(streets.tail[edge]), int(streets.head[edge])))
        found.setdefault((tail, head, round(float(streets.length_m[edge]), 1)), edge)
    return sorted(found.values())


def closed_streets(streets: StreetNetwork | None, closure: Closure) -> ClosedStreets:
    """Return the closure with the courses of what it touches; none where no streets are known."""
    if streets is None:
        return ClosedStreets(closure, 0.0, ())
    edges = one_each(streets, closure)
    metres = float(streets.length_m[edges].sum())
    return ClosedStreets(closure, metres, tuple(streets.course(edge) for edge in edges))
