"""Who does what, when: the day's plan, checked and explained.

In: work orders, crews, a travel-time matrix, now. Out: a Plan with its cost and its reasons.
``Problem.build`` -> ``solve``, ``greedy`` or an ``ApartSolver`` -> ``Plan``; ``rules`` judges it.
May import: domain; the only package that knows OR-Tools. Imported by operations.
"""

from dispatch import rules
from dispatch.apart import ApartSolver
from dispatch.problem import Problem
from dispatch.running import Running
from dispatch.solve import at_once, greedy, solve
from dispatch.weights import Weights

__all__ = ["ApartSolver", "Problem", "Running", "Weights", "at_once", "greedy", "rules", "solve"]
