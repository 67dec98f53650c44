"""A made metropolis for locating: roads with courses, gates in order, communities, premises.

Ten districts of 6 km by 6 km, side by side. Avenues run through several districts, streets lie
inside one, lanes begin at a street. House numbers grow along a road, odd on its left and even on
its right, by lots of differing width, with gaps; most lots have no premises of their own. A
community has one gate (road and number), buildings behind it, units in them; a service connection
supplies a unit. Six in a hundred premises are houses with a road and a number alone.

About one community in 25 has a namesake elsewhere, and one lane in twelve; see
``benchmarks.address_names`` for what else is alike. No two sites share a whole address. Pipes lie
under the roads to be snapped to; they are not joined at crossings. Everything by seed, nothing
from what is judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil
from random import Random

import numpy as np

from benchmarks import address_names as names
from benchmarks.address_streets import Street, on_earth, streets_of
from domain.network import (
    Hydrant,
    IsolationValve,
    Link,
    LinkKind,
    Node,
    NodeKind,
    PipeNetwork,
    Premises,
)
from domain.places import LonLat, Place, Road

#: (row of a street, row of a lot on it)
Lot = tuple[int, int]

HOUSES = 0.06
LANDMARKS_PER_ROAD = 0.2
PHASED = 0.05


@dataclass(frozen=True, slots=True)
class Address:
    """The truth about one premises; empty where it has no such part."""

    district: str
    road: str
    number: str
    community: str = ""
    building: str = ""
    unit: str = ""
    building_word: str = "栋"

    @property
    def text(self) -> str:
        """The address as the utility's records write it."""
        inside = f"{self.building}{self.building_word}" if self.building else ""
        unit = f"{self.unit}单元" if self.unit else ""
        return f"{self.district}{self.road}{self.number}号{self.community}{inside}{unit}"

    @property
    def site(self) -> tuple[str, str, str, str]:
        """What tells one gate from every other."""
        return self.district, self.road, self.number, self.community


@dataclass(frozen=True)
class World:
    """The town: what a locator is given, and the truth per premises id."""

    network: PipeNetwork
    roads: tuple[Road, ...]
    places: tuple[Place, ...]
    truth: dict[str, Address]
    streets: tuple[Street, ...]
    taken: tuple[frozenset[int], ...]

    @cached_property
    def namesakes(self) -> frozenset[str]:
        """Names that more than one road has."""
        many = Counter(street.name for street in self.streets)
        return frozenset(name for name, count in many.items() if count > 1)

    def absent_number(self, rng: Random) -> tuple[str, str, LonLat]:
        """Return a road, a house number no premises has, and where it truly is.

        The number lies between two known ones of its own side, on a road without a namesake.
        """
        while True:
            row = rng.randrange(len(self.streets))
            street, taken = self.streets[row], self.taken[row]
            lot = rng.randrange(len(street.numbers))
            side = [one for one in taken if street.numbers[one] % 2 == street.numbers[lot] % 2]
            between = side and min(side) < lot < max(side)
            if lot not in taken and between and street.name not in self.namesakes:
                return street.name, str(street.numbers[lot]), on_earth(street.gate(lot))


def make_world(
    seed: int, *, premises: int = 200_000, roads: int = 1_500, communities: int = 4_000
) -> World:
    """Return the town of a seed with exactly so many premises, roads and communities."""
    rng = Random(seed)
    streets = streets_of(rng, roads)
    builder = _Builder(rng, streets)
    houses = round(premises * HOUSES)
    builder.add_communities(communities, premises - houses)
    builder.add_houses(houses)
    nodes, links, valves, hydrants = _pipes(streets)
    network = PipeNetwork(nodes, links, valves, hydrants, tuple(builder.premises))
    return World(
        network=network,
        roads=_roads(streets),
        places=builder.landmarks(round(roads * LANDMARKS_PER_ROAD)),
        truth=builder.truth,
        streets=streets,
        taken=tuple(frozenset(one) for one in builder.taken),
    )


class _Builder:
    """Gives lots away, gate by gate."""

    def __init__(self, rng: Random, streets: tuple[Street, ...]) -> None:
        self.rng, self.streets = rng, streets
        self.weights = np.cumsum([street.length_m**0.7 for street in streets])
        self.taken: list[set[int]] = [set() for _ in streets]
        self.gates: set[tuple[str, str, int]] = set()
        self.premises: list[Premises] = []
        self.truth: dict[str, Address] = {}

    def _lot(self) -> Lot:
        """Return (street, lot) of a free lot, longer streets more often."""
        while True:
            at = self.rng.random() * self.weights[-1]
            row = int(np.searchsorted(self.weights, at))
            street = self.streets[row]
            lot = self.rng.randrange(len(street.numbers))
            gate = (street.district(lot), street.name, int(street.numbers[lot]))
            if gate not in self.gates:
                self.gates.add(gate)
                self.taken[row].add(lot)
                return row, lot

    def add_communities(self, count: int, premises: int) -> None:
        """Add so many communities that share so many premises, a few of them large."""
        sizes = np.array([self.rng.lognormvariate(0, 0.5) for _ in range(count)])
        ends = np.round(np.cumsum(sizes) * premises / sizes.sum()).astype(int)
        shares = np.diff(ends, prepend=0)
        seen: set[tuple[str, str]] = set()
        row, size = 0, [int(one) for one in shares]
        while row < count:
            phases = min(self.rng.randint(2, 3), count - row) if self.rng.random() < PHASED else 1
            at = self._lot()
            name = self._name(at, seen)
            for number in range(1, phases + 1):
                whole = name if phases == 1 else names.phase(name, number)
                self._community(at if number == 1 else self._lot(), whole, size[row])
                row += 1

    def _name(self, at: Lot, seen: set[tuple[str, str]]) -> str:
        """Return a name that no other community of the district has."""
        street = self.streets[at[0]]
        district = street.district(at[1])
        while True:
            name = names.community_name(self.rng, street.name)
            if (district, name) not in seen:
                seen.add((district, name))
                return name

    def _community(self, at: Lot, name: str, premises: int) -> None:
        word = names.building_word(self.rng, name)
        most, few = (8, 1) if word == "座" else (40, self.rng.choice((1, 2, 2, 3, 4)))
        units = max(few, ceil(premises / most))
        for number in range(premises):
            building, unit = divmod(number, units)
            inside = "ABCDEFGH"[building] if word == "座" else str(building + 1)
            self._add(at, name, inside, str(unit + 1) if units > 1 else "", word)

    def add_houses(self, count: int) -> None:
        """Add houses of a road and a number alone."""
        for _ in range(count):
            self._add(self._lot(), "", "", "", "栋")

    def _add(self, at: Lot, community: str, building: str, unit: str, word: str) -> None:
        row, lot = at
        street, number = self.streets[row], len(self.premises)
        address = Address(
            street.district(lot),
            street.name,
            str(street.numbers[lot]),
            community,
            building,
            unit,
            word,
        )
        one = Premises(
            id=f"H{number:06d}",
            location=on_earth(street.behind(lot, building, unit)),
            link=f"P{row:04d}-{street.piece(lot):03d}",
            account=names.account(number),
            phone=names.phone(number),
            address=address.text,
            meter=names.meter(number),
        )
        self.premises.append(one)
        self.truth[one.id] = address

    def landmarks(self, count: int) -> tuple[Place, ...]:
        """Return so many named places at lots of their own, each name once."""
        found: dict[str, Place] = {}
        while len(found) < count:
            number = len(found)
            name, aliases = names.landmark(self.rng, number)
            if name not in found:
                row, lot = self._lot()
                spot = on_earth(self.streets[row].gate(lot))
                found[name] = Place(f"L{number:04d}", name, spot, aliases)
        return tuple(found.values())


def _roads(streets: tuple[Street, ...]) -> tuple[Road, ...]:
    courses: dict[str, list[tuple[LonLat, ...]]] = defaultdict(list)
    for street in streets:
        courses[street.name].append(tuple(on_earth(one) for one in street.xy))
    return tuple(Road(name, tuple(lines)) for name, lines in courses.items())


def _pipes(
    streets: tuple[Street, ...],
) -> tuple[tuple[Node, ...], tuple[Link, ...], tuple[IsolationValve, ...], tuple[Hydrant, ...]]:
    """Return a chain of pipes under each street, an isolation valve at its start, hydrants."""
    nodes, links = [], []
    valves: list[IsolationValve] = []
    hydrants: list[Hydrant] = []
    for row, street in enumerate(streets):
        spots = [on_earth(one) for one in street.xy]
        kind = NodeKind.RESERVOIR if row == 0 else NodeKind.JUNCTION
        nodes += [Node(f"N{row:04d}-{k:03d}", kind, spot) for k, spot in enumerate(spots)]
        for k, (start, end) in enumerate(pairwise(spots)):
            pipe, node = f"P{row:04d}-{k:03d}", f"N{row:04d}-{k:03d}"
            length_m = float(street.at[k + 1] - street.at[k])
            links.append(
                Link(
                    id=pipe,
                    kind=LinkKind.PIPE,
                    start=node,
                    end=f"N{row:04d}-{k + 1:03d}",
                    path=(start, end),
                    length_m=length_m,
                    diameter_m=0.2,
                    road=street.name,
                )
            )
            if k % 3 == 0:
                valves.append(IsolationValve(f"FM-{len(valves) + 1:05d}", pipe, node, start))
            if k % 4 == 1:
                hydrants.append(Hydrant(f"XH-{len(hydrants) + 1:05d}", pipe, start))
    return tuple(nodes), tuple(links), tuple(valves), tuple(hydrants)
