"""How the isolation valves stand, gap by gap: what lets water through, what can be relied on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gis.isolation.cells import Gaps
from gis.isolation.columns import NONE
from gis.isolation.graph import Flags, Ints


@dataclass(frozen=True)
class Stand:
    """The state of every gap.

    Attributes
    ----------
    shut
        No water passes: an isolation valve here is closed.
    reliable
        A barrier one may count on (docs/isolation.md, rule 1).
    turn
        The isolation valve to shut here, ``NONE`` if one is shut already or none can be turned.
    opens
        The isolation valve that alone keeps water from here and can be turned, else ``NONE``.
    """

    shut: Flags
    reliable: Flags
    turn: Ints
    opens: Ints

    def changed(
        self,
        rows: Sequence[int],
        of_valve: Ints,
        is_open: Sequence[bool],
        can_turn: Sequence[bool],
    ) -> Stand:
        """Return this stand with some gaps anew; ``rows`` are all isolation valves at them."""
        valves = np.array(rows, np.int32)
        gaps = of_valve[valves]
        copied = (self.shut.copy(), self.reliable.copy())
        new = Stand(*copied, self.turn.copy(), self.opens.copy())
        new.shut[gaps], new.reliable[gaps] = False, False
        new.turn[gaps], new.opens[gaps] = NONE, NONE
        told = (np.array(is_open, np.bool_), np.array(can_turn, np.bool_))
        _set(new, valves, gaps, *told)
        return new


def stand_of(gaps: Gaps, is_open: Flags, can_turn: Flags) -> Stand:
    """Return the stand from each isolation valve's own; where several share a gap, one is enough.

    Of several that can be turned the first row is the one to turn.
    """
    count = len(gaps)
    none = np.full(count, NONE, np.int32)
    stand = Stand(np.zeros(count, np.bool_), np.zeros(count, np.bool_), none, none.copy())
    rows = np.arange(len(gaps.of_valve), dtype=np.int32)
    _set(stand, rows, gaps.of_valve, is_open, can_turn)
    return stand


def _set(stand: Stand, rows: Ints, at: Ints, is_open: Flags, can_turn: Flags) -> None:
    """Set the gaps ``at`` which the isolation valves of these rows, in ascending order, stand."""
    stand.shut[at[~is_open]] = True
    stand.reliable[at[~is_open | can_turn]] = True
    turnable = np.flatnonzero(is_open & can_turn)[::-1]
    stand.turn[at[turnable]] = rows[turnable]  # backwards: a gap's first row is written last
    stand.turn[at[~is_open]] = NONE
    _set_opening(stand, rows, at, ~is_open, can_turn)


def _set_opening(stand: Stand, rows: Ints, at: Ints, closed: Flags, can_turn: Flags) -> None:
    lets_open = closed & can_turn
    stand.opens[at[lets_open]] = rows[lets_open]
    stand.opens[at[closed & ~can_turn]] = NONE
    several, count = np.unique(at[closed], return_counts=True)
    stand.opens[several[count > 1]] = NONE
