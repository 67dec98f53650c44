"""Criticality with the places to go to: what a manager reads, ranks and builds from."""

from __future__ import annotations

from dataclasses import dataclass

from domain.criticality import SegmentLoss, StuckLoss
from domain.places import LonLat

#: In ``segment_of_link``: a link that belongs to no ranked segment, such as a closed pipe.
UNRANKED = -1


@dataclass(frozen=True, slots=True)
class ValveSite:
    """Where one more isolation valve would lower a segment's risk most.

    Attributes
    ----------
    pipe, node
        The pipe it would sit on, and the junction at that end.
    road, dn, location
        The road of the pipe, its nominal diameter in millimetres, and the place of the end.
    risk_after
        Premises times kilometres of the two parts together, instead of the segment's.
    """

    pipe: str
    node: str
    road: str
    dn: int
    location: LonLat
    risk_after: float


@dataclass(frozen=True, slots=True)
class CriticalSegment:
    """A segment's loss with its place: the middle of its longest pipe, that pipe's road and DN.

    ``site`` is None where none was sought, or no place lowers the risk.
    """

    loss: SegmentLoss
    road: str
    dn: int
    location: LonLat
    site: ValveSite | None = None


@dataclass(frozen=True, slots=True)
class CriticalValve:
    """An isolation valve's loss with its place, the pipe it sits on, that pipe's road and DN.

    ``more_at_most`` is how many more premises are out if the pipe that bursts lies on the side
    that alone costs less; ``loss.more`` is how many more on the other side.
    """

    loss: StuckLoss
    pipe: str
    road: str
    dn: int
    location: LonLat
    more_at_most: int


@dataclass(frozen=True, slots=True)
class CriticalPlaces:
    """Every segment and every isolation valve that can be turned, worst first.

    ``segment_of_link`` is for each link of the network, in its order, the place of its segment in
    ``segments``, or ``UNRANKED``.
    """

    segments: tuple[CriticalSegment, ...]
    valves: tuple[CriticalValve, ...]
    segment_of_link: tuple[int, ...]
