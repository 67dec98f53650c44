"""How long work takes, as far as anybody has learned it: asked whenever a work order is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from domain.calibration import band_of
from domain.durations import Circumstances, DurationEstimate, DurationModel
from domain.network import Link
from domain.words import WorkOrderKind
from storage import UnitOfWork

#: Work at the pipe itself: how wide it is and what it is made of matter. A meter, a hydrant or a
#: manhole is as quick beside any main.
_AT_THE_PIPE = frozenset(
    {
        WorkOrderKind.ISOLATE,
        WorkOrderKind.REPAIR,
        WorkOrderKind.RESTORE,
        WorkOrderKind.FLUSH,
        WorkOrderKind.INSTALL,
        WorkOrderKind.REINSTATE,
    }
)


def circumstances(
    kind: WorkOrderKind, pipe: Link | None, reported: datetime, zone: tzinfo, preset_s: int
) -> Circumstances:
    """Return what is known of work before it is done; ``zone`` is the utility's."""
    at_pipe = pipe if kind in _AT_THE_PIPE else None
    return Circumstances(
        kind=kind,
        diameter_m=at_pipe.diameter_m if at_pipe else 0.0,
        material=at_pipe.material if at_pipe else "",
        band=band_of(reported, zone),
        preset_s=preset_s,
    )


@dataclass(frozen=True, slots=True)
class WorkTimes:
    """A model of how long work takes, and the zone whose clock the parts of the day go by."""

    model: DurationModel
    zone: tzinfo

    def estimate(
        self, kind: WorkOrderKind, pipe: Link | None, reported: datetime, preset_s: int
    ) -> DurationEstimate:
        """Return how long work takes that the preset table has at ``preset_s``."""
        return self.model.estimate(circumstances(kind, pipe, reported, self.zone, preset_s))


#: What holds before anything was learned.
PRESETS = WorkTimes(DurationModel(), UTC)


def work_times(work: UnitOfWork, zone: tzinfo) -> WorkTimes:
    """Return what was learned last, the presets before that."""
    found = work.durations.latest()
    if found is None:
        return WorkTimes(DurationModel(), zone)
    learned_at, _, document = found
    return WorkTimes(DurationModel.of_document(learned_at, document), zone)
