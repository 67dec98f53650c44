"""A made-up day on the grid town: two bursts, lesser work, five crews, a plan by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from domain.crews import Crew, Shift
from domain.incidents import Incident, Outage, WorkOrder
from domain.isolation import Isolation
from domain.network import PipeNetwork
from domain.places import LonLat
from domain.plans import Blocked, Plan, Route, Unassigned, Visit
from domain.sentences import Sentence
from domain.states import IncidentState, OutageState
from domain.tickets import Candidate, FoundBy, LocatedTicket, Snap, Ticket
from domain.travel import RouteLine
from domain.words import Priority, Skill, Symptom, WorkOrderKind
from maps.picture import DayPicture
from tests.maps.ground import along, corner, line, network, streets

ZONE = timezone(timedelta(hours=8), "CST")
MIDNIGHT = datetime(2026, 11, 22, tzinfo=ZONE)

#: Incident: symptom, priority, pipe, share along it, minute of the first call, calls.
CASES = (
    ("E0001", Symptom.BURST, Priority.P1, "P-33E", 0.4, 487, 14),
    ("E0002", Symptom.BURST, Priority.P2, "P-57E", 0.5, 560, 5),
    ("E0003", Symptom.LEAK_ON_ROAD, Priority.P2, "P-21S", 0.3, 505, 3),
    ("E0004", Symptom.LOW_PRESSURE, Priority.P3, "P-16E", 0.6, 520, 6),
    ("E0005", Symptom.LEAK_AT_METER, Priority.P3, "P-22E", 0.2, 531, 1),
    ("E0006", Symptom.MANHOLE, Priority.P4, "P-60E", 0.7, 540, 1),
    ("E0007", Symptom.WATER_QUALITY, Priority.P3, "P-46S", 0.5, 600, 2),
    ("E0008", Symptom.HYDRANT_DAMAGED, Priority.P3, "P-12S", 0.5, 641, 1),
    ("E0009", Symptom.NO_WATER, Priority.P2, "P-07E", 0.5, 655, 1),
)
KINDS = {
    Symptom.LEAK_ON_ROAD: WorkOrderKind.REPAIR,
    Symptom.LEAK_AT_METER: WorkOrderKind.METER,
    Symptom.MANHOLE: WorkOrderKind.DEFECT,
    Symptom.WATER_QUALITY: WorkOrderKind.FLUSH,
    Symptom.HYDRANT_DAMAGED: WorkOrderKind.DEFECT,
}
CALLS = ("路面拱起来了，水往小学流", "家里没水了", "水压很小，洗不了澡", "路边冒水")
CREWS = (
    ("抢修一班", (1, 3), 4),
    ("抢修二班", (2, 5), 3),
    ("阀门三班", (2, 3), 2),
    ("表务四班", (7, 1), 2),
    ("抢修五班", (4, 6), 4),
)

#: Visits: crew row, order, drive from and to crossings, depart minute, travel, work minutes.
VISITS = (
    (2, "W0001-1", ((2, 3), (3, 3)), 489, 6, 40),
    (0, "W0001-2", ((1, 3), (3, 3)), 520, 15, 300),
    (4, "W0002-1", ((4, 6), (7, 5)), 562, 11, 30),
    (4, "W0002-2", ((7, 5), (7, 5)), 603, 0, 120),
    (1, "W0003", ((2, 5), (1, 2)), 507, 12, 120),
    (2, "W0004", ((3, 3), (6, 1)), 535, 14, 30),
    (3, "W0005", ((7, 1), (2, 2)), 533, 13, 40),
    (1, "W0006", ((1, 2), (0, 6)), 640, 14, 40),
    (3, "W0007", ((2, 2), (6, 4)), 601, 15, 45),
    (3, "W0009", ((6, 4), (7, 0)), 770, 18, 30),
)
REASON = Sentence(
    "三班最近，会关阀；少停 5,900 户·分",
    "Nearest crew that can shut valves; saves 5,900 customer-minutes",
)


def minute(value: float) -> datetime:
    """Return an instant of the sample's day."""
    return MIDNIGHT + timedelta(minutes=value)


def picture(language: str = "zh-CN") -> DayPicture:
    """Return the whole sample day."""
    pipes = network()
    outages = tuple(_outages(pipes))
    orders = tuple(_orders(pipes))
    return DayPicture(
        title="临江", network=pipes, streets=streets(), tickets=tuple(_tickets(pipes)),
        incidents=tuple(_incident(pipes, *case) for case in CASES), outages=outages,
        work_orders=orders, crews=tuple(_crews()), plan=_plan(), zone=ZONE, language=language,
        route_lines={
            (f"C{crew}", order): RouteLine(line(*stops), 900.0, travel * 60.0)
            for crew, order, stops, _, travel, _ in VISITS
        },
        rejected_count=3, notes=("演示数据，人物均为虚构。",),
    )  # fmt: skip


def with_text(text: str) -> DayPicture:
    """Return the sample day with one caller's words replaced."""
    day = picture()
    first = day.tickets[0]
    changed = replace(first, ticket=replace(first.ticket, text=text))
    return replace(day, tickets=(changed, *day.tickets[1:]))


def _spot(pipes: PipeNetwork, pipe: str, share: float) -> LonLat:
    return along(*pipes.link_by_id[pipe].path, share)


def _label(pipes: PipeNetwork, pipe: str, number: int) -> str:
    return "建设路×学府路" if pipe == "P-33E" else f"{pipes.link_by_id[pipe].road} {number} 号"


def _incident(
    pipes: PipeNetwork, id_: str, symptom: Symptom, priority: Priority, pipe: str,
    share: float, start: int, calls: int,
) -> Incident:  # fmt: skip
    tickets = tuple(f"T-{id_[1:]}-{call:02d}" for call in range(calls))
    state = IncidentState.CONFIRMED if calls > 1 else IncidentState.SUSPECTED
    label = _label(pipes, pipe, 9 + start % 90)
    place = _spot(pipes, pipe, share)
    return Incident(id_, symptom, priority, state, minute(start), place, pipe, tickets, label)


def _tickets(pipes: PipeNetwork) -> list[LocatedTicket]:
    found = []
    for id_, symptom, priority, pipe, share, start, calls in CASES:
        for call in range(calls):
            place = _spot(pipes, pipe, (share + 0.13 * call) % 1)
            snap = Snap(pipe, place, 10.0, 8.0)
            ticket = Ticket(
                f"T-{id_[1:]}-{call:02d}", minute(start + call * (call % 3) * 1.7),
                phone="13912345678", account="88000012", text=CALLS[call % len(CALLS)],
            )  # fmt: skip
            candidate = Candidate(
                place, FoundBy.ADDRESS, 0.82 - 0.03 * call, "建设路 131 号", snap=snap
            )
            found.append(LocatedTicket(ticket, candidate, symptom, priority))
    return found


def _outages(pipes: PipeNetwork) -> list[Outage]:
    big = _isolation(pipes, ("P-33E",), ("P-33E", "P-23S", "P-33S"), ("P-34E", "P-34S"))
    big = replace(
        big,
        resupply=("V-160",),
        hydrants_out=tuple(
            one.id for one in pipes.hydrants if one.link in big.segment_pipes + big.unintended_pipes
        ),
    )
    small = _isolation(pipes, ("P-57E",), ("P-57E", "P-57S"), ())
    state = OutageState.PREDICTED
    return [Outage("O-E0001", "E0001", state, big), Outage("O-E0002", "E0002", state, small)]


def _isolation(
    pipes: PipeNetwork, burst: tuple[str, ...], segment: tuple[str, ...], beyond: tuple[str, ...]
) -> Isolation:
    inside = [one for one in pipes.premises if one.link in segment]
    out = inside + [one for one in pipes.premises if one.link in beyond]
    on = [one for one in pipes.isolation_valves if one.link in segment]
    edge = [one for one in pipes.isolation_valves if one.link in beyond and one.can_turn]
    return Isolation(
        burst=burst, close=tuple(one.id for one in on if one.is_open and one.can_turn),
        optional=tuple(one.id for one in edge[:1]), segment_pipes=segment, segment_nodes=(),
        unintended_pipes=beyond, unintended_nodes=(), premises=tuple(one.id for one in out),
        critical_premises=tuple(one.id for one in out if one.critical),
        premises_in_segment=tuple(one.id for one in inside), hydrants_out=(), dry_before_pipes=(),
        only_combined_pipes=(), resupply=(), warnings=(),
    )  # fmt: skip


def _orders(pipes: PipeNetwork) -> list[WorkOrder]:
    found = []
    for id_, symptom, priority, pipe, share, start, calls in CASES:
        place = _spot(pipes, pipe, share)
        due = minute(start + {1: 30, 2: 60, 3: 240, 4: 480}[priority])
        tickets = tuple(f"T-{id_[1:]}-{call:02d}" for call in range(calls))
        kinds = {f"W{id_[1:]}": KINDS.get(symptom, WorkOrderKind.INSPECT)}
        if symptom is Symptom.BURST:
            kinds = {f"W{id_[1:]}-1": WorkOrderKind.ISOLATE, f"W{id_[1:]}-2": WorkOrderKind.REPAIR}
        for order, kind in kinds.items():
            late = None if kind is WorkOrderKind.REPAIR and symptom is Symptom.BURST else due
            found.append(
                WorkOrder(order, id_, kind, tickets, priority, place, frozenset({Skill.PIPE}), 2,
                          3600, minute(start), late)
            )  # fmt: skip
    return found


def _crews() -> list[Crew]:
    skills = frozenset({Skill.PIPE, Skill.VALVE})
    return [
        Crew(f"C{row}", name, skills, size, corner(*start), Shift(minute(480), minute(1020)))
        for row, (name, start, size) in enumerate(CREWS)
    ]


def _plan() -> Plan:
    by_crew: dict[int, list[Visit]] = {}
    for crew, order, _, depart, travel, work in VISITS:
        eta = minute(depart + travel)
        visit = Visit(
            f"C{crew}", order, minute(depart), eta, eta, minute(depart + travel + work),
            travel * 60, travel * 420, REASON,
        )  # fmt: skip
        by_crew.setdefault(crew, []).append(visit)
    detail = Sentence("全部班组到 17:00 已排满", "All crews are busy until 17:00")
    return Plan(
        now=minute(480), seed=1,
        routes=tuple(Route(f"C{crew}", tuple(visits)) for crew, visits in sorted(by_crew.items())),
        unassigned=(Unassigned("W0008", Blocked.NO_TIME_LEFT, detail),),
        cost={"customer_minutes": 412000.0, "travel": 7300.0, "total": 419300.0},
        greedy_cost={"customer_minutes": 520000.0, "travel": 6900.0, "total": 526900.0},
        engine="OR-Tools",
    )  # fmt: skip
