"""From each crew's sequence to exact times: everything as early as the rules of time allow.

A crew sets out at the later of being free and the order's release, drives, waits on site until
every order before it has ended, works. Source of the rules: docs/plan.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dispatch.tables import NO_WAY, Tables

Sequences = Sequence[Sequence[int]]

#: In ``Times``: the order is in no sequence.
NOT_PLANNED = -1


@dataclass(slots=True)
class Times:
    """Per order: its crew and seconds since ``now``; ``NOT_PLANNED`` where in no sequence."""

    crew: list[int]
    travel: list[int]
    depart: list[int]
    eta: list[int]
    start: list[int]
    end: list[int]
    cost: float = 0.0

    @classmethod
    def blank(cls, n_orders: int) -> Times:
        """Return times in which nothing is planned."""
        crew, travel, depart, eta, start, end = ([NOT_PLANNED] * n_orders for _ in range(6))
        return cls(crew, travel, depart, eta, start, end)


def schedule(tables: Tables, sequences: Sequences) -> Times | None:
    """Return the earliest times of the sequences and their cost, None if they break a rule.

    None for: a shift that ends too early, no way, an order before it in no sequence, crews that
    wait for each other in a circle. Skills are not looked at: who builds sequences does that.
    """
    times = Times.blank(tables.n_orders)
    done = [0] * len(sequences)
    held: dict[int, list[int]] = {}
    ready = list(range(len(sequences)))
    while ready:
        crew = ready.pop()
        for order in sequences[crew][done[crew] :]:
            blocker = _unfinished(tables, times, order)
            if blocker is not None:
                held.setdefault(blocker, []).append(crew)
                break
            if not _append(tables, times, crew, sequences[crew], done[crew]):
                return None
            done[crew] += 1
            ready += held.pop(order, ())
    if any(done[crew] < len(sequence) for crew, sequence in enumerate(sequences)):
        return None
    times.cost = cost(tables, times)
    return times


def _unfinished(tables: Tables, times: Times, order: int) -> int | None:
    return next((j for j in tables.after[order] if times.crew[j] == NOT_PLANNED), None)


def _append(
    tables: Tables, times: Times, crew: int, sequence: Sequence[int], position: int
) -> bool:
    """Set the times of the visit at a position; False if it cannot be reached or ended in time."""
    order = sequence[position]
    before = sequence[position - 1] if position else None
    free = tables.shift_start[crew] if before is None else times.end[before]
    place = crew if before is None else tables.n_crews + before
    travel = tables.travel[place][order]
    depart = max(free, tables.release[order])
    eta = depart + travel
    start = max([eta, tables.ready[order], *(times.end[j] for j in tables.after[order])])
    end = start + tables.duration[order]
    if travel == NO_WAY or end > tables.shift_end[crew]:
        return False
    times.crew[order], times.travel[order] = crew, travel
    times.depart[order], times.eta[order] = depart, eta
    times.start[order], times.end[order] = start, end
    return True


def cost(tables: Tables, times: Times) -> float:
    """Return the cost of a schedule, seconds of travel."""
    total = 0.0
    for i, crew in enumerate(times.crew):
        if crew == NOT_PLANNED:
            total += tables.prices.dropped[i]
        else:
            total += tables.prices.travel * times.travel[i]
            total += tables.visit_price(i, times.eta[i], times.start[i]) + tables.churn(i, crew)
    return total
