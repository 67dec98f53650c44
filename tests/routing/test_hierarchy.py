"""The hierarchy against networkx: random graphs, random orders, random changes of weight."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.hierarchy import FAR, Hierarchy, Targets, Weighted, fastest_way

Weights = dict[tuple[int, int], int]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Weights, list[int]]:
    """Return a node count, arcs with weights and an elimination order."""
    count = draw(st.integers(2, 14))
    nodes = st.integers(0, count - 1)
    arcs = draw(
        st.dictionaries(st.tuples(nodes, nodes), st.one_of(st.integers(0, 50), st.just(FAR)))
    )
    return count, arcs, draw(st.permutations(range(count)))


def hierarchy(count: int, arcs: Weights, order: list[int]) -> Weighted:
    """Return the weighted hierarchy of the arcs in the order of the dictionary."""
    pairs = np.array(list(arcs), dtype=np.int64).reshape(-1, 2)
    shape = Hierarchy.of(pairs[:, 0], pairs[:, 1], np.array(order, dtype=np.int64))
    return Weighted.of(shape, np.array(list(arcs.values()), dtype=np.int64))


def truth(count: int, arcs: Weights) -> list[list[int]]:
    """Return all fastest times by networkx."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in arcs.items() if w < FAR)
    times = dict(nx.all_pairs_dijkstra_path_length(graph))
    return [[times[a].get(b, FAR) for b in range(count)] for a in range(count)]


def table(over: Weighted, count: int) -> list[list[int]]:
    """Return all fastest times by the hierarchy, every node a place of one seed."""
    each = np.arange(count + 1, dtype=np.int64)
    none = np.zeros(count, dtype=np.int64)
    found: list[list[int]] = (
        Targets.of(over, each, each[:-1], none).times(each, each[:-1], none).tolist()
    )
    return found


@settings(deadline=None)
@given(graphs())
def test_all_times_equal_those_of_networkx(graph: tuple[int, Weights, list[int]]) -> None:
    """Whatever the order, loops, zero weights, shut arcs and unconnected parts included."""
    count, arcs, order = graph
    over = hierarchy(count, arcs, order)
    expected = truth(count, arcs)
    assert table(over, count) == expected
    one = np.zeros(1, dtype=np.int64)
    begin = np.array([0, 1], dtype=np.int64)
    for target in range(count):
        to = Targets.of(over, begin, np.array([target]), one)
        alone = [int(to.times(begin, np.array([source]), one)[0, 0]) for source in range(count)]
        assert alone == [row[target] for row in expected]


@settings(deadline=None)
@given(graphs(), st.data())
def test_new_weights_give_what_a_new_hierarchy_gives(
    graph: tuple[int, Weights, list[int]], data: st.DataObject
) -> None:
    """Raised, lowered, shut and opened, several times over; the older ones stay as they were."""
    count, arcs, order = graph
    over, weights = hierarchy(count, arcs, order), dict(arcs)
    before = [(over, table(over, count))]
    for _ in range(3):
        changed = data.draw(st.lists(st.sampled_from(sorted(arcs)), unique=True)) if arcs else []
        new = {arc: data.draw(st.sampled_from([0, 1, 7, 60, FAR])) for arc in changed}
        weights |= new
        number = {arc: k for k, arc in enumerate(arcs)}
        over = over.reweighed(
            np.array([number[arc] for arc in new], dtype=np.int64),
            np.array(list(new.values()), dtype=np.int64),
        )
        fresh = hierarchy(count, weights, order)
        assert np.array_equal(over.up, fresh.up)
        assert np.array_equal(over.down, fresh.down)
        before.append((over, truth(count, weights)))
    assert all(table(one, count) == expected for one, expected in before)


@settings(deadline=None)
@given(graphs(), st.data())
def test_a_way_is_driven_in_its_time(
    graph: tuple[int, Weights, list[int]], data: st.DataObject
) -> None:
    """From several sources to several targets: the best pair, and a path that adds up."""
    count, arcs, order = graph
    over, expected = hierarchy(count, arcs, order), truth(count, arcs)
    seeds = st.dictionaries(st.integers(0, count - 1), st.integers(0, 30), min_size=1, max_size=3)
    sources, targets = data.draw(seeds), data.draw(seeds)
    ends = [
        (np.array(list(one)), np.array(list(one.values()), dtype=np.int64))
        for one in (sources, targets)
    ]
    time, states = fastest_way(over, ends[0], ends[1])
    best = min(
        min(FAR, more + expected[a][b] + rest)
        for a, more in sources.items()
        for b, rest in targets.items()
    )
    assert time == best
    way = states.tolist()
    if time == FAR:
        assert way == []
        return
    driven = sum(arcs[a, b] for a, b in pairwise(way))
    assert sources[way[0]] + driven + targets[way[-1]] == time
