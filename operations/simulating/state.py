"""The true state of a simulated day, and what a dispatcher sees of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from domain.crews import Crew
from domain.incidents import WorkOrder
from operations.simulating.ground import Ground
from operations.simulating.made import Days, Work
from operations.simulating.size import DAY, EARLY, HOUR, seconds_of
from operations.simulating.view import BUSY, CrewSeen, Doing, View, is_emergency, queue_key

#: Work that takes longer than estimated is expected to end in five minutes from now.
#: Source: as the running plan reckons, docs/plan.md.
SOON_S = 300

#: What is expected of an isolation that nobody has begun. Source: mainbreak default.
UNBEGUN_S = 1800


@dataclass(slots=True)
class CrewNow:
    """A crew in truth.

    ``until`` is when what it does ends in truth; ``turn`` counts what it began, so that an event
    of something given up is known to be stale.
    """

    number: int
    crew: Crew
    place: int
    doing: Doing = Doing.OFF
    since: int = 0
    until: int = 0
    order: str | None = None
    turn: int = 0
    rested: bool = False

    @property
    def begun(self) -> str:
        """The order it has begun; only of a busy crew."""
        if self.order is None:
            raise RuntimeError(f"crew {self.number} has begun nothing")
        return self.order

    def is_on_duty(self, at: int) -> bool:
        """Return True within the shift."""
        shift = self.crew.shift
        return seconds_of(shift.start) <= at < seconds_of(shift.end)


@dataclass
class State:
    """Orders by id, open, begun or done; crews by number; where everything is."""

    days: Days
    ground: Ground
    work: dict[str, Work]
    places: dict[str, int]
    crews: list[CrewNow]
    open: dict[str, WorkOrder] = field(default_factory=dict)
    begun: dict[str, WorkOrder] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    @classmethod
    def before(cls, days: Days, ground: Ground) -> State:
        """Return the state before the first day."""
        work = {one.order.id: one for one in days.work}
        crews = [
            CrewNow(number, crew, base)
            for number, (crew, base) in enumerate(zip(days.crews, days.bases, strict=True))
        ]
        return cls(days, ground, work, {name: one.place for name, one in work.items()}, crews)

    def view(self, at: int) -> View:
        """Return what a dispatcher sees at a second."""
        ends = self._expected_ends(at)
        listed = [now for now in self.crews if self._is_listed(now, at)]
        return View(
            now=at,
            morning=(at // DAY + 1) * DAY + EARLY * HOUR,
            crews={now.number: self._seen(now, at, ends) for now in listed},
            open=tuple(sorted(self.open.values(), key=queue_key)),
            begun=dict(self.begun),
            ends=ends,
            done=frozenset(self.done),
            places=dict(self.places),
            ground=self.ground,
        )

    def _is_listed(self, now: CrewNow, at: int) -> bool:
        end = seconds_of(now.crew.shift.end)
        return now.doing in BUSY or (
            at < end and seconds_of(now.crew.shift.start) // DAY == at // DAY
        )

    def _seen(self, now: CrewNow, at: int, ends: dict[str, int]) -> CrewSeen:
        crew = replace(now.crew, breaks=()) if now.rested else now.crew
        order = now.order if now.doing in BUSY else None
        free_at, free_place = at, now.place
        if now.doing is Doing.OFF:
            free_place = self.days.bases[now.number]
        elif now.doing is Doing.RESTING:
            free_at = now.until
        elif order is not None:
            free_at, free_place = ends[order], self.places[order]
        return CrewSeen(
            crew=crew,
            doing=now.doing,
            place=self._here(now, at, free_place),
            since=now.since,
            order=order,
            free_at=max(free_at, seconds_of(crew.shift.start)),
            free_place=free_place,
            may_leave=self.may_leave(now),
        )

    def may_leave(self, now: CrewNow) -> bool:
        """Return True if an emergency may take the crew away now."""
        if now.order is None or now.doing not in (Doing.DRIVING, Doing.WAITING, Doing.WORKING):
            return False
        order = self.begun[now.order]
        return not is_emergency(order) and (now.doing is not Doing.WORKING or order.interruptible)

    def _here(self, now: CrewNow, at: int, free_place: int) -> int:
        if now.doing is Doing.DRIVING:
            return self.whereabouts(now, at)
        return now.place if now.doing is Doing.LEAVING else free_place

    def whereabouts(self, now: CrewNow, at: int) -> int:
        """Return where a driving crew is."""
        whole = now.until - now.since
        share = (at - now.since) / whole if whole > 0 else 1.0
        return self.ground.on_the_way(now.place, self.places[now.begun], share)

    def _expected_ends(self, at: int) -> dict[str, int]:
        """Return when each order under way ends by the estimates, isolations before repairs."""
        ends: dict[str, int] = {}
        busy = {now.order: now for now in self.crews if now.doing in BUSY and now.order}
        for name in sorted(self.begun, key=lambda one: (bool(self.begun[one].after), one)):
            order, now = self.begun[name], busy[name]
            begins = max([at + self._drive_left(now, at), *self._blockers_end(order, ends, at)])
            ends[name] = begins + order.duration_s
            if now.doing is Doing.WORKING:
                ends[name] = max(at + SOON_S, now.since + order.duration_s)
        return ends

    def _blockers_end(self, order: WorkOrder, ends: dict[str, int], at: int) -> list[int]:
        """Return when the orders it waits for end: as expected, or guessed where not begun."""
        waits = [one for one in order.after if one not in self.done]
        guess = {
            one: at + UNBEGUN_S + self.open[one].duration_s for one in waits if one in self.open
        }
        return [ends.get(one, guess.get(one, at)) for one in waits]

    def _drive_left(self, now: CrewNow, at: int) -> int:
        if now.doing not in (Doing.DRIVING, Doing.LEAVING):
            return 0
        leaving = now.doing is Doing.LEAVING
        here = now.place if leaving else self.whereabouts(now, at)
        drive = int(self.ground.seconds[here, self.places[now.begun]])
        return drive + (now.until - at if leaving else 0)

    def waits_in_vain(self, now: CrewNow) -> bool:
        """Return True if the crew waits for work that nobody has begun."""
        if now.doing is not Doing.WAITING:
            return False
        after = self.begun[now.begun].after
        return not all(one in self.done or one in self.begun for one in after)
