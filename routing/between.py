"""Whole milliseconds between places under one version of the streets, and drives over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from domain.streets import FloatArray, IntArray
from routing.conditions import Conditions
from routing.hierarchy import FAR
from routing.inside import arriving, leaving, meetings
from routing.opposites import NONE
from routing.searching import Times
from routing.seeds import Inside, Seeds
from routing.snap import Snapped


@dataclass(frozen=True, slots=True)
class Found:
    """A drive: its milliseconds, its edges, and where on the first it begins, on the last ends.

    Without an edge it goes from a junction to itself.
    """

    ms: int
    edges: tuple[int, ...]
    begin: float = 0.0
    end: float = 1.0


class Destinations:
    """Places to drive to under one version of the streets, prepared once for many origins."""

    def __init__(self, now: Conditions, there: Snapped) -> None:
        self._now = now
        self._seeds = arriving(now.roads, now.edges, there)
        self._sweep = now.search.to(self._seeds)
        self._ahead = _Ahead(now, there)

    def times_from(self, here: Snapped) -> Times:
        """Return (p, q) whole milliseconds of the fastest drives, ``FAR`` where there is none."""
        origins = leaving(self._now.roads, self._now.edges, here)
        ms = self._sweep.times(origins.begin, origins.state, origins.ms)
        if origins.inside is not None and self._seeds.inside is not None:
            states = len(self._now.roads.turns.edge)
            met, _ = meetings(origins.inside, self._seeds.inside, states)
            ms = np.minimum(ms, met).astype(np.int32)
        for i, j, found in self._ahead.of(here):
            ms[i, j] = min(ms[i, j], found.ms)
        return ms


def drive_between(now: Conditions, here: Snapped, there: Snapped) -> Found | None:
    """Return the fastest drive from the only place to the only other, None if there is none."""
    origins = leaving(now.roads, now.edges, here)
    destinations = arriving(now.roads, now.edges, there)
    ends = _Ends(now, here, there)
    found = [one for _, _, one in _Ahead(now, there).of(here)]
    near, around = origins.inside, destinations.inside
    if near is not None and around is not None:
        met, state = meetings(near, around, len(now.roads.turns.edge))
        if met[0, 0] < FAR:
            both = _chain(near, int(state[0, 0])), _chain(around, int(state[0, 0]))
            found.append(ends.over(int(met[0, 0]), (*both[0][::-1], *both[1][1:])))
    ms, states = now.search.way(origins, destinations)
    if ms < FAR:
        before = _linked(origins, near, int(states[0]))[::-1]
        behind = _linked(destinations, around, int(states[-1]))
        found.append(ends.over(ms, (*before, *states.tolist(), *behind)))
    return min(found, key=lambda one: one.ms, default=None)


@dataclass(frozen=True, slots=True)
class _Ends:
    """The two ends of a drive that goes through states."""

    now: Conditions
    here: Snapped
    there: Snapped

    def over(self, ms: int, states: tuple[int, ...]) -> Found:
        """Return the drive through these states."""
        edges = tuple(self.now.roads.turns.edge[list(states)].tolist())
        last = edges[-1]
        end = 1.0 if self.there.node[0] != NONE else _fraction_on(self.there, last)
        if self.here.node[0] != NONE:
            return Found(ms, edges, 0.0, end)
        first = self._first(states[0])
        return Found(ms, (first, *edges), _fraction_on(self.here, first), end)

    def _first(self, state: int) -> int:
        """Return the edge that the origin lies on and from which the first state is turned into.

        Both directions may lead there; then the faster counts.
        """
        roads, ms = self.now.roads, self.now.edges.ms
        best = (FAR, NONE)
        for edge, fraction in zip(self.here.edge[0].tolist(), self.here.fraction[0], strict=True):
            if edge == NONE:
                continue
            for turn in range(*roads.onwards(edge)):
                if roads.turns.head[turn] == state:
                    rest = round((1.0 - float(fraction)) * int(ms[edge]))
                    best = min(best, (rest + int(roads.turns.cost_ms[turn]), edge))
        return best[1]


def _fraction_on(place: Snapped, edge: int) -> float:
    side = 0 if place.edge[0, 0] == edge else 1
    return float(place.fraction[0, side])


def _linked(seeds: Seeds, near: Inside | None, state: int) -> tuple[int, ...]:
    """Return the closed states next to an open one at the only place's end, outwards."""
    those = np.flatnonzero(seeds.state == state)
    link = int(seeds.link[those[seeds.ms[those].argmin()]])
    return () if link == NONE or near is None else _chain(near, link)


def _chain(near: Inside, state: int) -> tuple[int, ...]:
    """Return the closed states from this one to the only place's own."""
    via = dict(zip(near.state.tolist(), near.via.tolist(), strict=True))
    chain = [state]
    while via[chain[-1]] != NONE:
        chain.append(via[chain[-1]])
    return tuple(chain)


class _Ahead:
    """Finds the drives that need no turn: to places ahead on an edge, or at its end."""

    def __init__(self, now: Conditions, there: Snapped) -> None:
        self._heads, self._ms = now.roads.streets.head, now.edges.ms
        self._on_edge, self._at_node = _by_edge(there), _by_node(there)

    def of(self, here: Snapped) -> Iterator[tuple[int, int, Found]]:
        """Yield origin, destination and drive."""
        for i, (node, edges, fractions) in enumerate(_rows(here)):
            if node != NONE:
                yield from ((i, j, Found(0, ())) for j in self._at_node.get(node, ()))
                continue
            for edge, begin in zip(edges, fractions, strict=True):
                if edge != NONE:
                    yield from ((i, j, found) for j, found in self._on(edge, begin))

    def _on(self, edge: int, begin: float) -> Iterator[tuple[int, Found]]:
        ms = int(self._ms[edge])
        for j, end in self._on_edge.get(edge, ()):
            if end >= begin:
                yield j, Found(round((end - begin) * ms), (edge,), begin, end)
        for j in self._at_node.get(int(self._heads[edge]), ()):
            yield j, Found(round((1.0 - begin) * ms), (edge,), begin)


def _rows(places: Snapped) -> Iterator[tuple[int, list[int], list[float]]]:
    far = places.too_far
    nodes = np.where(far, NONE, places.node).tolist()
    return zip(nodes, places.edge.tolist(), places.fraction.tolist(), strict=True)


def _by_edge(places: Snapped) -> dict[int, list[tuple[int, float]]]:
    """Return place and fraction by edge, of the places that are not at a junction."""
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for j, (node, edges, fractions) in enumerate(_rows(places)):
        if node == NONE:
            for edge, fraction in zip(edges, fractions, strict=True):
                if edge != NONE:
                    found[edge].append((j, fraction))
    return found


def _by_node(places: Snapped) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for j, (node, _, _) in enumerate(_rows(places)):
        if node != NONE:
            found[node].append(j)
    return found


def edge_times(now: Conditions, found: Found) -> tuple[FloatArray, IntArray]:
    """Return (k,) metres and (k,) milliseconds of each edge of a drive, with the turn behind it."""
    roads = now.roads
    edges = np.array(found.edges, dtype=np.int64)
    share = np.ones(len(edges))
    if not len(edges):
        return share, edges
    share[-1] = found.end
    share[0] -= found.begin
    if len(edges) == 1:
        share[0] = found.end - found.begin
    ms = np.rint(share * now.edges.ms[edges]).astype(np.int64)
    ms[:-1] += roads.turn_ms(edges[:-1], edges[1:])
    return share * roads.streets.length_m[edges], ms
