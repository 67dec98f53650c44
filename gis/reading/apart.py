"""Read vector files with GDAL in a child process of limited time and memory.

GDAL is a million lines of C++ fed with files from anywhere: a crash or an endless loop in it must
be one clear line here, and a file that takes the child over must find nothing there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Timer
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.errors import BadFile
from gis.reading.child import DONE, DRIVERS

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


class Reader:
    """GDAL at work on one file in a child: first its layers, then what some of them hold."""

    def __init__(self, name: object, file: Path, folder: Path) -> None:
        self._name, self._file, self._folder = name, file, folder
        self._late = Event()
        with (folder / "said.txt").open("wb") as said:
            self._child = subprocess.Popen(
                [sys.executable, "-P", str(CHILD), str(file), str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                env=_environment(),
                cwd=folder,
            )
        self._watch = Timer(TIME_LIMIT_S, self._end_late)
        self._watch.start()

    def layers(self) -> list[Layer]:
        """Return the layers that have shapes.

        Raises
        ------
        BadFile
            If GDAL cannot read the file within its limits.
        """
        return [
            Layer(one["name"], one["shape"], tuple(one["fields"]), one["crs"], one["count"])
            for one in self._answer("look.json")
        ]

    def read(self, layers: list[Layer]) -> list[Table]:
        """Return what the layers hold, in their order; asked once.

        Raises
        ------
        BadFile
            As ``layers``.
        """
        with suppress(OSError):  # a child that is gone has said why
            stdin = self._child.stdin
            assert stdin is not None  # noqa: S101 - it was asked for above
            stdin.write(json.dumps([layer.name for layer in layers]).encode() + b"\n")
            stdin.flush()
        answers = self._answer("answer.json")
        return [
            _table(layer, answer, self._folder / f"{number}.npz")
            for number, (layer, answer) in enumerate(zip(layers, answers, strict=True))
        ]

    def close(self) -> None:
        """End the child."""
        self._watch.cancel()
        self._child.kill()
        self._child.communicate()

    def _end_late(self) -> None:
        self._late.set()
        self._child.kill()

    def _answer(self, name: str) -> Any:
        """Return the child's next answer, which it says is whole by one line."""
        stdout = self._child.stdout
        assert stdout is not None  # noqa: S101 - it was asked for above
        if stdout.readline(len(DONE)) == DONE:
            return json.loads((self._folder / name).read_text(encoding="utf-8"))
        if self._late.is_set():
            problem = f"took longer than {TIME_LIMIT_S:.0f} s to read"
            raise BadFile(self._name, problem, "give a smaller or a sound file")
        said = (self._folder / "said.txt").read_text("utf-8", "replace").strip().splitlines()
        why = _why(self._child.wait(), said, str(self._file))
        raise BadFile(self._name, why, "mend it or export it again")


@contextmanager
def reader(name: object, file: Path) -> Iterator[Reader]:
    """Yield a reader of a private copy of the file ``name``; its child ends with the block."""
    with (
        TemporaryDirectory(prefix="mainbreak-") as folder,
        closing(Reader(name, file, Path(folder))) as found,
    ):
        yield found


def _table(layer: Layer, answer: dict[str, Any], file: Path) -> Table:
    with np.load(file, allow_pickle=False) as arrays:
        columns = {
            field: answer["texts"].get(field) or arrays.get(f"f_{field}", [])
            for field in answer["fields"]
        }
        offsets = tuple(arrays[f"o_{level}"] for level in range(3) if f"o_{level}" in arrays)
        return Table(layer, columns, arrays["rows"], int(arrays["type"]), arrays["xy"], offsets)


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
