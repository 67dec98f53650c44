"""Learn how long work takes from the works that crews finished."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, tzinfo

from dispatch.durations import Learned, learn
from domain.progress import Progress, quiet
from operations.finished_works import finished_works
from operations.work_times import work_times
from storage import UnitOfWork


def learn_durations(
    work: UnitOfWork, since: datetime, zone: tzinfo, progress: Progress | None = None
) -> Learned:
    """Return what the works since an instant say; nothing is stored: see ``keep_durations``."""
    tell = progress or quiet
    tell(0.0, "reading finished works")
    found = finished_works(work, since, zone)
    tell(0.5, "fitting")
    learned = learn(found.works, work.now, work_times(work, zone).model)
    left_out = Counter(learned.left_out) + found.left_out
    return replace(learned, left_out=dict(left_out))


def keep_durations(work: UnitOfWork, learned: Learned) -> bool:
    """Let a model count for new work orders; return False, and let the earlier one stand, if empty.

    Orders that are there already keep theirs until their incident changes.
    """
    if not learned.works or learned.model.learned_at is None:
        return False
    work.durations.save(learned.model.learned_at, learned.works, learned.model.document())
    work.commit()
    return True
