"""The bad calls of tests/web/bad_calls.py in tickets.csv: each planned or put aside, none lost."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from domain.datum import to_gcj02
from domain.places import LonLat
from tests.judge.command import must_run, plan, run
from tests.judge.tiny import CRS, INP, TICKET_COLUMNS, crews_csv, place, tickets_csv
from tests.web.bad_calls import HTML, KEPT, OFF_THE_GLOBE

WHEN = "2026-11-23T08:30:00+01:00"


def row(name: str, **said: object) -> str:
    """Return a row of tickets.csv with these cells, quoted where CSV asks for it."""
    cells = {"id": name, "received_at": WHEN, "channel": "phone", **said}
    line = io.StringIO()
    csv.writer(line).writerow(str(cells.get(column, "")) for column in TICKET_COLUMNS.split(","))
    return line.getvalue().removesuffix("\r\n")


def bad_rows() -> dict[str, str]:
    """Return every bad call as a row, by its id, each twice: alone, and at a place on a pipe."""
    lon, lat = place(300, 5)
    rows = {}
    for number, call in enumerate(KEPT.values()):
        words = {key: value for key, value in call.items() if key != "position"}
        there = call.get("position") or {}
        rows[f"A{number}"] = row(f"A{number}", **words, **there)
        rows[f"B{number}"] = row(f"B{number}", **words, lon=lon, lat=lat)
    degrees = [
        *OFF_THE_GLOBE.values(),
        ("nan", "nan"),
        ("1e999", "30"),
        ("", "49.4"),
        ("８.7", "x"),
    ]
    for number, (x, y) in enumerate(degrees):
        rows[f"C{number}"] = row(f"C{number}", text="没水", lon=x, lat=y)
    shifted = to_gcj02(LonLat(lon, lat))
    rows["D0"] = row("D0", text="没水", lon=shifted[0], lat=shifted[1], datum="gcj02")
    rows["D1"] = row("D1", text="没\0水", lon=lon, lat=lat)
    rows["D2"] = row("D2", text="没水", lon=lat, lat=lon)
    return rows


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which a day with every bad row was planned."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "tiny.inp").write_text(INP)
    text = tickets_csv(*bad_rows().values())
    (folder / "tickets.csv").write_text(text, encoding="utf-8", newline="")
    (folder / "crews.csv").write_text(crews_csv(), encoding="utf-8")
    must_run(folder, "import", "network", "tiny.inp", "--isolation-valves", "TCV", "--crs", CRS)
    plan(folder, Path("tickets.csv"), Path("crews.csv"), Path("out"), "--seconds", 1)
    return folder


def test_every_row_is_planned_or_put_aside(home: Path) -> None:
    """By its id, once; what stands on a pipe is planned whatever its words are."""
    day = json.loads((home / "out" / "plan.json").read_text("utf-8"))
    planned = [ticket for incident in day["incidents"] for ticket in incident["tickets"]]
    with (home / "out" / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        aside = {one["id"]: one["reason"] for one in csv.DictReader(file)}
    assert sorted([*planned, *aside]) == sorted(["T1", "T2", "T3", *bad_rows()])
    assert {name for name in bad_rows() if name[0] == "B"} <= set(planned)
    assert {"D0", "D1"} <= set(planned)
    assert all(reason for reason in aside.values())
    assert aside["D2"] == "swapped_coordinates"
    nowhere = list(KEPT).index("nowhere")
    assert aside[f"A{nowhere}"] == "far_off"


def test_no_cell_becomes_a_script_or_a_formula(home: Path) -> None:
    """On the page that is opened from the disk, and in the spreadsheet."""
    page = (home / "out" / "map.html").read_text("utf-8")
    assert HTML not in page
    assert "<script>document.title" not in page
    with (home / "out" / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_words_are_located_or_not_by_the_command(home: Path) -> None:
    """`locate` answers any words with places or with none, never with a fault."""
    done = run(home, "locate", HTML)
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    assert "fault of mainbreak itself" not in done.stderr
