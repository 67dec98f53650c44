"""Say when supply is restored, and by whose word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.errors import BadInput
from domain.incidents import Etr, EtrSource, Outage
from domain.states import ENDED, OutageState
from storage import UnitOfWork


def set_etr(
    work: UnitOfWork, outage_id: str, at: datetime | None, source: EtrSource, now: datetime
) -> Outage:
    """Return the outage with its new ETR, None while nobody can say.

    What a person said stands until it has passed: the plan does not overrule it.

    Raises
    ------
    UnknownId
        If there is no such outage.
    BadInput
        If the outage has ended, or the time has passed already.
    """
    outage = work.outages.get(outage_id)
    if outage.state in ENDED[OutageState]:
        raise BadInput(f"outage {outage_id} is {outage.state.value}; nothing is left to estimate.")
    if at is not None and at <= now:
        raise BadInput("at: this time has passed. Give a later one, or none for unknown.")
    if source is EtrSource.PLAN and _stands(outage.etr, now):
        return outage
    if (outage.etr.at if outage.etr else None) == at and _by(outage.etr) in {None, source}:
        return outage
    changed = replace(outage, etr=None if at is None else Etr(at, source, now))
    work.outages.save([changed])
    return changed


def _stands(etr: Etr | None, now: datetime) -> bool:
    return etr is not None and etr.source is not EtrSource.PLAN and etr.at > now


def _by(etr: Etr | None) -> EtrSource | None:
    return etr.source if etr else None
