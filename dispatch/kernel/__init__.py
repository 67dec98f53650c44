"""The compiled search: routes timed exactly, orders fitted in, plans torn up and mended.

In: arrays of a ``Problem``. Out: sequences of order numbers by crew, and their price.
``given_of(problem)`` -> ``Draft`` -> ``build`` -> ``search``; the rules are those of docs/plan.md.
May import: dispatch.problem, dispatch.prices, numpy, numba. Every function also runs uncompiled.
"""
