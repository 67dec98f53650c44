"""Defects planted into clean random networks: all are found, nothing else is; repairs hold."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gis
from domain.network import PipeNetwork
from tests.gis.planting import DEFECTS, clean, plant

SEEDS = st.integers(0, 10**9)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def found(network: PipeNetwork) -> set[tuple[str, str]]:
    """Return what ``check`` finds, as (kind, id)."""
    return {(one.kind.value, one.subject) for one in gis.check(network)}


@FEW
@given(SEEDS)
def test_a_clean_network_has_no_findings(seed: int) -> None:
    """The generator's ground is clean."""
    assert found(clean(random.Random(seed))) == set()


@FEW
@given(SEEDS, st.permutations(sorted(DEFECTS)).map(lambda names: names[:5]))
def test_what_was_planted_is_found_and_nothing_else(seed: int, names: list[str]) -> None:
    """Exactly the planted defects, each in a place of its own."""
    network, planted = plant(clean(random.Random(seed)), names, random.Random(seed))
    assert found(network) == planted


@FEW
@given(SEEDS, st.permutations(sorted(DEFECTS)))
def test_mended_once_is_mended(seed: int, names: list[str]) -> None:
    """What was repaired is found no more, and mending again changes nothing."""
    network, _ = plant(clean(random.Random(seed)), list(names), random.Random(seed))
    mending = gis.mend(network)
    assert mending.done
    repaired = {(one.finding.kind, one.finding.subject) for one in mending.done}
    left = gis.check(mending.network)
    assert left == mending.left
    assert repaired.isdisjoint((one.kind, one.subject) for one in left)
    assert not any(one.safe for one in left)
    again = gis.mend(mending.network)
    assert again.done == ()
    assert again.network == mending.network


@FEW
@given(SEEDS, st.permutations(sorted(DEFECTS)))
def test_ids_are_stable_and_what_must_stay_stays(seed: int, names: list[str]) -> None:
    """Nothing new; gone are only joined nodes and twins, and none of those to keep."""
    network, _ = plant(clean(random.Random(seed)), list(names), random.Random(seed))
    mended = gis.mend(network).network
    assert [one.id for one in mended.premises] == [one.id for one in network.premises]
    valves = [one.id for one in network.isolation_valves]
    assert [one.id for one in mended.isolation_valves] == valves
    assert mended.node_by_id.keys() <= network.node_by_id.keys()
    assert mended.link_by_id.keys() <= network.link_by_id.keys()
    keep = network.node_by_id.keys() | network.link_by_id.keys()
    kept = gis.mend(network, keep=keep)
    assert kept.network.node_by_id.keys() == network.node_by_id.keys()
    assert kept.network.link_by_id.keys() == network.link_by_id.keys()
    gone = len(network.nodes) + len(network.links) - len(mended.nodes) - len(mended.links)
    assert len(kept.withheld) == gone


@FEW
@given(SEEDS, st.permutations(sorted(DEFECTS)))
def test_the_order_of_things_does_not_matter(seed: int, names: list[str]) -> None:
    """The same kinds in the same number, however the file is sorted."""
    network, _ = plant(clean(random.Random(seed)), list(names), random.Random(seed))
    turned = replace(network, nodes=network.nodes[::-1], links=network.links[::-1])
    kinds = sorted(kind for kind, _ in found(network))
    assert sorted(kind for kind, _ in found(turned)) == kinds
