"""What lies under the public's map: streets, parks and water, and nothing of the pipe network."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass

from domain.streets import StreetNetwork
from maps.detail import Detail
from maps.street_data import street_data
from operations.ground import Ground

#: Metres a street may be drawn off its course: less than two pixels where the map is closest.
TOLERANCE_M = 2.0


@dataclass(frozen=True, slots=True)
class PublicGround:
    """The table as JSON, and a tag that is the same as long as the table is."""

    body: bytes
    tag: str


class PublicGroundKeeper:
    """Keeps the table of the present streets, made at the first question."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._streets: StreetNetwork | None = None
        self._kept: PublicGround | None = None

    def of(self, ground: Ground) -> PublicGround:
        """Return the public's table of this ground."""
        with self._lock:
            if self._kept is None or self._streets is not ground.streets:
                self._streets, self._kept = ground.streets, _made(ground.streets)
            return self._kept


def _made(streets: StreetNetwork | None) -> PublicGround:
    table = {"streets": street_data(streets, Detail(street_tolerance_m=TOLERANCE_M))}
    body = json.dumps(table, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return PublicGround(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
