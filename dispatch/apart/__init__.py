"""Search in processes of its own, so that no search makes the server wait, fail or die.

In: a Problem. Out: its Plan, in bounded time, whatever becomes of the process.
``pool`` (who asks which process) -> ``child`` (one process, seen from outside) -> ``serving``
(seen from inside). May import: dispatch's front door, domain.
"""

from dispatch.apart.pool import ApartSolver

__all__ = ["ApartSolver"]
