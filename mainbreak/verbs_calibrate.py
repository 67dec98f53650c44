"""`mainbreak calibrate`: fit driving times to the crews' own drives."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from domain.calibration import TimeBand
from mainbreak.bootstrap import Home
from mainbreak.console import progress_bar, say, show_json, show_table
from mainbreak.options import AsJson
from operations.fit_calibration import fit_calibration, keep_calibration
from routing.calibrating import BandReport, Fitted

#: The bands in words; they are defined in domain/calibration.py.
_BANDS = {
    TimeBand.NIGHT: "night 22:00-06:00",
    TimeBand.MORNING: "morning 07:00-09:30 Mon-Fri",
    TimeBand.EVENING: "evening 16:30-19:30 Mon-Fri",
    TimeBand.DAY: "day",
}


def calibrate(
    context: typer.Context,
    days: Annotated[
        int, typer.Option(min=1, max=3660, help="Use the drives of so many days.")
    ] = 60,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be fitted.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fit how much longer than at free flow drives take, by the time of day, to crews' own GPS."""
    home: Home = context.obj
    with progress_bar() as tell, home.work() as work:
        since = home.clock() - timedelta(days=days)
        fitted = fit_calibration(work, since, home.settings.tzinfo, progress=tell)
    kept = False
    if not dry_run and fitted.bands:
        with home.work(write_first=True) as work:
            kept = keep_calibration(work, fitted)
    if as_json:
        show_json(_document(fitted, kept=kept))
        return
    if fitted.bands:
        heads = ("band", "drives", "factor", "spread", "error before", "error after")
        show_table("", heads, [_row(band, one) for band, one in fitted.bands.items()])
    for why, count in sorted(fitted.left_out.items()):
        say(f"Left out, {why.value.replace('_', ' ')}: {count}")
    say(_ending(fitted, kept=kept))


def _row(band: TimeBand, one: BandReport) -> tuple[object, ...]:
    fit = one.fit
    errors = (f"{one.before:.1%}", f"{one.after:.1%}")
    return _BANDS[band], fit.drives, round(fit.factor, 3), round(fit.spread, 3), *errors


def _ending(fitted: Fitted, *, kept: bool) -> str:
    if not fitted.bands:
        return "No usable drive: nothing was fitted, an earlier fit stands."
    return "Fitted and in use." if kept else "Dry run: nothing was stored."


def _document(fitted: Fitted, *, kept: bool) -> dict[str, object]:
    bands = [
        {
            "band": band.value,
            "drives": one.fit.drives,
            "factor": round(one.fit.factor, 4),
            "spread": round(one.fit.spread, 4),
            "error_before": round(one.before, 4),
            "error_after": round(one.after, 4),
        }
        for band, one in fitted.bands.items()
    ]
    left_out = {why.value: count for why, count in sorted(fitted.left_out.items())}
    return {"bands": bands, "left_out": left_out, "kept": kept}
