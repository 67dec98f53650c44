"""One small town and one small day; every optional field is given once and left out once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.crews import Break, Crew, CrewHold, Depot, Forbidden, HoldKind, Shift
from domain.durations import DurationEstimate, DurationSource
from domain.incidents import Incident, Outage, Responsibility, SupplyStep, Suspect, WorkOrder
from domain.isolation import Isolation, TankFed
from domain.network import (
    Hydrant,
    IsolationValve,
    Link,
    LinkKind,
    Node,
    NodeKind,
    Operability,
    PipeNetwork,
    Position,
    Premises,
)
from domain.places import LonLat, Place
from domain.planned import PlannedShutoff
from domain.plans import (
    Blocked,
    Change,
    ChangeKind,
    Plan,
    Rival,
    Route,
    Unassigned,
    Visit,
)
from domain.sentences import Sentence
from domain.states import IncidentState, OutageState, VisitState
from domain.streets import StreetReport
from domain.tickets import Candidate, FoundBy, LocatedTicket, Side, Snap, SnapDoubt, Ticket
from domain.words import (
    Channel,
    PremisesKind,
    Priority,
    Skill,
    Symptom,
    WorkOrderKind,
)
from tests.storage.conftest import NOW

A, B, C = LonLat(108.94201, 34.26), LonLat(108.943, 34.2600001), LonLat(108.9441, 34.27)

NETWORK = PipeNetwork(
    nodes=(
        Node("水源", NodeKind.RESERVOIR, A, 402.5),
        Node("J2", NodeKind.TANK, B, 31.0, volume_m3=850.0, pressure_m=27.25),
        Node("J1", NodeKind.JUNCTION, C),
    ),
    links=(
        Link(
            *("P2", LinkKind.PIPE, "水源", "J2", (A, C, B), 120.25, 0.4, True, True, "铸铁", 1998),
            roughness=98.5,
        ),
        Link(
            "P1", LinkKind.PRV, "J2", "J1", (B, C), 5.0, 0.1, open=False, road="雁塔路", zone="东区"
        ),
    ),
    isolation_valves=(
        IsolationValve("V2", "P2", "J2", B, Position.CLOSED, Operability.UNKNOWN, False),
        IsolationValve("V1", "P1", None, C),
    ),
    hydrants=(Hydrant("H1", "P2", C),),
    premises=(
        Premises("S9", A, link="P2", kind=PremisesKind.HOSPITAL, critical=True, account="A-6001"),
        Premises(
            "S1",
            B,
            node="J1",
            name="王女士",
            phone="+86 138 0013 8000",
            address="雁塔路12号",
            demand_m3_d=0.42,
            meter="M-77",
        ),
    ),
    name="某镇",
)

SHIFT = Shift(NOW, NOW + timedelta(hours=8))
CREWS = (
    Crew(
        *("C2", "抢修二班", frozenset({Skill.PIPE, Skill.VALVE}), 3, A, SHIFT, "陕A·12345"),
        levels=((Skill.PIPE, 2),),
        breaks=(Break(NOW + timedelta(hours=4), NOW + timedelta(hours=5), 1800),),
        overtime_s=5400,
        home=C,
        stock=(("哈夫节 DN100", 4), ("sleeve", 1)),
        territories=("城东", "东区"),
        reserve=True,
    ),
    Crew("C1", "C1", frozenset({Skill.METER}), 2, B, SHIFT),
)
DEPOTS = (Depot("D2", "仓库", C, 1200), Depot("D1", "D1", A))
HOLDS = (
    CrewHold("C1", HoldKind.AWAY, NOW, NOW + timedelta(hours=2), "车辆故障", "dispatch"),
    CrewHold("C2", HoldKind.LOCKED, NOW, None, "", "dispatch"),
)
FORBIDDEN = (
    Forbidden("C1", "W0001I", NOW, "dispatch", "不会用大口径机具"),
    Forbidden("C2", "W0001R", NOW, "dispatch"),
)
PLACES = (Place("L2", "第一医院", A, ("一院", "市一")), Place("L1", "菜市场", B))

TICKETS = (
    Ticket("T1", NOW, Channel.HOTLINE_12345, "13900139000", "A-6001", "雁塔路", "水喷得老高", A),
    Ticket("T2", NOW, symptom=Symptom.NO_WATER, priority=Priority.P2, text="没水"),
)
LOCATED = (
    LocatedTicket(
        TICKETS[0],
        Candidate(
            B,
            FoundBy.ACCOUNT,
            0.95,
            "雁塔路12号",
            "S9",
            Snap("P2", C, 12.5, 3.25, SnapDoubt.TIE, Side.LEFT, by_connection=True),
            ("phone",),
            ("雁他路→雁塔路",),
            40.5,
        ),
        Symptom.BURST,
        Priority.P1,
    ),
    LocatedTicket(
        TICKETS[1], Candidate(A, FoundBy.PLACE_IN_TEXT, 0.4, "医院"), Symptom.NO_WATER, Priority.P2
    ),
)

INCIDENTS = (
    Incident(
        "E0001",
        Symptom.BURST,
        Priority.P1,
        IncidentState.SUSPECTED,
        NOW,
        B,
        "P2",
        ("T2", "T1"),
        "雁塔路",
        NOW,
        "E0009",
        "E0002",
        (Suspect("P2", 0.75), Suspect("P1", 0.2)),
        Responsibility.THIRD_PARTY,
        "挖掘机挖断",
    ),
    Incident("E0002", Symptom.OTHER, Priority.P4, IncidentState.CONFIRMED, NOW, A, None, ("T9",)),
)
ISOLATION = Isolation(
    burst=("P2",),
    close=("V2", "V1"),
    optional=(),
    segment_pipes=("P2",),
    segment_nodes=("J2",),
    unintended_pipes=("P1",),
    unintended_nodes=("J1",),
    premises=("S9", "S1"),
    critical_premises=("S9",),
    premises_in_segment=("S9",),
    hydrants_out=("H1",),
    dry_before_pipes=(),
    only_combined_pipes=(),
    resupply=(),
    warnings=(Sentence("关阀单元内有水源", "a source lies inside the segment"),),
    segment_length_m=120.5,
    segment_volume_l=3786.0,
    tank_fed=(TankFed(("T1",), 12, 7.5), TankFed(("T2",), 3, None)),
)
STEPS = (
    SupplyStep(NOW, "V2", Position.CLOSED, 1),
    SupplyStep(NOW, "V2", Position.OPEN, 0, restored=1),
)
OUTAGES = (Outage("O-E0001", "E0001", OutageState.PREDICTED, ISOLATION, steps=STEPS),)
SHUTOFFS = (
    PlannedShutoff(
        "S0001",
        OutageState.DRAFT,
        "雁塔路换管",
        ("P2",),
        ISOLATION,
        NOW,
        NOW + timedelta(hours=6),
        24,
        NOW,
    ),
)
WORK_ORDERS = (
    WorkOrder(
        "W0001I",
        "E0001",
        WorkOrderKind.ISOLATE,
        ("T2", "T1"),
        Priority.P1,
        B,
        frozenset({Skill.VALVE}),
        1,
        1800,
        NOW,
        NOW + timedelta(minutes=30),
        leaking=True,
        premises_dry_before=1,
        premises_dry_after=2,
        levels=((Skill.VALVE, 3),),
        window=(NOW + timedelta(hours=1), NOW + timedelta(hours=3)),
        parts=(("哈夫节 DN100", 1),),
        territory="城东",
        together="W0001R",
        interruptible=True,
        make_safe_s=300,
        estimate=DurationEstimate(1800, 3000, DurationSource.LEARNED, 120, NOW, 1500),
    ),
    WorkOrder(
        "W0001R",
        "E0001",
        WorkOrderKind.REPAIR,
        ("T2", "T1"),
        Priority.P1,
        B,
        frozenset({Skill.PIPE, Skill.LARGE_MAIN}),
        4,
        18000,
        NOW,
        None,
        after=("W0001I",),
    ),
)


def _visit(crew: str, work_order: str, minutes: int) -> Visit:
    depart = NOW + timedelta(minutes=minutes)
    eta = depart + timedelta(seconds=421)
    return Visit(
        crew,
        work_order,
        depart,
        eta,
        eta,
        eta + timedelta(seconds=1800),
        421,
        3020,
        Sentence("最近的阀门班", "the nearest crew with valve skill"),
        VisitState.EN_ROUTE,
    )


RIVALS = (
    Rival("C1", None, NOW + timedelta(hours=1), 420, -60, Sentence("多 7 分钟", "7 min more")),
    Rival("C3", Blocked.NO_SKILL, None, 0, None, Sentence("没有这项技能", "lacks the skill")),
)
CHANGES = (
    Change("W0003", ChangeKind.MOVED, "C1", "C2", -900, Sentence("就近", "it is nearer")),
    Change("W0009", ChangeKind.DROPPED, "C2", "", 0, Sentence("班次已满", "no time left")),
)
PLAN = Plan(
    now=NOW,
    seed=7,
    routes=(
        Route(
            "C2",
            (
                replace(
                    _visit("C2", "W0003", 0),
                    depot="D2",
                    pickup_s=1200,
                    interrupts="W0002",
                    rivals=RIVALS,
                ),
                _visit("C2", "W0001I", 60),
            ),
            ((NOW + timedelta(hours=4), NOW + timedelta(hours=4.5)),),
            NOW + timedelta(hours=7),
        ),
        Route("C1", ()),
    ),
    unassigned=(
        Unassigned(
            "W0001R", Blocked.CREW_TOO_SMALL, Sentence("人手不够", "too few people"), RIVALS[1:]
        ),
        Unassigned("W0008", Blocked.NO_TIME_LEFT, Sentence("班次已满", "no time left")),
    ),
    cost={"travel": 842.0, "total": 900.5},
    greedy_cost={"total": 1000.25},
    violations=("made for the test",),
    engine="ortools",
    changes=CHANGES,
)

REPORT = StreetReport("heidelberg.osm.pbf", 100, 220, 3, 6)
