"""The street network as the prepared bytes that routing makes and reads."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from domain.clocks import Clock
from domain.errors import BadInput
from domain.streets import StreetReport
from storage import tables
from storage.event_log import EventLog

_KIND = "streets"
_ARTIFACT = tables.artifact


class StreetsRepository:
    """Keeps one artifact, counts its versions and vouches for its bytes."""

    def __init__(self, connection: Connection, events: EventLog, clock: Clock) -> None:
        self._connection, self._events, self._clock = connection, events, clock

    def save(self, data: bytes, report: StreetReport) -> None:
        """Replace the streets; appends ``streets.imported`` with version, size and hash."""
        version = self.version() + 1
        digest = sha256(data).hexdigest()
        self._connection.execute(delete(_ARTIFACT).where(_ARTIFACT.c.kind == _KIND))
        row = {
            "kind": _KIND,
            "version": version,
            "sha256": digest,
            "report": asdict(report),
            "saved_at": self._clock(),
            "data": data,
        }
        self._connection.execute(insert(_ARTIFACT), row)
        payload: dict[str, object] = {"version": version, "bytes": len(data), "sha256": digest}
        self._events.append("streets.imported", _KIND, payload | {"nodes": report.nodes})

    def version(self) -> int:
        """Return how often streets were saved, 0 if never; cheap, for those who keep a copy."""
        query = select(_ARTIFACT.c.version).where(_ARTIFACT.c.kind == _KIND)
        return self._connection.scalar(query) or 0

    def load(self) -> bytes | None:
        """Return the bytes as they were saved, None if there are no streets.

        Raises
        ------
        BadInput
            If they are not what was saved.
        """
        query = select(_ARTIFACT.c.data, _ARTIFACT.c.sha256).where(_ARTIFACT.c.kind == _KIND)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        data = bytes(row.data)
        if sha256(data).hexdigest() != row.sha256:
            raise BadInput("the stored streets are damaged; run: mainbreak import streets FILE.")
        return data

    def report(self) -> StreetReport | None:
        """Return what the build kept and left out, None if there are no streets."""
        query = select(_ARTIFACT.c.report).where(_ARTIFACT.c.kind == _KIND)
        stored = self._connection.scalar(query)
        return None if stored is None else StreetReport(**stored)
