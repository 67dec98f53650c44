"""What `mainbreak simulate` runs, and what it says about it."""

from __future__ import annotations

from domain.streets import StreetNetwork
from mainbreak.bootstrap import Home
from mainbreak.console import progress_bar, say, show_json, show_table
from operations.simulate_days import PAGE, RESULTS, Simulated, Wanted, simulate_days
from operations.simulating.measures import MEASURES
from operations.simulating.picture import figure
from operations.simulating.policies import said
from operations.simulating.words import A_DAY, SAID
from operations.travel import load_streets


def run_simulation(home: Home, wanted: Wanted, *, as_json: bool) -> None:
    """Simulate and show one row a measure, one column a policy."""

    def stored() -> StreetNetwork | None:
        with home.work() as work:
            return load_streets(work)

    with progress_bar() as tell:
        done = simulate_days(wanted, stored, progress=tell)
    if as_json:
        show_json(document_of(done))
        return
    _show(done, wanted)


def document_of(done: Simulated) -> dict[str, object]:
    """Return the results for ``simulate --json``."""
    return {
        "straight_line": done.straight_line,
        "missing": list(done.missing),
        "mean_of_a_day": done.means,
        "days": [
            {"seed": one.seed, "day": one.day + 1, "policy": one.policy, **one.figures}
            for one in done.results
        ],
    }


def _show(done: Simulated, wanted: Wanted) -> None:
    names = [name for name in wanted.policies if name in done.means]
    heads = [A_DAY.in_language(wanted.language), *names]
    rows = [
        (SAID[measure].in_language(wanted.language), *_cells(done, names, measure))
        for measure in MEASURES
    ]
    show_table("", heads, rows)
    for name in names:
        say(f"{name}: {said(name).in_language(wanted.language)}")
    for note in done.notes:
        say(note)
    if wanted.out is not None:
        say(f"{wanted.out / RESULTS}\n{wanted.out / PAGE}")


def _cells(done: Simulated, names: list[str], measure: str) -> list[str]:
    return [figure(done.means[name][measure]) for name in names]
