"""Outages as the office sees them: who is out, until when, how far the closing is."""

from __future__ import annotations

from domain.customer_minutes import minutes_of_steps
from domain.incidents import Etr, EtrSource
from domain.network import Position
from domain.states import OutageState
from mainbreak.server.api.models.base import DIGITS, Body, Id, Instant, Stamp, View
from mainbreak.server.api.models.isolations import IsolationView
from operations.showing.closing_order import ClosingStep, StepState
from operations.showing.opening_order import OpeningState, OpeningStep
from operations.showing.outage_supply import OutageSupply


class EtrBody(Body):
    """When supply is restored; null takes the word back, so that the plan speaks again."""

    at: Instant | None


class RetryBody(Body):
    """The isolation valve, reported stuck, that shall be tried again."""

    isolation_valve: Id


class EtrView(View):
    """When supply is restored, by whose word, and since when that word stands.

    ``latest`` is by when it is restored nine times in ten, null where nobody reckoned that.
    """

    at: Stamp
    source: EtrSource
    said_at: Stamp
    latest: Stamp | None

    @classmethod
    def of(cls, etr: Etr | None) -> EtrView | None:
        """Return an ETR as it is sent, None for none."""
        if etr is None:
            return None
        return cls(at=etr.at, source=etr.source, said_at=etr.said_at, latest=etr.latest)


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


class OpeningView(View):
    """One isolation valve to open; ``gives_back`` counts premises, ``number`` never changes."""

    number: int
    id: str
    dn: int
    road: str
    lon: float
    lat: float
    state: OpeningState
    gives_back: int

    @classmethod
    def of(cls, one: OpeningStep) -> OpeningView:
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
            gives_back=one.gives_back,
        )


class SupplyStepView(View):
    """One isolation valve turned: who was out after it, who was back, what the time before cost.

    ``customer_minutes`` are those of the premises out since the step before.
    """

    at: Stamp
    isolation_valve: str
    position: Position
    out: int
    restored: int
    customer_minutes: float


class SupplyView(View):
    """Predicted and actual: premises without water now, and customer-minutes.

    ``customer_minutes`` are lost so far; ``customer_minutes_until_etr`` are those lost by the ETR
    if nothing more is turned, null where there is none ahead.
    """

    predicted: int
    out: int
    customer_minutes: float
    customer_minutes_until_etr: float | None
    steps: list[SupplyStepView]

    @classmethod
    def of(cls, supply: OutageSupply) -> SupplyView:
        """Return an outage's supply as it is sent."""
        minutes = minutes_of_steps(supply.outage.steps)
        until = supply.minutes_until_etr
        return cls(
            predicted=supply.outage.isolation.premises_count,
            out=len(supply.out),
            customer_minutes=round(supply.minutes, 1),
            customer_minutes_until_etr=None if until is None else round(until, 1),
            steps=[
                SupplyStepView(
                    at=one.at,
                    isolation_valve=one.isolation_valve,
                    position=one.position,
                    out=one.out,
                    restored=one.restored,
                    customer_minutes=round(lost, 1),
                )
                for one, lost in zip(supply.outage.steps, minutes, strict=True)
            ],
        )


class OutageView(View):
    """An outage; ``proposal`` is the isolation without the stuck ones, null if none is due.

    ``opening_order`` is what gives most premises water first.
    """

    id: str
    incident: str
    state: OutageState
    began_at: Stamp | None
    restored_at: Stamp | None
    etr: EtrView | None
    premises_count: int
    critical_premises: list[str]
    isolation: IsolationView
    supply: SupplyView
    closing_order: list[StepView]
    opening_order: list[OpeningView]
    closed: list[str]
    stuck: list[str]
    proposal: IsolationView | None


class OutagePage(View):
    """Outages by id; ``next`` is the ``after`` of the page behind it."""

    items: list[OutageView]
    next: str | None


def outage_view(
    supply: OutageSupply, steps: tuple[ClosingStep, ...], opening: tuple[OpeningStep, ...]
) -> OutageView:
    """Return an outage as it is sent."""
    one = supply.outage
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
        supply=SupplyView.of(supply),
        closing_order=[StepView.of(step) for step in steps],
        opening_order=[OpeningView.of(step) for step in opening],
        closed=list(one.closed),
        stuck=list(one.stuck),
        proposal=None if one.proposal is None else IsolationView.of(one.proposal),
    )
