"""The pictures: a planned day as one page with a map, and the running day's console.

In: domain values gathered in a ``DayPicture`` or a ``LivePicture``. Out: HTML text that needs no
network, or links to the server's own files and the tables they draw. folium composes the pages
from layer classes; what they do is plain script in static/; what they say is in i18n/.
May import: domain. Only maps may import folium. Nobody's phone, name or account is in a page.
Nothing is imported here: words and tables are wanted without folium, which takes a second.
"""
