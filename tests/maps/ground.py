"""A made-up grid town for the page's tests: streets, pipes, isolation valves, premises."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from domain.network import (
    Hydrant,
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
from domain.streets import Area, AreaKind, StreetNetwork, StreetReport
from domain.words import PremisesKind

EAST_WEST = ("北苑路", "文化路", "中山路", "建设路", "解放路", "和平路", "滨江路", "南湖路")
NORTH_SOUTH = (
    "西环路", "胜利街", "人民巷", "学府路", "站前街", "东环路", "新华街", "工业路", "科技路",
)  # fmt: skip
ROWS, COLUMNS = len(EAST_WEST), len(NORTH_SOUTH)
WEST, NORTH, STEP_LON, STEP_LAT = 104.05, 30.68, 0.0021, -0.0017


def corner(column: float, row: float) -> LonLat:
    """Return a place of the grid, a little askew so that it looks like a town."""
    bend = 0.00012 * ((column * 7 + row * 5) % 3 - 1)
    lon = WEST + column * STEP_LON + 0.00012 * row
    lat = NORTH + row * STEP_LAT + 0.00009 * column + bend
    return LonLat(round(lon, 7), round(lat, 7))


def along(a: LonLat, b: LonLat, share: float) -> LonLat:
    """Return the place a share of the way from a to b."""
    return LonLat(a.lon + (b.lon - a.lon) * share, a.lat + (b.lat - a.lat) * share)


def junction(column: int, row: int) -> str:
    """Return the id of a crossing's node."""
    return f"J{row}{column}"


def edges() -> list[tuple[tuple[int, int], tuple[int, int], str]]:
    """Return the blocks' sides: (column, row) at both ends and the road's name."""
    across = [((c, r), (c + 1, r), EAST_WEST[r]) for r in range(ROWS) for c in range(COLUMNS - 1)]
    down = [((c, r), (c, r + 1), NORTH_SOUTH[c]) for c in range(COLUMNS) for r in range(ROWS - 1)]
    return across + down


def diameter(road: str) -> float:
    """Return a pipe's diameter by its road, metres."""
    return {"建设路": 0.4, "东环路": 0.5, "学府路": 0.3, "中山路": 0.2}.get(road, 0.15)


def network() -> PipeNetwork:
    """Return some 150 pipes with isolation valves, hydrants and premises."""
    nodes = [
        Node(junction(c, r), NodeKind.JUNCTION, corner(c, r))
        for r in range(ROWS)
        for c in range(COLUMNS)
    ]
    nodes.append(Node("R1", NodeKind.RESERVOIR, corner(5, -0.6)))
    links = [_pipe(a, b, road) for a, b, road in edges()]
    top = corner(5, 0)
    links.append(
        Link("P-R1", LinkKind.PIPE, "R1", junction(5, 0), (corner(5, -0.6), top), 110.0, 0.6)
    )
    return PipeNetwork(
        tuple(nodes),
        tuple(links),
        _isolation_valves(links),
        _hydrants(links),
        _premises(links),
        "临江",
    )


def _pipe(a: tuple[int, int], b: tuple[int, int], road: str) -> Link:
    name = f"P-{a[1]}{a[0]}{'E' if a[1] == b[1] else 'S'}"
    ends = (corner(*a), corner(*b))
    material = "球墨铸铁" if diameter(road) >= 0.3 else "PE"
    return Link(
        name, LinkKind.PIPE, junction(*a), junction(*b), ends, 200.0, diameter(road),
        material=material, year=1990 + (a[0] * 3 + a[1]) % 30, road=road,
    )  # fmt: skip


def _isolation_valves(links: list[Link]) -> tuple[IsolationValve, ...]:
    found = []
    for row, link in enumerate(links[:-1]):
        for end, share in ((link.start, 0.02), (link.end, 0.98)):
            number = len(found) + 100
            if (row + (share > 0.5)) % 3 == 2:
                continue
            state = Operability.INOPERABLE if number % 17 == 3 else Operability.OPERABLE
            state = Operability.UNKNOWN if number % 23 == 5 else state
            position = Position.CLOSED if number % 29 == 7 else Position.OPEN
            place = along(link.path[0], link.path[1], share)
            found.append(IsolationValve(f"V-{number}", link.id, end, place, position, state))
    return tuple(found)


def _hydrants(links: list[Link]) -> tuple[Hydrant, ...]:
    return tuple(
        Hydrant(f"H-{row}", link.id, along(link.path[0], link.path[1], 0.6))
        for row, link in enumerate(links[:-1])
        if row % 3 == 0
    )


def _premises(links: list[Link]) -> tuple[Premises, ...]:
    kinds = {40: PremisesKind.SCHOOL, 77: PremisesKind.HOSPITAL, 300: PremisesKind.FACTORY}
    found: list[Premises] = []
    for link in links[:-1]:
        for side in (-1, 1):
            for share in (0.15, 0.32, 0.5, 0.68, 0.85):
                number = len(found)
                kind = kinds.get(number % 350, PremisesKind.HOME)
                found.append(_one(number, link, along(*link.path, share), side, kind))
    return tuple(found)


def _one(number: int, link: Link, place: LonLat, side: int, kind: PremisesKind) -> Premises:
    """Return a premises beside its pipe, with the personal data that no page may show."""
    a, b = link.path
    across = (-(b.lat - a.lat) * 0.09 * side, (b.lon - a.lon) * 0.09 * side)
    spot = LonLat(round(place.lon + across[0], 7), round(place.lat + across[1], 7))
    home = kind is PremisesKind.HOME
    return Premises(
        f"U-{number:04d}", spot, link=link.id, kind=kind, critical=not home,
        account=f"88{number:06d}", name="欧阳测试" if home else "市二院",
        phone=f"138{number:08d}", address=f"{link.road}{number % 200 + 1}号",
    )  # fmt: skip


def _pair(column: float, row: float) -> tuple[float, float]:
    place = corner(column, row)
    return place.lon, place.lat


def streets() -> StreetNetwork:
    """Return the grid as streets, both directions, with a park and a river."""
    pairs = edges()
    both = [(a, b, road) for a, b, road in pairs] + [(b, a, road) for a, b, road in pairs]
    names = ("", *EAST_WEST, *NORTH_SOUTH)
    classes = ("primary", "secondary", "residential")
    rank = {"建设路": 0, "东环路": 0, "学府路": 1, "中山路": 1, "滨江路": 1}
    shape = [_pair(*end) for a, b, _ in both for end in (a, b)]
    nodes = [_pair(c, r) for r in range(ROWS) for c in range(COLUMNS)]
    count = len(both)
    return StreetNetwork(
        nodes=np.array(nodes),
        tail=np.array([a[1] * COLUMNS + a[0] for a, _, _ in both]),
        head=np.array([b[1] * COLUMNS + b[0] for _, b, _ in both]),
        length_m=np.full(count, 200.0),
        seconds=np.full(count, 24.0),
        road_class=np.array([rank.get(road, 2) for _, _, road in both]),
        classes=classes,
        name=np.array([names.index(road) for _, _, road in both]),
        names=names,
        shape_start=np.arange(0, 2 * count + 1, 2),
        shape=np.array(shape),
        areas=(_area(AreaKind.PARK, "人民公园", (2.1, 4.1, 2.9, 4.9)), _river()),
        report=StreetReport("made up", len(nodes), count, 0, 0),
    )


def _area(kind: AreaKind, name: str, box: tuple[float, float, float, float]) -> Area:
    west, north, east, south = box
    ring = [(west, north), (east, north), (east, south), (west, south), (west, north)]
    return Area(kind, np.array([_pair(*one) for one in ring]), name)


def _river() -> Area:
    upper = [corner(c, 7.6 + 0.1 * (c % 2)) for c in range(-3, 13)]
    lower = [corner(c, 8.9 + 0.1 * (c % 2)) for c in range(12, -4, -1)]
    ring = [(one.lon, one.lat) for one in (*upper, *lower, upper[0])]
    return Area(AreaKind.WATER, np.array(ring), "临江")


def line(*stops: tuple[int, int]) -> tuple[LonLat, ...]:
    """Return a drive through crossings, along the grid."""
    found = [corner(*stops[0])]
    for (c1, r1), (c2, r2) in pairwise(stops):
        found += [corner(c, r1) for c in _steps(c1, c2)] + [corner(c2, r) for r in _steps(r1, r2)]
    return tuple(found)


def _steps(a: int, b: int) -> range:
    return range(a + 1, b + 1) if b >= a else range(a - 1, b - 1, -1)
