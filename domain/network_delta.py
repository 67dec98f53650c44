"""What another state of the pipe network brings, changes and takes away, by id within a kind."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose
from typing import Any, Generic, Protocol, TypeVar

from domain.network import Hydrant, IsolationValve, Link, Node, PipeNetwork, Premises
from domain.places import LonLat

#: Places nearer than this are the same, degrees: a millimetre. A file that another program wrote
#: again has other last digits, and no pipe moved. Source: mainbreak default.
SAME_PLACE_DEG = 1e-8

#: Figures that differ by less than this share are the same. Source: mainbreak default.
SAME_FIGURE = 1e-9


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The utility's own id."""
        ...


V = TypeVar("V", bound=Named)


@dataclass(frozen=True, slots=True)
class Change(Generic[V]):
    """One thing before and after, and the fields that differ."""

    before: V
    after: V
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindDelta(Generic[V]):
    """What came, changed and went of one kind, and how much of it is the same.

    ``order`` are the ids of all there is afterwards, in their order.
    """

    came: tuple[V, ...]
    changed: tuple[Change[V], ...]
    went: tuple[V, ...]
    same: int
    order: tuple[str, ...]
    reordered: bool

    @property
    def is_empty(self) -> bool:
        """True if nothing differs, not even the order."""
        return not (self.came or self.changed or self.went or self.reordered)


@dataclass(frozen=True, slots=True)
class NetworkDelta:
    """What differs between two states of the network."""

    nodes: KindDelta[Node]
    links: KindDelta[Link]
    isolation_valves: KindDelta[IsolationValve]
    hydrants: KindDelta[Hydrant]
    premises: KindDelta[Premises]

    @property
    def kinds(self) -> dict[str, KindDelta[Any]]:
        """The five by name, in the order in which they refer to each other."""
        return {one.name: getattr(self, one.name) for one in dataclasses.fields(self)}

    @property
    def is_empty(self) -> bool:
        """True if nothing differs."""
        return all(one.is_empty for one in self.kinds.values())


def network_delta(before: PipeNetwork, after: PipeNetwork) -> NetworkDelta:
    """Return what must be done to the first network so that it is the second."""
    return NetworkDelta(
        nodes=kind_delta(before.nodes, after.nodes),
        links=kind_delta(before.links, after.links),
        isolation_valves=kind_delta(before.isolation_valves, after.isolation_valves),
        hydrants=kind_delta(before.hydrants, after.hydrants),
        premises=kind_delta(before.premises, after.premises),
    )


def kind_delta(before: Sequence[V], after: Sequence[V]) -> KindDelta[V]:
    """Return what came, changed, went and stayed of one kind; ids are unique on both sides."""
    known = {one.id: one for one in before}
    wanted = {one.id for one in after}
    came = tuple(one for one in after if one.id not in known)
    pairs = ((known[one.id], one) for one in after if one.id in known)
    changed = tuple(
        Change(old, new, fields)
        for old, new in pairs
        if old != new and (fields := _fields_that_differ(old, new))
    )
    went = tuple(one for one in before if one.id not in wanted)
    order = tuple(one.id for one in after)
    stayed = [one.id for one in before if one.id in wanted]
    reordered = stayed != [one for one in order if one in known]
    return KindDelta(came, changed, went, len(after) - len(came) - len(changed), order, reordered)


def _fields_that_differ(one: Any, other: Any) -> tuple[str, ...]:
    names = (each.name for each in dataclasses.fields(one))
    return tuple(name for name in names if not _same(getattr(one, name), getattr(other, name)))


def _same(one: object, other: object) -> bool:
    """Return True if two cells mean the same, whatever their last digits are."""
    if isinstance(one, LonLat) and isinstance(other, LonLat):
        away = max(abs(one.lon - other.lon), abs(one.lat - other.lat))
        return away <= SAME_PLACE_DEG
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=SAME_FIGURE, abs_tol=1e-9)
    return one == other
