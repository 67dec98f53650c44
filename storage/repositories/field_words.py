"""What files said of the isolation valves that the field has reported since, from the log."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from domain.network import IsolationValve, Operability, Position
from storage import tables
from storage.event_log import Happening

IMPORTED = "network.imported"
CHANGED, KEPT = "isolation_valve.changed", "isolation_valve.kept"

#: How an isolation valve stands, without where it is.
Stand = tuple[Position, Operability]


def stand_of(valve: IsolationValve) -> Stand:
    """Return how an isolation valve stands."""
    return valve.position, valve.operability


def told(kind: str, valve: str, stand: Stand, instead_of: Stand) -> Happening:
    """Return the event that an isolation valve stands so, and not as it stood or a file says."""
    return kind, valve, _words(stand) | {"instead_of": _words(instead_of)}


def _words(stand: Stand) -> dict[str, object]:
    return {"position": stand[0].value, "operability": stand[1].value}


def words_of_last_file(connection: Connection) -> dict[str, Stand]:
    """Return how the last imported file had each isolation valve that was set since, or kept.

    The first event about it after that import tells: what was kept against the file is told
    right after the import, and before the first change it stood as the file said.
    """
    event = tables.event.c
    last = select(func.coalesce(func.max(event.id), 0)).where(event.kind == IMPORTED)
    query = select(event.subject, event.payload).where(event.kind.in_([CHANGED, KEPT]))
    query = query.where(event.id > last.scalar_subquery()).order_by(event.id)
    said: dict[str, Stand] = {}
    for valve, payload in connection.execute(query):
        # The first releases did not log what was before; then the valve is taken as it stands.
        words = payload.get("instead_of", payload)
        stand = Position(words["position"]), Operability(words["operability"])
        said.setdefault(valve, stand)
    return said
