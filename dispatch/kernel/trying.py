"""What if another crew made a visit: its place, its price, its arrival; nothing is changed."""

from __future__ import annotations

import numpy as np

from dispatch.kernel.compiled import compiled
from dispatch.kernel.draft import NOBODY, Draft
from dispatch.kernel.fitting import best_in_route
from dispatch.kernel.given import FREE, PLACE, RELEASE, START, Given
from dispatch.kernel.moving import Undo, begin_round, take_back, touch
from dispatch.kernel.walking import settle, walk


@compiled
def try_elsewhere(
    given: Given,
    draft: Draft,
    undo: Undo,
    i: int,
    at: np.ndarray,
    price: np.ndarray,
    eta: np.ndarray,
) -> None:
    """Set for each crew where order i would stand, what it would cost more, and its arrival.

    A visit is taken out of its crew's route for the trial, and what waits for it stays.
    """
    begin_round(undo)
    own = draft.crew[i]
    saved = 0.0
    if own != NOBODY:
        touch(draft, undo, own)
        before = draft.route[own]
        for q in range(draft.at[i], draft.size[own] - 1):
            j = draft.sequence[own, q + 1]
            draft.sequence[own, q] = j
            draft.at[j] = q
        draft.size[own] -= 1
        saved = before - walk(given, draft, own, -1, 0, np.inf, True)
        for c in range(len(given.crew)):
            draft.dirty[c] = 0
    luck = undo.out
    for c in range(len(given.crew)):
        if c == own or given.give[i, c] == np.inf:
            continue
        place, cost = best_in_route(given, draft, i, c, np.inf, 0.0, luck)
        if place < 0 or cost == np.inf:
            continue
        at[c], price[c] = place, cost - saved
        if place == 0:
            free, here = given.crew[c, FREE], given.crew[c, START]
        else:
            j = draft.sequence[c, place - 1]
            free, here = draft.end[j], given.order[j, PLACE]
        eta[c] = max(free, given.order[i, RELEASE]) + given.travel[here, given.order[i, PLACE]]
    if own != NOBODY:
        take_back(given, draft, undo)
    settle(given, draft)
