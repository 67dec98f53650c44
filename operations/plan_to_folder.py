"""Plan a day and leave the result behind: four files and the stored day, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path

from dispatch import Weights
from domain.progress import Progress, quiet
from operations.out_folder import out_folder
from operations.plan_day import Day, DayFiles, Effort, keep_day, plan_day
from operations.spare_live_day import spare_live_day
from operations.write_plan import FILES, write_plan
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Job:
    """What to plan, for whom: two CSV files, where to write, the display zone and language.

    ``weights`` default to those of dispatch.
    """

    tickets: Path
    crews: Path
    out: Path
    zone: tzinfo
    language: str
    now: datetime | None = None
    effort: Effort = field(default_factory=Effort)
    weights: Weights | None = None


def plan_to_folder(work: UnitOfWork, job: Job, *, progress: Progress | None = None) -> Day:
    """Return the planned day once its files stand in ``job.out`` and it is stored.

    The folder is tried first: nobody waits for a plan that cannot be written. The files move into
    place only after the day is stored.

    Raises
    ------
    NothingImported
        If there is no network yet.
    BadInput
        If the database holds a live day.
    BadFile
        If a file cannot be what it claims, or ``job.out`` cannot be written.
    """
    spare_live_day(work)
    tell = progress or quiet
    with out_folder(job.out, FILES) as folder:
        day = plan_day(
            work,
            DayFiles(job.tickets, job.crews),
            job.zone,
            now=job.now,
            effort=job.effort,
            weights=job.weights,
            progress=tell,
        )
        tell(0.97, "drawing the map")
        write_plan(day, folder, job.zone, job.language)
        keep_day(work, day)
        tell(1.0, "done")
    return day
