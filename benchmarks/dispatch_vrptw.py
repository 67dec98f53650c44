"""Solomon's and Homberger's instances as the comparison's: one depot, loads, distance only.

Files and best known costs are not part of this tree (``--data`` or MAINBREAK_DATA). Everybody gets
the same whole numbers, thousandths of the files' unit, drives rounded up so that what fits in them
fits in truth; judged are the true distances.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from benchmarks.dispatch_instances import Instance

SCALE = 1000

#: What an order left out costs, thousandths: more than any plan of the shelf's instances.
LEFT_OUT = 20_000 * SCALE

#: The rows before the customers: the depot's is the first number row after the heading.
_FLEET_ROW, _FIRST_ROW = 4, 9


def files_of(data: Path | None) -> list[Path]:
    """Return the instances in the folder or in its folder ``vrptw``, smallest first."""
    folders = [data / "vrptw", data] if data else []
    found = next((there for one in folders if (there := sorted(one.glob("*.txt")))), [])
    return sorted(found, key=lambda file: (len(file.read_text(encoding="utf-8")), file.name))


def read_instance(file: Path) -> Instance:
    """Return an instance; all its vehicles are crews."""
    lines = file.read_text(encoding="utf-8").splitlines()
    vehicles, capacity = map(int, lines[_FLEET_ROW].split())
    rows = np.array([line.split() for line in lines[_FIRST_ROW:] if line.strip()], dtype=float)
    _, x, y, demand, ready, due, service = rows.T
    spots = np.column_stack([x, y])
    distance = SCALE * np.linalg.norm(spots[:, None] - spots[None], axis=2)
    scaled = {
        "opens": ready[1:] * SCALE,
        "closes": due[1:] * SCALE,
        "service": service[1:] * SCALE,
        "load": demand[1:],
        "shift_end": np.full(vehicles, due[0] * SCALE),
        "room": np.full(vehicles, capacity),
    }
    whole = {name: np.rint(values).astype(np.int64) for name, values in scaled.items()}
    orders = len(rows) - 1
    return Instance(
        name=file.stem,
        travel=np.ceil(distance - 1e-6).astype(np.int64),
        spots=spots * 100,
        home=np.zeros(vehicles, np.int64),
        shift_start=np.zeros(vehicles, np.int64),
        holds=np.zeros(vehicles, np.int64),
        place=np.arange(1, orders + 1),
        asks=np.zeros(orders, np.int64),
        penalty=np.full(orders, LEFT_OUT),
        priority=np.full(orders, 4),
        true_cost=distance,
        **whole,
    )


def best_known(file: Path) -> float | None:
    """Return the least known distance in thousandths; None where only fewest vehicles count."""
    costs = file.with_name("bks.json")
    if not costs.is_file():
        return None
    row = json.loads(costs.read_text(encoding="utf-8")).get(f"{file.stem}_distance")
    return SCALE * float(row["best_known_cost"]) if row else None
