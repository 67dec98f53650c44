"""The running day over HTTP: pages, API, live events; who may do what is said at each route.

In: an open ``LiveHome``. Out: an ASGI application. May import everything below it; nothing but the
front door imports it. Routers stand in one list: routes.py.
"""

from mainbreak.server.app import create_app
from mainbreak.server.home import LiveHome

__all__ = ["LiveHome", "create_app"]
