"""Numbers for new tickets, incidents and planned shut-offs: they go up, and none is given twice."""

from __future__ import annotations

from storage import UnitOfWork


def new_ticket_id(work: UnitOfWork) -> str:
    """Return the id of a new ticket, such as T0001; ids that a file brought are left out."""
    while work.tickets.find(wanted := f"T{work.numbers.next('ticket'):04d}") is not None:
        pass
    return wanted


def new_incident_id(work: UnitOfWork) -> str:
    """Return the id of a new incident, such as E0001; ids that a plan brought are left out."""
    while work.incidents.find(wanted := f"E{work.numbers.next('incident'):04d}") is not None:
        pass
    return wanted


def new_shutoff_id(work: UnitOfWork) -> str:
    """Return the id of a new planned shut-off, such as S0001."""
    while work.planned_shutoffs.find(wanted := f"S{work.numbers.next('planned_shutoff'):04d}"):
        pass
    return wanted
