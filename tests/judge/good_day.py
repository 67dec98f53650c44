"""A tiny planned day, made by hand and right in every respect, as the four files of `plan`."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TICKETS = """id,received_at,channel,lon,lat,text,symptom,priority
T1,2026-11-23T08:00:00+08:00,phone,116.01,36.01,水管爆了,burst,1
T2,2026-11-23T08:10:00+08:00,phone,116.01,36.01,没水,no_water,2
T3,2026-11-23T09:00:00+08:00,web,116.02,36.01,表漏水,leak_at_meter,3
T4,2026-11-23T09:30:00+08:00,web,116.03,36.01,水黄,water_quality,3
T5,2026-11-23T09:40:00+08:00,phone,,,没水,no_water,2
T6,2026-11-23T10:00:00+08:00,phone,116.04,36.01,漏水,leak_on_road,3
"""
CREWS = """id,name,skills,size,lon,lat,shift_start,shift_end,vehicle
C1,一班,valve;pipe,3,116.0,36.0,2026-11-23T08:00:00+08:00,2026-11-23T17:00:00+08:00,A
C2,二班,meter;pipe,2,116.0,36.0,2026-11-23T08:00:00+08:00,2026-11-23T17:00:00+08:00,B
C3,三班,juggling,2,116.0,36.0,2026-11-23T08:00:00+08:00,2026-11-23T17:00:00+08:00,C
"""
REJECTED = """file,row,id,field,reason,detail
tickets.csv,6,T5,address,no_place,Nothing says where.
crews.csv,4,C3,skills,unknown_skill,juggling is not a skill.
"""
PLACES = ["crew:C1", "crew:C2", "order:W1I", "order:W1R", "order:W2", "order:W3", "order:W4"]


def at(clock: str) -> str:
    """Return the instant of the day at this time."""
    return f"2026-11-23T{clock}:00+08:00"


def _incident(name: str, tickets: list[str], isolation: dict[str, Any] | None) -> dict[str, Any]:
    return {"id": name, "tickets": tickets, "isolation": isolation}


def _order(name: str, incident: str, kind: str, tickets: list[str], **rest: Any) -> dict[str, Any]:
    usual = {"crew_size": 1, "duration_s": 1800, "after": [], "lon": 116.0, "lat": 36.0}
    return {"id": name, "incident": incident, "kind": kind, "tickets": tickets} | usual | rest


def _visit(order: str, tickets: list[str], clocks: str, travel_s: int) -> dict[str, Any]:
    depart, eta, start, end = (at(clock) for clock in clocks.split())
    times = {"depart": depart, "eta": eta, "start": start, "end": end, "travel_s": travel_s}
    said = {"reason": "最近。", "reason_zh": "最近。", "reason_en": "Nearest."}
    return {"work_order": order, "tickets": tickets} | times | said


def _unassigned(order: str, tickets: list[str], reason: str) -> dict[str, Any]:
    return {"work_order": order, "tickets": tickets, "reason": reason, "detail": "没有班组。"}


def _plan() -> dict[str, Any]:
    both = ["T1", "T2"]
    return {
        "now": at("08:00"),
        "seed": 1,
        "routes": [
            {
                "crew": "C1",
                "visits": [
                    _visit("W1I", both, "08:00 08:20 08:20 08:50", 1200),
                    _visit("W1R", both, "08:50 09:00 09:00 11:00", 600),
                ],
            },
            {"crew": "C2", "visits": [_visit("W2", ["T3"], "09:00 09:30 09:40 10:10", 1800)]},
        ],
        "unassigned": [
            _unassigned("W3", ["T4"], "no_skill"),
            _unassigned("W4", ["T6"], "no_time_left"),
        ],
        "incidents": [
            _incident("E1", both, {"close": ["v1"], "premises": ["c1"], "premises_count": 1}),
            _incident("E2", ["T3"], None),
            _incident("E3", ["T4"], None),
            _incident("E4", ["T6"], None),
        ],
        "work_orders": [
            _order("W1I", "E1", "isolate", both, skills=["valve"], released_at=at("08:00")),
            _order(
                "W1R",
                "E1",
                "repair",
                both,
                skills=["pipe"],
                released_at=at("08:00"),
                crew_size=3,
                duration_s=7200,
                after=["W1I"],
            ),
            _order("W2", "E2", "meter", ["T3"], skills=["meter"], released_at=at("09:00")),
            _order("W3", "E3", "flush", ["T4"], skills=["water_quality"], released_at=at("09:30")),
            _order(
                "W4",
                "E4",
                "repair",
                ["T6"],
                skills=["pipe"],
                released_at=at("10:00"),
                duration_s=36000,
            ),
        ],
        "cost": {"travel": 3600.0, "lateness": 100.0, "total": 3700.0},
        "greedy_cost": {"travel": 3900.0, "lateness": 100.0, "total": 4000.0},
        "violations": [],
        "travel": {
            "places": PLACES,
            "seconds": [[600 * abs(i - j) for j in range(7)] for i in range(7)],
            "method": "by hand",
            "straight_line": False,
        },
    }


def _outages() -> dict[str, Any]:
    line = {"type": "LineString", "coordinates": [[116.0, 36.0], [116.01, 36.0]]}
    feature = {"type": "Feature", "properties": {"incident": "E1"}, "geometry": line}
    return {"type": "FeatureCollection", "features": [feature]}


@dataclass
class GoodDay:
    """The day as values that a test may damage before they are written."""

    tickets: str = TICKETS
    crews: str = CREWS
    rejected: str = REJECTED
    page: str = "<!DOCTYPE html><html></html>"
    plan: dict[str, Any] = field(default_factory=lambda: deepcopy(_plan()))
    outages: dict[str, Any] = field(default_factory=_outages)

    def visit(self, route: int, number: int) -> dict[str, Any]:
        """Return a visit of the plan."""
        found: dict[str, Any] = self.plan["routes"][route]["visits"][number]
        return found

    def order(self, name: str) -> dict[str, Any]:
        """Return a work order of the plan."""
        found: dict[str, Any] = next(o for o in self.plan["work_orders"] if o["id"] == name)
        return found

    def write(self, folder: Path) -> tuple[Path, Path, Path]:
        """Write the files; return tickets.csv, crews.csv and the out folder."""
        out = folder / "out"
        out.mkdir()
        (folder / "tickets.csv").write_text(self.tickets, encoding="utf-8")
        (folder / "crews.csv").write_text(self.crews, encoding="gb18030")
        (out / "plan.json").write_text(json.dumps(self.plan, ensure_ascii=False), encoding="utf-8")
        (out / "outages.geojson").write_text(json.dumps(self.outages), encoding="utf-8")
        (out / "rejected.csv").write_text(self.rejected, encoding="utf-8-sig")
        (out / "map.html").write_text(self.page, encoding="utf-8")
        return folder / "tickets.csv", folder / "crews.csv", out
