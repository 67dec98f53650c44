"""The results file: one JSON object a run, so that a long comparison goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
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
    """The results there are, and those still to be made."""

    def __init__(self, file: Path = RESULTS) -> None:
        self._file = file
        self._kept = dict(_read(file))

    def run(self, solver: str, instance: Instance, seconds: float, seed: int) -> Run:
        """Return a solver's run, made now unless it was made before."""
        key = _key(solver, instance, seconds, seed)
        return Run(**self.once(key, lambda: asdict(run(solver, instance, seconds, seed))))

    def known(self, solver: str, instance: Instance, seconds: float, seed: int) -> Run | None:
        """Return a solver's run if it was made before."""
        found = self._kept.get(_key(solver, instance, seconds, seed))
        return Run(**found) if found else None

    def once(self, key: Key, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Return what ``make`` makes, or made when it was asked before.

        What ``failed`` is not written down: the next comparison tries it again.
        """
        if key not in self._kept:
            title = f"{key.case}, {key.seconds:g} s, seed {key.seed}: {key.solver}"
            print(f"{title} ...", file=sys.stderr)
            self._kept[key] = make()
            if self._kept[key].get("failed"):
                print(f"{title}: {self._kept[key]['failed']}", file=sys.stderr)
            else:
                self._write(key)
        return self._kept[key]

    def _write(self, key: Key) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(key) | self._kept[key], ensure_ascii=False) + "\n")


def _key(solver: str, instance: Instance, seconds: float, seed: int) -> Key:
    return Key(instance.name, seed, seconds, solver, version_of(solver), digest(instance))


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
        yield Key(**{name: row.pop(name) for name in names}), row
