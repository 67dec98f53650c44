"""How an outage is going: who is out now, who has water again, what it cost so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.customer_minutes import minutes_until
from domain.incidents import Outage
from operations.ground import Ground
from operations.incidents.actual_supply import DRY, dry_now
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class OutageSupply:
    """One outage at an instant.

    ``out`` are the ids of the premises without water. ``minutes`` are the customer-minutes lost so
    far, ``minutes_until_etr`` those by the ETR if nothing more is turned; None without one ahead.
    """

    outage: Outage
    out: frozenset[str]
    minutes: float
    minutes_until_etr: float | None


def outage_supply(work: UnitOfWork, ground: Ground, outage: Outage, now: datetime) -> OutageSupply:
    """Return how an outage stands at an instant."""
    out = dry_now(work, ground, outage)
    ahead = outage.etr.at if outage.state in DRY and outage.etr and outage.etr.at > now else None
    until = None if ahead is None else _minutes(outage, len(out), ahead)
    return OutageSupply(outage, out, _minutes(outage, len(out), outage.restored_at or now), until)


def _minutes(outage: Outage, out: int, until: datetime) -> float:
    """Return the customer-minutes by an instant; no valve turned, of all since it began."""
    if outage.steps:
        return minutes_until(outage.steps, until)
    if outage.began_at is None or until <= outage.began_at:
        return 0.0
    count = out or outage.isolation.premises_count
    return count * (until - outage.began_at).total_seconds() / 60
