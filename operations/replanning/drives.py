"""Drives between crews and work orders, by their ids: one matrix for a running day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, isfinite

import numpy as np

from domain.incidents import WorkOrder
from domain.places import LonLat
from domain.streets import TravelTimes
from operations.ground import Ground


@dataclass(frozen=True, slots=True)
class Drive:
    """Whole seconds, rounded up, and whole metres."""

    seconds: int
    metres: int


@dataclass(frozen=True)
class Drives:
    """The travel times between crews where they are and work orders.

    Rows are numbered crews first, then orders, as they were given.
    """

    travel: TravelTimes
    crews: Mapping[str, int]
    orders: Mapping[str, int]

    @classmethod
    def over(
        cls, ground: Ground, positions: Mapping[str, LonLat], orders: Mapping[str, WorkOrder]
    ) -> Drives:
        """Return the drives from each crew's position and each order to each order."""
        places = [*positions.values(), *(order.location for order in orders.values())]
        return cls(
            travel=ground.travel.travel_times(places),
            crews={crew: row for row, crew in enumerate(positions)},
            orders={order: len(positions) + row for row, order in enumerate(orders)},
        )

    def of_crew(self, crew: str, order: str) -> Drive | None:
        """Return the drive from where the crew is, None if there is no way or no crew."""
        return self._drive(self.crews.get(crew), self.orders.get(order))

    def between(self, here: str, there: str) -> Drive | None:
        """Return the drive from one work order to another, None if there is no way."""
        return self._drive(self.orders.get(here), self.orders.get(there))

    def among(self, rows: Sequence[int]) -> TravelTimes:
        """Return the travel times between these rows only, in this order."""
        chosen = np.ix_(list(rows), list(rows))
        reasons = {
            (a, b): why
            for a, here in enumerate(rows)
            for b, there in enumerate(rows)
            if (why := self.travel.reasons.get((here, there))) is not None
        }
        return TravelTimes(
            self.travel.seconds[chosen],
            self.travel.metres[chosen],
            reasons,
            self.travel.straight_line,
            self.travel.method,
        )

    def _drive(self, here: int | None, there: int | None) -> Drive | None:
        if here is None or there is None:
            return None
        seconds = float(self.travel.seconds[here, there])
        if not isfinite(seconds):
            return None
        return Drive(ceil(seconds), round(float(self.travel.metres[here, there])))
