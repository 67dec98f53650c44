"""In which order to shut: the water of those who need it most comes back first."""

from __future__ import annotations

import numpy as np

from gis.isolation.graph import Flags, Ints
from gis.isolation.outcome import Outcome


def closing_order(outcome: Outcome) -> tuple[str, ...]:
    """Return the isolation valves to shut: critical supply first, then the largest, then by id.

    An isolation valve right beyond which critical premises keep their supply comes first: once it
    is shut the burst no longer takes their pressure. The diameter stands for the flow: the large
    pipe feeds the burst most, so shutting it first wastes the least water. For an isolation valve
    that is a link the largest pipe beside it counts.
    """
    rows = outcome.close
    critical = _feeds_critical(outcome)
    diameter_m = _diameter_m(outcome, rows)
    names = outcome.effect.question.columns.valve_id
    keys = zip((~critical).tolist(), (-diameter_m).tolist(), rows.tolist(), strict=True)
    return tuple(name for *_, name in sorted((a, b, names[row]) for a, b, row in keys))


def _feeds_critical(outcome: Outcome) -> Flags:
    """Return True for each isolation valve with critical premises in the cell beyond it."""
    effect = outcome.effect
    premises, critical = effect.question.supply.premises, effect.question.columns.premises_critical
    cells = effect.cut.beyond
    return np.array(
        [critical[effect.within(premises, cells[i : i + 1])].any() for i in range(len(cells))],
        np.bool_,
    )


def _diameter_m(outcome: Outcome, valves: Ints) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    columns = outcome.effect.question.columns
    link, node = columns.valve_link[valves], columns.valve_node[valves]
    widest = columns.widest_m
    beside = np.maximum(widest[columns.link_start[link]], widest[columns.link_end[link]])
    return np.where(node >= 0, columns.diameter_m[link], beside)
