"""From cells to what lies in them: which links, nodes, premises and hydrants an effect concerns.

All rows. A closed link is asked at both ends (docs/isolation.md, rules 2 and 7); all others have
the water of one cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gis.isolation.columns import NONE
from gis.isolation.effect import Effect
from gis.isolation.graph import Flags, Ints
from gis.isolation.supply import WholeSupply


@dataclass(frozen=True)
class Outcome:
    """What an effect means for everything that hangs on the network; unsorted rows."""

    effect: Effect

    @property
    def _supply(self) -> WholeSupply:
        return self.effect.question.supply

    # ------------------------------------------------------------- links and nodes

    @property
    def segment_links(self) -> Ints:
        """Links in the segment."""
        found = self.effect.within(self._supply.links, self.effect.inside)
        return _joined(found, self.effect.cut.closed_inside)

    @property
    def unintended_links(self) -> Ints:
        """Links beyond the segment that run dry."""
        found = self.effect.lost(self._supply.links)
        return _joined(found, self.effect.cut.closed_lost)

    @property
    def segment_nodes(self) -> Ints:
        """Nodes in the segment."""
        return self.effect.within(self._supply.nodes, self.effect.inside)

    @property
    def unintended_nodes(self) -> Ints:
        """Nodes beyond the segment that run dry."""
        return self.effect.lost(self._supply.nodes)

    # ------------------------------------------------------------- premises and hydrants

    @property
    def premises(self) -> Ints:
        """Premises out: wet before, and now in the segment or dry beyond it."""
        cut = self.effect.cut
        found = self.effect.out(self._supply.premises)
        return self._with_closed(found, "premises_link", cut.closed_inside, cut.closed_lost)

    @property
    def premises_in_segment(self) -> Ints:
        """Those of them in the segment."""
        cut = self.effect.cut
        found = self.effect.within(self._supply.premises, cut.wet_inside)
        return self._with_closed(found, "premises_link", cut.closed_inside)

    @property
    def hydrants(self) -> Ints:
        """Hydrants on links that are without water now and had it."""
        cut = self.effect.cut
        found = self.effect.out(self._supply.hydrants)
        return self._with_closed(found, "hydrant_link", cut.closed_inside, cut.closed_lost)

    def _with_closed(
        self, found: Ints, column: str, inside: Ints, lost: Ints | None = None
    ) -> Ints:
        """Return what was found with what hangs on closed links that had water before."""
        lost = inside[:0] if lost is None else lost
        if not len(inside) and not len(lost):
            return found
        ends = self.effect.question.cells.of_end[inside]
        was_wet = self.effect.was_wet(ends[:, 0]) | self.effect.was_wet(ends[:, 1])
        hung_on = getattr(self.effect.question.columns, column)
        there = np.flatnonzero(np.isin(hung_on, np.concatenate([inside[was_wet], lost])))
        return _joined(found, there.astype(np.int32))

    # ------------------------------------------------------------- isolation valves

    @property
    def close(self) -> Ints:
        """Isolation valves to shut: the far side still gives water."""
        return self.effect.question.stand.turn[self.effect.cut.close]

    @property
    def optional(self) -> Ints:
        """Isolation valves to shut only so that less drains down."""
        return self.effect.question.stand.turn[self.effect.cut.optional]

    @cached_property
    def resupply_gaps(self) -> Ints:
        """Shut gaps between what dries beyond the segment and what is still supplied."""
        effect, cells = self.effect, self.effect.question.cells
        cut = effect.cut
        if not len(cut.closed_lost) and not len(cut.lost) and cut.behind - cut.first < 2:
            return cut.inside[:0]
        gaps = np.flatnonzero(effect.question.stand.shut).astype(np.int32)
        one, other = cells.gaps.one[gaps], cells.gaps.other[gaps]
        own, link = cells.gaps.own[gaps], cells.gaps.link[gaps]
        link_lost = np.where(own, effect.has_lost(other), self._has_lost(link))
        feeds_link = link_lost & effect.is_wet(one)
        feeds_node = effect.has_lost(one) & effect.is_wet(other)
        return gaps[feeds_link | feeds_node]

    def _has_lost(self, links: Ints) -> Flags:
        """Return True for each link that runs dry beyond the segment."""
        cell = self.effect.question.cells.of_link[links]
        lost = self.effect.has_lost(np.maximum(cell, 0)) & (cell >= 0)
        return lost | np.isin(links, self.effect.cut.closed_lost)


def _joined(one: Ints, other: Ints) -> Ints:
    return np.concatenate([one, other]) if len(other) else one


def widened(effect: Effect) -> Ints:
    """Return the gaps within the segment whose isolation valves could not be relied on."""
    near, reliable = effect.question.cells.near, effect.question.stand.reliable
    found = [near.code[near.ptr[cell] : near.ptr[cell + 1]] for cell in effect.inside.tolist()]
    code = np.unique(np.concatenate(found)) if found else effect.inside
    code = code[code > NONE]
    return code[~reliable[code]]
