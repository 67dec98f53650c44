"""Compile what numba compiles before somebody waits for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from dispatch.kernel.given import given_of
from dispatch.kernel.running import compile_all
from dispatch.problem import Problem
from domain.crews import Crew, Shift
from domain.incidents import WorkOrder
from domain.places import LonLat
from domain.travel import TravelMatrix
from domain.words import Priority, Skill, WorkOrderKind


def warm_up() -> None:
    """Compile the search's loops, or load them where that was done before."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    skills = frozenset({Skill.PIPE})
    here = LonLat(0.0, 0.0)
    crew = Crew("C", "C", skills, 2, here, Shift(now, now + timedelta(hours=8)))
    orders = [
        WorkOrder(
            name, name, WorkOrderKind.INSPECT, (), Priority.P3, here, skills, 1, 600, now, None
        )
        for name in ("A", "B", "D")
    ]
    seconds = np.full((4, 4), 60.0)
    compile_all(given_of(Problem.build(orders, [crew], TravelMatrix(seconds, {}, False, ""), now)))
