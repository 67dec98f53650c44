"""A visit of the running day: what the plan foresees and what really happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.plans import Visit
from domain.states import VisitState

#: The crew has begun: no plan takes such a visit away.
STARTED = frozenset(
    {VisitState.ACCEPTED, VisitState.EN_ROUTE, VisitState.ON_SITE, VisitState.PAUSED}
)

#: The visit still counts; every other state is an end.
LIVE = STARTED | {VisitState.ASSIGNED}


@dataclass(frozen=True, slots=True)
class TrackedVisit:
    """A visit with an identity that outlives the plans.

    Attributes
    ----------
    id
        The work order's id, a dot and a number that counts its visits from 1.
    planned
        Crew, work order, times, reason and the state it is in now.
    pinned
        A dispatcher gave it to this crew; plans keep it there.
    on_site_at, ended_at
        By the device's clock; None while they have not happened.
    said
        The reason given with a pause, a decline or a failure.
    """

    id: str
    planned: Visit
    pinned: bool = False
    on_site_at: datetime | None = None
    ended_at: datetime | None = None
    said: str = ""

    @property
    def crew(self) -> str:
        """The crew's id."""
        return self.planned.crew

    @property
    def work_order(self) -> str:
        """The work order's id."""
        return self.planned.work_order

    @property
    def state(self) -> VisitState:
        """The state it is in now."""
        return self.planned.state

    @property
    def is_live(self) -> bool:
        """True until it has ended, one way or another."""
        return self.state in LIVE

    @property
    def has_started(self) -> bool:
        """True if the crew has accepted or begun it."""
        return self.state in STARTED
