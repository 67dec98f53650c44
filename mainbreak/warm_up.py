"""Compile what numba compiles, once and before somebody waits for it.

``python -m mainbreak.warm_up`` does it when mainbreak is installed; a server loads what was
compiled then, or compiles it while it serves already.
"""

from __future__ import annotations

import dispatch
import gis
import routing
from domain.sentences import Sentence
from mainbreak.console import say

_COMPILING = Sentence(
    "正在后台编译排班程序（约一分钟），编译完成前先用快速算法排班。",
    "Compiling the planner in the background (about a minute); plans are greedy until then.",
)


def warm_up(*, planner: bool = True) -> None:
    """Compile the loops of isolation, routing and planning, or load them: seconds."""
    gis.warm_up()
    routing.warm_up()
    if planner:
        dispatch.warm_up()


def say_if_compiling(solver: dispatch.ApartSolver, language: str, *, seconds: float) -> None:
    """Print one line if no search can begin within so many seconds."""
    if not solver.wait_until_warm(seconds, processes=1):
        say(_COMPILING.in_language(language))


if __name__ == "__main__":
    warm_up()
