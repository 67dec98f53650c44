"""Clustering: which calls are one incident, and which segment failed.

In: a ``PipeNetwork`` and located tickets. Out: groups of tickets, suspects with probabilities,
whom they explain. Pipes as resistors (conducting) -> the part around the callers (area) -> whom a
burst leaves dry or low (effect) -> who called and who did not (weighing) -> suspects and groups.
May import: domain, gis.isolation, numpy, scipy, shapely. The model is drawn in docs/clustering.md.
"""

from gis.clustering.group import MANY, group_tickets
from gis.clustering.households import FELT, SEEN, WINDOW
from gis.clustering.near import prepare_suspects
from gis.clustering.suspects import explains, probable_pipe, suspects

__all__ = [
    "FELT",
    "MANY",
    "SEEN",
    "WINDOW",
    "explains",
    "group_tickets",
    "prepare_suspects",
    "probable_pipe",
    "suspects",
]
