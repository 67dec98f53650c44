"""The compiled functions and the same ones in plain Python, where indexes are checked."""

from __future__ import annotations

import numpy as np
import pytest

from dispatch.kernel.annealing import anneal
from dispatch.kernel.compiled import uncompiled
from dispatch.kernel.draft import empty_draft, sequences_of
from dispatch.kernel.given import given_of
from dispatch.kernel.mending import build
from dispatch.kernel.moving import undo_for
from dispatch.kernel.trying import try_elsewhere
from dispatch.kernel.walking import price_of
from dispatch.problem import Problem
from tests.dispatch.instances import draw

FUNCTIONS = (anneal, build, price_of, try_elsewhere)


def story(day: Problem, kernel: object, rounds: int) -> tuple[list[list[int]], float, list[float]]:
    """Return sequences, price and prices elsewhere after some rounds of a kernel."""
    given = given_of(day)
    draft = empty_draft(given)
    undo, luck = undo_for(draft), np.array([7], dtype=np.int64)
    build_, anneal_ = kernel.build, kernel.anneal  # type: ignore[attr-defined]
    build_(given, draft, undo, luck)
    best = np.zeros((2, day.n_orders), dtype=np.int64)
    price = anneal_(given, draft, best, undo, luck, rounds, 600.0, 6.0)
    at, eta = (np.full(day.n_crews, -1, dtype=np.int64) for _ in range(2))
    elsewhere = np.full(day.n_crews, np.inf)
    kernel.try_elsewhere(given, draft, undo, 0, at, elsewhere, eta)  # type: ignore[attr-defined]
    return sequences_of(draft), price, elsewhere.tolist()


@pytest.mark.parametrize("seed", range(12))
def test_compiled_and_plain_do_the_same(seed: int) -> None:
    """Whatever the day has, both make the same plan, and no index leaves its array."""
    day = draw(seed, 3, 7)
    compiled = type("Kernel", (), {one.__name__: staticmethod(one) for one in FUNCTIONS})
    sequences, price, elsewhere = story(day, compiled, 25)
    plain_sequences, plain_price, plain_elsewhere = story(day, uncompiled(*FUNCTIONS), 25)
    assert plain_sequences == sequences
    assert plain_price == pytest.approx(price)
    assert plain_elsewhere == pytest.approx(elsewhere)
