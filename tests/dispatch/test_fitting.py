"""The cheapest place for one more order, against putting it in everywhere and timing that."""

from __future__ import annotations

import numpy as np
import pytest

from dispatch.arrays import NO_WAY
from dispatch.kernel.compiled import uncompiled
from dispatch.kernel.draft import NOBODY, Draft, empty_draft
from dispatch.kernel.fitting import best_fit
from dispatch.kernel.given import (
    BASE,
    DROP,
    LINKED,
    LINKS,
    RELEASE,
    SLOPE,
    WAITING,
    Given,
    given_of,
)
from dispatch.kernel.mending import build
from dispatch.kernel.moving import Undo, begin_round, put_in, take_back, take_out, undo_for
from dispatch.kernel.walking import BROKEN, price_of, settle
from tests.dispatch.instances import draw

KERNEL = uncompiled(begin_round, best_fit, build, price_of, put_in, settle, take_back, take_out)

#: Rounding in sums of large prices, seconds of travel.
CENT = 1e-6

LUCK = np.ones(1, dtype=np.int64)


def everywhere(given: Given, draft: Draft, undo: Undo, i: int) -> float:
    """Return what order i adds to the price where it adds least, by trying every place there is."""
    before = KERNEL.price_of(given, draft) - given.price[i, DROP]
    least = np.inf
    for c in np.flatnonzero(np.isfinite(given.give[i])).tolist():
        for at in range(draft.size[c] + 1):
            KERNEL.begin_round(undo)
            if KERNEL.put_in(given, draft, undo, i, c, at):
                least = min(least, KERNEL.price_of(given, draft) - before)
            KERNEL.take_back(given, draft, undo)
    return float(least)


def without_short_cuts(seed: int) -> Given:
    """Return a day on which one visit more makes no other one earlier.

    No detour is faster than the straight way, and nobody has to wait for an order to be released,
    which would begin the drive there from wherever the crew is by then.
    """
    given = given_of(draw(seed, 3, 8))
    travel, order, price = given.travel.astype(np.int64), given.order.copy(), given.price.copy()
    for middle in range(len(travel)):
        travel = np.minimum(travel, travel[:, middle, None] + travel[middle])
    travel = np.minimum(travel, NO_WAY).astype(np.int32)
    sooner = np.maximum(order[:, RELEASE], 0)
    order[:, RELEASE] -= sooner
    price[:, BASE] += (price[:, WAITING] + price[:, SLOPE]) * sooner  # so that none is below zero
    toward = np.ascontiguousarray(travel.T)
    return given._replace(travel=travel, toward=toward, order=order, price=price)


def singles_out(given: Given) -> list[tuple[float, float, float, float]]:
    """Return for each lone visit of a day, taken out: the least price by trial and by three fits.

    The fits: without a limit, with one just above the price found, and with just that price.
    """
    draft = empty_draft(given)
    undo = undo_for(draft)
    KERNEL.build(given, draft, undo, LUCK)
    found = []
    for i in np.flatnonzero((draft.crew != NOBODY) & (given.order[:, LINKED] == 0)).tolist():
        KERNEL.begin_round(undo)
        KERNEL.take_out(given, draft, undo, i)
        if KERNEL.settle(given, draft) and draft.route.max() < BROKEN:
            least = everywhere(given, draft, undo_for(draft), i)
            _, _, cost = KERNEL.best_fit(given, draft, i, np.inf, 0.0, LUCK)
            _, _, again = KERNEL.best_fit(given, draft, i, cost + 1.0, 0.0, LUCK)
            crew, _, _ = KERNEL.best_fit(given, draft, i, cost, 0.0, LUCK)
            found.append((least, cost, again, crew))
        KERNEL.take_back(given, draft, undo)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_no_place_is_cheaper_than_the_one_found(seed: int) -> None:
    """A lone order's price is that of its cheapest place; a limit above it hides nothing.

    Where crews wait for each other a crew pushed by a crew that is pushed is left out.
    """
    given = without_short_cuts(seed)
    for least, cost, again, crew in singles_out(given):
        assert cost <= least + CENT
        assert given.weight[LINKS] or cost >= least - CENT
        assert again == cost
        assert crew == NOBODY
