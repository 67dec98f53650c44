"""Every policy on the same days; each result is kept as it comes, a stopped run goes on."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

from dispatch import Weights, warm_up
from domain.errors import BadFile
from domain.progress import Progress, quiet
from domain.streets import StreetNetwork
from operations.simulating.field import Field
from operations.simulating.ground import Ground, make_ground
from operations.simulating.made import make_days
from operations.simulating.measures import Figures, measure
from operations.simulating.policies import OURS, policy
from operations.simulating.size import Size

#: Seed of the ground's places: the same town for all days.
GROUND_SEED = 1


@dataclass(frozen=True)
class Contest:
    """What is run: a run of days per seed, each under every policy, on one ground.

    ``ground`` names it in the kept results; ``weights`` are those of our plan.
    """

    size: Size
    seeds: tuple[int, ...]
    policies: tuple[str, ...]
    streets: StreetNetwork | None = None
    ground: str = "plane"
    weights: Weights | None = None

    @property
    def key(self) -> str:
        """What must be equal for a kept result to be of use."""
        return json.dumps({"ground": self.ground, **asdict(self.size)}, sort_keys=True)


@dataclass(frozen=True)
class Result:
    """The figures of one day under one policy."""

    seed: int
    day: int
    policy: str
    figures: Figures


def run_contest(
    contest: Contest,
    *,
    keep: Path | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> list[Result]:
    """Return the results, by seed, policy and day.

    Parameters
    ----------
    keep
        A file of one JSON object a line, where each run's days are written when it ends; runs that
        it has already are not run again.
    workers
        Processes; the results do not depend on them.

    Raises
    ------
    BadFile
        If ``keep`` is of something else.
    """
    tell = progress or quiet
    kept = _read(keep, contest.key) if keep is not None else []
    wanted = [(seed, name) for seed in contest.seeds for name in contest.policies]
    there = {(one.seed, one.policy) for one in kept}
    left = [one for one in wanted if one not in there]
    for done, (results, seconds) in enumerate(_run(contest, left, workers)):
        kept += results
        if keep is not None:
            _append(keep, contest.key, results, seconds)
        tell((len(wanted) - len(left) + done + 1) / len(wanted), _saying(results))
    order = {one: place for place, one in enumerate(wanted)}
    mine = [one for one in kept if (one.seed, one.policy) in order]
    return sorted(mine, key=lambda one: (order[one.seed, one.policy], one.day))


def _saying(results: Sequence[Result]) -> str:
    return f"{results[0].policy}, seed {results[0].seed}" if results else ""


Ran = tuple[list[Result], float]


def _run(contest: Contest, left: list[tuple[int, str]], workers: int) -> Iterator[Ran]:
    if workers <= 1 or len(left) <= 1:
        _prepare(contest)
        yield from (_one(*one) for one in left)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, context, _prepare, (contest,)) as pool:
        for future in as_completed([pool.submit(_one, *one) for one in left]):
            yield future.result()


#: What a process of the contest works with, set once by ``_prepare``.
_PREPARED: dict[str, tuple[Contest, Ground]] = {}


def _prepare(contest: Contest) -> None:
    if any(one.startswith(OURS) for one in contest.policies):
        warm_up()
    _PREPARED["now"] = contest, make_ground(contest.streets, GROUND_SEED)


def _one(seed: int, name: str) -> Ran:
    contest, ground = _PREPARED["now"]
    begun = time.perf_counter()
    days = make_days(seed, contest.size, ground)
    log = Field(days, ground, policy(name, contest.weights)).run()
    figures = measure(days, log)
    results = [Result(seed, day, name, one) for day, one in enumerate(figures)]
    return results, time.perf_counter() - begun


def _append(keep: Path, key: str, results: Sequence[Result], seconds: float) -> None:
    with keep.open("a", encoding="utf-8") as out:
        for one in results:
            line = {"days": json.loads(key), "seed": one.seed, "day": one.day}
            line |= {"policy": one.policy, "wall_s": round(seconds, 2), "figures": one.figures}
            out.write(json.dumps(line) + "\n")


def _read(keep: Path, key: str) -> list[Result]:
    """Return the whole runs that a file has; a last line that was cut off is taken out."""
    if not keep.exists():
        return []
    days = json.loads(key)
    text = keep.read_text(encoding="utf-8")
    whole_lines = text[: text.rfind("\n") + 1]
    if whole_lines != text:
        keep.write_text(whole_lines, encoding="utf-8")
    lines = whole_lines.splitlines()
    found: dict[tuple[int, str], list[Result]] = {}
    for number, one in enumerate(lines, start=1):
        try:
            line = json.loads(one)
            result = Result(line["seed"], line["day"], line["policy"], line["figures"])
        except (ValueError, KeyError, TypeError) as fault:
            remedy = "name another file"
            raise BadFile(keep, "holds no simulated days", remedy, row=number) from fault
        if line["days"] == days:
            found.setdefault((result.seed, result.policy), []).append(result)
    whole = [one for one in found.values() if len(one) == days["days"]]
    return [result for one in whole for result in one]
