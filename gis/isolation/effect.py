"""What shutting off a set of bursts does: the segment, what loses supply, what has it still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gis.isolation.cells import Cells
from gis.isolation.columns import Columns
from gis.isolation.cut import Cut, Ground, cut_of
from gis.isolation.graph import Flags, Ints
from gis.isolation.stand import Stand
from gis.isolation.supply import Shelf, WholeSupply
from gis.isolation.water import Today


@dataclass(frozen=True)
class Question:
    """A network, its supply as last worked out, and how the gaps stand now.

    ``changed`` are the gaps that are shut or open unlike when the supply was worked out.
    """

    columns: Columns
    cells: Cells
    supply: WholeSupply
    stand: Stand
    changed: Ints

    @cached_property
    def today(self) -> Today:
        """The stand as the compiled walks take it."""
        stand = self.stand
        return Today(stand.shut, stand.reliable, stand.turn, self.changed)

    @property
    def sides(self) -> tuple[Ints, Ints]:
        """The cells on both sides of each gap."""
        return self.cells.gaps.one, self.cells.gaps.other

    @cached_property
    def ground(self) -> Ground:
        """The network as the compiled walks take it."""
        gaps, closed = self.cells.gaps, self.supply.closed
        links = (self.cells.of_link, self.cells.of_end)
        ends = (closed.ends.order, closed.ends.ptr)
        gap = (gaps.one, gaps.other, gaps.link)
        return Ground(*gap, gaps.own, *links, closed.link, closed.pipe, *ends)


@dataclass(frozen=True)
class Effect:
    """What is dry and wet before and after shutting off ``burst_links`` (rows)."""

    question: Question
    cut: Cut
    burst_links: Ints

    @property
    def inside(self) -> Ints:
        """Cells of the segment, or of the segments of several bursts."""
        return self.cut.inside

    # ------------------------------------------------------------- asked of any cells

    def was_wet(self, cells: Ints) -> Flags:
        """Return True for each cell that had supply before."""
        flipped = self._flipped(self.cut.was_lost, self.cut.was_gained)
        wet = self.question.supply.wet(cells)
        return wet if flipped is None else wet ^ flipped[cells]

    def is_wet(self, cells: Ints) -> Flags:
        """Return True for each cell that has supply afterwards; none of the segment has."""
        wet = self.question.supply.wet(cells)
        if self.cut.first >= 0:
            rank = self.question.supply.graph.rank.of[cells]
            return wet & ~((rank >= self.cut.first) & (rank < self.cut.behind))
        flipped = self._flipped(self.cut.now_lost, self.cut.now_gained)
        if flipped is not None:
            wet = wet ^ flipped[cells]
        return wet & ~self.is_inside(cells)

    def is_inside(self, cells: Ints) -> Flags:
        """Return True for each cell of the segment."""
        if len(self.inside) == 1:
            same: Flags = cells == self.inside[0]
            return same
        return np.isin(cells, self.inside)

    def has_lost(self, cells: Ints) -> Flags:
        """Return True for each cell outside the segment that loses supply."""
        return self.was_wet(cells) & ~self.is_wet(cells) & ~self.is_inside(cells)

    def _flipped(self, *lists: Ints) -> Flags | None:
        if not any(len(one) for one in lists):
            return None
        flags = np.zeros(self.question.cells.count, np.bool_)
        for cells in lists:
            flags[cells] = True
        return flags

    # ------------------------------------------------------------- what lies in the cells

    def within(self, shelf: Shelf, cells: Ints) -> Ints:
        """Return what lies in these cells."""
        return shelf.of(cells, self.question.supply.graph.rank.of)

    def lost(self, shelf: Shelf) -> Ints:
        """Return what lies in the cells outside the segment that lose supply."""
        if self.cut.first >= 0:
            return shelf.between(self.cut.first + 1, self.cut.behind)
        return self.within(shelf, self.cut.lost)

    def out(self, shelf: Shelf) -> Ints:
        """Return what had supply before and has none afterwards, in the segment or beyond."""
        if self.cut.first >= 0:
            return shelf.between(self.cut.first, self.cut.behind)
        return self.within(shelf, np.concatenate([self.cut.wet_inside, self.cut.lost]))


def shut_off(question: Question, bursts: Sequence[int]) -> Effect:
    """Return the effect of shutting off the burst links (rows), all at once."""
    links = np.array(bursts, np.int32)
    with question.cells.marks as marks:
        cut = cut_of(question.supply.graph, question.today, question.ground, links, marks)
    return Effect(question, cut, links)
