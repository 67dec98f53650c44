"""Who is without water when isolation valves stand so, whatever burst."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from domain.network import PipeNetwork, Position
from gis.isolation.cells import CLOSED_LINK
from gis.isolation.effect import Question, shut_off
from gis.isolation.engine import engine_of
from gis.isolation.graph import Flags


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
    was = _wet_premises(engine.question(network))
    now = _wet_premises(engine.question(_opened(network, open_again), closed=shut))
    rows = np.flatnonzero(was & ~now).tolist()
    return tuple(sorted(network.premises[row].id for row in rows))


def _opened(network: PipeNetwork, names: Collection[str]) -> PipeNetwork:
    known = network.isolation_valve_by_id
    opened = [replace(known[one], position=Position.OPEN) for one in names if one in known]
    return network.with_isolation_valves(opened) if opened else network


def _wet_premises(question: Question) -> Flags:
    """Return True for each premises with supply; on a closed link one end of it is enough."""
    effect, cells, columns = shut_off(question, []), question.cells, question.columns
    cell = cells.of_premises(columns)
    if not cells.count:
        return np.zeros(len(cell), np.bool_)
    wet = effect.is_wet(np.maximum(cell, 0)) & (cell >= 0)
    closed = np.flatnonzero(cell == CLOSED_LINK)
    ends = cells.of_end[columns.premises_link[closed]]
    wet[closed] = effect.is_wet(ends[:, 0]) | effect.is_wet(ends[:, 1])
    return wet
