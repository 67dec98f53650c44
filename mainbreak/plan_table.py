"""The plan as a short table for the terminal, in the language of the settings."""

from __future__ import annotations

from datetime import datetime, tzinfo
from pathlib import Path
from statistics import mode

from domain.plans import Blocked, Plan
from mainbreak.console import say, show_table
from operations.plan_day import Day

_HEADS = {
    "zh-CN": ("班组", "任务", "首个到达", "最后完成", "行车 km", "行车 分"),
    "en": ("crew", "visits", "first ETA", "last end", "drive km", "drive min"),
}
_SUMMARY = {
    "zh-CN": (
        "{tickets} 张报修单 → {incidents} 起事件，{outages} 处停水；"
        "{orders} 张工单，已派 {planned}，未派 {unassigned}；另有 {rejected} 行退回。"
    ),
    "en": (
        "{tickets} tickets -> {incidents} incidents, {outages} outages; {orders} work orders, "
        "{planned} planned, {unassigned} unassigned; {rejected} rows rejected."
    ),
}
_STRAIGHT = {
    "zh-CN": "注意：没有导入街道，行车时间按直线估算。",
    "en": "Note: no streets imported; driving times are straight-line estimates.",
}
_REJECTED = {
    "zh-CN": "退回 {rows} 行，多为 {most}：见输出文件夹中的 rejected.csv。",
    "en": "{rows} rows rejected, mostly {most}: see rejected.csv in the out folder.",
}
_NO_ROAD = {
    "zh-CN": "注意：导入的街道到不了任何工单；请核对街道文件是否同一地区。",
    "en": "Warning: the imported streets reach no work order; is the file of the same place?",
}


def summary_of(day: Day, out: Path) -> dict[str, object]:
    """Return the counts of a planned day, for ``plan --json``."""
    planned = sum(len(route.visits) for route in day.plan.routes)
    return {
        "tickets": len(day.tickets),
        "incidents": len(day.incidents),
        "outages": len(day.outages),
        "orders": len(day.work_orders),
        "planned": planned,
        "unassigned": len(day.plan.unassigned),
        "rejected": len(day.rejected),
        "cost": day.plan.cost.get("total"),
        "straight_line": day.travel.straight_line,
        "out": str(out),
    }


def show_plan(day: Day, zone: tzinfo, language: str) -> None:
    """Print one row a crew, then what the day came to."""
    show_table("", _HEADS[language], _rows(day.plan, _names(day), zone))
    say(_SUMMARY[language].format(**summary_of(day, Path())))
    if day.travel.straight_line:
        say(_STRAIGHT[language])
    if day.rejected:
        most = mode(one.reason.value for one in day.rejected)
        say(_REJECTED[language].format(rows=len(day.rejected), most=most))
    if _reaches_nothing(day.plan):
        say(_NO_ROAD[language])


def _reaches_nothing(plan: Plan) -> bool:
    """Return True if nothing is planned and roads are why."""
    idle = not any(route.visits for route in plan.routes)
    return idle and any(one.reason is Blocked.UNREACHABLE for one in plan.unassigned)


def _names(day: Day) -> dict[str, str]:
    return {crew.id: crew.name for crew in day.crews}


def _rows(plan: Plan, names: dict[str, str], zone: tzinfo) -> list[tuple[object, ...]]:
    def hour(instant: datetime) -> str:
        return instant.astimezone(zone).strftime("%H:%M")

    return [
        (
            names[route.crew],
            len(route.visits),
            hour(route.visits[0].eta) if route.visits else "-",
            hour(route.visits[-1].end) if route.visits else "-",
            round(sum(visit.travel_m for visit in route.visits) / 1000, 1),
            round(sum(visit.travel_s for visit in route.visits) / 60),
        )
        for route in plan.routes
    ]
