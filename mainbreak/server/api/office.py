"""The routers of the office's and the public's API."""

from __future__ import annotations

from mainbreak.server.api import (
    answer,
    by_hand,
    closures,
    conflicts,
    crews,
    criticality,
    customers,
    incidents,
    isolation,
    locate,
    outages,
    plan,
    plan_versions,
    planned,
    public,
    responsibility,
    tickets,
    what_if,
    work_orders,
)

ROUTERS = (
    tickets.router,
    locate.router,
    customers.router,
    answer.router,
    incidents.router,
    responsibility.router,
    by_hand.router,
    outages.router,
    isolation.router,
    criticality.router,
    planned.router,
    work_orders.router,
    crews.router,
    closures.router,
    plan.router,
    plan_versions.router,
    what_if.router,
    conflicts.router,
    public.router,
)
