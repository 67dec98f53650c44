"""The pictures: a planned day as one page with a map.

In: domain values gathered in a ``DayPicture``. Out: HTML text that needs no network and no server.
folium composes the page from layer classes; what the page does is plain script in static/.
May import: domain. Only maps may import folium. Nobody's phone, name or account is in a page.
"""

from maps.page import day_page
from maps.picture import DayPicture

__all__ = ["DayPicture", "day_page"]
