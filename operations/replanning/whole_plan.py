"""A plan with what stays beside it, as people would see it, and what can be read from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.incidents import Outage, WorkOrder
from domain.plans import Plan, Route, Visit
from operations.replanning.kept_visits import ARRIVED
from operations.replanning.plan_around import Proposal
from operations.replanning.plan_changes import visits_of
from operations.replanning.restoration_times import mends_of


@dataclass(frozen=True, slots=True)
class Late:
    """A visit that arrives after its due time."""

    visit: Visit
    due: datetime

    @property
    def late_s(self) -> int:
        """By how much, seconds."""
        return round((self.visit.eta - self.due).total_seconds())


def whole_plan(proposal: Proposal) -> Plan:
    """Return the proposal's plan with the visits that stay, each route in order of time."""
    day = proposal.task.day
    planned = [visit for route in proposal.plan.routes for visit in route.visits]
    known = {visit.work_order for visit in planned}
    stays = [one.planned for one in proposal.stays if one.work_order not in known]
    visits = sorted([*planned, *stays], key=lambda one: (one.start, one.end, one.work_order))
    routes = {route.crew: route for route in proposal.plan.routes}
    crews = dict.fromkeys([*(crew.id for crew in day.crews), *(one.crew for one in visits)])
    live = {one.work_order for one in visits}
    return replace(
        proposal.plan,
        routes=tuple(
            replace(
                routes.get(crew, Route(crew, ())),
                visits=tuple(one for one in visits if one.crew == crew),
            )
            for crew in crews
        ),
        unassigned=tuple(one for one in proposal.plan.unassigned if one.work_order not in live),
    )


def late_visits(plan: Plan, orders: Mapping[str, WorkOrder]) -> list[Late]:
    """Return the visits that will arrive late, the latest first."""
    found = [
        Late(visit, due)
        for order, visit in visits_of(plan).items()
        if visit.state not in ARRIVED
        and order in orders
        and (due := orders[order].due_on_site) is not None
        and visit.eta > due
    ]
    return sorted(found, key=lambda one: (-one.late_s, one.visit.work_order))


def supply_returns(
    plan: Plan, orders: Mapping[str, WorkOrder], outages: Sequence[Outage]
) -> dict[str, datetime | None]:
    """Return by outage when its repairs end in this plan; None where nobody is sent to one."""
    visits, mends = visits_of(plan), mends_of(orders.values())
    found: dict[str, datetime | None] = {}
    for outage in outages:
        own = mends.get(outage.incident, [])
        if own:
            all_planned = all(one in visits for one in own)
            found[outage.id] = max(visits[one].end for one in own) if all_planned else None
    return found
