"""Outages as the office sees them: who is out, until when, how far the closing is."""

from __future__ import annotations

from domain.incidents import Etr, EtrSource, Outage
from domain.states import OutageState
from mainbreak.server.api.models.base import DIGITS, Body, Id, Instant, Stamp, View
from mainbreak.server.api.models.isolations import IsolationView
from operations.showing.closing_order import ClosingStep, StepState


class EtrBody(Body):
    """When supply is restored; null takes the word back, so that the plan speaks again."""

    at: Instant | None


class RetryBody(Body):
    """The isolation valve, reported stuck, that shall be tried again."""

    isolation_valve: Id


class EtrView(View):
    """When supply is restored, by whose word, and since when that word stands."""

    at: Stamp
    source: EtrSource
    said_at: Stamp

    @classmethod
    def of(cls, etr: Etr | None) -> EtrView | None:
        """Return an ETR as it is sent, None for none."""
        return None if etr is None else cls(at=etr.at, source=etr.source, said_at=etr.said_at)


class StepView(View):
    """One isolation valve of the closing order; its number never changes."""

    number: int
    id: str
    dn: int
    road: str
    lon: float
    lat: float
    state: StepState

    @classmethod
    def of(cls, one: ClosingStep) -> StepView:
        """Return a step as it is sent."""
        at = one.valve.location
        return cls(
            number=one.number,
            id=one.valve.id,
            dn=one.dn,
            road=one.road,
            lon=round(at.lon, DIGITS),
            lat=round(at.lat, DIGITS),
            state=one.state,
        )


class OutageView(View):
    """An outage; ``proposal`` is the isolation without the stuck ones, null if none is due."""

    id: str
    incident: str
    state: OutageState
    began_at: Stamp | None
    restored_at: Stamp | None
    etr: EtrView | None
    premises_count: int
    critical_premises: list[str]
    isolation: IsolationView
    closing_order: list[StepView]
    closed: list[str]
    stuck: list[str]
    proposal: IsolationView | None


class OutagePage(View):
    """Outages by id; ``next`` is the ``after`` of the page behind it."""

    items: list[OutageView]
    next: str | None


def outage_view(one: Outage, steps: tuple[ClosingStep, ...]) -> OutageView:
    """Return an outage as it is sent."""
    return OutageView(
        id=one.id,
        incident=one.incident,
        state=one.state,
        began_at=one.began_at,
        restored_at=one.restored_at,
        etr=EtrView.of(one.etr),
        premises_count=one.isolation.premises_count,
        critical_premises=list(one.isolation.critical_premises),
        isolation=IsolationView.of(one.isolation),
        closing_order=[StepView.of(step) for step in steps],
        closed=list(one.closed),
        stuck=list(one.stuck),
        proposal=None if one.proposal is None else IsolationView.of(one.proposal),
    )
