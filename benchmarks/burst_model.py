"""The burst model as values: whom each pipe leaves dry or low if it bursts, and who sees it.

What the clusters benchmark takes for the truth. Its makers, ``epanet_bursts`` (hydraulics) and
``district_bursts`` (reachability), share no code with what is judged: they read domain values and
reckon the rest themselves. The callers drawn from it stand in ``callers``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from domain.network import Link, LinkKind, PipeNetwork, Premises
from domain.places import LonLat

#: One home for so much demand, m3 a day, and at most so many at a node; laid along the first half
#: of the pipes that meet there. Source: about 300 gallons a day in a family home,
#: https://www.epa.gov/watersense/how-we-use-water ; the cap is made up.
HOME_M3_D, MOST_HOMES = 1.1, 10

#: Who sees water on the road: the nearest premises, at most so many and within so many metres of
#: the middle of the pipe. Source: made up, some houses either way along the street.
SEERS, SEERS_WITHIN_M = 6, 100.0

#: Chances of being low are kept in steps of one over this.
STEPS = 10

METRES_PER_DEG = 111_320.0


@dataclass(frozen=True)
class Bursts:
    """Every pipe that can burst, as rows, and what it does to every premises, as columns.

    ``metres`` is how likely each one is, as length of pipe; ``dry`` (0 or 1) and ``low`` (the
    chance that its pressure is low, in tenths) are (pipes, premises); ``near`` holds the rows of
    the premises from where the broken pipe can be seen, nearest first.
    """

    network: PipeNetwork
    pipes: tuple[str, ...]
    metres: Any
    dry: Any
    low: Any
    near: tuple[Any, ...]

    def affected(self, row: int) -> tuple[Any, Any]:
        """Return (premises dry, premises of which some are low with their chances) of one pipe."""
        return self.dry[[row]].indices, (self.low[[row]].indices, self.low[[row]].data)

    def signature(self, row: int) -> bytes:
        """Return what tells this pipe's burst from others by who is dry and who is low."""
        dry, (low, chance) = self.affected(row)
        return b"|".join(one.tobytes() for one in (np.sort(dry), low, np.round(chance * STEPS)))


def made(
    network: PipeNetwork,
    pipes: Sequence[Link],
    effects: Sequence[tuple[Any, Any, Any]],
) -> Bursts:
    """Return the model of (dry premises, low premises, chance of being low) of each pipe."""
    shape = (len(pipes), len(network.premises))
    dry = _rows([one[0] for one in effects], [np.ones(len(one[0])) for one in effects], shape)
    low = _rows([one[1] for one in effects], [_in_steps(one[2]) for one in effects], shape)
    metres = np.array([max(pipe.length_m, 1.0) for pipe in pipes])
    names = tuple(pipe.id for pipe in pipes)
    return Bursts(network, names, metres, dry, low, _near(network, pipes))


def can_burst(link: Link) -> bool:
    """Return True for a pipe that carries water."""
    return link.kind is LinkKind.PIPE and link.open


def flat(places: Sequence[LonLat], lat: float) -> Any:
    """Return (n, 2) metres of the places, true to a few parts in a thousand near this latitude."""
    degrees = np.array([(one.lon, one.lat) for one in places]).reshape(-1, 2)
    return degrees * METRES_PER_DEG * np.array([np.cos(np.radians(lat)), 1.0])


def along(link: Link, share: float) -> LonLat:
    """Return the place at this share (0 to 1) of a link's course."""
    spots = np.array([(one.lon, one.lat) for one in link.path])
    steps = np.concatenate([[0.0], np.hypot(*np.diff(spots, axis=0).T).cumsum()])
    at = share * steps[-1]
    return LonLat(
        float(np.interp(at, steps, spots[:, 0])), float(np.interp(at, steps, spots[:, 1]))
    )


def with_homes(network: PipeNetwork) -> PipeNetwork:
    """Return the network with homes on its pipes instead of one premises a node with demand."""
    at_node: dict[str, list[Link]] = {}
    for link in network.links:
        if can_burst(link):
            for node in (link.start, link.end):
                at_node.setdefault(node, []).append(link)
    homes = []
    for one in network.premises:
        pipes = at_node.get(one.node or "", [])
        demand = one.demand_m3_d or 0.0
        count = min(max(round(demand / HOME_M3_D), 1), MOST_HOMES)
        for number in range(count if pipes else 0):
            pipe = pipes[number % len(pipes)]
            share = 0.45 * (number // len(pipes) + 1) / (count // len(pipes) + 2)
            home = replace(
                one,
                id=f"{one.id}/{number}",
                location=along(pipe, share if pipe.start == one.node else 1.0 - share),
                link=pipe.id,
                node=None,
                demand_m3_d=demand / count,
            )
            homes.append(home)
    return network.with_premises(homes)


def node_of_home(home: Premises) -> str:
    """Return the node whose demand a home of ``with_homes`` is part of."""
    return home.id.rpartition("/")[0]


def _in_steps(chance: Any) -> Any:
    return np.clip(np.round(np.asarray(chance, float) * STEPS), 1, STEPS) / STEPS


def _rows(columns: Sequence[Any], values: Sequence[Any], shape: tuple[int, int]) -> Any:
    ends = np.concatenate([[0], np.cumsum([len(one) for one in columns])])
    parts = [np.concatenate([np.asarray(one) for one in ones]) for ones in (values, columns)]
    table = csr_array((parts[0].astype(float), parts[1].astype(np.int64), ends), shape=shape)
    table.sort_indices()
    return table


def _near(network: PipeNetwork, pipes: Sequence[Link]) -> tuple[Any, ...]:
    homes = [one.location for one in network.premises]
    spots = flat([*homes, *(along(pipe, 0.5) for pipe in pipes)], pipes[0].path[0].lat)
    tree = cKDTree(spots[: len(homes)])
    metres, rows = tree.query(spots[len(homes) :], SEERS, distance_upper_bound=SEERS_WITHIN_M)
    return tuple(row[np.isfinite(far)] for far, row in zip(metres, rows, strict=True))
