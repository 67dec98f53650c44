"""Read vector files with GDAL in a child process of limited time and memory.

GDAL is a million lines of C++ fed with files from anywhere: a crash or an endless loop in it must
be one clear line here, and a file that takes the child over must find nothing there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.errors import BadFile
from gis.reading.child import DRIVERS

#: How long the child may take, seconds. Source: mainbreak default, thirty times what a city takes.
TIME_LIMIT_S = 300.0

CHILD = Path(__file__).with_name("child.py")

#: Where GDAL's own network code is sent: a port of this machine nobody listens on.
NOWHERE = "127.0.0.1:9"

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Layer:
    """A layer as the file describes it; ``crs`` is well-known text, None if there is none."""

    name: str
    shape: str
    fields: tuple[str, ...]
    crs: str | None
    count: int


@dataclass(frozen=True)
class Table:
    """What a layer holds, columns by field; ``rows`` are the features with a usable shape, from 0.

    ``xy`` are all coordinates in the layer's CRS, ``offsets`` and ``kind`` as shapely's ragged
    arrays have them; ``kind`` is -1 if no feature has a usable shape.
    """

    layer: Layer
    columns: dict[str, list[str | None] | Array]
    rows: Array
    kind: int
    xy: npt.NDArray[np.float64]
    offsets: tuple[Array, ...]


def look(name: object, file: Path) -> list[Layer]:
    """Return the layers of a file that have shapes.

    Raises
    ------
    BadFile
        Naming ``name``, if GDAL cannot read the file within its limits.
    """
    with TemporaryDirectory(prefix="mainbreak-") as folder:
        answer = _run(name, "look", file, Path(folder))
    return [
        Layer(one["name"], one["shape"], tuple(one["fields"]), one["crs"], one["count"])
        for one in answer
    ]


def read(name: object, file: Path, layers: list[Layer]) -> list[Table]:
    """Return what the layers hold, in their order.

    Raises
    ------
    BadFile
        As ``look``.
    """
    with TemporaryDirectory(prefix="mainbreak-") as folder:
        out = Path(folder)
        answers = _run(name, "read", file, out, *(layer.name for layer in layers))
        return [
            _table(layer, answer, out / f"{number}.npz")
            for number, (layer, answer) in enumerate(zip(layers, answers, strict=True))
        ]


def _table(layer: Layer, answer: dict[str, Any], file: Path) -> Table:
    with np.load(file, allow_pickle=False) as arrays:
        columns = {
            field: answer["texts"].get(field) or arrays.get(f"f_{field}", [])
            for field in answer["fields"]
        }
        offsets = tuple(arrays[f"o_{level}"] for level in range(3) if f"o_{level}" in arrays)
        return Table(layer, columns, arrays["rows"], int(arrays["type"]), arrays["xy"], offsets)


def _run(name: object, verb: str, file: Path, out: Path, *layers: str) -> Any:
    command = [sys.executable, "-P", str(CHILD), verb, str(file), str(out), *layers]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environment(),
            cwd=out,
            timeout=TIME_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BadFile(
            name, f"took longer than {TIME_LIMIT_S:.0f} s to read", "give a smaller or a sound file"
        ) from None
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BadFile(name, _why(done.returncode, said, str(file)), "mend it or export it again")
    return json.loads((out / "answer.json").read_text(encoding="utf-8"))


def _why(code: int, said: list[str], copy: str) -> str:
    """Return in words why the child ended without an answer."""
    if code < 0 or not said:
        return f"made GDAL's reader end without an answer ({-code})"
    last = said[-1].split(": ", 1)[-1].replace(copy, "it")[:200]
    if "MemoryError" in said[-1] or "allocate" in said[-1]:
        return "needs more memory than a network file may"
    return f"cannot be read as what its ending says ({last})"


@cache
def _environment() -> dict[str, str]:
    """Return the child's environment: the allowed drivers, no network, nothing of ours."""
    import pyogrio  # noqa: PLC0415 - GDAL takes a moment to load; an INP never needs it

    others = ",".join(sorted(set(pyogrio.list_drivers()) - DRIVERS))
    kept = {
        key: os.environ[key] for key in ("PATH", "TMPDIR", "LD_LIBRARY_PATH") if key in os.environ
    }
    return kept | {
        "PYTHONPATH": os.pathsep.join(one for one in sys.path if one),
        "PYTHONUTF8": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "GDAL_SKIP": others,
        "OGR_SKIP": others,
        "GDAL_DRIVER_PATH": "disable",
        "GDAL_HTTP_PROXY": NOWHERE,
        "GDAL_HTTPS_PROXY": NOWHERE,
        "PROJ_NETWORK": "OFF",
        "SHAPE_RESTORE_SHX": "YES",
    }
