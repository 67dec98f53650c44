"""Who does what, when: the day's plan, checked and explained.

In: work orders, crews, a travel-time matrix, now. Out: a Plan with its cost and its reasons.
``Problem.build`` -> ``solve`` or ``greedy`` -> ``Plan``; ``rules`` judges any plan on its own.
May import: domain; the only package that knows OR-Tools. Imported by operations.
"""

from dispatch import rules
from dispatch.problem import Problem
from dispatch.solve import greedy, solve
from dispatch.weights import Weights

__all__ = ["Problem", "Weights", "greedy", "rules", "solve"]
