"""Planned shut-offs: what is wanted, what it costs, whom it meets, whom to tell."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from domain.places import LonLat
from domain.planned import Assessment, OffPeriod, Overlap, OverlapKind, Repeat
from domain.states import OutageState
from domain.words import PremisesKind
from mainbreak.server.api.models.base import (
    Body,
    Id,
    Ids,
    Instant,
    Latitude,
    Line,
    Longitude,
    Said,
    Stamp,
    Text,
    View,
)
from mainbreak.server.api.models.isolations import IsolationView
from operations.planned.draft import Wanted
from operations.planned.premises_to_tell import Totals, ToTell


class PlannedBody(Body):
    """Work that is planned: on pipes, or on the pipe nearest to a place.

    ``notice`` null takes the usual rule for its size. ``inoperable`` are isolation valves known
    not to turn: a draft marks them so in the network. ``client_id`` makes sending it again
    harmless.
    """

    pipes: Ids = ()
    lon: Longitude | None = None
    lat: Latitude | None = None
    title: Annotated[Line, Field(min_length=1)]
    starts_at: Instant
    ends_at: Instant
    notice: Literal["24h", "48h"] | None = None
    inoperable: Ids = ()
    client_id: UUID | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.lon is None) != (self.lat is None):
            raise ValueError("give lon and lat together")
        if bool(self.pipes) == (self.lon is not None):
            raise ValueError("give either pipes, or lon and lat")
        return self

    def wanted(self) -> Wanted:
        """Return what is planned."""
        spot = None if self.lon is None or self.lat is None else LonLat(self.lon, self.lat)
        return Wanted(
            at=spot or self.pipes,
            title=self.title,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            notice=self.notice,
            inoperable=self.inoperable,
            client_id=str(self.client_id) if self.client_id else "",
        )


class AnnounceBody(Body):
    """Why it is announced later than its rule allows; empty if it is not."""

    late_reason: Text = ""


class PeriodView(View):
    """When water is off; ``ends_at`` is null where nobody knows."""

    starts_at: Stamp
    ends_at: Stamp | None

    @classmethod
    def of(cls, one: OffPeriod) -> PeriodView:
        """Return a period as it is sent."""
        return cls(starts_at=one.starts_at, ends_at=one.ends_at)


class OverlapView(View):
    """Another planned shut-off or a running outage of the same time, and what they do together."""

    other: str
    kind: OverlapKind
    title: str
    period: PeriodView
    pipes: list[str]
    premises: list[str]
    isolation_valves: list[str]
    contested: list[str]
    only_combined_premises: list[str]
    only_combined_critical: list[str]

    @classmethod
    def of(cls, one: Overlap) -> OverlapView:
        """Return an overlap as it is sent."""
        return cls(
            other=one.other,
            kind=one.kind,
            title=one.title,
            period=PeriodView.of(one.period),
            pipes=list(one.pipes),
            premises=list(one.premises),
            isolation_valves=list(one.isolation_valves),
            contested=list(one.contested),
            only_combined_premises=list(one.only_combined_premises),
            only_combined_critical=list(one.only_combined_critical),
        )


class RepeatView(View):
    """Critical premises that are dry again within a week, and what else dries them."""

    premises: str
    others: list[str]

    @classmethod
    def of(cls, one: Repeat) -> RepeatView:
        """Return it as it is sent."""
        return cls(premises=one.premises, others=list(one.others))


class PreviewView(View):
    """What planned work takes and costs; ``premises_count`` counts everybody to tell."""

    title: str
    pipes: list[str]
    starts_at: Stamp
    ends_at: Stamp
    notice_h: int
    tell_by: Stamp
    premises_count: int
    critical_premises: list[str]
    only_combined_premises: list[str]
    hydrants_out: list[str]
    segment_length_m: float
    segment_volume_l: float
    isolation: IsolationView
    overlaps: list[OverlapView]
    repeats: list[RepeatView]
    warnings: list[Said]

    @classmethod
    def of(cls, found: Assessment) -> Self:
        """Return an assessment as it is sent."""
        return cls.model_validate(_fields(found))


class ShutoffView(PreviewView):
    """A planned shut-off that is kept."""

    id: str
    state: OutageState
    created_at: Stamp
    announced_at: Stamp | None
    began_at: Stamp | None
    restored_at: Stamp | None


class ShutoffPage(View):
    """Planned shut-offs by id; ``next`` is the ``after`` of the page behind it."""

    items: list[ShutoffView]
    next: str | None


def _fields(found: Assessment) -> dict[str, Any]:
    one = found.shutoff
    return {
        "id": one.id,
        "state": one.state,
        "title": one.title,
        "pipes": list(one.pipes),
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "notice_h": one.notice_h,
        "tell_by": one.tell_by,
        "created_at": one.created_at,
        "announced_at": one.announced_at,
        "began_at": one.began_at,
        "restored_at": one.restored_at,
        "premises_count": len(found.premises),
        "critical_premises": list(found.critical_premises),
        "only_combined_premises": list(found.only_combined_premises),
        "hydrants_out": list(one.isolation.hydrants_out),
        "segment_length_m": round(one.isolation.segment_length_m, 1),
        "segment_volume_l": round(one.isolation.segment_volume_l, 1),
        "isolation": IsolationView.of(one.isolation),
        "overlaps": [OverlapView.of(each) for each in found.overlaps],
        "repeats": [RepeatView.of(each) for each in found.repeats],
        "warnings": [Said.of(each) for each in found.warnings],
    }


class ToTellView(View):
    """One premises to tell; phones, accounts and householders' names are masked."""

    id: Id
    critical: bool
    only_combined: bool
    kind: PremisesKind
    road: str
    address: str
    name: str
    account: str
    phone: str

    @classmethod
    def of(cls, row: ToTell) -> ToTellView:
        """Return a row, masked already, as it is sent."""
        one = row.premises
        return cls(
            id=one.id,
            critical=row.critical,
            only_combined=row.only_combined,
            kind=one.kind,
            road=row.road,
            address=one.address,
            name=one.name,
            account=one.account,
            phone=one.phone,
        )


class RoadCount(View):
    """How many premises lie on a road; the road is empty where it is not known."""

    road: str
    premises: int


class KindCount(View):
    """How many premises are of a kind."""

    kind: PremisesKind
    premises: int


class TotalsView(View):
    """Totals of the whole list, the most first."""

    premises: int
    critical: int
    by_road: list[RoadCount]
    by_kind: list[KindCount]

    @classmethod
    def of(cls, one: Totals) -> TotalsView:
        """Return totals as they are sent."""
        return cls(
            premises=one.premises,
            critical=one.critical,
            by_road=[RoadCount(road=road, premises=n) for road, n in one.by_road],
            by_kind=[KindCount(kind=kind, premises=n) for kind, n in one.by_kind],
        )


class ToTellPage(View):
    """Whom to tell, the critical ones first; ``next`` is the ``after`` of the page behind it."""

    items: list[ToTellView]
    next: str | None
    totals: TotalsView
