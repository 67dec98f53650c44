"""`mainbreak learn`: learn how long work takes from the works that crews finished."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from dispatch.durations import Learned, SizeReport
from domain.durations import LEAST_WORKS, SizeClass
from domain.words import WorkOrderKind
from mainbreak.bootstrap import Home
from mainbreak.console import progress_bar, say, show_json, show_table
from mainbreak.options import AsJson
from operations.learn_durations import keep_durations, learn_durations

#: The classes in words; they are defined in domain/work.py.
_SIZES = {
    SizeClass.NONE: "",
    SizeClass.SMALL: "below DN200",
    SizeClass.MEDIUM: "DN200 to DN399",
    SizeClass.LARGE: "from DN400",
}


def learn(
    context: typer.Context,
    days: Annotated[
        int, typer.Option(min=1, max=3660, help="Use the works of so many days.")
    ] = 365,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be learned.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Learn how long work takes, by kind, pipe and part of the day, from finished works."""
    home: Home = context.obj
    with progress_bar() as tell, home.work() as work:
        since = home.clock() - timedelta(days=days)
        learned = learn_durations(work, since, home.settings.tzinfo, progress=tell)
    kept = False
    if not dry_run and learned.works:
        with home.work(write_first=True) as work:
            kept = keep_durations(work, learned)
    if as_json:
        show_json(_document(learned, kept=kept))
        return
    if learned.reports:
        heads = ("work", "pipe", "works", "factor", "spread", "error before", "error after", "")
        show_table("", heads, [_row(*key, one) for key, one in learned.reports.items()])
    for why, count in sorted(learned.left_out.items()):
        say(f"Left out, {why.value.replace('_', ' ')}: {count}")
    say(_ending(learned, kept=kept))


def _row(kind: WorkOrderKind, size: SizeClass, one: SizeReport) -> tuple[object, ...]:
    fit = one.fit
    errors = (f"{one.before:.1%}", f"{one.after:.1%}")
    note = "" if fit.works >= LEAST_WORKS else "too few: preset"
    return kind, _SIZES[size], fit.works, round(fit.factor, 3), round(fit.spread, 3), *errors, note


def _ending(learned: Learned, *, kept: bool) -> str:
    if not learned.works:
        return "No usable work: nothing was learned, what stood before stands."
    if kept:
        return "Learned and in use for new work orders."
    return "Dry run: nothing was stored."


def _document(learned: Learned, *, kept: bool) -> dict[str, object]:
    works = [
        {
            "kind": kind.value,
            "size": size.value,
            "works": one.fit.works,
            "factor": round(one.fit.factor, 4),
            "spread": round(one.fit.spread, 4),
            "error_before": round(one.before, 4),
            "error_after": round(one.after, 4),
            "in_use": one.fit.works >= LEAST_WORKS,
        }
        for (kind, size), one in learned.reports.items()
    ]
    left_out = {why.value: count for why, count in sorted(learned.left_out.items())}
    return {"works": works, "left_out": left_out, "kept": kept}
