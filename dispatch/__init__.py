"""Who does what, when: the day's plan, checked and explained.

In: work orders, crews, depots, a travel-time matrix, now. Out: a Plan with its cost and reasons.
``Problem.build`` -> ``solve``, ``react``, ``greedy`` or an ``ApartSolver`` -> ``Plan``; ``rules``
judges it. May import: domain; the only package that knows OR-Tools. Imported by operations.
"""

from dispatch import rules
from dispatch.apart import ApartSolver
from dispatch.kernel.running import is_warm
from dispatch.layers import search
from dispatch.problem import Problem
from dispatch.react import react
from dispatch.running import Running
from dispatch.search import ALL, Engine, Found
from dispatch.solve import at_once, greedy, solve
from dispatch.warm_up import warm_up
from dispatch.weights import Weights

__all__ = [
    "ALL",
    "ApartSolver",
    "Engine",
    "Found",
    "Problem",
    "Running",
    "Weights",
    "at_once",
    "greedy",
    "is_warm",
    "react",
    "rules",
    "search",
    "solve",
    "warm_up",
]
