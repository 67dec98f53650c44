"""All simulated crews: each looks at the day as it stands, then reports, as people on phones do."""

from __future__ import annotations

import logging
from dataclasses import replace

from domain.reports import Outcome, Report, ReportKind
from mainbreak.demo.crew import Deed, SimulatedCrew
from mainbreak.demo.logins import login_of_crew
from mainbreak.demo.luck import Luck
from mainbreak.demo.scene import Scene, look
from mainbreak.demo.script import Script
from mainbreak.server import LiveHome
from operations.arriving.arrivals_seen import arrivals_seen, not_told_yet, tell_arrivals
from operations.record_report import record_fixes, record_report

#: Who the events about places name: one transaction stores where all vans are.
PHONES = "phones"

#: Things one crew does in one step at the most; what is due beyond it comes with the next step.
_MOST_ROUNDS = 6

_LOG = logging.getLogger("mainbreak.demo")


class Crews:
    """The crews of the script, one by one and in this order, so that a seed gives one day."""

    def __init__(self, home: LiveHome, script: Script, luck: Luck) -> None:
        self._home, self._script, self._luck = home, script, luck
        self._crews = {one.id: SimulatedCrew(one.id, luck) for one in script.crews}
        self._own: set[str] = set()
        self._read_to = 0

    def step(self) -> bool:
        """Let every crew do what is due; return True if anything was reported."""
        self._change_shifts()
        rounds = 0
        while rounds < _MOST_ROUNDS and self._round():
            rounds += 1
        self._tell_arrivals()
        return rounds > 0

    def _round(self) -> bool:
        """Let every crew do one thing; return True if anything was reported."""
        scene = look(self._home)
        self._notice_people(scene)
        if any(one.proposal for one in scene.outages.values()):
            self._luck.calm()  # a visitor has a plan B to decide on, which is what trouble is for
        known = [one for one in self._crews.values() if one.id in scene.crews]
        fixes = [fix for crew in known for fix in crew.fixes(scene)]
        if fixes:
            with self._home.writing(PHONES) as work:
                record_fixes(work, fixes)
        reported = [self._act(crew, scene) for crew in known]
        return any(reported)

    def _tell_arrivals(self) -> None:
        """Tell the office which vans stand at work that nobody reported: a person has the phone."""
        with self._home.reading() as work:
            seen = arrivals_seen(work, self._home.ground(work), self._home.clock())
            news = not_told_yet(work, seen.values())
        if news:
            with self._home.writing(PHONES) as work:
                tell_arrivals(work, news)

    def _change_shifts(self) -> None:
        """Give the crews whose shift is over their next one, once they have put their work down."""
        with self._home.reading() as work:
            now, crews = self._home.clock(), work.crews.all()
            busy = {one.crew for one in work.visits.active() if one.has_started}
        due = {one.id: one.shift for one in self._script.crews_at(now)}
        new = tuple(
            one if one.id in busy or one.id not in due else replace(one, shift=due[one.id])
            for one in crews
        )
        if new != crews:
            with self._home.writing("simulation") as work:
                work.crews.save(new)
            self._home.changed()

    def _notice_people(self, scene: Scene) -> None:
        """Leave a crew to the person who reports for it."""
        with self._home.reading() as work:
            events = work.events.since(self._read_to, 5_000)
        for event in events:
            about = self._crews.get(str(event.payload.get("crew", "")))
            told = event.kind in {"report.applied", "report.conflict"}
            if about is not None and told and event.subject not in self._own:
                about.give_to_person(scene.now)
        if events:
            self._read_to = events[-1].id

    def _act(self, crew: SimulatedCrew, scene: Scene) -> bool:
        deed = crew.next_deed(scene)
        if deed is None or deed.at > scene.now:
            return False
        if deed.valve is not None and self._luck.sticks(deed.visit.id, deed.valve):
            deed = replace(deed, kind=ReportKind.VALVE_STUCK)
        outcome = self._report(crew.id, deed)
        if outcome is None:
            return False
        if outcome is Outcome.CONFLICT:
            _LOG.info("demo: %s of crew %s contradicts", deed.kind.value, crew.id)
            crew.puzzle(scene.now)
        crew.did(deed)
        return True

    def _report(self, crew: str, deed: Deed) -> Outcome | None:
        """Send the report, unless the visit is no longer as the crew saw it."""
        home = self._home
        with home.writing(login_of_crew(crew)) as work:
            if work.visits.find(deed.visit.id) != deed.visit:
                return None
            report = Report(
                id=self._luck.new_id(),
                crew=crew,
                work_order=deed.visit.work_order,
                kind=deed.kind,
                device_time=deed.at,
                received_at=home.clock(),
                reason=deed.reason,
                isolation_valve=deed.valve,
            )
            self._own.add(report.id)
            outcome = record_report(work, home.ground(work), report, home.clock()).outcome
        home.changed()
        return outcome
