"""What the clients were promised, kept apart from the server: the oracle."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field


@dataclass
class Books:
    """Everything a server acknowledged, by whatever client; appended to from many threads.

    Attributes
    ----------
    tickets
        Ticket id by the client's UUID.
    reports
        By report id: crew, work order, kind, outcome.
    fixes
        Crew by fix id.
    closed
        Incidents whose closing was acknowledged.
    """

    tickets: dict[str, str] = field(default_factory=dict)
    reports: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)
    fixes: dict[str, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    _promised: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_for_promise(self, seconds: float) -> None:
        """Return when another ticket or report was acknowledged, or after the seconds."""
        self._promised.clear()
        self._promised.wait(seconds)

    def ticket(self, client: str, ticket: str) -> None:
        """Note a ticket; the same request must have made the same one."""
        with self._lock:
            assert self.tickets.setdefault(client, ticket) == ticket
            self._promised.set()

    def report(self, report: str, told: tuple[str, str, str, str]) -> None:
        """Note a report; a repeat must have been told the same."""
        with self._lock:
            assert self.reports.setdefault(report, told) == told
            self._promised.set()

    def fix(self, fix: str, crew: str) -> None:
        """Note a stored position."""
        with self._lock:
            self.fixes[fix] = crew

    def close(self, incident: str) -> None:
        """Note a closed incident."""
        with self._lock:
            self.closed.add(incident)
