"""Made metropolises as plain arrays: streets in a grid, mains under them, by size and seed.

Made here, so that nothing judged has a hand in them. A node is a crossing or the end of a stub; of
the grid's pipes a tenth is missing, so that there are detours and trees. Isolation valves stand at
pipe ends by the N-1 rule with a tenth forgotten; some are inoperable, some closed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

#: Shares of pipes and isolation valves. Source: made up, near what the studied networks show.
MISSING, STUBS, FORGOTTEN, INOPERABLE, CLOSED_VALVE = 0.10, 0.12, 0.10, 0.05, 0.002
CHECK_VALVE, CLOSED_PIPE, CRITICAL = 0.001, 0.001, 0.003
PREMISES_A_PIPE = 2.0
NODES_A_SOURCE = 12_500


def metropolis(pipes: int, seed: int) -> dict[str, Any]:
    """Return the arrays of a network of about so many pipes, and how its isolation valves stand.

    Keys are those of the engine's columns, and ``is_open``, ``can_turn`` of each isolation valve.
    """
    rng = np.random.default_rng(seed)
    side = max(3, round(np.sqrt(pipes / (2 * (1 - MISSING) + STUBS))))
    nodes, start, end = _streets(rng, side)
    valve_link, valve_node = _isolation_valves(rng, nodes, start, end)
    m, v = len(start), len(valve_link)
    premises = round(m * PREMISES_A_PIPE)
    source = np.zeros(nodes, np.bool_)
    source[rng.choice(side * side, max(2, nodes // NODES_A_SOURCE), replace=False)] = True
    return {
        "node_source": source,
        "tank_m3": np.where(source & (rng.random(nodes) < 0.3), 5000.0, -1.0).astype(np.float32),
        "link_start": start,
        "link_end": end,
        "link_pipe": np.ones(m, np.bool_),
        "link_open": rng.random(m) >= CLOSED_PIPE,
        "link_one_way": rng.random(m) < CHECK_VALVE,
        "length_m": rng.uniform(20.0, 180.0, m).astype(np.float32),
        "diameter_m": rng.choice(np.array([0.1, 0.15, 0.2, 0.3, 0.6], np.float32), m),
        "valve_link": valve_link,
        "valve_node": valve_node,
        "premises_link": rng.integers(0, m, premises).astype(np.int32),
        "premises_node": np.full(premises, -1, np.int32),
        "premises_critical": rng.random(premises) < CRITICAL,
        "premises_m3_d": np.full(premises, 0.4, np.float32),
        "hydrant_link": rng.integers(0, m, m // 5).astype(np.int32),
        "is_open": rng.random(v) >= CLOSED_VALVE,
        "can_turn": rng.random(v) >= INOPERABLE,
    }


def _streets(rng: np.random.Generator, side: int) -> tuple[int, Any, Any]:
    """Return (nodes, start, end): a grid with holes, and stubs that end in nothing."""
    crossing = np.arange(side * side, dtype=np.int32).reshape(side, side)
    start = np.concatenate([crossing[:, :-1].ravel(), crossing[:-1].ravel()])
    end = np.concatenate([crossing[:, 1:].ravel(), crossing[1:].ravel()])
    kept = rng.random(len(start)) >= MISSING
    stubs = rng.choice(side * side, round(STUBS * side * side), replace=False).astype(np.int32)
    tips = side * side + np.arange(len(stubs), dtype=np.int32)
    start, end = np.concatenate([start[kept], stubs]), np.concatenate([end[kept], tips])
    turned = rng.random(len(start)) < 0.5
    pair = np.where(turned, end, start), np.where(turned, start, end)
    return side * side + len(stubs), pair[0].astype(np.int32), pair[1].astype(np.int32)


def _isolation_valves(rng: np.random.Generator, nodes: int, start: Any, end: Any) -> Any:
    """Return (links, nodes): an isolation valve at all but one pipe end of each node."""
    link = np.concatenate([np.arange(len(start)), np.arange(len(end))])
    node = np.concatenate([start, end])
    order = rng.permutation(len(link))
    _, first = np.unique(node[order], return_index=True)
    left = np.ones(len(link), np.bool_)
    left[order[first]] = False
    left &= rng.random(len(link)) >= FORGOTTEN
    return link[left].astype(np.int32), node[left].astype(np.int32)
