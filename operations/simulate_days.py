"""Simulate days under several ways to dispatch, and write down what came of it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import routing
from dispatch import Weights
from domain.progress import Progress, quiet
from domain.streets import StreetNetwork
from operations.out_folder import out_folder
from operations.simulating import words
from operations.simulating.compare import Contest, Result, run_contest
from operations.simulating.measures import MEASURES
from operations.simulating.page import page
from operations.simulating.policies import is_installed, policy
from operations.simulating.size import Size
from operations.simulating.summary import means

RESULTS, PAGE = "results.csv", "simulation.html"


@dataclass(frozen=True)
class Wanted:
    """What to simulate: runs of days from a seed on, under which policies, on which streets.

    ``streets`` is a street file, None for ``stored()``'s; ``out`` a folder to write to, if any.
    """

    size: Size
    seed: int
    runs: int
    policies: tuple[str, ...]
    language: str
    streets: Path | None = None
    out: Path | None = None
    workers: int = 1
    weights: Weights | None = None


@dataclass(frozen=True)
class Simulated:
    """All results, the means of a day by policy and measure, and what must be said beside them."""

    results: list[Result]
    means: dict[str, dict[str, float]]
    missing: tuple[str, ...]
    straight_line: bool
    notes: list[str]


def simulate_days(
    wanted: Wanted,
    stored: Callable[[], StreetNetwork | None],
    *,
    progress: Progress | None = None,
) -> Simulated:
    """Return what came of the days; policies that are not installed are named, not run.

    Parameters
    ----------
    stored
        Returns the imported streets, None where there are none.

    Raises
    ------
    BadInput
        If there is no policy of a name.
    BadFile
        If the street file cannot be what it claims, or ``out`` cannot be written.
    """
    for name in wanted.policies:
        policy(name)
    runs = tuple(one for one in wanted.policies if is_installed(one))
    missing = tuple(one for one in wanted.policies if one not in runs)
    with _folder(wanted.out) as folder:
        streets = routing.build_streets(wanted.streets) if wanted.streets else stored()
        seeds = tuple(range(wanted.seed, wanted.seed + wanted.runs))
        contest = Contest(wanted.size, seeds, runs, streets, weights=wanted.weights)
        results = run_contest(contest, workers=wanted.workers, progress=progress or quiet)
        notes = _notes(missing, straight=streets is None, language=wanted.language)
        done = Simulated(results, means(results), missing, streets is None, notes)
        if folder is not None:
            write_csv(results, folder / RESULTS)
            text = page(done.means, wanted.language, notes)
            (folder / PAGE).write_text(text, encoding="utf-8")
    return done


def _folder(out: Path | None) -> AbstractContextManager[Path | None]:
    return nullcontext() if out is None else out_folder(out, (RESULTS, PAGE))


def _notes(missing: Sequence[str], *, straight: bool, language: str) -> list[str]:
    notes = [words.STRAIGHT] if straight else []
    if missing:
        notes.append(words.missing(", ".join(missing)))
    return [one.in_language(language) for one in notes]


def write_csv(results: Sequence[Result], file: Path) -> None:
    """Write a row a day and policy."""
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["seed", "day", "policy", *MEASURES])
        for one in results:
            figures = [round(one.figures[measure], 3) for measure in MEASURES]
            rows.writerow([one.seed, one.day + 1, one.policy, *figures])
