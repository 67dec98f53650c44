"""VROOM on an instance, through pyvroom: jobs with skills, windows and priorities.

Its wheel is in the peers' environment (``make bench-peers``).
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from benchmarks.dispatch_instances import Instance
from benchmarks.dispatch_judge import Sequences

try:
    import vroom
except ImportError:
    vroom = None

#: VROOM keeps the most priority first of all, 100 at the most. Source: VROOM, docs/API.md.
_MOST = 100


def solve_vroom(instance: Instance, seconds: float, _seed: int, *, level: int) -> Sequences:
    """Return VROOM's sequences at an exploration level, one thread; it has no seed."""
    asked = vroom.Input()
    asked.set_durations_matrix("car", instance.travel.astype(np.uint32))
    asked.add_vehicle([_vehicle(instance, crew) for crew in range(instance.crews)])
    worth = _MOST * instance.penalty // instance.penalty.max()
    asked.add_job([_job(instance, order, int(worth[order])) for order in range(instance.orders)])
    found = asked.solve(level, nb_threads=1, timeout=timedelta(seconds=seconds))
    sequences: list[list[int]] = [[] for _ in range(instance.crews)]
    steps = found.routes
    jobs = steps[steps["type"] == "job"]
    for crew, order in zip(jobs["vehicle_id"], jobs["id"], strict=True):
        sequences[int(crew)].append(int(order))
    return sequences


def _vehicle(instance: Instance, crew: int) -> object:
    home = int(instance.home[crew])
    return vroom.Vehicle(
        crew,
        start=home,
        end=home,
        capacity=[int(instance.room[crew])],
        skills=_skills(int(instance.holds[crew])),
        time_window=vroom.TimeWindow(
            int(instance.shift_start[crew]), int(instance.shift_end[crew])
        ),
    )


def _job(instance: Instance, order: int, worth: int) -> object:
    return vroom.Job(
        order,
        location=int(instance.place[order]),
        default_service=int(instance.service[order]),
        delivery=[int(instance.load[order])],
        skills=_skills(int(instance.asks[order])),
        priority=worth,
        time_windows=[vroom.TimeWindow(int(instance.opens[order]), int(instance.closes[order]))],
    )


def _skills(bits: int) -> set[int]:
    return {skill for skill in range(bits.bit_length()) if bits >> skill & 1}
