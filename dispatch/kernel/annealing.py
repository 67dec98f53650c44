"""Ruin and recreate under simulated annealing: many small rounds, the best draft kept."""

from __future__ import annotations

import numpy as np

from dispatch.kernel.compiled import compiled
from dispatch.kernel.draft import NOBODY, Draft
from dispatch.kernel.fitting import draw
from dispatch.kernel.given import Given
from dispatch.kernel.mending import mend, tear
from dispatch.kernel.moving import Undo, begin_round, take_back
from dispatch.kernel.walking import price_of, settle

#: A draft is better than another one by more than this, seconds of travel: rounding is no gain.
LEAST_GAIN = 1e-6


@compiled
def note_idle(draft: Draft, undo: Undo) -> None:
    """List the orders that are in no sequence."""
    count = 0
    for i in range(len(draft.crew)):
        if draft.crew[i] == NOBODY:
            undo.idle[count] = i
            count += 1
    undo.counts[2] = count


@compiled
def anneal(
    given: Given,
    draft: Draft,
    best: np.ndarray,
    undo: Undo,
    luck: np.ndarray,
    rounds: int,
    hot: float,
    cold: float,
) -> float:
    """Return the price of the best draft seen, and change ``draft`` and ``best``.

    Parameters
    ----------
    best
        (2, n) crew and place of each order in the best draft so far; the draft's own to begin.
    rounds
        How many strings are torn out and mended.
    hot, cold
        Temperatures of the first and the last round, seconds of travel; they fall evenly in
        logarithm.
    """
    n = len(given.order)
    now = price_of(given, draft)
    least = now
    for i in range(n):
        best[0, i], best[1, i] = draft.crew[i], draft.at[i]
    note_idle(draft, undo)
    cooling = (cold / hot) ** (1.0 / max(1, rounds))
    heat = hot
    for _ in range(rounds):
        heat *= cooling
        begin_round(undo)
        bar = now - heat * np.log(draw(luck))
        seed = tear(given, draft, undo, luck)
        whole = settle(given, draft) and mend(given, draft, undo, luck, bar, seed)
        after = price_of(given, draft) if whole else np.inf
        if after >= bar:
            take_back(given, draft, undo)
            continue
        now = after
        note_idle(draft, undo)
        if now < least - LEAST_GAIN:
            least = now
            for i in range(n):
                best[0, i], best[1, i] = draft.crew[i], draft.at[i]
    return least
