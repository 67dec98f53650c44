"""Small networks laid by hand for the engines' tests, and what a route on them amounts to."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from math import cos, hypot, pi, radians, sin

import numpy as np
from shapely.geometry import LineString, MultiPoint, Point

from domain.closures import Closure, ClosureReason, ClosureShape
from domain.places import LonLat
from domain.streets import DrivingRules, StreetNetwork, StreetReport
from domain.travel import RouteLine
from tests.routing.drawn import DEGREE_M, Way
from tests.routing.oracle import haversine_m, random_map, speed_mps
from tests.routing.turn_oracle import ACCESS_MPS, TurnOracle
from tests.routing.turn_places import Put

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class _Edge:
    course: tuple[LonLat, ...]
    seconds: float
    tags: dict[str, str]


def network(
    places: dict[int, LonLat], ways: Sequence[Way], signals: Sequence[int] = ()
) -> StreetNetwork:
    """Return the streets of drawn ways, cut where they meet; of equal copies the fastest."""
    edges = list(_fastest(places, ways).values())
    spots = {spot for edge in edges for spot in (edge.course[0], edge.course[-1])}
    nodes = sorted(spots)
    number = {spot: v for v, spot in enumerate(nodes)}
    where = {edge.course: e for e, edge in enumerate(edges)}
    names = ("", *sorted({edge.tags["name"] for edge in edges if "name" in edge.tags}))
    classes = tuple(sorted({edge.tags["highway"] for edge in edges}))
    lit = sorted(number[places[k]] for k in signals if places[k] in number)
    return StreetNetwork(
        nodes=np.array([(p.lon, p.lat) for p in nodes]),
        tail=np.array([number[edge.course[0]] for edge in edges]),
        head=np.array([number[edge.course[-1]] for edge in edges]),
        length_m=np.array([sum(map(haversine_m, x.course, x.course[1:])) for x in edges]),
        seconds=np.array([edge.seconds for edge in edges]),
        road_class=np.array([classes.index(edge.tags["highway"]) for edge in edges]),
        classes=classes,
        name=np.array([names.index(edge.tags.get("name", "")) for edge in edges]),
        names=names,
        shape_start=np.cumsum([0, *(len(edge.course) for edge in edges)]),
        shape=np.array([(p.lon, p.lat) for edge in edges for p in edge.course]),
        areas=(),
        report=StreetReport("drawn", len(nodes), len(edges), 0, 0),
        rules=DrivingRules(
            signals=np.array(lit, dtype=np.int64),
            opposite=np.array([_back(where, edge, e) for e, edge in enumerate(edges)]),
            ref=np.zeros(len(edges), dtype=np.int64),
        ),
    )


def _back(where: dict[tuple[LonLat, ...], int], edge: _Edge, e: int) -> int:
    other = where.get(edge.course[::-1], -1)
    return -1 if other == e else other


def _fastest(places: dict[int, LonLat], ways: Sequence[Way]) -> dict[tuple[LonLat, ...], _Edge]:
    uses = Counter(node for way in ways for node in way.nodes)
    ends = {node for way in ways for node in (way.nodes[0], way.nodes[-1])}
    found: dict[tuple[LonLat, ...], _Edge] = {}
    for way in ways:
        cuts = [k for k, node in enumerate(way.nodes) if uses[node] > 1 or node in ends]
        for a, b in pairwise(cuts):
            course = tuple(places[node] for node in way.nodes[a : b + 1])
            both = {"yes": [course], "-1": [course[::-1]]}.get(way.tags.get("oneway", "no"))
            for one in both or [course, course[::-1]]:
                seconds = sum(map(haversine_m, one, one[1:])) / speed_mps(way.tags)
                if one not in found or seconds < found[one].seconds:
                    found[one] = _Edge(one, seconds, way.tags)
    return found


def with_bans(streets: StreetNetwork, bans: Sequence[Sequence[int]]) -> StreetNetwork:
    """Return the streets with these sequences of edges banned."""
    flat = [e for ban in bans for e in ban]
    start = np.cumsum([0, *(len(ban) for ban in bans)])
    rules = replace(streets.rules, bans=np.array(flat, dtype=np.int64), ban_start=start)
    return replace(streets, rules=rules)


def edge_between(streets: StreetNetwork, a: LonLat, b: LonLat) -> int:
    """Return the only edge from one junction to another."""
    nodes = [LonLat(float(lon), float(lat)) for lon, lat in streets.nodes]
    tail, head = nodes.index(a), nodes.index(b)
    (found,) = np.flatnonzero((streets.tail == tail) & (streets.head == head))
    return int(found)


def random_network(rng: random.Random, *, ways: int | None = None) -> StreetNetwork:
    """Return a random small map with signals and bans of two to four edges."""
    count = ways or rng.randint(4, 12)
    places, drawn = random_map(rng, ways=count)
    streets = network(places, drawn, rng.sample(sorted(places), 3))
    walks = [_walk(streets, rng, rng.choice([2, 2, 2, 3, 4])) for _ in range(rng.randint(0, 8))]
    return with_bans(streets, [walk for walk in walks if walk])


def _walk(streets: StreetNetwork, rng: random.Random, edges: int) -> list[int]:
    """Return so many edges driven one after the other; none if the streets end before."""
    walk = [rng.randrange(len(streets.tail))]
    while len(walk) < edges:
        after = np.flatnonzero(streets.tail == streets.head[walk[-1]])
        if not len(after):
            return []
        walk.append(int(rng.choice(after.tolist())))
    return walk


def moved(place: LonLat, east_m: float, north_m: float) -> LonLat:
    """Return the place so many metres east and north of another."""
    east = east_m / (DEGREE_M * cos(radians(place.lat)))
    return LonLat(place.lon + east, place.lat + north_m / DEGREE_M)


def spot_on(streets: StreetNetwork, e: int, share: float) -> LonLat:
    """Return about the place at a share of an edge."""
    course = [LonLat(float(lon), float(lat)) for lon, lat in streets.course(e)]
    left = share * sum(map(haversine_m, course, course[1:]))
    for a, b in pairwise(course):
        long = haversine_m(a, b)
        if left <= long and long > 0:
            part = left / long
            return LonLat(a.lon + part * (b.lon - a.lon), a.lat + part * (b.lat - a.lat))
        left -= long
    return course[-1]


def random_places(
    oracle: TurnOracle, rng: random.Random, count: int, *, off_m: float = 40.0
) -> list[LonLat]:
    """Return places on and beside streets and at junctions, whose street is beyond doubt."""
    streets = oracle.ground.streets
    found: list[LonLat] = []
    while len(found) < count:
        spot = spot_on(streets, rng.randrange(len(streets.tail)), rng.random())
        if rng.random() < 0.2:
            lon, lat = streets.nodes[rng.randrange(len(streets.nodes))]
            spot = LonLat(float(lon), float(lat))
        if rng.random() < 0.6:
            spot = moved(spot, rng.gauss(0, off_m), rng.gauss(0, off_m))
        if oracle.put(spot).clear:
            found.append(spot)
    return found


def closure(
    name: str,
    shape: ClosureShape,
    places: Sequence[LonLat],
    *,
    factor: float = 0.0,
    entry: bool = True,
) -> Closure:
    """Return a closure in force."""
    reason, by = ClosureReason.FLOOD, "test"
    drawn = tuple(places)
    return Closure(name, shape, drawn, NOON, None, reason, by, NOON, factor=factor, entry=entry)


def random_closure(
    oracle: TurnOracle, rng: random.Random, name: str, *, size_m: float = 150.0
) -> Closure:
    """Return a closure of any kind somewhere on the streets, whose edges are beyond doubt."""
    streets = oracle.ground.streets
    while True:
        e = rng.randrange(len(streets.tail))
        centre = spot_on(streets, e, rng.random())
        shape = rng.choice(list(ClosureShape))
        if shape is ClosureShape.AREA:
            places = _star(rng, centre, size_m)
        elif shape is ClosureShape.STREET:
            places = [LonLat(float(lon), float(lat)) for lon, lat in streets.course(e)]
        else:
            places = [
                moved(centre, rng.gauss(0, size_m), rng.gauss(0, size_m))
                for _ in range(rng.randint(2, 3))
            ]
        factor = rng.choice([0.0, 0.0, 0.0, 0.5, 0.3])
        made = closure(name, shape, places, factor=factor, entry=rng.random() < 0.6)
        if oracle.ground.is_clear(made):
            return made


def _star(rng: random.Random, centre: LonLat, size_m: float) -> list[LonLat]:
    """Return a ring around a place that does not cross itself; sometimes closed."""
    corners = rng.randint(3, 9)
    turns = sorted(rng.uniform(0, 2 * pi) for _ in range(corners))
    if max(b - a for a, b in pairwise([*turns, turns[0] + 2 * pi])) >= pi:
        return _star(rng, centre, size_m)
    radii = [rng.uniform(0.3, 1) * size_m for _ in turns]
    ring = [moved(centre, r * sin(t), r * cos(t)) for t, r in zip(turns, radii, strict=True)]
    return [*ring, ring[0]] if rng.random() < 0.5 else ring


# What a route amounts to: the edges that its path lies on.


class Walked:
    """Every sequence of edges whose course is a route's path, with its rule-book seconds."""

    def __init__(self, oracle: TurnOracle, route: RouteLine) -> None:
        self.oracle, self.route = oracle, route
        self.ground = oracle.ground
        self.path = [oracle.ground.project(p.lon, p.lat) for p in route.path]

    def drives(self) -> Iterator[tuple[list[int], float]]:
        """Yield (edges, seconds) of each drive allowed by the rules that takes this path."""
        a, b = self.oracle.put(self.route.path[0]), self.oracle.put(self.route.path[-1])
        access = (a.metres + b.metres) / ACCESS_MPS
        for edges, ms in self._drives(a, b):
            yield edges, ms / 1000 + access

    def _drives(self, a: Put, b: Put) -> Iterator[tuple[list[int], int]]:
        ms = self.oracle.rules.ms
        inner = self.path[1:-1]
        if a.node is not None and a.node == b.node:
            yield [], 0
        for e in a.shares.keys() & b.shares.keys():
            if b.shares[e] >= a.shares[e] and _same(self._part(e, a.shares[e], b.shares[e]), inner):
                yield [e], round((b.shares[e] - a.shares[e]) * ms[e])
        for e, share in self._firsts(a):
            ends = a.node is not None and e in b.shares
            if ends and _same(self._part(e, 0.0, b.shares[e]), inner):
                yield [e], round(b.shares[e] * ms[e])
            rest = self._after(self._part(e, share, 1.0), inner)
            if rest is not None:
                yield from self._on([e], round((1 - share) * ms[e]), rest, b)

    def _firsts(self, a: Put) -> Iterator[tuple[int, float]]:
        yield from a.shares.items()
        if a.node is not None:
            yield from ((e, 0.0) for e in self.oracle.leaving[a.node])

    def _on(
        self, edges: list[int], ms: int, rest: list[tuple[float, float]], b: Put
    ) -> Iterator[tuple[list[int], int]]:
        """Go on from the end of the last edge along what is left of the path."""
        v, cost = self.ground.head[edges[-1]], self.oracle.rules.ms
        if v == b.node and _same([rest[0]], rest):
            yield edges, ms
        for f in self.oracle.leaving[v]:
            if not self.oracle.may_turn(tuple(edges), f):
                continue
            begun = ms + self.oracle.turn_ms(edges[-1], f)
            if f in b.shares and _same(self._part(f, 0.0, b.shares[f]), rest):
                yield [*edges, f], begun + round(b.shares[f] * cost[f])
            after = self._after(self._part(f, 0.0, 1.0), rest)
            if after is not None:
                yield from self._on([*edges, f], begun + cost[f], after, b)

    def _part(self, e: int, start: float, end: float) -> list[tuple[float, float]]:
        """Return the places of a part of an edge."""
        course = self.ground.courses[e]
        a, b = (course.interpolate(x, normalized=True) for x in (start, end))
        low, high = (x * course.length for x in (start, end))
        along, spots, last = 0.0, [(a.x, a.y)], course.coords[0]
        for spot in course.coords:
            along, last = along + hypot(spot[0] - last[0], spot[1] - last[1]), spot
            if low < along < high:
                spots.append(spot)
        return [*spots, (b.x, b.y)]

    def _after(
        self, part: list[tuple[float, float]], rest: list[tuple[float, float]]
    ) -> list[tuple[float, float]] | None:
        """Return what is left of a path after this part of it, its end included."""
        for k in range(1, len(rest) + 1):
            if _near(rest[k - 1], part[-1]) and _same(part, rest[:k]):
                return rest[k - 1 :]
        return None


def _near(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether two places are the same but for the metre that a junction swallows."""
    return hypot(a[0] - b[0], a[1] - b[1]) < 1.1


def _same(part: Sequence[tuple[float, float]], path: Sequence[tuple[float, float]]) -> bool:
    """Whether two courses are the same, however many places each has."""

    def thin(course: Sequence[tuple[float, float]]) -> object:
        return Point(course[0]) if len(set(course)) == 1 else LineString(course)

    if not path or not _near(part[0], path[0]) or not _near(part[-1], path[-1]):
        return False
    one, other = thin(part), thin(path)
    if abs(one.length - other.length) > 2.2:
        return False
    return bool(one.hausdorff_distance(other) < 1.1 and MultiPoint(path).distance(one) < 1.1)
