"""What `mainbreak plan` was given and what it left behind, read with the standard library only.

Times become seconds since 1970, so that sums and comparisons are plain arithmetic.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any

#: A local time as spreadsheets in China write it, see docs/csv.md: 2026/11/23 8:05.
YEAR_FIRST = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(日 *| +)\d{1,2}[:时]\d{2}([:分]\d{2})?[分秒]?"
)

NAMES = ("plan.json", "map.html", "outages.geojson", "rejected.csv")


@dataclass(frozen=True)
class Order:
    """A work order of plan.json."""

    id: str
    incident: str
    kind: str
    tickets: tuple[str, ...]
    skills: frozenset[str]
    crew_size: int
    duration_s: float
    released_at: float
    after: tuple[str, ...]
    lon: float
    lat: float


@dataclass(frozen=True)
class Crew:
    """A row of crews.csv that was not rejected."""

    id: str
    skills: frozenset[str]
    size: int
    shift_start: float
    shift_end: float


@dataclass(frozen=True)
class Visit:
    """A visit of plan.json with its crew."""

    crew: str
    work_order: str
    tickets: tuple[str, ...]
    depart: float
    eta: float
    start: float
    end: float
    travel_s: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row of tickets.csv; row 1 is the header."""

    number: int
    id: str
    received_at: float | None


@dataclass(frozen=True)
class Files:
    """Everything the checker looks at."""

    plan: dict[str, Any]
    outages: dict[str, Any]
    rejected: list[dict[str, str]]
    tickets: list[Row]
    rejected_rows: set[int]
    crews: dict[str, Crew]
    orders: dict[str, Order]
    routes: dict[str, list[Visit]]
    now: float

    def seconds(self, one: str, other: str) -> float | None:
        """Return the matrix cell from one place to another, None if there is no way."""
        cell: float | None = self.plan["travel"]["seconds"][self.index[one]][self.index[other]]
        return cell

    @cached_property
    def index(self) -> dict[str, int]:
        """Return the row of each place in the matrix."""
        return {place: i for i, place in enumerate(self.plan["travel"]["places"])}


def read_files(
    tickets_csv: Path, crews_csv: Path, out_dir: Path, now: datetime | None = None
) -> Files:
    """Return all of it; KeyError, ValueError or TypeError where a file is not as promised.

    ``now`` is what the plan was asked for with ``--now``, aware; None if it was not.
    """
    plan = json.loads((out_dir / "plan.json").read_text("utf-8"))
    zone = _aware(plan["now"]).tzinfo or _no_zone()
    rejected = _records(out_dir / "rejected.csv")
    ticket_rows, crew_rows = (
        _rejected_rows(rejected, tickets_csv),
        _rejected_rows(rejected, crews_csv),
    )
    tickets = [_ticket(i, r, zone) for i, r in enumerate(_records(tickets_csv), start=2)]
    day = now.astimezone(zone).date() if now else _commonest_date(tickets, zone)
    crews = [
        _crew(record, zone, day)
        for number, record in enumerate(_records(crews_csv), start=2)
        if number not in crew_rows
    ]
    return Files(
        plan=plan,
        outages=json.loads((out_dir / "outages.geojson").read_text("utf-8")),
        rejected=rejected,
        tickets=tickets,
        rejected_rows=ticket_rows,
        crews={crew.id: crew for crew in crews},
        orders={one["id"]: _order(one) for one in plan["work_orders"]},
        routes=_routes(plan),
        now=_instant(plan["now"]),
    )


def _records(file: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV in UTF-8, with BOM or without, or GB18030."""
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    return list(csv.DictReader(text.splitlines(keepends=True)))


def _rejected_rows(rejected: list[dict[str, str]], file: Path) -> set[int]:
    return {int(one["row"]) for one in rejected if Path(one["file"]).name == file.name}


def _ticket(number: int, record: dict[str, str], zone: tzinfo) -> Row:
    try:
        received: float | None = _local(record["received_at"].strip(), zone).timestamp()
    except ValueError:
        received = None
    return Row(number, record["id"].strip(), received)


def _commonest_date(tickets: list[Row], zone: tzinfo) -> date | None:
    """Return the local date most tickets were received on, the latest on a tie."""
    instants = (row.received_at for row in tickets if row.received_at is not None)
    dates = Counter(datetime.fromtimestamp(instant, zone).date() for instant in instants)
    return max(dates, key=lambda one: (dates[one], one), default=None)


def _crew(record: dict[str, str], zone: tzinfo, day: date | None) -> Crew:
    start, end = _shift(record["shift_start"].strip(), record["shift_end"].strip(), zone, day)
    skills = (skill.strip() for skill in record["skills"].split(";"))
    return Crew(
        record["id"].strip(),
        frozenset(skill for skill in skills if skill),
        int(float(record["size"])),
        start.timestamp(),
        end.timestamp(),
    )


def _order(one: dict[str, Any]) -> Order:
    return Order(
        one["id"],
        one["incident"],
        one["kind"],
        tuple(one["tickets"]),
        frozenset(one["skills"]),
        one["crew_size"],
        one["duration_s"],
        _instant(one["released_at"]),
        tuple(one["after"]),
        one["lon"],
        one["lat"],
    )


def _routes(plan: dict[str, Any]) -> dict[str, list[Visit]]:
    routes: dict[str, list[Visit]] = {}
    for route in plan["routes"]:
        if route["crew"] in routes:
            raise ValueError(f"crew {route['crew']} has two routes")
        routes[route["crew"]] = [_visit(route["crew"], visit) for visit in route["visits"]]
    return routes


def _visit(crew: str, visit: dict[str, Any]) -> Visit:
    return Visit(
        crew=crew,
        work_order=visit["work_order"],
        tickets=tuple(visit["tickets"]),
        depart=_instant(visit["depart"]),
        eta=_instant(visit["eta"]),
        start=_instant(visit["start"]),
        end=_instant(visit["end"]),
        travel_s=visit["travel_s"],
        reasons=tuple(visit[name] for name in ("reason", "reason_zh", "reason_en")),
    )


def _aware(text: str) -> datetime:
    """Return an ISO 8601 instant; one without an offset is a ValueError."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else _no_zone()


def _no_zone() -> Any:
    raise ValueError("a time in plan.json has no offset")


def _instant(text: str) -> float:
    return _aware(text).timestamp()


def _local(text: str, zone: tzinfo) -> datetime:
    """Return the instant of an input cell, in the plan's zone unless it says its own."""
    if YEAR_FIRST.fullmatch(text):
        year, month, day, *clock = (int(number) for number in re.findall(r"\d+", text))
        return datetime.combine(date(year, month, day), _clock(clock), zone)
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)


def _shift(start: str, end: str, zone: tzinfo, day: date | None) -> tuple[datetime, datetime]:
    """Return when a shift starts and ends; a bare 08:00 is on ``day``, an end after the start."""
    starts = _bare(start, zone, day) or _local(start, zone)
    ends = _bare(end, zone, starts.astimezone(zone).date())
    if ends is None:
        return starts, _local(end, zone)
    return starts, ends if ends >= starts else ends + timedelta(days=1)


def _bare(text: str, zone: tzinfo, day: date | None) -> datetime | None:
    """Return a time of day on ``day``; None if the text is no time of day."""
    if day is None or not re.fullmatch(r"\d{1,2}:\d{2}(:\d{2})?", text):
        return None
    return datetime.combine(day, _clock([int(part) for part in text.split(":")]), zone)


def _clock(numbers: list[int]) -> time:
    """Return the time of day of an hour, a minute and perhaps a second."""
    hour, minute, second = (*numbers, 0)[:3]
    return time(hour, minute, second)
