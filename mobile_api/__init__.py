"""The crews: what a phone asks for, and how it is told.

In: HTTP from a crew's phone, a way to open a unit of work. Out: JSON, problem+json on errors.
May import operations and everything below; only mainbreak imports it.
"""

from mobile_api.visits import visits_router

__all__ = ["visits_router"]
