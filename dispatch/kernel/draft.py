"""A draft: sequences being torn up and mended, with their exact times and prices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dispatch.kernel.given import Floats, Given, Ints

#: In ``Draft.crew``: the order is in no sequence.
NOBODY = -1

#: In ``Draft.end`` and ``Draft.eta`` of an order that was just put in: unlike any time.
UNTIMED = -(1 << 40)

#: Later than any time: what an order waits for never ends, or a gap is not known to.
ENDLESS = 1 << 60

Sequences = Sequence[Sequence[int]]


class Draft(NamedTuple):
    """Sequences by crew; times in seconds since ``now``. Functions of the kernel change it.

    Attributes
    ----------
    sequence, size
        (c, n + 1) and (c,): the first ``size`` of a row are the crew's orders.
    crew, at
        (n,) each order's crew and place in its sequence; ``NOBODY`` where in none.
    depart, eta, start, end, travel
        (n,) times of the visit and its drive.
    latest
        (n,) the latest arrival that keeps this crew's later windows and limit, breaks and
        depots apart.
    breaks
        (n,) how many breaks the crew has had before it sets out for the order.
    depot
        (n,) the depot on the way, -1 where none.
    cost
        (n,) the visit's price without travel and without giving.
    route, load
        (c,) price of each route; (c, p) pieces used up.
    gap
        (c,) the longest time that any place of the route could spare, drives apart.
    dirty
        (c,) 1 where something the route waits for has changed, 2 where it breaks a rule.
    stock
        (p,) scratch: what is left in the van on a walk.
    """

    sequence: npt.NDArray[np.int32]
    size: Ints
    crew: Ints
    at: Ints
    depart: Ints
    eta: Ints
    start: Ints
    end: Ints
    travel: Ints
    latest: Ints
    breaks: Ints
    depot: Ints
    cost: Floats
    route: Floats
    load: Ints
    gap: Ints
    dirty: npt.NDArray[np.int8]
    stock: Ints


def empty_draft(given: Given) -> Draft:
    """Return a draft in which nothing is planned; its routes are not timed yet."""
    c, n = len(given.crew), len(given.order)

    def per_order() -> Ints:
        return np.zeros(n, dtype=np.int64)

    return Draft(
        sequence=np.zeros((c, n + 1), dtype=np.int32),
        size=np.zeros(c, dtype=np.int64),
        crew=np.full(n, NOBODY, dtype=np.int64),
        at=per_order(),
        depart=per_order(),
        eta=per_order(),
        start=per_order(),
        end=per_order(),
        travel=per_order(),
        latest=per_order(),
        breaks=per_order(),
        depot=np.full(n, NOBODY, dtype=np.int64),
        cost=np.zeros(n),
        route=np.zeros(c),
        gap=np.full(c, ENDLESS, dtype=np.int64),
        load=np.zeros((c, given.uses.shape[1]), dtype=np.int64),
        dirty=np.ones(c, dtype=np.int8),
        stock=np.zeros(given.uses.shape[1], dtype=np.int64),
    )


def sequences_of(draft: Draft) -> list[list[int]]:
    """Return the order numbers by crew."""
    return [draft.sequence[c, :size].tolist() for c, size in enumerate(draft.size.tolist())]


def copy_of(draft: Draft) -> Draft:
    """Return a draft that changes apart from this one."""
    return Draft._make(one.copy() for one in draft)


def load(draft: Draft, sequences: Sequences) -> None:
    """Put whole sequences into an empty draft, untimed."""
    for c, sequence in enumerate(sequences):
        draft.size[c] = len(sequence)
        for at, i in enumerate(sequence):
            draft.sequence[c, at] = i
            draft.crew[i], draft.at[i] = c, at
            draft.end[i] = draft.eta[i] = UNTIMED
    draft.dirty[:] = 1
