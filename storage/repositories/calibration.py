"""How fast the crews' own drives were, by the time of day."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from domain.calibration import BandFit, TimeBand
from storage import tables
from storage.event_log import EventLog
from storage.repositories.counters import Numbers

_FIT = tables.band_fit
_KIND = "calibration"


class CalibrationRepository:
    """Keeps one fit for each time band; replaced whole."""

    def __init__(self, connection: Connection, events: EventLog) -> None:
        self._connection, self._events = connection, events
        self._numbers = Numbers(connection)

    def save(self, bands: Mapping[TimeBand, BandFit]) -> None:
        """Replace the fits; appends ``calibration.fitted`` with how many drives were used."""
        self._connection.execute(delete(_FIT))
        rows = [
            {"band": band, "factor": fit.factor, "spread": fit.spread, "drives": fit.drives}
            for band, fit in bands.items()
        ]
        if rows:
            self._connection.execute(insert(_FIT), rows)
        self._numbers.next(_KIND)
        drives = sum(fit.drives for fit in bands.values())
        self._events.append("calibration.fitted", _KIND, {"drives": drives})

    def load(self) -> dict[TimeBand, BandFit]:
        """Return the fits, empty before the first."""
        rows = self._connection.execute(select(_FIT))
        return {row.band: BandFit(row.factor, row.spread, row.drives) for row in rows}

    def version(self) -> int:
        """Return how often the fits were saved; cheap."""
        return self._numbers.last(_KIND)
