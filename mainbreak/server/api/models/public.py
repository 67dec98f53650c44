"""Outages as anybody may see them."""

from __future__ import annotations

from domain.states import OutageState
from mainbreak.server.api.models.base import Said, Stamp, View
from mainbreak.server.api.models.outages import EtrView
from mainbreak.server.api.models.planned import PeriodView
from operations.showing.public_outages import PublicOutage


class PublicOutageView(View):
    """One outage; ``polygon`` holds rings of [lon, lat] around all who are out, drawn coarsely.

    ``planned`` is the window that was announced, null for an outage nobody planned. Each ring is an
    area of its own. ``premises_count`` of a small outage is rounded up to tens.
    """

    id: str
    area: Said
    state: OutageState
    cause: Said
    since: Stamp | None
    restored_at: Stamp | None
    etr: EtrView | None
    premises_count: int
    polygon: list[list[tuple[float, float]]]
    planned: PeriodView | None

    @classmethod
    def of(cls, one: PublicOutage) -> PublicOutageView:
        """Return an outage as it is sent."""
        return cls(
            id=one.id,
            area=Said.of(one.area),
            state=one.state,
            cause=Said.of(one.cause),
            since=one.since,
            restored_at=one.restored_at,
            etr=EtrView.of(one.etr),
            premises_count=one.premises_count,
            polygon=[list(ring) for ring in one.rings],
            planned=None if one.planned is None else PeriodView.of(one.planned),
        )


class PublicOutages(View):
    """All outages of now, as of an instant."""

    items: list[PublicOutageView]
    as_of: Stamp
