"""A state follows another only where the tables say so."""

from __future__ import annotations

from enum import StrEnum
from itertools import product

import pytest

from domain.errors import IllegalMove
from domain.states import (
    IncidentState,
    OutageState,
    TicketState,
    VisitState,
    WorkOrderState,
    move,
    moves_from,
)

KINDS: list[type[StrEnum]] = [TicketState, IncidentState, OutageState, WorkOrderState, VisitState]


def reachable(start: StrEnum) -> set[StrEnum]:
    """Return every state that can come after ``start``."""
    found: set[StrEnum] = set()
    todo = [start]
    while todo:
        for after in moves_from(todo.pop()):
            if after not in found:
                found.add(after)
                todo.append(after)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_has_a_row_and_moves_only_within_its_kind(kind: type[StrEnum]) -> None:
    """A ticket never becomes an outage."""
    for state in kind:
        assert all(type(after) is kind for after in moves_from(state))


@pytest.mark.parametrize("kind", KINDS)
def test_a_move_outside_the_table_is_refused_in_words(kind: type[StrEnum]) -> None:
    """Every pair is either in the table or raises, naming what is allowed."""
    for before, after in product(kind, kind):
        if after in moves_from(before):
            assert move(before, after) is after
        else:
            with pytest.raises(IllegalMove, match="allowed"):
                move(before, after)


def test_no_ticket_closes_without_being_verified() -> None:
    """A crew's done closes nothing; the centre verifies first."""
    before_closed = {state for state in TicketState if TicketState.CLOSED in moves_from(state)}
    assert before_closed == {TicketState.VERIFIED}


def test_no_visit_is_complete_without_having_been_on_site() -> None:
    """The only way to field_complete leads through on_site."""
    before = {state for state in VisitState if VisitState.FIELD_COMPLETE in moves_from(state)}
    assert before == {VisitState.ON_SITE}


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (TicketState.OPEN, TicketState.CLOSED),
        (IncidentState.SUSPECTED, IncidentState.CLOSED),
        (OutageState.PREDICTED, OutageState.RESTORED),
        (OutageState.DRAFT, OutageState.RESTORED),
        (WorkOrderState.WAITING, WorkOrderState.DONE),
        (VisitState.ASSIGNED, VisitState.FIELD_COMPLETE),
    ],
)
def test_every_life_can_come_to_its_end(start: StrEnum, end: StrEnum) -> None:
    """From the first state the good end can be reached."""
    assert end in reachable(start)
