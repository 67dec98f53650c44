"""Whatever the map and however one drives over it, the steps hold together."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.driving_words import step_sentence
from domain.places import LonLat
from domain.travel import StepType
from routing.steps import Drive, StepMaker
from tests.routing.drawn_network import Road, network

WAYS = ("motorway", "motorway_link", "primary", "primary_link", "residential", "service", "track")

roads = st.builds(
    Road,
    nodes=st.lists(st.integers(0, 9), min_size=2, max_size=5).filter(
        lambda nodes: all(a != b for a, b in pairwise(nodes))
    ),
    name=st.sampled_from(["", "A", "B"]),
    way=st.sampled_from(WAYS),
    oneway=st.booleans(),
    roundabout=st.booleans(),
    ref=st.sampled_from(["", "G1"]),
)
places = st.lists(
    st.tuples(st.integers(-300, 300), st.integers(-300, 300)), min_size=10, max_size=10, unique=True
)


@settings(deadline=None)
@given(places, st.lists(roads, min_size=1, max_size=8), st.data())
def test_any_drive_over_any_map(
    at: list[tuple[int, int]], drawn: list[Road], data: st.DataObject
) -> None:
    """Streets over each other, loops, roundabouts that are none: all adds up and can be said."""
    streets = network(dict(enumerate((float(x), float(y)) for x, y in at)), drawn)
    edges = [data.draw(st.integers(0, len(streets.tail) - 1))]
    for _ in range(data.draw(st.integers(0, 12))):
        ways = np.flatnonzero(streets.tail == streets.head[edges[-1]]).tolist()
        if not ways:
            break
        edges.append(data.draw(st.sampled_from(ways)))
    access = (data.draw(st.floats(0, 50)), data.draw(st.floats(0, 50)))
    here = LonLat(*streets.nodes[streets.tail[edges[0]]].tolist())
    there = LonLat(*streets.nodes[streets.head[edges[-1]]].tolist())
    metres, seconds = streets.length_m[edges], streets.seconds[edges]
    found = StepMaker(streets).steps(
        Drive(edges, 0.0, 1.0, metres, seconds, here, there, access, access)
    )
    assert sum(one.metres for one in found) == pytest.approx(metres.sum() + sum(access))
    assert sum(one.seconds for one in found) == pytest.approx(seconds.sum() + sum(access))
    kinds = [one.type for one in found]
    assert (kinds[0], kinds[-1]) == (StepType.DEPART, StepType.ARRIVE)
    assert len(found) <= len(edges) + 1
    assert all(one.metres >= 0.0 for one in found)
    for one in found:
        assert step_sentence(one).zh
        assert step_sentence(one).en
