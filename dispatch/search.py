"""From a problem to the best sequences that the time or the rounds allow."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import numpy as np

from dispatch.kernel.draft import Draft, Sequences, copy_of, empty_draft, load, sequences_of
from dispatch.kernel.given import PARTNER, PLACE, Given, given_of
from dispatch.kernel.moving import Undo, undo_for
from dispatch.kernel.running import functions, is_warm
from dispatch.problem import Problem
from domain.progress import Progress, quiet

#: A draft must be cheaper by more than this, seconds of travel: rounding is no gain.
LEAST_GAIN = 0.01

#: Temperatures at the beginning and the end, in drives to a near order.
#: Source: of five pairs tried on five VRPTW files the best, and no worse on made days.
HOT, COLD = 10.0, 0.02

#: A search of few rounds an order begins colder: there is no time to cool down.
#: Source: mainbreak default.
ROUNDS_TO_COOL = 200.0

#: Rounds until the clock is looked at first, and the share of the time between two looks.
FIRST_LOOK, LOOK = 50, 0.01


class Engine(StrEnum):
    """What may look for a plan."""

    GREEDY = "greedy"
    KERNEL = "ruin and recreate"
    OR_TOOLS = "OR-Tools"


ALL = frozenset(Engine)


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes
    ----------
    sequences
        Order numbers by crew, in the order of their visits.
    cost
        By the engines' own count, seconds of travel.
    engines
        What made it, in order.
    rounds
        How many times the kernel tore the plan up.
    in_time
        False if the clock cut the search short.
    """

    sequences: list[list[int]]
    cost: float
    engines: tuple[str, ...]
    rounds: int
    in_time: bool


@dataclass
class Search:
    """The best draft so far, what made it, and the time it may still take."""

    problem: Problem
    seed: int = 1
    seconds: float = 20.0
    rounds: int | None = None
    tell: Progress = quiet
    engines: list[str] = field(default_factory=list)
    done: int = 0
    cut_short: bool = False
    running: Draft | None = None
    running_cost: float = np.inf

    def __post_init__(self) -> None:
        """Start the clock and make the arrays."""
        self.begun = time.monotonic()
        self.kernel = functions()
        self.given = given_of(self.problem)
        self.luck = np.array([(self.seed * 7_919 + 12_345) % 2_147_483_646 + 1], dtype=np.int64)

    def start(self, *, running: bool = True) -> None:
        """Make the plan that stands if nothing better is found."""
        self.best = self.greedy = self.completed([])
        self.cost = self._price(self.greedy)
        self.engines.append(Engine.GREEDY)
        if running and any(self.problem.running.sequences.values()):
            self.running = self.completed(running_sequences(self.problem))
            self.running_cost = self._price(self.running)
            self.take(self.running, "running plan")

    def keep_running(self) -> None:
        """Go on from the running plan, if there is one, however much cheaper greedy is."""
        if self.running is not None:
            self.best, self.cost = self.running, self.running_cost
            self.engines = ["running plan"]

    def completed(self, sequences: Sequences) -> Draft:
        """Return a draft of the sequences as far as the rules allow, with all that still fits."""
        return completed(self.problem, self.given, sequences)

    def take(self, draft: Draft, engine: str) -> bool:
        """Keep a draft if it is cheaper; return whether it is."""
        cost = self._price(draft)
        if cost >= self.cost - LEAST_GAIN:
            return False
        self.best, self.cost = draft, cost
        if engine not in self.engines:
            self.engines.append(engine)
        return True

    def anneal(self, until: float, share: float = 1.0) -> None:
        """Tear up and mend until this fraction of the time, or for this share of the rounds."""
        if not is_warm() or not self.problem.n_orders or not self.problem.n_crews:
            return
        cooling = _Cooling(self, until, share)
        draft = copy_of(self.best)
        undo = undo_for(draft)
        best = np.zeros((2, self.problem.n_orders), dtype=np.int64)
        least, kept = self.cost, None
        while (count := cooling.next()) > 0:
            cost = self.kernel.anneal(
                self.given, draft, best, undo, self.luck, count, cooling.heat, cooling.colder
            )
            if cost < least - LEAST_GAIN:
                least, kept = cost, best.copy()
        self.done += cooling.done
        if kept is not None:
            sequences = _from_places(kept, self.problem.n_crews)
            self.take(self.completed(sequences), Engine.KERNEL)

    def found(self) -> Found:
        """Return what was found so far."""
        return Found(
            sequences_of(self.best), self.cost, tuple(self.engines), self.done, not self.cut_short
        )

    def left(self, until: float = 1.0) -> float:
        """Return the seconds left until this fraction of the time."""
        return self.begun + until * self.seconds - time.monotonic()

    def _price(self, draft: Draft) -> float:
        return float(self.kernel.price_of(self.given, draft))


class _Cooling:
    """How many rounds to make next, and how warm; by count, or by the clock."""

    def __init__(self, search: Search, until: float, share: float) -> None:
        self.search, self.until = search, until
        self.total = None if search.rounds is None else max(1, round(share * search.rounds))
        self.begun = time.monotonic()
        self.time = max(1e-9, search.left(until))
        self.done = 0
        self.count = 0
        legs = _near_legs(search.given)
        per_order = (self.total or 100_000 * self.time) / search.problem.n_orders
        self.hot = legs * HOT * min(1.0, per_order / ROUNDS_TO_COOL)
        self.cold = min(self.hot, legs * COLD)
        self.heat = self.colder = self.hot

    def next(self) -> int:
        """Return the number of rounds until the next look at the clock, 0 if it is over."""
        self.done += self.count
        gone = time.monotonic() - self.begun
        if gone >= self.time:
            self.search.cut_short = self.total is not None and self.done < self.total
            return 0
        if self.total is not None and self.done >= self.total:
            return 0
        rate = self.done / gone if self.done else 0.0
        self.count = max(FIRST_LOOK, int(rate * LOOK * self.time))
        if self.total is not None:
            # By count alone, so that the machine's speed changes nothing.
            self.count = min(max(FIRST_LOOK, self.total // 100), self.total - self.done)
            part = self.done / self.total, (self.done + self.count) / self.total
        else:
            part = gone / self.time, min(1.0, gone / self.time + LOOK)
        self.heat = self.hot * (self.cold / self.hot) ** part[0]
        self.colder = self.hot * (self.cold / self.hot) ** part[1]
        self.search.tell(part[0] * self.until, "polishing")
        return self.count


def completed(problem: Problem, given: Given, sequences: Sequences) -> Draft:
    """Return a draft of the sequences as far as the rules allow, with all that still fits."""
    kernel = functions()
    draft = empty_draft(given)
    undo, luck = undo_for(draft), np.ones(1, dtype=np.int64)
    if any(sequences):
        load(draft, sequences)
        if not (_is_whole(given, draft) and kernel.settle(given, draft)):
            _keep_what_fits(given, draft, undo, sequences, kernel)
    kernel.build(given, draft, undo, luck)
    return draft


def _is_whole(given: Given, draft: Draft) -> bool:
    """Return True if no partner, and nothing that others wait for, is missing."""
    planned = draft.crew >= 0
    partner = given.order[:, PARTNER]
    alone = planned & (partner >= 0) & ~planned[partner]
    return not alone.any()


def _keep_what_fits(
    given: Given,
    draft: Draft,
    undo: Undo,
    sequences: Sequences,
    kernel: SimpleNamespace,
) -> None:
    """Put the orders in again one by one, urgent first, each behind those kept of its crew."""
    place = {i: (c, at) for c, sequence in enumerate(sequences) for at, i in enumerate(sequence)}
    fresh = empty_draft(given)
    arrays: list[tuple[Any, Any]] = list(zip(draft, fresh, strict=True))
    for mine, new in arrays:
        mine[...] = new
    for i in np.argsort(given.rank[0]).tolist():
        if i not in place:
            continue
        c, at = place[i]
        ahead = sum(1 for j in draft.sequence[c, : draft.size[c]].tolist() if place[j][1] < at)
        kernel.begin_round(undo)
        if not (np.isfinite(given.give[i, c]) and kernel.put_in(given, draft, undo, i, c, ahead)):
            kernel.take_back(given, draft, undo)
    kernel.begin_round(undo)
    whole = kernel.drop_halves(given, draft, undo)
    while not whole:  # without the halves a way is missing: those crews begin anew
        kernel.begin_round(undo)
        for c in np.flatnonzero(draft.dirty).tolist():
            for i in draft.sequence[c, : draft.size[c]].tolist():
                if draft.crew[i] == c:
                    kernel.take_out(given, draft, undo, i)
        whole = kernel.settle(given, draft)
    kernel.begin_round(undo)


def running_sequences(problem: Problem) -> list[list[int]]:
    """Return the sequences of the running plan, without what a crew may not do."""
    number = {order.id: i for i, order in enumerate(problem.work_orders)}
    found: list[list[int]] = []
    for c, crew in enumerate(problem.crews):
        told = [number[one] for one in problem.running.sequences.get(crew.id, ()) if one in number]
        kept = dict.fromkeys(i for i in told if problem.home[i] == c and problem.eligible[c, i])
        found.append(list(kept))
    return found


def _from_places(best: np.ndarray, n_crews: int) -> list[list[int]]:
    """Return the sequences from (2, n) crew and place of each order."""
    found: list[list[int]] = [[] for _ in range(n_crews)]
    for i in np.lexsort((best[1], best[0])).tolist():
        if best[0, i] >= 0:
            found[best[0, i]].append(i)
    return found


def _near_legs(given: Given) -> float:
    """Return the mean drive to one of the five nearest orders, seconds; 1 at the least."""
    near = given.near[:, :5]
    if not near.size:
        return 60.0
    places = given.order[:, PLACE]
    legs = given.travel[places[:, None], places[near]]
    return max(1.0, float(np.minimum(legs, np.median(legs) * 4 + 1).mean()))
