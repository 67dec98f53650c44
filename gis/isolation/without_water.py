"""Who is without water when isolation valves stand so, whatever burst."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from domain.network import PipeNetwork, Position
from gis.isolation.effect import Effect, shut_off
from gis.isolation.engine import engine_of
from gis.isolation.graph import Ints


def without_water(
    network: PipeNetwork, shut: Collection[str], open_again: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the ids of the premises that are wet as the network stands and then are not, sorted.

    ``shut`` are the isolation valves closed besides, ``open_again`` those opened.

    Raises
    ------
    UnknownId
        If an isolation valve is not in the network.
    """
    engine = engine_of(network)
    stands = (engine.question(network), engine.question(_opened(network, open_again), closed=shut))
    if stands[0].supply is not stands[1].supply:  # renewed between the two: ask again
        return without_water(network, shut, open_again)
    rows = _drier(*(shut_off(stand, []) for stand in stands))
    return tuple(sorted(network.premises[row].id for row in rows.tolist()))


def _opened(network: PipeNetwork, names: Collection[str]) -> PipeNetwork:
    known = network.isolation_valve_by_id
    opened = [replace(known[one], position=Position.OPEN) for one in names if one in known]
    return network.with_isolation_valves(opened) if opened else network


def _drier(before: Effect, after: Effect) -> Ints:
    """Return the premises with supply before and none after; looks only at what differs."""
    cells = np.unique(np.concatenate([after.cut.now_lost, before.cut.now_gained]))
    cells = cells[before.is_wet(cells) & ~after.is_wet(cells)]
    question = before.question
    closed = question.supply.closed
    links = np.unique(before.within(closed.ends, cells) // 2)
    ends = closed.cells[links]
    wet = [one.is_wet(ends[:, 0]) | one.is_wet(ends[:, 1]) for one in (before, after)]
    dried = closed.link[links[wet[0] & ~wet[1]]]
    found = before.within(question.supply.premises, cells)
    if not len(dried):
        return found
    on_closed = np.flatnonzero(np.isin(question.columns.premises_link, dried))
    return np.concatenate([found, on_closed.astype(np.int32)])
