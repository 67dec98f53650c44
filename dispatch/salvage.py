"""From sequences that may break a rule to a draft that keeps them all."""

from __future__ import annotations

from dispatch.draft import Draft
from dispatch.greedy import by_urgency, complete
from dispatch.schedule import Sequences, schedule
from dispatch.tables import Tables


def salvage(tables: Tables, sequences: Sequences) -> Draft:
    """Return a draft that keeps the sequences as far as the rules allow, and is complete.

    Orders are taken urgent first, each in its place; what breaks a rule there is put wherever it
    fits, or nowhere.
    """
    times = schedule(tables, sequences)
    if times is not None:
        draft = Draft(tables, [list(sequence) for sequence in sequences], times)
    else:
        draft = _keep_what_fits(tables, sequences)
    complete(draft)
    return draft


def keep_running(tables: Tables) -> Draft:
    """Return the running plan from now on, as far as the rules allow, completed with new orders."""
    problem = tables.problem
    number = {order.id: i for i, order in enumerate(problem.work_orders)}
    sequences: list[list[int]] = []
    for c, crew in enumerate(problem.crews):
        told = [number[one] for one in problem.running.sequences.get(crew.id, ()) if one in number]
        sequences.append([i for i in told if problem.home[i] == c and c in tables.crews_for[i]])
    return salvage(tables, sequences)


def _keep_what_fits(tables: Tables, sequences: Sequences) -> Draft:
    home = {i: crew for crew, sequence in enumerate(sequences) for i in sequence}
    kept: set[int] = set()
    draft = Draft.empty(tables)
    for order in by_urgency(tables):
        if order not in home:
            continue
        trial = [list(sequence) for sequence in draft.sequences]
        crew = home[order]
        trial[crew] = [i for i in sequences[crew] if i in kept or i == order]
        times = schedule(tables, trial)
        if times is not None:
            kept.add(order)
            draft = Draft(tables, trial, times)
    return draft
