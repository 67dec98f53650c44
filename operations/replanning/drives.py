"""Drives between crews and work orders, by their ids: one matrix for a running day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, isfinite

import numpy as np

from domain.incidents import WorkOrder
from domain.places import LonLat
from domain.travel import RouteLine, TravelMatrix, TravelTimes, Unreachable
from operations.ground import Ground


@dataclass(frozen=True, slots=True)
class Drive:
    """Whole seconds, rounded up, and the two places between which they are driven."""

    seconds: int
    here: LonLat
    there: LonLat


@dataclass(frozen=True)
class Drives:
    """The travel times between crews where they are, work orders and other places.

    Rows are numbered crews first, then orders, then the others, as they were given.
    """

    engine: TravelTimes
    places: tuple[LonLat, ...]
    travel: TravelMatrix
    crews: Mapping[str, int]
    orders: Mapping[str, int]
    others: Mapping[LonLat, int]
    at: datetime

    @classmethod
    def over(
        cls,
        ground: Ground,
        positions: Mapping[str, LonLat],
        orders: Mapping[str, WorkOrder],
        at: datetime,
        others: Sequence[LonLat] = (),
    ) -> Drives:
        """Return the drives between all these places in the traffic of an instant."""
        places = (*positions.values(), *(order.location for order in orders.values()), *others)
        first = len(positions) + len(orders)
        return cls(
            engine=ground.travel,
            places=places,
            travel=ground.travel.matrix(places, at=at),
            crews={crew: row for row, crew in enumerate(positions)},
            orders={order: len(positions) + row for row, order in enumerate(orders)},
            others={place: first + row for row, place in enumerate(others)},
            at=at,
        )

    def of_crew(self, crew: str, order: str) -> Drive | None:
        """Return the drive from where the crew is, None if there is no way or no crew."""
        return self._drive(self.crews.get(crew), self.orders.get(order))

    def why_not(self, crew: str, order: str) -> Unreachable | None:
        """Return why the crew cannot drive to the order from where it is, None if it can."""
        return self.travel.reasons.get((self.crews[crew], self.orders[order]))

    def between(self, here: str, there: str) -> Drive | None:
        """Return the drive from one work order to another, None if there is no way."""
        return self._drive(self.orders.get(here), self.orders.get(there))

    def among(self, rows: Sequence[int]) -> TravelMatrix:
        """Return the travel times between these rows only, in this order."""
        chosen = np.ix_(list(rows), list(rows))
        reasons = {
            (a, b): why
            for a, here in enumerate(rows)
            for b, there in enumerate(rows)
            if (why := self.travel.reasons.get((here, there))) is not None
        }
        return TravelMatrix(
            self.travel.seconds[chosen],
            reasons,
            self.travel.straight_line,
            self.travel.method,
            self.travel.metric,
        )

    def metres(self, drive: Drive) -> int:
        """Return the whole metres of a drive over the streets, 0 if it cannot be driven any more.

        The matrix has times only: metres are measured for the few drives that are planned.
        """
        line = self.engine.route(drive.here, drive.there, at=self.at)
        return round(line.metres) if isinstance(line, RouteLine) else 0

    def _drive(self, here: int | None, there: int | None) -> Drive | None:
        if here is None or there is None:
            return None
        seconds = float(self.travel.seconds[here, there])
        if not isfinite(seconds):
            return None
        return Drive(ceil(seconds), self.places[here], self.places[there])
