"""The results file: one JSON object a run, so that a long comparison goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from benchmarks.dispatch_instances import Instance
from benchmarks.dispatch_solvers import Run, run, version_of

#: Beside the package, so at the root of the tree: a folder that git passes over.
RESULTS = Path(__file__).parents[1] / ".cache" / "benchmarks" / "dispatch.jsonl"


@dataclass(frozen=True)
class Key:
    """What a result belongs to: these very arrays, this budget, this solver's version."""

    case: str
    seed: int
    seconds: float
    solver: str
    version: str
    arrays: str


class Records:
    """The results there are, and those still to be made.

    Parameters
    ----------
    file
        Where they stand; more are added to its end. None to keep nothing.
    read_only
        Make nothing, and take the last result of a solver whatever its version.
    """

    def __init__(self, file: Path | None = RESULTS, *, read_only: bool = False) -> None:
        self._file, self._read_only = file, read_only
        self._kept = {self._asked(key): row for key, row in _read(file)} if file else {}

    def run(
        self, solver: str, instance: Instance, seconds: float, seed: int, *, make: bool = True
    ) -> Run | None:
        """Return a solver's run, made now unless it was made before or is not to be made."""
        key = Key(instance.name, seed, seconds, solver, version_of(solver), digest(instance))

        def made() -> dict[str, Any]:
            return asdict(run(solver, instance, seconds, seed))

        found = self.once(key, made if make else None)
        return Run(**found) if found else None

    def once(self, key: Key, make: Callable[[], dict[str, Any]] | None) -> dict[str, Any] | None:
        """Return what ``make`` makes, or made when it was asked before.

        What ``failed`` is not written down: the next comparison tries it again.
        """
        key = self._asked(key)
        if key in self._kept or make is None or self._read_only:
            return self._kept.get(key)
        title = f"{key.case}, {key.seconds:g} s, seed {key.seed}: {key.solver}"
        print(f"{title} ...", file=sys.stderr)
        self._kept[key] = made = make()
        if made.get("failed"):
            print(f"{title}: {made['failed']}", file=sys.stderr)
        elif self._file:
            _append(self._file, asdict(key) | {"made": made})
        return made

    def _asked(self, key: Key) -> Key:
        return replace(key, version="") if self._read_only else key


def _append(file: Path, row: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as end:
        end.write(json.dumps(row, ensure_ascii=False) + "\n")


def digest(instance: Instance) -> str:
    """Return a few letters that tell an instance's arrays from all others'."""
    text = hashlib.sha256()
    for one in fields(instance):
        value = getattr(instance, one.name)
        text.update(value.encode() if isinstance(value, str) else b"" if value is None else value)
    return text.hexdigest()[:12]


def _read(file: Path) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Yield each whole line; one that a crash cut short is passed over."""
    if not file.is_file():
        return
    names = [one.name for one in fields(Key)]
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if "made" in row:
            yield Key(**{name: row[name] for name in names}), row["made"]
