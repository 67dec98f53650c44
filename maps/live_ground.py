"""What the console needs of the ground, worked out once for as long as it stays the same."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any

from domain.network import PipeNetwork
from domain.streets import StreetNetwork
from maps.detail import Detail
from maps.encode import json_text
from maps.network_data import (
    hydrant_data,
    isolation_valve_data,
    link_indexes,
    pipe_data,
    premises_data,
)
from maps.privacy import masker
from maps.street_data import street_data

#: Callers' words are masked anew at every look; a day holds some hundreds of them.
REMEMBERED_TEXTS = 4096


@dataclass(frozen=True, slots=True)
class Written:
    """Tables as a server sends them: plain, packed with gzip, and their mark."""

    text: bytes
    packed: bytes
    etag: str

    @classmethod
    def of(cls, tables: dict[str, Any]) -> Written:
        """Return tables as JSON; the mark changes whenever a byte of them does."""
        text = json_text(tables).encode()
        mark = sha256(text).hexdigest()[:24]
        return cls(text, gzip.compress(text, compresslevel=6, mtime=0), f'"{mark}"')


class LiveGround:
    """The big tables of a network and its streets, and what the day's rows need of them.

    Isolation valves are drawn as they stand in ``LivePicture``; of the network only their places
    count here.
    """

    def __init__(self, network: PipeNetwork, streets: StreetNetwork | None) -> None:
        self.network, self._streets = network, streets
        self.pipes = link_indexes(network)
        self.mask = lru_cache(REMEMBERED_TEXTS)(masker(network))

    @cached_property
    def tables(self) -> dict[str, Any]:
        """The tables by key; nobody's account, name or phone is in them."""
        network, detail = self.network, Detail()
        return {
            "streets": street_data(self._streets, detail),
            "pipes": pipe_data(network, detail),
            "premises": premises_data(network, (), detail),
            "isolation_valves": isolation_valve_data(network, (), detail),
            "hydrants": hydrant_data(network, (), detail),
        }

    @cached_property
    def written(self) -> Written:
        """The tables as they are sent."""
        return Written.of(self.tables)
