"""Assess a planned shut-off: its isolation, whom it meets, whom it dries, what to beware of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from domain.planned import Assessment, PlannedShutoff
from operations.ground import Ground
from operations.planned.overlaps import combined_with_all, overlaps_of, repeats_of
from operations.planned.surroundings import Surroundings, reckoned, surroundings
from operations.planned.warnings import warnings_of
from storage import UnitOfWork


def assessed(around: Surroundings, shutoff: PlannedShutoff) -> Assessment:
    """Return the assessment of a shut-off, stored or not, as it stands."""
    overlaps, repeats = overlaps_of(around, shutoff), repeats_of(around, shutoff)
    more = combined_with_all(around, shutoff)
    return Assessment(
        shutoff=shutoff,
        overlaps=overlaps,
        repeats=repeats,
        only_combined_premises=tuple(sorted(more.premises)),
        only_combined_critical=tuple(sorted(more.critical)),
        warnings=warnings_of(around, shutoff, overlaps, repeats),
    )


def assess(
    work: UnitOfWork,
    ground: Ground,
    shutoffs: Iterable[PlannedShutoff],
    now: datetime,
    zone: tzinfo,
) -> tuple[Assessment, ...]:
    """Return the assessments of stored shut-offs as of now, in the order given."""
    given = tuple(shutoffs)
    if not given:
        return ()
    around = surroundings(work, ground, now, zone)
    return tuple(assessed(around, reckoned(around.network, one)) for one in given)


def assess_one(
    work: UnitOfWork, ground: Ground, shutoff_id: str, now: datetime, zone: tzinfo
) -> Assessment:
    """Return the assessment of a stored shut-off as of now.

    Raises
    ------
    UnknownId
        If there is none of this id.
    """
    (found,) = assess(work, ground, [work.planned_shutoffs.get(shutoff_id)], now, zone)
    return found
