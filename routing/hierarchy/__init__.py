"""A customizable contraction hierarchy over any directed graph with whole-number weights.

In: arcs, an elimination order, weights. Out: exact fastest times between many states at once, and
the states of a single fastest way. Built once (``Hierarchy.of``), weighted whenever weights
change (``weigh``, ``reweigh``), asked by any number of threads: a ``Weighted`` never changes.
May import: numpy, numba.

Source: Dibbelt, Strasser, Wagner, Customizable Contraction Hierarchies, doi 10.1145/2886843;
many-to-many sweeps after Delling, Goldberg, Nowatzyk, Werneck, PHAST,
doi 10.1016/j.jpdc.2012.02.007.
"""

from routing.hierarchy.building import FAR, Hierarchy
from routing.hierarchy.many import Targets
from routing.hierarchy.one import fastest_way
from routing.hierarchy.weights import Weighted

__all__ = ["FAR", "Hierarchy", "Targets", "Weighted", "fastest_way"]
