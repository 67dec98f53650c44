"""A finding of ``mainbreak check``: something in the network a person should look at."""

from __future__ import annotations

from dataclasses import dataclass

from domain.places import LonLat


@dataclass(frozen=True, slots=True)
class Finding:
    """One oddity in the data: never a fault of the import, always with a place and a remedy.

    ``kind`` is the machine's word (``dangling_end``, ``no_source`` ...); ``subject`` the id of the
    node, link, isolation valve or premises; ``detail`` and ``remedy`` English sentences.
    """

    kind: str
    subject: str
    location: LonLat | None
    detail: str
    remedy: str
