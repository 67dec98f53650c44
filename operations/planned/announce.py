"""Announce a planned shut-off: everybody on its list counts as told from now on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo

from domain.errors import BadInput
from domain.masking import masked_text
from domain.planned import Assessment, PlannedShutoff
from domain.states import OutageState
from operations.ground import Ground
from operations.planned.assess import assess_one
from storage import UnitOfWork


def announce_shutoff(
    work: UnitOfWork,
    ground: Ground,
    shutoff_id: str,
    now: datetime,
    zone: tzinfo,
    late_reason: str = "",
) -> Assessment:
    """Return the shut-off announced; its isolation, reckoned once more, stands from now on.

    Later than its notice rule allows it takes a reason, which ``planned_shutoff.late`` keeps.

    Raises
    ------
    UnknownId
        If there is no such shut-off.
    IllegalMove
        If it is not approved.
    BadInput
        If it is late and there is no reason, or its window is over.
    """
    found = assess_one(work, ground, shutoff_id, now, zone).shutoff
    announced = replace(found, state=OutageState.ANNOUNCED, announced_at=now)
    # The state first: a draft is refused as a draft, whatever the hour.
    work.planned_shutoffs.save([announced])
    _check_notice(found, late_reason, now, zone)
    if now > found.tell_by:
        payload: dict[str, object] = {
            "tell_by": found.tell_by.isoformat(),
            "reason": masked_text(late_reason.strip()),
        }
        work.events.append("planned_shutoff.late", found.id, payload)
    return assess_one(work, ground, shutoff_id, now, zone)


def _check_notice(one: PlannedShutoff, late_reason: str, now: datetime, zone: tzinfo) -> None:
    if one.ends_at <= now:
        raise BadInput(f"planned shut-off {one.id} would be over by now. Cancel it.")
    if now > one.tell_by and not late_reason.strip():
        by = one.tell_by.astimezone(zone).isoformat(" ", "minutes")
        raise BadInput(
            f"late_reason: {one.id} should have been announced by {by}, {one.notice_h} h before "
            "it begins. Say why it is announced late, or cancel it and draft a later window."
        )
