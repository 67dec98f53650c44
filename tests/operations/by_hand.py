"""What a dispatcher decides by hand on the live day, for the tests beside this file."""

from __future__ import annotations

from collections.abc import Callable

from domain.incidents import Incident, WorkOrder
from domain.states import ENDED, WorkOrderState
from operations.acknowledge_incident import acknowledge_incident
from operations.calling.by_hand import Decision, Undo, Verb
from operations.detach_ticket import detach_ticket
from operations.dismiss_incident import dismiss_incident
from operations.ground import Ground
from operations.merge_incidents import merge_incidents
from operations.move_ticket import move_ticket
from operations.report_still_out import report_still_out
from operations.split_incident import split_incident
from operations.unmerge_incident import unmerge_incident
from operations.verify_and_close import verify_and_close
from storage import UnitOfWork
from tests.operations.live_day import LiveDay


class Hand:
    """Decisions, each in a transaction of its own."""

    def __init__(self, day: LiveDay) -> None:
        self.day = day

    def _decided(self, decide: Callable[[UnitOfWork, Ground], Decision]) -> Decision:
        with self.day.work() as work:
            decision = decide(work, self.day.keeper.of(work))
            work.commit()
        return decision

    def merge(self, one: str, into: str) -> Decision:
        """Merge an incident into another."""
        return self._decided(lambda w, g: merge_incidents(w, g, one, into, self.day.now))

    def unmerge(self, one: str) -> Decision:
        """Take a merge back."""
        return self._decided(lambda w, g: unmerge_incident(w, g, one, self.day.now))

    def split(self, one: str, *tickets: str) -> Decision:
        """Split tickets out of an incident."""
        return self._decided(lambda w, g: split_incident(w, g, one, tickets, self.day.now))

    def detach(self, ticket: str) -> Decision:
        """Detach a ticket."""
        return self._decided(lambda w, g: detach_ticket(w, g, ticket, self.day.now))

    def attach(self, ticket: str, to: str) -> Decision:
        """Attach a ticket."""
        return self._decided(lambda w, g: move_ticket(w, g, ticket, to, self.day.now))

    def still_out(self, one: str, ticket: str) -> Decision:
        """Report that the caller of a ticket is still out."""
        return self._decided(lambda w, g: report_still_out(w, g, one, ticket, self.day.now))

    def undo(self, undo: Undo | None) -> Decision | None:
        """Do what a decision said would take it back."""
        assert undo is not None
        if undo.verb is Verb.DISMISS:
            with self.day.work() as work:
                dismiss_incident(work, self.day.keeper.of(work), undo.subject, self.day.now)
                work.commit()
            return None
        other = undo.other or ""
        return {
            Verb.ATTACH: lambda: self.attach(undo.subject, other),
            Verb.DETACH: lambda: self.detach(undo.subject),
            Verb.MERGE: lambda: self.merge(undo.subject, other),
            Verb.UNMERGE: lambda: self.unmerge(undo.subject),
        }[undo.verb]()

    def acknowledge(self, one: str) -> Incident:
        """Say to know of an incident."""
        with self.day.work() as work:
            incident = acknowledge_incident(work, one)
            work.commit()
        return incident

    def verify(self, one: str) -> None:
        """Verify an incident."""
        with self.day.work() as work:
            verify_and_close(work, self.day.keeper.of(work), one, self.day.now)
            work.commit()

    def held(self) -> dict[str, tuple[str, ...]]:
        """Return the tickets of each incident that has not ended."""
        with self.day.work() as work:
            return {one.id: one.tickets for one in work.incidents.active()}

    def open_orders(self, one: str) -> list[WorkOrder]:
        """Return an incident's work orders that are not over."""
        with self.day.work() as work:
            found = work.work_orders.of_incidents([one])
        return [order for order in found if order.state not in ENDED[WorkOrderState]]

    def told(self, kind: str) -> list[dict[str, object]]:
        """Return what the events of a kind carry, oldest first."""
        with self.day.work() as work:
            events = work.events.since(0, 10_000)
        return [one.payload for one in events if one.kind == kind]
