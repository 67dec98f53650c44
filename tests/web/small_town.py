"""A small town by hand: a grid of streets with pipes, four premises a pipe, three crews.

Each pipe has an isolation valve at either end, so that a burst dries its own four premises.
"""

from __future__ import annotations

from datetime import UTC, datetime

from domain.crews import Crew, Shift
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
from domain.places import LonLat, Place
from domain.words import PremisesKind, Skill
from storage import UnitOfWork

#: Junctions a side, and degrees between two: about 190 m east and 220 m north.
SIDE, STEP = 4, 0.002

WEST, SOUTH = 113.90, 30.30

#: Names of the streets from west to east, and of those from south to north.
EASTWARD = ("滨江路", "人民路", "解放路", "学府路")
NORTHWARD = ("东湖街", "南园街", "西门街", "北站街")

#: Premises on each pipe.
HOMES = 4

#: The street the tests have a burst in, its pipe, and one far away.
BURST_PIPE, BURST_ROAD, FAR_ROAD = "E11", "人民路", "学府路"

SHIFT = Shift(datetime(2026, 11, 23, 0, 0, tzinfo=UTC), datetime(2026, 11, 23, 10, 0, tzinfo=UTC))


def _at(column: float, row: float) -> LonLat:
    return LonLat(round(WEST + STEP * column, 7), round(SOUTH + STEP * row, 7))


def _pipe(name: str, ends: tuple[tuple[int, int], tuple[int, int]], road: str) -> Link:
    (a, b), (c, d) = ends
    path = (_at(a, b), _at(c, d))
    return Link(name, LinkKind.PIPE, f"J{a}{b}", f"J{c}{d}", path, 200.0, 0.2, road=road)


def _pipes() -> tuple[Link, ...]:
    east = [
        _pipe(f"E{row}{column}", ((column, row), (column + 1, row)), EASTWARD[row])
        for row in range(SIDE)
        for column in range(SIDE - 1)
    ]
    north = [
        _pipe(f"N{column}{row}", ((column, row), (column, row + 1)), NORTHWARD[column])
        for column in range(SIDE)
        for row in range(SIDE - 1)
    ]
    main = Link(
        "M1", LinkKind.PIPE, "R1", "J00", (_at(-1, 0), _at(0, 0)), 200.0, 0.4, road="水厂路"
    )
    return (main, *east, *north)


def _isolation_valves(pipe: Link) -> tuple[IsolationValve, ...]:
    (a, b) = pipe.path
    return tuple(
        IsolationValve(f"V-{pipe.id}{end}", pipe.id, node, _between(a, b, share))
        for end, node, share in (("a", pipe.start, 0.02), ("b", pipe.end, 0.98))
    )


def _between(a: LonLat, b: LonLat, share: float) -> LonLat:
    lon, lat = a.lon + share * (b.lon - a.lon), a.lat + share * (b.lat - a.lat)
    return LonLat(round(lon, 7), round(lat, 7))


def _homes(pipe: Link, first: int) -> tuple[Premises, ...]:
    """Return the premises of a pipe, numbered along its road; the town's 17th is the hospital."""
    (a, b) = pipe.path
    found = []
    for place in range(HOMES):
        number = first + place
        spot = _between(a, b, (place + 1) / (HOMES + 1))
        hospital = number == 17
        found.append(
            Premises(
                f"S{number:03d}",
                LonLat(round(spot.lon + 0.0001, 7), round(spot.lat + 0.0001, 7)),
                link=pipe.id,
                kind=PremisesKind.HOSPITAL if hospital else PremisesKind.HOME,
                critical=hospital,
                account=f"A-{60000 + number}",
                name="东湖医院" if hospital else f"王小{'一二三四五六七八九十'[number % 10]}",
                phone=f"1380013{8000 + number}",
                address=f"{pipe.road}{number}号",
            )
        )
    return tuple(found)


def network() -> PipeNetwork:
    """Return the network with its premises; only the main M1 brings water."""
    pipes = _pipes()
    nodes = [
        Node(f"J{column}{row}", NodeKind.JUNCTION, _at(column, row))
        for column in range(SIDE)
        for row in range(SIDE)
    ]
    valves = [one for pipe in pipes for one in _isolation_valves(pipe)]
    homes = [one for index, pipe in enumerate(pipes[1:]) for one in _homes(pipe, 1 + index * HOMES)]
    return PipeNetwork(
        nodes=(Node("R1", NodeKind.RESERVOIR, _at(-1, 0), 60.0), *nodes),
        links=pipes,
        isolation_valves=tuple(valves),
        hydrants=(Hydrant("H1", "E11", _at(1.5, 1)),),
        premises=tuple(homes),
        name="小镇",
    )


PLACES = (Place("L1", "东湖菜场", _at(2.5, 2.5), ("菜场",)),)

CREWS = (
    Crew("C1", "阀门班", frozenset({Skill.VALVE}), 2, _at(0, 0), SHIFT, "鄂A·10001"),
    Crew(
        "C2", "抢修班", frozenset({Skill.PIPE, Skill.LARGE_MAIN}), 4, _at(3, 3), SHIFT, "鄂A·10002"
    ),
    Crew(
        "C3",
        "综合班",
        frozenset({Skill.METER, Skill.WATER_QUALITY, Skill.CIVIL, Skill.VALVE}),
        2,
        _at(3, 0),
        SHIFT,
    ),
)


def load(work: UnitOfWork) -> PipeNetwork:
    """Store the town and return its network."""
    town = network()
    work.network.save(town)
    work.places.save(PLACES)
    work.crews.save(CREWS)
    work.commit()
    return town


def homes_on(pipe: str) -> tuple[Premises, ...]:
    """Return the premises fed from a pipe."""
    return tuple(one for one in network().premises if one.link == pipe)
