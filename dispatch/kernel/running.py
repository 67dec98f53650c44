"""The compiled functions where they are ready, the same ones in plain Python until then."""

from __future__ import annotations

import threading
from functools import cache
from types import SimpleNamespace

import numpy as np

from dispatch.kernel.annealing import anneal, note_idle
from dispatch.kernel.compiled import uncompiled
from dispatch.kernel.draft import empty_draft
from dispatch.kernel.given import Given
from dispatch.kernel.mending import build, drop_halves
from dispatch.kernel.moving import begin_round, put_in, take_back, take_out, undo_for
from dispatch.kernel.trying import try_elsewhere
from dispatch.kernel.walking import price_of, settle

_FUNCTIONS = (
    anneal,
    begin_round,
    build,
    drop_halves,
    note_idle,
    price_of,
    put_in,
    settle,
    take_back,
    take_out,
    try_elsewhere,
)

_WARM = threading.Event()


def is_warm() -> bool:
    """Return True once the functions are compiled in this process."""
    return _WARM.is_set()


def functions() -> SimpleNamespace:
    """Return the kernel's functions by name: compiled if that is done, else plain Python."""
    return _compiled() if is_warm() else _uncompiled()


@cache
def _compiled() -> SimpleNamespace:
    return SimpleNamespace(**{one.__name__: one for one in _FUNCTIONS})


@cache
def _uncompiled() -> SimpleNamespace:
    return uncompiled(*_FUNCTIONS)


def compile_all(given: Given) -> None:
    """Compile every function on a small problem, or load what an earlier process compiled."""
    draft = empty_draft(given)
    undo, luck = undo_for(draft), np.array([1], dtype=np.int64)
    build(given, draft, undo, luck)
    best = np.zeros((2, len(given.order)), dtype=np.int64)
    anneal(given, draft, best, undo, luck, 3, 1.0, 0.5)
    note_idle(draft, undo)
    begin_round(undo)
    take_out(given, draft, undo, int(draft.sequence[0, 0]))
    settle(given, draft)
    take_back(given, draft, undo)
    drop_halves(given, draft, undo)
    at, eta, price = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), np.zeros(1)
    try_elsewhere(given, draft, undo, 0, at, price, eta)
    put_in(given, draft, undo, 0, 0, 0)
    price_of(given, draft)
    _WARM.set()
