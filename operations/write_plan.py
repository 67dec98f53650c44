"""Write a planned day: plan.json, map.html, outages.geojson, rejected.csv."""

from __future__ import annotations

import json
from datetime import tzinfo
from pathlib import Path
from typing import Any

import gateways
from maps.page import day_page
from maps.picture import DayPicture
from operations.plan_day import Day
from operations.showing.plan_document import outages_document, plan_document

PLAN, MAP, OUTAGES, REJECTED = "plan.json", "map.html", "outages.geojson", "rejected.csv"
FILES = (PLAN, MAP, OUTAGES, REJECTED)


def write_plan(day: Day, folder: Path, zone: tzinfo, language: str) -> None:
    """Write the four files to a folder; docs/plan-json.md tells every field."""
    plan = plan_document(day, zone, language)
    (folder / PLAN).write_text(_text(plan, 1), encoding="utf-8")
    (folder / OUTAGES).write_text(_text(outages_document(day), None), encoding="utf-8")
    gateways.write_rejected(folder / REJECTED, day.rejected)
    page = day_page(picture_of(day, zone, language))
    (folder / MAP).write_text(page, encoding="utf-8")


def _text(document: dict[str, Any], indent: int | None) -> str:
    return json.dumps(document, ensure_ascii=False, indent=indent, allow_nan=False) + "\n"


def picture_of(day: Day, zone: tzinfo, language: str) -> DayPicture:
    """Return what the map page shows of the day."""
    return DayPicture(
        title=day.network.name,
        network=day.network,
        streets=day.streets,
        tickets=day.tickets,
        incidents=day.incidents,
        outages=day.outages,
        work_orders=day.work_orders,
        crews=day.crews,
        plan=day.plan,
        route_lines=day.route_lines,
        zone=zone,
        language=language,
        rejected_count=len(day.rejected),
        straight_line=day.travel.straight_line,
    )
