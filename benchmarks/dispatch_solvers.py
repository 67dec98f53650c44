"""Every solver of the comparison under one name each, run one at a time in a process of its own.

The process loads and warms up the solver before the clock starts, and is killed if it will not
stop; the wall time told is from the instance in hand to the sequences in hand.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache, partial
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.dispatch_instances import Instance, make_instance
from benchmarks.dispatch_judge import Sequences, judge, kept
from domain.plans import Plan

Solve = Callable[[Instance, float, int], Sequences]

OURS, KERNEL, SEEDED, COLD = "mainbreak", "kernel alone", "OR-Tools seeded", "OR-Tools cold"
VROOM = ("VROOM level 0", "VROOM level 1", "VROOM level 5")
PYVRP = ("PyVRP optional", "PyVRP required")

#: Seconds over its budget after which a solver is killed: so many times, and so many more, in which
#: it may have to be compiled.
_PATIENCE = 6, 600

#: By name: module, function, and what it takes beside the instance, the seconds and the seed. A
#: process loads only its own solver's.
_SOLVERS: dict[str, tuple[str, str, dict[str, Any]]] = {
    OURS: ("dispatch_ours", "solve_ours", {"engines": ("GREEDY", "KERNEL", "OR_TOOLS")}),
    KERNEL: ("dispatch_ours", "solve_ours", {"engines": ("GREEDY", "KERNEL")}),
    SEEDED: ("dispatch_ours", "solve_seeded", {}),
    COLD: ("dispatch_cold", "solve_plain", {}),
    **{name: ("dispatch_vroom", "solve_vroom", {"level": int(name[-1])}) for name in VROOM},
    **{
        name: ("dispatch_pyvrp", "solve_pyvrp", {"required": name == "PyVRP required"})
        for name in PYVRP
    },
}
_OURS = "benchmarks.dispatch_ours"
_DISTRIBUTION = {"VROOM": "pyvroom", "PyVRP": "pyvrp", "OR-Tools": "ortools"}


@dataclass(frozen=True)
class Run:
    """What one solver did with one instance.

    ``broken`` counts the rules its own answer broke, of ours by our own referee too. ``cost``,
    ``driven`` and ``dropped`` are of what could be kept. ``wall`` and ``cpu`` are seconds; a
    failure has its reason in ``failed`` and counts as all orders dropped.
    """

    cost: float
    driven: float
    dropped: int
    broken: int
    wall: float
    cpu: float
    failed: str = ""


def missing(solver: str) -> str:
    """Return what has to be installed for a solver, empty if it is there."""
    module = {"VROOM": "vroom", "PyVRP": "pyvrp"}.get(_family(solver))
    return "" if module is None or find_spec(module) else "run `make bench-peers`"


@cache
def version_of(solver: str) -> str:
    """Return what a result belongs to: a peer's version, for ours the text of dispatch/."""
    if solver in (OURS, KERNEL, SEEDED):
        folder = Path(__file__).parents[1] / "dispatch"
        text = b"".join(file.read_bytes() for file in sorted(folder.rglob("*.py")))
        return hashlib.sha256(text).hexdigest()[:12]
    name = _DISTRIBUTION[_family(solver)]
    return _pinned().get(name) or version(name)


def _pinned() -> dict[str, str]:
    """Return the peers' versions by distribution, also where they are not installed."""
    lines = Path(__file__).with_name("peers-constraints.txt").read_text(encoding="utf-8").split()
    return dict(line.split("==") for line in lines)


def _family(solver: str) -> str:
    return solver.split(maxsplit=1)[0]


def run(solver: str, instance: Instance, seconds: float, seed: int) -> Run:
    """Return what a solver makes of an instance within so many seconds."""
    times, more = _PATIENCE
    with TemporaryDirectory() as folder:
        asked, answer = Path(folder) / "asked.npz", Path(folder) / "answer.json"
        _write(asked, instance)
        words = [str(asked), str(answer), solver, str(seconds), str(seed)]
        try:
            subprocess.run(
                [sys.executable, "-m", "benchmarks.dispatch_solvers", *words],
                check=False,
                cwd=Path(__file__).parents[1],
                stdout=subprocess.DEVNULL,
                timeout=times * seconds + more,
            )
        except subprocess.TimeoutExpired:
            return _failed(instance, "killed: over its time")
        if not answer.is_file():
            return _failed(instance, "its process died")
        found = json.loads(answer.read_text(encoding="utf-8"))
    if "failed" in found:
        return _failed(instance, found["failed"])
    return _judged(instance, **found)


def _write(file: Path, instance: Instance) -> None:
    arrays = {one.name: getattr(instance, one.name) for one in fields(instance)}
    np.savez(file, **{name: value for name, value in arrays.items() if value is not None})


def _read(file: Path) -> Instance:
    with np.load(file) as arrays:
        values: dict[str, Any] = dict(arrays)
    return Instance(**values | {"name": str(values["name"])})


def _failed(instance: Instance, why: str) -> Run:
    nothing = judge(instance, [[] for _ in range(instance.crews)])
    return Run(nothing.cost, 0.0, instance.orders, 0, 0.0, 0.0, why)


def _judged(instance: Instance, sequences: Sequences, wall: float, cpu: float, faults: int) -> Run:
    own, counted = judge(instance, sequences), judge(instance, kept(instance, sequences))
    broken, times = len(own.broken) + faults, (round(wall, 2), round(cpu, 2))
    return Run(counted.cost, counted.driven, counted.dropped, broken, *times)


def main() -> None:
    """Answer one question of ``run``: this is the solver's own process."""
    asked, answer, solver, seconds, seed = sys.argv[1:]
    try:
        found = _answer(solver, _read(Path(asked)), float(seconds), int(seed))
    except Exception as error:  # a peer may raise anything; the comparison goes on
        found = {"failed": f"{type(error).__name__}: {error}"}
    Path(answer).write_text(json.dumps(found), encoding="utf-8")


def _answer(solver: str, instance: Instance, seconds: float, seed: int) -> dict[str, Any]:
    """Return the sequences with wall and processor seconds, after a small one to warm up."""
    solve = solve_of(solver)
    solve(make_instance(3, 12, 1), 0.2, 1)
    begun, worked = time.perf_counter(), time.process_time()
    sequences = [list(map(int, one)) for one in solve(instance, seconds, seed)]
    wall, cpu = time.perf_counter() - begun, time.process_time() - worked
    faults = len(_referee()(instance, sequences).violations) if solver in (OURS, KERNEL) else 0
    return {"sequences": sequences, "wall": wall, "cpu": cpu, "faults": faults}


def _referee() -> Callable[[Instance, Sequences], Plan]:
    """Return our own referee, loaded only where our own search has been."""
    referee: Callable[[Instance, Sequences], Plan] = import_module(_OURS).refereed
    return referee


def solve_of(solver: str) -> Solve:
    """Return a solver by its name."""
    module, function, named = _SOLVERS[solver]
    return partial(getattr(import_module(f"benchmarks.{module}"), function), **named)


if __name__ == "__main__":
    main()
