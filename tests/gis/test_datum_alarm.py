"""Places of another datum than they were read in raise an alarm; right ones never do."""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gis
from domain.network import Link, LinkKind, Node, NodeKind, PipeNetwork
from domain.places import Datum, LonLat

#: WGS-84, GCJ-02 and BD-09 of one place, lon before lat. Source: computed with coord-convert 0.2.1
#: (MIT, PyPI), an implementation that shares no code with ours.
CITIES = {
    "西安": (108.942, 34.26, 108.946655, 34.258412, 108.953078, 34.264663),
    "上海": (121.4737, 31.2304, 121.478223, 31.228458, 121.484781, 31.234311),
    "广州": (113.2644, 23.1291, 113.269730, 23.126423, 113.276151, 23.132711),
    "哈尔滨": (126.535, 45.8038, 126.541040, 45.805782, 126.547659, 45.811396),
    "成都": (104.0668, 30.5728, 104.069305, 30.570346, 104.075783, 30.576352),
    "乌鲁木齐": (87.6168, 43.8256, 87.619650, 43.826805, 87.626100, 43.832950),
}
DATUMS = (Datum.WGS84, Datum.GCJ02, Datum.BD09)
DEGREE_M = 111_195.0
HALF_M = 1000.0
BLOCK_M = 125.0


def at(city: str, east_m: float, north_m: float, datum: Datum = Datum.WGS84) -> LonLat:
    """Return the degrees that a map of this datum gives a place so far from the city's middle.

    Within a kilometre the shift is that of the middle, to some metres.
    """
    row = DATUMS.index(datum)
    lon, lat = CITIES[city][2 * row : 2 * row + 2]
    return LonLat(lon + east_m / DEGREE_M / cos(radians(lat)), lat + north_m / DEGREE_M)


def town(city: str) -> PipeNetwork:
    """Return streets in blocks of 125 m, two kilometres across, a pipe under each."""
    lines = [n * BLOCK_M - HALF_M for n in range(int(2 * HALF_M / BLOCK_M) + 1)]
    ends = [((x, -HALF_M), (x, HALF_M)) for x in lines] + [
        ((-HALF_M, y), (HALF_M, y)) for y in lines
    ]
    nodes, links = [], []
    for n, (one, other) in enumerate(ends):
        start, end = at(city, *one), at(city, *other)
        nodes += [Node(f"{n}a", NodeKind.JUNCTION, start), Node(f"{n}b", NodeKind.JUNCTION, end)]
        links.append(Link(f"P{n}", LinkKind.PIPE, f"{n}a", f"{n}b", (start, end), 2000.0, 0.2))
    return PipeNetwork(tuple(nodes), tuple(links))


def homes(
    city: str, datum: Datum, seed: int, count: int = 200, noise_m: float = 10.0
) -> list[LonLat]:
    """Return homes some metres beside the streets, as a map of this datum has them."""
    luck = Random(seed)
    found = []
    for _ in range(count):
        along = luck.uniform(-HALF_M, HALF_M)
        street = BLOCK_M * luck.randrange(-7, 8)
        off, wobble = luck.gauss(0, noise_m), luck.gauss(0, noise_m)
        east, north = luck.choice([(along, street + off), (street + off, along)])
        found.append(at(city, east + wobble, north, datum))
    return found


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_the_wrong_datum_is_named(city: str, datum: Datum) -> None:
    """In each city, with noise of ten metres, in blocks that hide a wrong place from most."""
    found = gis.wrong_datum(town(city), homes(city, datum, 7, 1000))
    assert found is not None
    assert (found.read_as, found.probably) == (Datum.WGS84, datum)
    assert found.then_m * 3 <= found.away_m
    assert 200 < found.shift_m < 1500


def test_fewer_places_are_enough_along_one_street() -> None:
    """Where no other pipe is near, thirty tell."""
    network = town("西安")
    lone = replace(network, links=network.links[:1])
    homes_there = [at("西安", -HALF_M + 10, 30.0 * n - HALF_M / 2, Datum.GCJ02) for n in range(30)]
    found = gis.wrong_datum(lone, homes_there)
    assert found is not None
    assert found.probably is Datum.GCJ02


def test_a_datum_column_that_lies_is_told_too() -> None:
    """Places that were right, shifted back by a column that says gcj02."""
    there = [LonLat(2 * a.lon - b.lon, 2 * a.lat - b.lat) for a, b in pairs("西安", Datum.GCJ02)]
    found = gis.wrong_datum(town("西安"), there)
    assert found is not None
    assert (found.read_as, found.probably) == (Datum.GCJ02, Datum.WGS84)


def pairs(city: str, datum: Datum) -> list[tuple[LonLat, LonLat]]:
    """Return homes as WGS-84 and as another datum have them."""
    right, wrong = homes(city, Datum.WGS84, 3), homes(city, datum, 3)
    return list(zip(right, wrong, strict=True))


def test_a_named_pipe_tells_it_where_pipes_are_dense() -> None:
    """One street: whatever lies near, its homes do not lie on it."""
    network = town("成都")
    east = [at("成都", 20.0 * n - HALF_M / 2, 3.0, Datum.GCJ02) for n in range(40)]
    names = [link.id for link in network.links if link.path[0].lat == link.path[1].lat]
    middle = names[len(names) // 2]
    assert gis.wrong_datum(network, east) is None
    found = gis.wrong_datum(network, east, [middle] * len(east))
    assert found is not None
    assert found.probably is Datum.GCJ02


@given(
    city=st.sampled_from(sorted(CITIES)),
    seed=st.integers(0, 10**6),
    count=st.integers(1, 300),
    noise_m=st.floats(0, 60),
    outside=st.integers(0, 100),
)
@settings(max_examples=25, deadline=None)
def test_right_places_raise_no_alarm(
    city: str, seed: int, count: int, noise_m: float, outside: int
) -> None:
    """However noisy, and with some in a village that has no pipes yet."""
    village = [at(city, 3000.0 + 10 * n, 2500.0) for n in range(outside)]
    places = [*homes(city, Datum.WGS84, seed, count, noise_m), *village]
    assert gis.wrong_datum(town(city), places) is None


def test_few_places_and_places_abroad_say_nothing() -> None:
    """Nineteen may be chance; Heidelberg is not shifted on any map."""
    assert gis.wrong_datum(town("西安"), homes("西安", Datum.GCJ02, 1, 19)) is None
    assert gis.wrong_datum(town("西安"), []) is None
    assert (
        gis.wrong_datum(town("西安"), [LonLat(8.69 + n / 1000, 49.41) for n in range(50)]) is None
    )
