"""Bursts by reachability, where there is no hydraulic model: a made district, in zones.

Dry is what the pipe alone feeds, and who is connected to it; low is who lies near along the
network, less likely the farther. Water runs along open links, one way through check valves, and
neither through a closed pipe or isolation valve; so nothing is felt across a zone's border.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, dijkstra

from benchmarks.burst_model import METRES_PER_DEG, Bursts, along, can_burst, made
from benchmarks.grids import MISSING, STUBS, metropolis
from domain.network import (
    IsolationValve,
    Link,
    LinkKind,
    Node,
    NodeKind,
    Operability,
    PipeNetwork,
    Position,
    Premises,
)
from domain.places import LonLat

#: Low pressure is felt within so many metres along the network; its chance falls by e every so
#: many. Source: made up, two or three street corners.
LOW_WITHIN_M, LOW_FALLS_M = 300.0, 100.0

#: A block of the made district, metres; premises a pipe; zones a side; sources a zone. Made up.
BLOCK_M, PREMISES_A_PIPE, ZONES, SOURCES = 100.0, 6.0, 2, 2

CORNER = LonLat(114.30, 30.55)


def district(pipes: int, seed: int) -> PipeNetwork:
    """Return one of ``grids``' metropolises as a network: in four zones, closed to each other."""
    arrays, rng = metropolis(pipes, seed), np.random.default_rng([seed, 1])
    side = max(3, round(np.sqrt(pipes / (2 * (1 - MISSING) + STUBS))))
    ends = np.column_stack([arrays["link_start"], arrays["link_end"]])
    spots, zones = _spots(ends, side, rng)
    sources = {
        int(one) for zone in range(ZONES**2) for one in rng.choice(_of(zones, zone, side), SOURCES)
    }
    places = [_place(spot) for spot in spots]
    nodes = tuple(
        Node(f"N{row}", NodeKind.RESERVOIR if row in sources else NodeKind.JUNCTION, place)
        for row, place in enumerate(places)
    )
    links = tuple(_links(arrays, ends, places, zones, spots))
    valves = tuple(_isolation_valves(arrays, places))
    return PipeNetwork(nodes, links, valves, premises=tuple(_homes(links, rng)))


def district_bursts(network: PipeNetwork) -> Bursts:
    """Return whom the burst of each pipe leaves dry, and who is low with which chance."""
    water = _Water(network)
    pipes = [row for row, link in enumerate(network.links) if can_burst(link)]
    return made(network, [network.links[row] for row in pipes], [water.burst(row) for row in pipes])


class _Water:
    """Where water runs: arcs between nodes, node 0 before all sources."""

    def __init__(self, network: PipeNetwork) -> None:
        rows = {node.id: row + 1 for row, node in enumerate(network.nodes)}
        link_row = {link.id: row for row, link in enumerate(network.links)}
        self.count = len(rows) + 1
        self.links = network.links
        self.ends = np.array([(rows[one.start], rows[one.end]) for one in network.links])
        self.shut = np.zeros(self.ends.shape, np.bool_)
        for valve in network.isolation_valves:
            if not valve.is_open and valve.node is not None:
                row = link_row[valve.link]
                self.shut[row] |= self.ends[row] == rows[valve.node]
        self.passes = np.array([one.open for one in network.links]) & ~self.shut.any(axis=1)
        self.one_way = np.array([one.one_way for one in network.links])
        self.sources = [rows[n.id] for n in network.nodes if n.kind is not NodeKind.JUNCTION]
        self.home_link = np.array([link_row[one.link or ""] for one in network.premises])
        shares = [_share_of(one) for one in network.premises]
        self.home_m = (
            np.array(shares) * np.array([one.length_m for one in network.links])[self.home_link]
        )
        self.on = [np.flatnonzero(self.home_link == row) for row in range(len(network.links))]
        self.fed_before = self._fed(None)
        self.streets = self._streets()

    def burst(self, row: int) -> tuple[Any, Any, Any]:
        """Return (premises dry, premises perhaps low, their chances) if this pipe bursts."""
        lost = self.fed_before & ~self._fed(row)
        lost[self.on[row]] = self.fed_before[self.on[row]]
        metres = self._metres_from(row)
        chance = np.exp(-metres / LOW_FALLS_M)
        low = np.flatnonzero((metres <= LOW_WITHIN_M) & self.fed_before & ~lost)
        return np.flatnonzero(lost), low, chance[low]

    def _fed(self, broken: int | None) -> Any:
        """Return which premises have a way from a source, with one link taken out."""
        passes = self.passes.copy()
        if broken is not None:
            passes[broken] = False
        back = passes & ~self.one_way
        starts = [np.zeros(len(self.sources), int), self.ends[passes, 0], self.ends[back, 1]]
        ends = [np.array(self.sources), self.ends[passes, 1], self.ends[back, 0]]
        arcs = _table(np.concatenate(starts), np.concatenate(ends), 1.0, self.count)
        wet = np.zeros(self.count, np.bool_)
        wet[breadth_first_order(arcs, 0, return_predecessors=False)] = True
        fed = wet[self.ends] & ~self.shut
        fed[self.one_way, 1] = False
        open_link = np.array([link.open for link in self.links])
        return (fed.any(axis=1) & open_link)[self.home_link]

    def _streets(self) -> Any:
        lengths = np.array([link.length_m for link in self.links])[self.passes]
        a, b = self.ends[self.passes].T
        return _table(
            np.concatenate([a, b]), np.concatenate([b, a]), np.tile(lengths, 2), self.count
        )

    def _metres_from(self, row: int) -> Any:
        """Return metres along the network from the pipe's nearer end to each premises."""
        ends = self.ends[row][~self.shut[row]]
        if not len(ends):
            return np.full(len(self.home_link), np.inf)
        far = dijkstra(self.streets, indices=ends, min_only=True, limit=LOW_WITHIN_M)
        by = np.where(self.shut, np.inf, far[self.ends])[self.home_link]
        length = np.array([link.length_m for link in self.links])[self.home_link]
        return np.minimum(by[:, 0] + self.home_m, by[:, 1] + length - self.home_m)


def _table(starts: Any, ends: Any, values: Any, count: int) -> Any:
    """Return a sparse table; of two links between the same nodes the shorter one counts."""
    worth = np.broadcast_to(np.asarray(values, float), len(starts))
    order = np.lexsort((worth, ends, starts))
    key = starts[order].astype(np.int64) * count + ends[order]
    first = order[np.concatenate([[True], key[1:] != key[:-1]])] if len(key) else order
    return csr_array((worth[first], (starts[first], ends[first])), shape=(count, count))


def _share_of(home: Premises) -> float:
    """Return how far along its pipe a home of ``district`` lies; its id ends in percent."""
    return int(home.id.rpartition("/")[2]) / 100.0


def _spots(ends: Any, side: int, rng: np.random.Generator) -> tuple[Any, Any]:
    """Return (n, 2) metres of each node, and the zone it is in."""
    crossings, count = side * side, int(ends.max()) + 1
    row, column = np.divmod(np.arange(crossings), side)
    spots = np.zeros((max(count, crossings), 2))
    spots[:crossings] = np.column_stack([column, row]) * BLOCK_M + rng.uniform(
        -15, 15, (crossings, 2)
    )
    zones = np.zeros(len(spots), int)
    zones[:crossings] = (row * ZONES // side) * ZONES + column * ZONES // side
    for a, b in ends:
        stub, foot = max(a, b), min(a, b)
        if stub >= crossings:
            turn = rng.uniform(0, 2 * np.pi)
            spots[stub] = spots[foot] + 0.4 * BLOCK_M * np.array([np.cos(turn), np.sin(turn)])
            zones[stub] = zones[foot]
    return spots, zones


def _of(zones: Any, zone: int, side: int) -> Any:
    return np.flatnonzero(zones[: side * side] == zone)


def _place(spot: Any) -> LonLat:
    lat = CORNER.lat + float(spot[1]) / METRES_PER_DEG
    east = METRES_PER_DEG * np.cos(np.radians(CORNER.lat))
    return LonLat(CORNER.lon + float(spot[0]) / float(east), lat)


def _links(arrays: Any, ends: Any, places: list[LonLat], zones: Any, spots: Any) -> Any:
    for row, (a, b) in enumerate(ends):
        border = zones[a] != zones[b]
        yield Link(
            f"P{row}",
            LinkKind.PIPE,
            f"N{a}",
            f"N{b}",
            (places[a], places[b]),
            float(np.hypot(*(spots[a] - spots[b]))),
            float(arrays["diameter_m"][row]),
            open=bool(arrays["link_open"][row]) and not border,
            check_valve=bool(arrays["link_one_way"][row]),
            zone=f"Z{zones[a]}",
        )


def _isolation_valves(arrays: Any, places: list[LonLat]) -> Any:
    for row, (link, node) in enumerate(
        zip(arrays["valve_link"], arrays["valve_node"], strict=True)
    ):
        stands = Position.OPEN if arrays["is_open"][row] else Position.CLOSED
        turns = Operability.OPERABLE if arrays["can_turn"][row] else Operability.INOPERABLE
        yield IsolationValve(f"V{row}", f"P{link}", f"N{node}", places[node], stands, turns)


def _homes(links: tuple[Link, ...], rng: np.random.Generator) -> Any:
    for link in links:
        if not link.open:
            continue
        for percent in sorted(set(rng.integers(3, 98, rng.poisson(PREMISES_A_PIPE)).tolist())):
            yield Premises(f"{link.id}/{percent}", along(link, percent / 100), link=link.id)
