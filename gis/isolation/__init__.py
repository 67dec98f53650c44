"""Isolation: from a burst to what must be shut, what runs dry, who is out, and what is left.

In: a ``PipeNetwork`` and the links that burst. Out: an ``Isolation``, segments, who is without
water, what every segment and stuck isolation valve would cost. Columns (arrays) -> cells (what no
isolation valve divides) -> supply (dominators, worked out once) -> effect (one burst) -> ids.
May import: domain, numpy, numba. The rules are drawn in docs/isolation.md.
"""

from gis.isolation.criticality import criticality
from gis.isolation.engine import renew
from gis.isolation.isolate import isolate
from gis.isolation.segments import Segments, segment_of
from gis.isolation.without_water import without_water

__all__ = ["Segments", "criticality", "isolate", "renew", "segment_of", "without_water"]
