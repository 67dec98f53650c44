"""What dispatchers say about crews: locked, away, not for this work order."""

from __future__ import annotations

from datetime import datetime

from domain.crews import CrewHold, Forbidden
from domain.masking import masked_text
from mainbreak.server.api.models.base import Body, Id, Instant, Line, Stamp, View
from operations.replanning.roster import is_in_force


class ForbidBody(Body):
    """The crew that may not do it."""

    crew: Id
    reason: Line = ""


class AllowBody(Body):
    """The crew that may do it again."""

    crew: Id


class LockBody(Body):
    """Until when its day stands; null is until somebody unlocks it."""

    until: Instant | None = None
    reason: Line = ""


class AwayBody(Body):
    """From when to when it is away; null is now, and while nobody knows."""

    since: Instant | None = None
    until: Instant | None = None
    reason: Line = ""


class ForbiddenView(View):
    """A crew that may not do the work order, by a dispatcher's word."""

    crew: str
    reason: str
    made_by: str
    made_at: Stamp

    @classmethod
    def of(cls, one: Forbidden) -> ForbiddenView:
        """Return it as it is sent."""
        reason = masked_text(one.reason)
        return cls(crew=one.crew, reason=reason, made_by=one.made_by, made_at=one.made_at)


class HoldView(View):
    """What a dispatcher said of a crew; ``in_force`` is false while it is to come."""

    since: Stamp
    until: Stamp | None
    reason: str
    made_by: str
    in_force: bool

    @classmethod
    def of(cls, one: CrewHold | None, now: datetime) -> HoldView | None:
        """Return it as it is sent, None for None."""
        if one is None:
            return None
        return cls(
            since=one.since,
            until=one.until,
            reason=masked_text(one.reason),
            made_by=one.made_by,
            in_force=is_in_force(one, now),
        )
