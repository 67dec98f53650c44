"""How fast is the isolation engine? ``python -m benchmarks.isolation [--quick] [--seed N]``.

One JSON object a line. Segments beside wntr's ``valve_segments`` from the same graph and valve
table, in the same run; then made metropolises (``benchmarks.grids``): building, bursts, a status
change, criticality, memory. Compiling happens before the clock starts.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
import warnings
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import numpy as np

from benchmarks.grids import metropolis
from benchmarks.lines import Line, figure, show
from gis.isolation.columns import Columns
from gis.isolation.criticality import losses
from gis.isolation.effect import Question, shut_off
from gis.isolation.engine import prepare, turned
from gis.isolation.outcome import Outcome
from gis.isolation.table import segments_of_table

PEER_CASES, QUICK_PEER_CASES = ("ky4", "ky10", "Net6"), ("ky4",)
SIZES, QUICK_SIZES = (100_000, 1_000_000), (100_000,)
BURSTS, STATUS_CHANGES, RUNS = 4_000, 25, 3


def main() -> None:
    """Print the benchmark's lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller cases, within 45 s")
    parser.add_argument("--seed", type=int, default=1, help="of the valves and the metropolises")
    asked = parser.parse_args()
    _warm_up()
    for case in QUICK_PEER_CASES if asked.quick else PEER_CASES:
        show("isolation", against_wntr(case, asked.seed))
    for size in QUICK_SIZES if asked.quick else SIZES:
        show("isolation", of_metropolis(size, asked.seed))


def _warm_up() -> None:
    arrays = metropolis(2_000, 0)
    question = _prepared(arrays)
    for row in range(200):
        _answer(question, row)
    _changed(question, Random(0))
    losses(question)


# ---------------------------------------------------------------- beside wntr


def against_wntr(case: str, seed: int) -> Iterator[Line]:
    """Yield the time of the same partition of one of wntr's networks, ours and wntr's."""
    try:
        import wntr  # noqa: PLC0415 - a peer: it may be missing
    except ImportError:
        yield {"case": case, "metric": "segments", "value": None, "peer": "wntr", "holds": None}
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        network = wntr.network.WaterNetworkModel(wntr.library.ModelLibrary().get_filepath(case))
        graph = network.to_graph()
        layer = wntr.network.generate_valve_layer(network, "strategic", 2, seed=seed)
        begun = time.perf_counter()
        node_segments, link_segments, _ = wntr.metrics.valve_segments(graph, layer.copy())
        peer_s = time.perf_counter() - begun
    gc.collect()  # what the peer left behind is not ours to sweep
    times, ours = timed(lambda: from_graph(graph, layer), RUNS * 7)
    same = _partition(*ours) == _partition(node_segments.to_dict(), link_segments.to_dict())
    ours_s = statistics.median(times)
    figures = {
        "value": round(ours_s, 6),
        "unit": "s",
        "peer": "wntr",
        "peer_value": round(peer_s, 4),
    }
    yield {"case": case, "metric": "segments", "ratio": round(peer_s / ours_s), **figures}
    yield {"case": case, "metric": "same partition", "value": int(same), "unit": "yes"}


def from_graph(graph: Any, layer: Any) -> tuple[dict[str, int], dict[str, int]]:
    """Return our segments from wntr's graph and valve table."""
    starts, ends, names = [], [], []
    for start, neighbours in graph.adjacency():
        for end, keys in neighbours.items():
            for name in keys:
                starts.append(start)
                ends.append(end)
                names.append(name)
    valves = (layer["link"].tolist(), layer["node"].tolist())
    return segments_of_table(graph.nodes, (starts, ends, names), valves)


def _partition(nodes: dict[str, int], links: dict[str, int]) -> set[frozenset[tuple[str, str]]]:
    parts: dict[int, set[tuple[str, str]]] = {}
    for kind, of in (("node", nodes), ("link", links)):
        for name, number in of.items():
            parts.setdefault(int(number), set()).add((kind, name))
    return {frozenset(one) for one in parts.values()}


def timed(act: Callable[[], Any], runs: int) -> tuple[list[float], Any]:
    """Return the seconds of each run, and what the last one gave."""
    times, given = [], None
    for _ in range(runs):
        begun = time.perf_counter()
        given = act()
        times.append(time.perf_counter() - begun)
    return times, given


# ---------------------------------------------------------------- made metropolises


def of_metropolis(pipes: int, seed: int) -> Iterator[Line]:
    """Yield building, bursts, a status change, criticality and memory of one metropolis."""
    arrays = metropolis(pipes, seed)
    case = f"{pipes} pipes"
    times, question = timed(lambda: _prepared(arrays), RUNS)
    yield {
        "case": case,
        "metric": "build",
        "value": round(statistics.median(times), 3),
        "unit": "s",
        "pipes": len(arrays["link_start"]),
        "isolation_valves": len(arrays["valve_link"]),
        "premises": len(arrays["premises_link"]),
    }
    yield from _bursts(case, question, seed)
    rng = Random(seed)
    changes = [timed(lambda: _changed(question, rng), 1)[0][0] for _ in range(STATUS_CHANGES)]
    yield figure(case, "status change answered, median", statistics.median(changes) * 1e3, "ms")
    yield figure(case, "status change answered, worst", max(changes) * 1e3, "ms")
    times, _ = timed(lambda: losses(question), 1)
    yield figure(case, "criticality of everything", times[0], "s")
    yield figure(case, "arrays", _megabytes(question), "MB")


def _prepared(arrays: dict[str, Any]) -> Question:
    stand = ("is_open", "can_turn")
    columns = Columns(**{name: one for name, one in arrays.items() if name not in stand})
    return prepare(columns, *(arrays[name] for name in stand))


def _answer(question: Question, row: int) -> tuple[Any, ...]:
    """Return all that a burst dries and takes, as rows."""
    outcome = Outcome(shut_off(question, [row]))
    pipes = (outcome.segment_links, outcome.unintended_links)
    people = (outcome.premises, outcome.hydrants)
    return (outcome.close, outcome.optional, *pipes, *people)


def _bursts(case: str, question: Question, seed: int) -> Iterator[Line]:
    pipes = len(question.columns.link_start)
    rows = np.random.default_rng(seed + 1).integers(0, pipes, BURSTS).tolist()
    gc.disable()
    times = np.array([timed(lambda row=row: _answer(question, row), 1)[0][0] for row in rows])
    gc.enable()
    for metric, value in (
        ("burst p50", np.percentile(times, 50)),
        ("burst p99", np.percentile(times, 99)),
        ("burst worst", times.max()),
    ):
        yield figure(case, metric, float(value) * 1e6, "us")


def _changed(question: Question, rng: Random) -> Any:
    """Return the answer after an isolation valve was found stuck, and another one shut."""
    stuck, shut = (rng.randrange(len(question.columns.valve_link)) for _ in range(2))
    now = turned(question, {stuck: (True, False), shut: (False, True)})
    return _answer(now, int(question.columns.valve_link[stuck]))


def _megabytes(question: Question) -> float:
    """Return the bytes of every array that answering needs, the columns too, in MB."""
    seen: dict[int, int] = {}

    def walk(thing: Any) -> None:
        if isinstance(thing, np.ndarray):
            base = thing.base if isinstance(thing.base, np.ndarray) else thing
            seen[id(base)] = base.nbytes
        elif isinstance(thing, tuple):
            for one in thing:
                walk(one)
        elif hasattr(thing, "__dataclass_fields__"):
            for name in thing.__dataclass_fields__:
                walk(getattr(thing, name))

    walk(question)
    return sum(seen.values()) / 1e6


if __name__ == "__main__":
    main()
