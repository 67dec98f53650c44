"""The crews: what a phone asks for and reports, and the page it opens.

In: HTTP from a crew's phone, the house behind it as a ``Door``. Out: JSON, problem+json on errors,
the page. May import operations and everything below; only mainbreak imports it.
"""

from mobile_api.door import Caller, Door
from mobile_api.page import STATIC, page_router
from mobile_api.router import router

__all__ = ["STATIC", "Caller", "Door", "page_router", "router"]
