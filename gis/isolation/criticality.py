"""Criticality of the whole network in one pass: every segment, every isolation valve stuck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.criticality import Criticality, SegmentLoss, StuckLoss
from domain.network import PipeNetwork
from domain.progress import Progress, quiet
from gis.isolation.cells import CLOSED_LINK
from gis.isolation.columns import NONE
from gis.isolation.effect import Question
from gis.isolation.engine import engine_of
from gis.isolation.graph import Ints
from gis.isolation.losses import Counting, losses_of
from gis.isolation.segments import segments_of_cells

#: Bursts reckoned between two moves of the progress bar.
_AT_ONCE = 20_000

Metres = npt.NDArray[np.float64]


def criticality(network: PipeNetwork, progress: Progress = quiet) -> Criticality:
    """Return what a burst in each segment, and each isolation valve stuck, would cost; worst first.

    The same figures as ``isolate`` gives one by one.
    """
    engine = engine_of(network)
    engine.renew(network)
    question = engine.question(network)
    table = losses(question, progress)
    stuck = _stuck(question.columns.valve_id, table)
    return Criticality(
        segments=tuple(sorted(_segments(network, table), key=_segment_first)),
        stuck=tuple(sorted(stuck, key=_stuck_first)),
    )


@dataclass(frozen=True)
class Losses:
    """The figures by row.

    Attributes
    ----------
    segments
        (s, 3) premises out, critical of them, isolation valves to shut, of each segment.
    pipes, length_m, longest
        (s,) pipes, metres, and the row of the longest pipe (``NONE`` without any).
    gaps
        (g,) gaps with an isolation valve that can be shut and parts two segments.
    sides
        (g, 2) the two segments.
    stuck
        (g,) premises out if it will not close.
    valves
        (g,) the isolation valve of each.
    """

    segments: Ints
    pipes: Ints
    length_m: Metres
    longest: Ints
    gaps: Ints
    sides: Ints
    stuck: Ints
    valves: Ints


def losses(question: Question, progress: Progress = quiet) -> Losses:
    """Return what each segment and each stuck isolation valve costs, by row."""
    cells = question.cells
    of_cell, count = segments_of_cells(cells, question.stand)
    first = np.zeros(count, np.int32)
    first[of_cell[::-1]] = np.arange(cells.count, dtype=np.int32)[::-1]
    turn, one, other = question.stand.turn, cells.gaps.one, cells.gaps.other
    gaps = np.flatnonzero((turn >= 0) & (of_cell[one] != of_cell[other])).astype(np.int32)
    seeds = np.concatenate(
        [np.column_stack([first, first]), np.column_stack([one[gaps], other[gaps]])]
    ).astype(np.int32)
    found = np.concatenate([*_counted(question, seeds, progress), np.empty((0, 3), np.int32)])
    pipes, length_m, longest = _pipes(question, of_cell, count)
    return Losses(
        segments=found[:count],
        pipes=pipes,
        length_m=length_m,
        longest=longest,
        gaps=gaps,
        sides=np.column_stack([of_cell[one[gaps]], of_cell[other[gaps]]]),
        stuck=found[count:, 0],
        valves=turn[gaps],
    )


def _counted(question: Question, seeds: Ints, progress: Progress) -> Iterator[Ints]:
    supply, columns = question.supply, question.columns
    on_closed = np.zeros((len(columns.link_open), 2), np.int32)
    hung = columns.premises_link[columns.premises_link >= 0]
    np.add.at(on_closed[:, 0], hung, 1)
    grave = columns.premises_critical & (columns.premises_link >= 0)
    np.add.at(on_closed[:, 1], columns.premises_link[grave], 1)
    counting = Counting(
        supply.premises.order, supply.premises.ptr, _critical_before(question), on_closed
    )
    for begin in range(0, len(seeds), _AT_ONCE):
        progress(begin / len(seeds), "criticality")
        some = seeds[begin : begin + _AT_ONCE]
        with question.cells.marks as marks:
            found = losses_of(supply.graph, question.today, question.ground, counting, some, marks)
        yield found


def _critical_before(question: Question) -> Ints:
    """Return how many of the premises before each place in the shelf are critical."""
    critical = question.columns.premises_critical[question.supply.premises.order]
    return np.concatenate([[0], np.cumsum(critical)]).astype(np.int32)


def _pipes(question: Question, of_cell: Ints, count: int) -> tuple[Ints, Metres, Ints]:
    """Return pipes, metres and the longest pipe of each segment."""
    columns, cell = question.columns, question.cells.of_link
    rows = np.flatnonzero(columns.link_pipe & (cell != CLOSED_LINK) & (cell != NONE))
    segment = of_cell[cell[rows]]
    length = columns.length_m[rows].astype(float)
    longest = np.full(count, NONE, np.int32)
    order = np.argsort(length, kind="stable")
    longest[segment[order]] = rows[order]
    pipes = np.bincount(segment, minlength=count).astype(np.int32)
    metres: Metres = np.bincount(segment, length, count).astype(float)
    return pipes, metres, longest


def _segments(network: PipeNetwork, table: Losses) -> Iterator[SegmentLoss]:
    for number in np.flatnonzero(table.longest >= 0).tolist():
        out, critical, close = (int(figure) for figure in table.segments[number])
        pipe = network.links[table.longest[number]].id
        length_m = round(float(table.length_m[number]), 2)
        yield SegmentLoss(pipe, int(table.pipes[number]), length_m, close, out, critical)


def _segment_first(one: SegmentLoss) -> tuple[float, str]:
    return -one.risk, one.pipe


def _stuck_first(one: StuckLoss) -> tuple[float, str]:
    return -one.risk, one.isolation_valve


def _stuck(names: Sequence[str], table: Losses) -> Iterator[StuckLoss]:
    alone = table.segments[:, 0][table.sides]
    more = table.stuck[:, None] - alone
    risk = (more * table.length_m[table.sides]).sum(axis=1) / 1000.0
    for row, valve in enumerate(table.valves.tolist()):
        name = names[valve]
        least = int(more[row].min())
        yield StuckLoss(name, int(table.stuck[row]), least, round(float(risk[row]), 3))
