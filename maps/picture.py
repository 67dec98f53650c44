"""What a day's page is drawn from: values only, no personal data is taken out of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from domain.crews import Crew
from domain.incidents import Incident, Outage, WorkOrder
from domain.network import PipeNetwork
from domain.plans import Plan
from domain.sentences import LANGUAGES
from domain.streets import RouteLine, StreetNetwork
from domain.tickets import LocatedTicket


@dataclass(frozen=True, slots=True)
class DayPicture:
    """A planned day, ready to be drawn.

    Attributes
    ----------
    title
        The day's name, such as ``临江 2026-11-22``.
    streets
        The base map; None draws the pipes on bare land.
    route_lines
        The drive to each visit by (crew id, work order id); a visit without one is joined to the
        place before it by a straight line.
    zone
        The zone all times are shown in.
    language
        One of ``LANGUAGES``, the first shown; the reader may switch.
    rejected_count
        Rows that were put aside; the page says how many.
    straight_line
        True if travel times are straight-line estimates; the page says so.
    notes
        Sentences the reader must see, in any language.
    """

    title: str
    network: PipeNetwork
    streets: StreetNetwork | None
    tickets: Sequence[LocatedTicket]
    incidents: Sequence[Incident]
    outages: Sequence[Outage]
    work_orders: Sequence[WorkOrder]
    crews: Sequence[Crew]
    plan: Plan
    zone: tzinfo
    route_lines: Mapping[tuple[str, str], RouteLine] = field(default_factory=dict)
    language: str = "zh-CN"
    rejected_count: int = 0
    straight_line: bool = False
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"no page in {self.language!r}; there are {', '.join(LANGUAGES)}")
