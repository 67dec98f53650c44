"""Predicted and actual meet: the closing order shut to its end dries exactly the isolation's."""

from __future__ import annotations

from random import Random

import pytest

import gis
from domain.network import NodeKind
from tests.oracles.networks import random_network


@pytest.mark.parametrize("chunk", range(4))
def test_the_last_valve_makes_the_actual_set_the_predicted(chunk: int) -> None:
    """In every order of closing, on random networks; the set only grows on the way."""
    seen = 0
    for seed in range(25 * chunk, 25 * chunk + 25):
        network, rng = random_network(seed), Random(seed)
        sources = {one.id for one in network.nodes if one.kind is not NodeKind.JUNCTION}
        for link in rng.sample([one.id for one in network.links], min(3, len(network.links))):
            isolation = gis.isolate(network, [link])
            if sources.intersection(isolation.segment_nodes):
                continue  # nothing shuts off a source inside the segment; a warning says so
            order = list(isolation.close)
            rng.shuffle(order)
            before: set[str] = set()
            for count in range(len(order) + 1):
                out = set(gis.without_water(network, order[:count]))
                assert before <= out <= set(isolation.premises)
                before = out
            assert before == set(isolation.premises), (seed, link)
            seen += len(order) > 1
    assert seen > 5
