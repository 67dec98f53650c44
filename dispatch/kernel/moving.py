"""Take orders out of a draft and put them in, and take all of it back."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dispatch.kernel.compiled import compiled
from dispatch.kernel.draft import NOBODY, UNTIMED, Draft
from dispatch.kernel.given import LINKED, PARTNER, Floats, Given, Ints
from dispatch.kernel.walking import settle


class Undo(NamedTuple):
    """The routes as they were before a round touched them.

    Attributes
    ----------
    sequence, size
        (c, n + 1) and (c,): valid for touched crews.
    touched, crews, counts
        (c,) 1 where touched; the touched crews, of which ``counts[0]`` are valid.
    out, counts
        (2 n,) the orders taken out in this round, of which ``counts[1]`` are valid: an order may be
        torn out, put in, and taken out again for want of its partner.
    was_in
        (n,) 1 where the order is one of them.
    idle, counts
        (n,) the orders that were in no sequence when the round began; ``counts[2]`` are valid.
    waiting, keys
        (2 n,) scratch: the orders to put in; by what they are sorted, then what the idle ones
        among those behind may still save.
    """

    sequence: npt.NDArray[np.int32]
    size: Ints
    touched: npt.NDArray[np.int8]
    crews: Ints
    out: Ints
    was_in: npt.NDArray[np.int8]
    idle: Ints
    waiting: Ints
    keys: Floats
    counts: Ints


def undo_for(draft: Draft) -> Undo:
    """Return the room for taking a round back."""
    c, n = len(draft.size), len(draft.crew)
    return Undo(
        sequence=np.zeros_like(draft.sequence),
        size=np.zeros(c, dtype=np.int64),
        touched=np.zeros(c, dtype=np.int8),
        crews=np.zeros(c, dtype=np.int64),
        out=np.zeros(2 * n, dtype=np.int64),
        was_in=np.zeros(n, dtype=np.int8),
        idle=np.zeros(n, dtype=np.int64),
        waiting=np.zeros(2 * n, dtype=np.int64),
        keys=np.zeros(2 * n),
        counts=np.zeros(3, dtype=np.int64),
    )


@compiled
def touch(draft: Draft, undo: Undo, c: int) -> None:
    """Remember a route before its first change in this round."""
    if undo.touched[c]:
        return
    undo.touched[c] = 1
    undo.crews[undo.counts[0]] = c
    undo.counts[0] += 1
    size = draft.size[c]
    undo.size[c] = size
    for q in range(size):
        undo.sequence[c, q] = draft.sequence[c, q]


@compiled
def take_out(given: Given, draft: Draft, undo: Undo, i: int) -> None:
    """Take an order out of its sequence, and what waits for it too, with partners.

    The routes are dirty afterwards; orders taken out stand in ``undo.out``.
    """
    first = undo.counts[1]
    _unlink(draft, undo, i)
    done = first
    while done < undo.counts[1]:
        j = undo.out[done]
        done += 1
        if not given.order[j, LINKED]:
            continue
        for k in range(given.first_behind[j], given.first_behind[j + 1]):
            if draft.crew[given.behind[k]] != NOBODY:
                _unlink(draft, undo, given.behind[k])
        partner = given.order[j, PARTNER]
        if partner >= 0 and draft.crew[partner] != NOBODY:
            _unlink(draft, undo, partner)


@compiled
def _unlink(draft: Draft, undo: Undo, i: int) -> None:
    c = draft.crew[i]
    touch(draft, undo, c)
    size = draft.size[c]
    for q in range(draft.at[i], size - 1):
        j = draft.sequence[c, q + 1]
        draft.sequence[c, q] = j
        draft.at[j] = q
    draft.size[c] = size - 1
    draft.crew[i] = NOBODY
    draft.dirty[c] = 1
    undo.out[undo.counts[1]] = i
    undo.was_in[i] = 1
    undo.counts[1] += 1


@compiled
def put_in(given: Given, draft: Draft, undo: Undo, i: int, c: int, at: int) -> bool:
    """Put an order into a sequence and settle the times; False if that breaks a rule."""
    touch(draft, undo, c)
    for q in range(draft.size[c], at, -1):
        j = draft.sequence[c, q - 1]
        draft.sequence[c, q] = j
        draft.at[j] = q
    draft.sequence[c, at] = i
    draft.size[c] += 1
    draft.crew[i], draft.at[i] = c, at
    draft.end[i], draft.eta[i] = UNTIMED, UNTIMED
    draft.dirty[c] = 1
    return settle(given, draft)


@compiled
def take_back(given: Given, draft: Draft, undo: Undo) -> None:
    """Make the touched routes what they were when the round began."""
    for k in range(undo.counts[0]):
        c = undo.crews[k]
        for q in range(draft.size[c]):
            draft.crew[draft.sequence[c, q]] = NOBODY
    for k in range(undo.counts[0]):
        c = undo.crews[k]
        draft.size[c] = undo.size[c]
        for q in range(undo.size[c]):
            i = undo.sequence[c, q]
            draft.sequence[c, q] = i
            draft.crew[i], draft.at[i] = c, q
            draft.end[i], draft.eta[i] = UNTIMED, UNTIMED
        draft.dirty[c] = 1
    settle(given, draft)
    begin_round(undo)


@compiled
def begin_round(undo: Undo) -> None:
    """Forget what was touched: from here on there is nothing to take back."""
    for k in range(undo.counts[0]):
        undo.touched[undo.crews[k]] = 0
    for k in range(undo.counts[1]):
        undo.was_in[undo.out[k]] = 0
    undo.counts[0] = 0
    undo.counts[1] = 0
