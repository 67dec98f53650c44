"""Room for an urgent order that fits nowhere: the least of what a near crew has to do gives way."""

from __future__ import annotations

from collections.abc import Sequence

from dispatch.kernel.draft import Draft, copy_of, sequences_of
from dispatch.kernel.given import DROP, PARTNER
from dispatch.kernel.moving import undo_for
from dispatch.search import LEAST_GAIN, Search

#: What the search then says made the plan.
MADE_ROOM = "made room"


def make_room(search: Search, i: int, crews: Sequence[int]) -> None:
    """Give order ``i`` to one of these crews in the search's best draft, if that is cheaper.

    Of each crew every single visit is tried that is cheaper to drop than the order, and at each
    place of its day the cheapest later ones together, until the order fits there; what gave way is
    then put in elsewhere if it fits. Asks for no time: an emergency must not depend on how busy
    the machine is.
    """
    if search.best.crew[i] >= 0 or not _is_alone(search, i):
        return
    room = _Room(search, i)
    for c in crews:
        room.try_one_by_one(c)
        room.try_together(c)
    if room.best is not None:
        search.take(search.completed(room.best), MADE_ROOM)


def _is_alone(search: Search, i: int) -> bool:
    """Return True for an order of one crew, all of whose predecessors are planned."""
    given, planned = search.given, search.best.crew >= 0
    before = given.before[given.first_before[i] : given.first_before[i + 1]]
    return int(given.order[i, PARTNER]) < 0 and bool(planned[before].all())


class _Room:
    """Trials on a copy of the best draft; ``best`` are the sequences of the cheapest one."""

    def __init__(self, search: Search, i: int) -> None:
        self.given, self.kernel, self.order = search.given, search.kernel, i
        self.draft: Draft = copy_of(search.best)
        self.undo = undo_for(self.draft)
        self.cost = search.cost - LEAST_GAIN
        self.best: list[list[int]] | None = None

    def try_one_by_one(self, c: int) -> None:
        """Try the order in every place of the crew's day, in turn without each lesser visit."""
        size = int(self.draft.size[c])
        for j in self._lesser(c, 0):
            for at in range(size):
                self._fits(c, at, [j])

    def try_together(self, c: int) -> None:
        """Try the order in every place, without as many lesser visits behind it as needed."""
        for at in range(int(self.draft.size[c])):
            lesser = self._lesser(c, at)
            for count in range(2, len(lesser) + 1):
                if self._fits(c, at, lesser[:count]):
                    break

    def _lesser(self, c: int, at: int) -> list[int]:
        """Return what the crew does from a place on that is cheaper to drop, cheapest first."""
        drop = self.given.price[:, DROP]
        theirs = self.draft.sequence[c, at : self.draft.size[c]]
        cheaper: list[int] = theirs[drop[theirs] < drop[self.order]].tolist()
        return sorted(cheaper, key=lambda j: (drop[j], j))

    def _fits(self, c: int, at: int, leaving: Sequence[int]) -> bool:
        """Return True if the order fits there without these; note the sequences if cheapest."""
        given, draft, undo, kernel = self.given, self.draft, self.undo, self.kernel
        kernel.begin_round(undo)
        for j in leaving:
            if draft.crew[j] >= 0:
                kernel.take_out(given, draft, undo, j)
        fits = at <= draft.size[c] and bool(kernel.put_in(given, draft, undo, self.order, c, at))
        if fits:
            cost = float(kernel.price_of(given, draft))
            if cost < self.cost:
                self.cost, self.best = cost, sequences_of(draft)
        kernel.take_back(given, draft, undo)
        return fits
