"""A live day in a street of six pipes between two reservoirs, for the tests beside this file.

::

    R--%a%--b%--c--d%--e%--S

A burst on cd shuts bc.b and de.d and dries bc and cd; if de.d is stuck, eS.e instead and de too.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from domain.answers import Answer
from domain.crews import Crew, Shift
from domain.incidents import Incident, Outage, WorkOrder
from domain.network import IsolationValve, PipeNetwork, Premises
from domain.places import LonLat
from domain.reports import NEEDS_REASON, Report, ReportKind
from domain.visits import TrackedVisit
from domain.words import Skill, Symptom
from operations.answer_caller import Asked, answer_caller
from operations.assign_crew import assign_crew
from operations.ground import GroundKeeper
from operations.record_report import record_report
from operations.take_call import Call, Taken, take_call
from storage import Database, UnitOfWork
from tests.gis.drawing import draw

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
PIPES = "Ra ab bc cd de eS"
STREET = "R--%a%--b%--c--d%--e%--S"


def street(picture: str = STREET, pipes: str = PIPES) -> PipeNetwork:
    """Return the street with two premises on each pipe: phone, account, address are invented."""
    drawn = draw(picture, premises=pipes)
    roads = tuple(replace(link, road="建设路") for link in drawn.links)
    premises = [
        Premises(
            id=f"{one.id}{side}",
            location=one.location,
            link=one.link,
            account=f"A-{row:02d}{side:02d}",
            name="李小明",
            phone=f"1380013{row:02d}{side:02d}",
            address=f"建设路{10 * row + side}号",
        )
        for row, one in enumerate(drawn.premises, start=1)
        for side in (1, 2)
    ]
    return replace(drawn, links=roads).with_premises(premises)


def crew(name: str, *skills: Skill, size: int = 4) -> Crew:
    """Return a crew on shift from seven until nine in the evening, at the reservoir R."""
    shift = Shift(NINE - timedelta(hours=2), NINE + timedelta(hours=12))
    return Crew(name, name, frozenset(skills), size, LonLat(114.3, 30.6), shift)


CREWS = (
    crew("C1", Skill.VALVE, Skill.PIPE, Skill.METER),
    crew("C2", Skill.VALVE, Skill.PIPE),
    crew("C3", Skill.METER, size=1),
)


@dataclass
class LiveDay:
    """A database with the street in it, a clock that stands where a test puts it."""

    database: Database
    network: PipeNetwork = field(default_factory=street)
    now: datetime = NINE
    keeper: GroundKeeper = field(default_factory=GroundKeeper)

    def __post_init__(self) -> None:
        with self.work() as work:
            work.network.save(self.network)
            work.crews.save(CREWS)
            work.commit()

    def clock(self) -> datetime:
        """Return the present instant of the test."""
        return self.now

    def at(self, minutes: float) -> datetime:
        """Return and set the instant so many minutes after nine."""
        self.now = NINE + timedelta(minutes=minutes)
        return self.now

    def work(self) -> UnitOfWork:
        """Return a unit of work that may write."""
        return self.database.unit_of_work(self.clock, actor="test", write_first=True)

    def call(self, call: Call) -> Taken:
        """Return what became of a call."""
        with self.work() as work:
            taken = take_call(work, self.keeper.of(work), call, self.now)
            work.commit()
        return taken

    def calls(self, premises: str, symptom: Symptom) -> Taken:
        """Return what became of a call from a premises that an agent picked."""
        return self.call(Call(premises=premises, symptom=symptom))

    def assign(self, order: str, to: str | None) -> TrackedVisit | None:
        """Return the visit after a dispatcher gave the order to a crew."""
        with self.work() as work:
            visit = assign_crew(work, self.keeper.of(work), order, to, self.now)
            work.commit()
        return visit

    def report(self, report: Report) -> Report:
        """Return a report as it was stored."""
        with self.work() as work:
            stored = record_report(work, self.keeper.of(work), report, self.now)
            work.commit()
        return stored

    def says(
        self, by: str, order: str, kind: ReportKind, valve: str | None = None, ago: float = 0
    ) -> Report:
        """Return a new report as it was stored; it happened so many minutes ago."""
        return self.report(self.said(by, order, kind, valve, ago))

    def said(
        self, by: str, order: str, kind: ReportKind, valve: str | None = None, ago: float = 0
    ) -> Report:
        """Return a new report, not sent yet."""
        return Report(
            id=str(uuid.uuid4()),
            crew=by,
            work_order=order,
            kind=kind,
            device_time=self.now - timedelta(minutes=ago),
            received_at=self.now,
            reason="等配件" if kind in NEEDS_REASON else "",
            isolation_valve=valve,
        )

    def answer(self, asked: Asked) -> Answer:
        """Return the answer a caller gets, its times in UTC."""
        with self.work() as work:
            return answer_caller(work, self.keeper.of(work), asked, self.now, UTC)

    def incident(self, wanted: str = "E0001") -> Incident:
        """Return an incident."""
        with self.work() as work:
            return work.incidents.get(wanted)

    def outage(self, wanted: str = "O-E0001") -> Outage:
        """Return an outage."""
        with self.work() as work:
            return work.outages.get(wanted)

    def order(self, wanted: str) -> WorkOrder:
        """Return a work order."""
        with self.work() as work:
            return work.work_orders.get(wanted)

    def visit(self, wanted: str) -> TrackedVisit:
        """Return a visit."""
        with self.work() as work:
            return work.visits.get(wanted)

    def valve(self, wanted: str) -> IsolationValve:
        """Return how an isolation valve stands."""
        with self.work() as work:
            found = {one.id: one for one in work.network.isolation_valves()}
        return found[wanted]

    def told(self) -> list[str]:
        """Return every event of the day as kind and subject, oldest first."""
        with self.work() as work:
            events = work.events.since(0, 10_000)
        return [f"{one.kind} {one.subject}" for one in events]
