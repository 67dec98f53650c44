"""Customers: looked up by an agent while one is on the phone."""

from __future__ import annotations

from fastapi import APIRouter

from mainbreak.server.api.models.customers import Customers, CustomerView, FindBody
from mainbreak.server.api.turns import Desk
from mainbreak.server.home import LiveHome
from operations.find_customers import find_customers


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/customers."""
    routes = APIRouter(prefix="/api/customers", tags=["customers"])

    @routes.post("/find")
    def find_customer(caller: Desk, given: FindBody) -> Customers:
        """Return who a phone, an account, a name or an address can mean, masked.

        Who was looked up is in the event log. A POST, for what is asked is personal.
        """
        with home.reading() as work:
            found = find_customers(home.ground(work), given.text)
        if found:
            with home.writing(caller.actor) as work:
                work.events.append_all(("customer.looked_up", one.id, {}) for one in found)
        return Customers(items=[CustomerView.of(one) for one in found])

    return routes
