"""The greedy plan: the most urgent order first, each where it costs least. Always an answer."""

from __future__ import annotations

from dispatch.draft import Draft
from dispatch.tables import Tables


def greedy_draft(tables: Tables) -> Draft:
    """Return a draft that leaves out only what fits nowhere."""
    draft = Draft.empty(tables)
    complete(draft)
    return draft


def complete(draft: Draft) -> None:
    """Insert whatever still fits, urgent orders first, until nothing does.

    More than one round only matters where a detour is faster than the straight way.
    """
    waiting = [i for i in by_urgency(draft.tables) if i in set(draft.unassigned())]
    while True:
        left = [i for i in waiting if not _insert(draft, i)]
        if len(left) in (0, len(waiting)):
            return
        waiting = left


def _insert(draft: Draft, order: int) -> bool:
    fit = draft.cheapest_fit(order)
    if fit is not None:
        draft.insert(order, fit)
    return fit is not None


def by_urgency(tables: Tables) -> list[int]:
    """Return the orders, most urgent first, each after the orders it waits for."""
    order = sorted(range(tables.n_orders), key=lambda i: _urgency(tables, i))
    ranked: list[int] = []
    seen: set[int] = set()
    for i in order:
        _rank(tables, i, ranked, seen)
    return ranked


def _urgency(tables: Tables, i: int) -> tuple[int, int, int]:
    return (tables.problem.work_orders[i].priority, tables.release[i], i)


def _rank(tables: Tables, i: int, ranked: list[int], seen: set[int]) -> None:
    """Append i behind its predecessors; a circle of predecessors is cut where it closes."""
    stack = [i]
    while stack:
        top = stack[-1]
        missing = [j for j in tables.after[top] if j not in seen and j not in stack]
        if missing:
            stack.append(missing[0])
            continue
        stack.pop()
        if top not in seen:
            seen.add(top)
            ranked.append(top)
