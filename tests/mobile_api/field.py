"""The small town with a burst: crew C2 shuts it off and has a leak to mend, C1 repairs the main."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import gis
from domain.incidents import Incident, Outage, WorkOrder
from domain.places import LonLat
from domain.plans import Visit
from domain.reports import Report
from domain.sentences import Sentence
from domain.states import IncidentState, OutageState, WorkOrderState
from domain.tickets import Candidate, FoundBy, LocatedTicket, Ticket
from domain.users import Role
from domain.visits import TrackedVisit
from domain.words import Priority, Skill, Symptom, WorkOrderKind
from operations.assign_crew import assign_crew
from storage import UnitOfWork
from tests.web import small_town
from tests.web.house import House

#: When the burst was reported.
CALLED = small_town.SHIFT.start + timedelta(minutes=10)

#: The work orders: C2's two, and C1's.
SHUT, LEAK, MEND = "W0001I", "W0002", "W0001R"


def load_field(work: UnitOfWork) -> None:
    """Store the town, the burst with its outage, the leak, and the three visits."""
    town = small_town.load(work)
    isolation = gis.isolate(town, [small_town.BURST_PIPE])
    burst = town.link_by_id[small_town.BURST_PIPE].path[0]
    work.tickets.save([_call("T1", "路口水管爆了，路面塌陷", burst), _call("T2", "漏水", burst)])
    work.incidents.save([
        _incident("E0001", Symptom.BURST, Priority.P1, "T1", burst),
        _incident("E0002", Symptom.LEAK_ON_ROAD, Priority.P3, "T2", burst),
    ])  # fmt: skip
    outage = Outage("O-E0001", "E0001", OutageState.PREDICTED, isolation, numbered=isolation.close)
    work.outages.save([outage])
    first = town.isolation_valve_by_id[isolation.close[0]].location
    work.work_orders.save([
        _order(SHUT, "E0001", WorkOrderKind.ISOLATE, Priority.P1, first),
        _order(MEND, "E0001", WorkOrderKind.REPAIR, Priority.P1, burst, after=(SHUT,)),
        _order(LEAK, "E0002", WorkOrderKind.REPAIR, Priority.P3, burst),
    ])  # fmt: skip
    work.visits.save([_visit("C2", SHUT, 30), _visit("C2", LEAK, 120), _visit("C1", MEND, 90)])
    work.commit()


def _call(ticket: str, text: str, at: LonLat) -> LocatedTicket:
    place = Candidate(at, FoundBy.COORDINATES, 0.9, "人民路1号")
    symptom = Symptom.BURST if ticket == "T1" else Symptom.LEAK_ON_ROAD
    return LocatedTicket(Ticket(ticket, CALLED, text=text), place, symptom, Priority.P1)


def _incident(name: str, symptom: Symptom, priority: Priority, ticket: str, at: LonLat) -> Incident:
    label = "人民路1号" if name == "E0001" else f"{at.lon},{at.lat}"
    pipe = small_town.BURST_PIPE
    state = IncidentState.CONFIRMED
    return Incident(name, symptom, priority, state, CALLED, at, pipe, (ticket,), label)


def _order(
    name: str,
    incident: str,
    kind: WorkOrderKind,
    priority: Priority,
    at: LonLat,
    after: tuple[str, ...] = (),
) -> WorkOrder:
    return WorkOrder(
        id=name,
        incident=incident,
        kind=kind,
        tickets=("T1",) if incident == "E0001" else ("T2",),
        priority=priority,
        location=at,
        skills=frozenset({Skill.PIPE}),
        crew_size=1,
        duration_s=1800,
        released_at=CALLED,
        due_on_site=CALLED + timedelta(minutes=30),
        after=after,
        state=WorkOrderState.ASSIGNED,
    )


def _visit(crew: str, order: str, minutes: int) -> TrackedVisit:
    depart = small_town.SHIFT.start + timedelta(minutes=minutes)
    eta = depart + timedelta(minutes=5)
    reason = Sentence("最近", "nearest")
    planned = Visit(crew, order, depart, eta, eta, eta + timedelta(minutes=30), 300, 900, reason)
    return TrackedVisit(f"{order}.1", planned)


def report(number: int, kind: str, order: str = SHUT, **more: Any) -> dict[str, Any]:
    """Return a report as a phone sends it; equal numbers have equal ids."""
    at = small_town.SHIFT.start + timedelta(minutes=30, seconds=number)
    head = {"id": str(UUID(int=number)), "work_order": order, "kind": kind}
    return head | {"device_time": at.isoformat()} | more


@dataclass
class Field:
    """The running house with the field in it, and the phone of crew C2."""

    house: House

    def __post_init__(self) -> None:
        with self.house.home.writing("test") as work:
            load_field(work)
        self.phone = self.house.phone(Role.CREW)

    def send(self, *reports: Any) -> list[dict[str, Any]]:
        """Send a batch and return what became of each item."""
        answer = self.phone.post("/api/mobile/reports/batch", json={"items": list(reports)})
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    def visits(self) -> dict[str, dict[str, Any]]:
        """Return what the phone is shown, by work order."""
        answer = self.phone.get("/api/mobile/visits")
        assert answer.status_code == 200, answer.text
        return {one["work_order"]: one for one in answer.json()["items"]}

    def close(self) -> list[str]:
        """Return the isolation valves of the burst in closing order."""
        return [step["id"] for step in self.visits()[SHUT]["isolation"]["order"]]

    def repair(self) -> str:
        """Return the visit of the burst's repair, which C2 has after it shut every valve."""
        closing = self.close()
        said = [
            report(row, "valve_closed", isolation_valve=valve)
            for row, valve in enumerate(closing, 1)
        ]
        self.send(*said, report(len(closing) + 1, "field_complete"))
        home = self.house.home
        self.house.clock.move(hours=1)
        with home.writing("test") as work:
            visit = assign_crew(work, home.ground(work), MEND, "C2", self.house.clock())
            work.commit()
        assert visit is not None
        return visit.id

    def state(self) -> dict[str, Any]:
        """Return all that reports change, but for when they were received."""
        with self.house.home.reading() as work:
            return {
                "reports": [_unreceived(one) for one in work.reports.all()],
                "visits": work.visits.all(),
                "outages": work.outages.all(),
                "orders": work.work_orders.all(),
                "valves": work.network.isolation_valves(),
            }

    def last_event(self) -> int:
        """Return the id of the last event."""
        with self.house.home.reading() as work:
            return work.events.last_id()


def _unreceived(one: Report) -> tuple[Any, ...]:
    said = (one.reason, one.isolation_valve, one.position, one.outcome, one.conflict)
    return one.id, one.crew, one.work_order, one.kind, one.device_time, *said
