"""A planned shut-off: water goes off for work that was known beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.isolation import Isolation
from domain.sentences import Sentence
from domain.states import OutageState


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """By when everybody concerned must have been told: a preset, for any utility to replace."""

    name: str
    hours: int
    label: Sentence
    source: str


#: The presets by name. Source: each names its own.
NOTICE_RULES = {
    rule.name: rule
    for rule in (
        NoticeRule(
            "24h",
            24,
            Sentence("提前 24 小时通知", "24 h notice"),
            "water supply regulations of several provinces: users are told 24 h before",
        ),
        NoticeRule(
            "48h",
            48,
            Sentence("大范围停水提前 48 小时公告", "48 h notice for large works"),
            "service promise of a provincial capital: large planned stops, 48 h public notice",
        ),
    )
}

#: From so many premises, or from a main so wide, a planned shut-off is a large one.
#: Source: mainbreak default; the promise of 48 h names no size.
LARGE_PREMISES, LARGE_DN = 500, 300

#: Longer without supply, water must be brought. Source: the same provincial regulations.
EMERGENCY_SUPPLY_AFTER = timedelta(hours=24)

#: Critical premises that are dry twice within so long are told apart. Source: mainbreak default.
TIRING = timedelta(days=7)


def usual_rule(premises_count: int, dn: int) -> NoticeRule:
    """Return the rule for works of this size; ``dn`` is the widest pipe's, in millimetres.

    >>> usual_rule(40, 200).name, usual_rule(500, 100).name, usual_rule(0, 300).name
    ('24h', '48h', '48h')
    """
    large = premises_count >= LARGE_PREMISES or dn >= LARGE_DN
    return NOTICE_RULES["48h" if large else "24h"]


@dataclass(frozen=True, slots=True)
class OffPeriod:
    """When water is off: from an instant to one before which it is back, None if nobody knows."""

    starts_at: datetime
    ends_at: datetime | None

    def meets(self, other: OffPeriod) -> bool:
        """Return True if both have water off at one instant; to touch is not to meet."""
        return not (_ends_by(self, other.starts_at) or _ends_by(other, self.starts_at))

    def is_near(self, other: OffPeriod, within: timedelta) -> bool:
        """Return True if no more than this lies between the two."""
        longer = OffPeriod(self.starts_at - within, self.ends_at and self.ends_at + within)
        return longer.meets(other)


def _ends_by(one: OffPeriod, instant: datetime) -> bool:
    return one.ends_at is not None and one.ends_at <= instant


@dataclass(frozen=True, slots=True)
class PlannedShutoff:
    """Planned work on pipes, the isolation it needs and the window in which water is off.

    Attributes
    ----------
    state
        draft, approved, announced, in_effect, partly_restored, restored or cancelled.
    title
        What the work is, in the words of whoever planned it.
    pipes
        Ids of the links that are worked on: the "burst" of the isolation.
    starts_at, ends_at
        When water goes off and when it is back, as planned.
    notice_h
        Hours before ``starts_at`` by which everybody concerned must have been told.
    announced_at, began_at, restored_at
        When that really happened; None while it has not.
    """

    id: str
    state: OutageState
    title: str
    pipes: tuple[str, ...]
    isolation: Isolation
    starts_at: datetime
    ends_at: datetime
    notice_h: int
    created_at: datetime
    announced_at: datetime | None = None
    began_at: datetime | None = None
    restored_at: datetime | None = None

    @property
    def tell_by(self) -> datetime:
        """When everybody concerned must have been told at the latest."""
        return self.starts_at - timedelta(hours=self.notice_h)

    @property
    def is_dry(self) -> bool:
        """True while its isolation valves are shut."""
        return self.state in {OutageState.IN_EFFECT, OutageState.PARTLY_RESTORED}

    @property
    def awaits_notice(self) -> bool:
        """True while nobody was told yet, and somebody must be."""
        return self.state in {OutageState.DRAFT, OutageState.APPROVED}

    def off_period(self, now: datetime) -> OffPeriod:
        """Return when water is off, as far as is known now: one that is overdue has no end."""
        if self.restored_at is not None:
            return OffPeriod(self.began_at or self.starts_at, self.restored_at)
        overdue = self.is_dry and self.ends_at <= now
        return OffPeriod(self.began_at or self.starts_at, None if overdue else self.ends_at)


class OverlapKind(StrEnum):
    """What a planned shut-off meets."""

    PLANNED = "planned"
    OUTAGE = "outage"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another planned shut-off, or a running outage, at the same time and not independent.

    Attributes
    ----------
    other, kind, title
        Whom it meets, by id and in words; ``title`` is empty for an outage.
    period
        When the other has water off.
    pipes, premises
        Dry in both, by id.
    isolation_valves
        Shut for both.
    contested
        Isolation valves whose opening one counts on for re-supply while they hold water back from
        the other's segment.
    only_combined_premises, only_combined_critical
        Premises that neither dries alone and both together do.
    """

    other: str
    kind: OverlapKind
    title: str
    period: OffPeriod
    pipes: tuple[str, ...]
    premises: tuple[str, ...]
    isolation_valves: tuple[str, ...]
    contested: tuple[str, ...]
    only_combined_premises: tuple[str, ...]
    only_combined_critical: tuple[str, ...]

    @property
    def matters(self) -> bool:
        """True if the two have anything to do with each other."""
        parts = (self.pipes, self.premises, self.isolation_valves, self.contested)
        return any(parts) or bool(self.only_combined_premises)


@dataclass(frozen=True, slots=True)
class Repeat:
    """Critical premises that are dry again within a week, and what else dries them."""

    premises: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """A planned shut-off beside everything else that is off, or will be; reckoned, never stored.

    ``shutoff`` carries the isolation as of now while nobody was told, later the one that was
    announced. ``only_combined_premises`` are all that others of the same time add to it.
    """

    shutoff: PlannedShutoff
    overlaps: tuple[Overlap, ...]
    repeats: tuple[Repeat, ...]
    only_combined_premises: tuple[str, ...]
    only_combined_critical: tuple[str, ...]
    warnings: tuple[Sentence, ...]

    @property
    def premises(self) -> tuple[str, ...]:
        """Everybody to tell, by id; in the order of ids."""
        return tuple(sorted({*self.shutoff.isolation.premises, *self.only_combined_premises}))

    @property
    def critical_premises(self) -> tuple[str, ...]:
        """The critical ones among them."""
        own = self.shutoff.isolation.critical_premises
        return tuple(sorted({*own, *self.only_combined_critical}))
