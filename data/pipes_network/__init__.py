"""The bundled town and its generator.

In: a seed and sizes, or a real city's streets. Out: OSM XML of invented streets, and a ``Town``:
pipes, isolation valves, hydrants, premises, places, crews and a day of tickets, all invented.
May import: domain, numpy, scipy, shapely. Writes no file; the town's own files lie in ``town/``.
"""

from data.pipes_network.make import make_town
from data.pipes_network.streets import made_streets

__all__ = ["made_streets", "make_town"]
