"""What planned shut-offs that are in effect keep shut; live isolations count it as an outage's."""

from __future__ import annotations

from dataclasses import dataclass

from domain.isolation import Isolation
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Shut:
    """One planned shut-off in effect: its id, isolation, and the isolation valves it holds."""

    id: str
    isolation: Isolation

    @property
    def closed(self) -> tuple[str, ...]:
        """The isolation valves it keeps shut."""
        return self.isolation.close


def shut_by_planned(work: UnitOfWork) -> tuple[Shut, ...]:
    """Return the planned shut-offs that are in effect, the earliest planned first."""
    active = work.planned_shutoffs.active()
    return tuple(Shut(one.id, one.isolation) for one in active if one.is_dry)
