"""One simulated crew: accepts, drives, shuts isolation valves, works, pauses, is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.crews import Crew
from domain.incidents import WorkOrder
from domain.places import LonLat
from domain.reports import CrewFix, ReportKind
from domain.states import VisitState
from domain.visits import TrackedVisit
from mainbreak.demo.drive import Drive, drive_to
from mainbreak.demo.luck import Luck
from mainbreak.demo.scene import Scene

#: A crew accepts so long before it has to leave, and reads its phone so often.
_LEAD = timedelta(minutes=4)

#: A phone sends where it is so often while it moves, and while it stands.
_MOVING, _STANDING = timedelta(seconds=10), timedelta(seconds=60)

#: A person's phone that was silent for so long sends no more; the simulated one goes on.
_PHONE_OFF = timedelta(minutes=10)

#: A crew leaves a visit alone for so long after a report of it was not what the house expected.
_PUZZLED = timedelta(minutes=15)

#: A person on the phone of a crew keeps it to himself until he is silent for so long.
_SILENCE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Deed:
    """What the crew reports next, and when."""

    visit: TrackedVisit
    kind: ReportKind
    at: datetime
    reason: str = ""
    valve: str | None = None


class SimulatedCrew:
    """What one crew does; everything but where it is it reads anew each time."""

    def __init__(self, crew: str, luck: Luck) -> None:
        self.id, self._luck = crew, luck
        self._drive: Drive | None = None
        self._place: LonLat | None = None
        self._fixed_at: datetime | None = None
        self._sent = ""
        self._doing: tuple[str, ...] = ()
        self._since = datetime.min.replace(tzinfo=UTC)
        self._paused: set[str] = set()
        self._puzzled_until: datetime | None = None
        self._person_until: datetime | None = None

    def next_deed(self, scene: Scene) -> Deed | None:
        """Return what the crew will report next as things stand, None if it only waits."""
        visit = scene.next_visit(self.id)
        if visit is None or visit.work_order not in scene.orders:
            self._doing = ()
            return None
        order, crew = scene.orders[visit.work_order], scene.crews[self.id]
        self._begin(scene, visit, order)
        if visit.state is VisitState.EN_ROUTE:
            self._head_for(scene, scene.target(order), self._since)
        if self._is_kept_away(scene.now):
            return None
        return self._deed(scene, crew, visit, order)

    def did(self, deed: Deed) -> None:
        """Note what was reported, so that the next step begins when this one ended."""
        if deed.kind is ReportKind.PAUSED:
            self._paused.add(deed.visit.id)
        self._since = deed.at
        self._doing = ("after", deed.visit.id)

    def puzzle(self, now: datetime) -> None:
        """Leave things alone for a while: a report contradicted what the house knew."""
        self._puzzled_until = now + _PUZZLED

    def give_to_person(self, now: datetime) -> None:
        """Leave the reports to the person who speaks for the crew; the van still drives."""
        self._person_until = now + _SILENCE

    def _is_kept_away(self, now: datetime) -> bool:
        until = [one for one in (self._puzzled_until, self._person_until) if one]
        return any(now < one for one in until)

    def _begin(self, scene: Scene, visit: TrackedVisit, order: WorkOrder) -> None:
        """Note since when the crew does what it does now."""
        valve = scene.next_valve(order) if visit.state is VisitState.ON_SITE else None
        waits = "waits" if scene.must_wait(order) else ""
        doing = (visit.id, visit.state.value, valve.id if valve else "", waits)
        if doing != self._doing:
            told = self._doing == ("after", visit.id)
            self._since = min(self._since, scene.now) if told else scene.now
            self._doing = doing

    def _deed(self, scene: Scene, crew: Crew, visit: TrackedVisit, order: WorkOrder) -> Deed | None:
        luck, since = self._luck, self._since
        match visit.state:
            case VisitState.ASSIGNED:
                ready = max(visit.planned.depart - _LEAD, crew.shift.start)
                at = max(since + luck.span(10, 60, visit.id, "reads"), ready)
                return Deed(visit, ReportKind.ACCEPTED, at)
            case VisitState.ACCEPTED:
                at = max(since + luck.span(20, 90, visit.id, "leaves"), visit.planned.depart)
                return Deed(visit, ReportKind.EN_ROUTE, at)
            case VisitState.EN_ROUTE:
                return Deed(visit, ReportKind.ON_SITE, self._arrival(scene.now))
            case VisitState.PAUSED:
                at = since + luck.span(600, 1500, visit.id, "pause")
                return Deed(visit, ReportKind.ON_SITE, at)
        return self._work(scene, visit, order)

    def _work(self, scene: Scene, visit: TrackedVisit, order: WorkOrder) -> Deed | None:
        luck, since = self._luck, self._since
        valve = scene.next_valve(order)
        if valve is not None:
            self._head_for(scene, valve.location, since)
            at = self._arrival(since) + luck.span(180, 420, visit.id, valve.id, "turns")
            return Deed(visit, ReportKind.VALVE_CLOSED, at, valve=valve.id)
        if scene.must_wait(order):
            return None
        if scene.outage_of(order) is not None:
            return Deed(visit, ReportKind.FIELD_COMPLETE, since + luck.span(60, 180, visit.id))
        whole = luck.span(0.7 * order.duration_s, 1.2 * order.duration_s, visit.id, "works")
        if visit.id in self._paused:
            return Deed(visit, ReportKind.FIELD_COMPLETE, since + 0.6 * whole)
        if luck.pauses(visit.id):
            why = luck.why_paused(visit.id)
            return Deed(visit, ReportKind.PAUSED, since + 0.4 * whole, reason=why)
        return Deed(visit, ReportKind.FIELD_COMPLETE, since + whole)

    def _arrival(self, otherwise: datetime) -> datetime:
        return self._drive.ends if self._drive else otherwise

    def _head_for(self, scene: Scene, there: LonLat, begun: datetime) -> None:
        """Drive there from where the van is, unless it is on its way already."""
        if self._drive is not None and self._drive.target == there:
            return
        on_the_way = self._drive is not None and self._drive.ends > scene.now
        starts = scene.now if on_the_way else begun
        here = self.place(starts) or scene.crews[self.id].position
        slowness = self._luck.of(self.id, *self._doing).uniform(1.1, 1.5)
        self._drive = drive_to(scene.ground, here, there, starts, slowness)

    def place(self, now: datetime) -> LonLat | None:
        """Return where the van is, None before its first shift."""
        return self._drive.at(now)[0] if self._drive else self._place

    def fixes(self, scene: Scene) -> list[CrewFix]:
        """Return what its phone sends: where it has been since the last look, on shift only."""
        crew, now = scene.crews[self.id], scene.now
        if not crew.shift.start <= now < crew.shift.end:
            return []
        if (theirs := self._sent_by_person(scene)) is not None:
            self._place, self._drive, self._fixed_at = theirs.position, None, now
            return []
        if self._fixed_at is None or self._fixed_at < crew.shift.start:
            self._place, self._drive, self._fixed_at = crew.position, None, now
            return [self._fix(now, now)]
        found = []
        while (at := self._fixed_at + self._pace(self._fixed_at)) <= now:
            found.append(self._fix(at, now))
            self._fixed_at = at
        return found

    def _sent_by_person(self, scene: Scene) -> CrewFix | None:
        """Return the latest fix if a person's phone sent it a short while ago."""
        last = scene.fixes.get(self.id)
        if last is None or last.id == self._sent or scene.now - last.device_time > _PHONE_OFF:
            return None
        return last

    def _pace(self, at: datetime) -> timedelta:
        return _MOVING if self._drive is not None and self._drive.ends > at else _STANDING

    def _fix(self, at: datetime, now: datetime) -> CrewFix:
        crew_is, heading = self._drive.at(at) if self._drive else (self._place, None)
        if crew_is is None:
            raise ValueError(f"crew {self.id} has no place yet")
        self._sent = self._luck.new_id()
        return CrewFix(self._sent, self.id, at, now, crew_is, 6.0, heading)
