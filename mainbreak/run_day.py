"""What `mainbreak plan` and `mainbreak town` run, and what they say about it."""

from __future__ import annotations

from pathlib import Path

from mainbreak.bootstrap import Home
from mainbreak.console import progress_bar, say, show_json
from mainbreak.plan_table import show_plan, summary_of
from operations.make_town import TownSize, load_town, make_town
from operations.plan_to_folder import Job, plan_to_folder
from operations.write_plan import MAP


def run_plan(home: Home, job: Job, *, as_json: bool) -> None:
    """Plan the day of a job and show it."""
    with home.work() as work, progress_bar() as tell:
        day = plan_to_folder(work, job, progress=tell)
    if as_json:
        show_json(summary_of(day, job.out))
        return
    show_plan(day, job.zone, job.language)
    say(str(job.out / MAP))


def run_town(home: Home, size: TownSize, out: Path, streets: Path | None) -> None:
    """Make a town, write its files, load it, and say how large it is."""
    with progress_bar() as tell:
        town, network = make_town(
            size, out, home.settings.tzinfo, streets_file=streets, progress=tell
        )
        with home.work() as work:
            load_town(work, town, network)
    say(
        f"{town.name}: {len(town.network.links)} links, {len(town.network.isolation_valves)} "
        f"isolation valves, {len(town.network.premises)} premises, {len(town.crews)} crews, "
        f"{len(town.tickets)} tickets in {out}, and loaded into the database."
    )
