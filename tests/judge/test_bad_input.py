"""Bad files and bad rows through the real command line: one clear line or a row in rejected.csv."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import osmium
import pytest

from tests.judge.command import files, must_run, plan, run, tables
from tests.judge.tiny import CRS, INP, crew, crews_csv, place, ticket, tickets_csv
from tests.oracles.plan_checker import problems

INP_OPTIONS = ("--isolation-valves", "TCV", "--crs", CRS)
QUICK = ("--seconds", 1)
PLAN = ("plan", "--tickets", "tickets.csv", "--crews", "crews.csv", *QUICK, "--out", "out")


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the tiny network imported and a good day planned into ``out``."""
    folder = tmp_path_factory.mktemp("planned")
    (folder / "tiny.inp").write_text(INP)
    (folder / "tickets.csv").write_text(tickets_csv(), encoding="utf-8")
    (folder / "crews.csv").write_text(crews_csv(), encoding="utf-8")
    must_run(folder, "import", "network", "tiny.inp", *INP_OPTIONS)
    plan(folder, Path("tickets.csv"), Path("crews.csv"), Path("out"), *QUICK)
    return folder


@pytest.fixture
def home(planned: Path, tmp_path: Path) -> Path:
    """Return a copy of the planned folder that a test may spoil."""
    return Path(shutil.copytree(planned, tmp_path / "home"))


def must_fail(home: Path, words: tuple[str, ...], *arguments: object) -> None:
    """Demand exit 1, one line that holds the words, and nothing changed on disk or inside."""
    files_before, tables_before = files(home), tables(home)
    done = run(home, *arguments)
    assert done.returncode == 1, f"exit {done.returncode}: {done.stdout}{done.stderr}"
    lines = done.stderr.splitlines()
    assert len(lines) == 1, f"more than the one line: {done.stderr!r}"
    assert "Traceback" not in done.stderr + done.stdout
    assert "fault of mainbreak itself" not in lines[0], lines[0]
    assert [word for word in words if word not in lines[0]] == [], lines[0]
    assert files(home) == files_before
    assert tables(home) == tables_before


def test_the_good_day_is_good(planned: Path) -> None:
    """What the faults below spoil is a right plan to begin with."""
    found = problems(planned / "tickets.csv", planned / "crews.csv", planned / "out")
    assert found == []
    day = json.loads((planned / "out" / "plan.json").read_text("utf-8"))
    assert [one["kind"] for one in day["work_orders"]].count("isolate") == 1
    assert sorted(day["incidents"][0]["isolation"]["close"]) == ["V1", "V2"]


def drop_column(text: str, column: str) -> str:
    """Return the CSV text without a column."""
    rows = list(csv.reader(text.splitlines()))
    at = rows[0].index(column)
    return "\n".join(",".join(cell for i, cell in enumerate(row) if i != at) for row in rows)


BAD_DAY_FILES: dict[str, tuple[str, str | bytes, tuple[str, ...]]] = {
    "empty tickets": ("tickets.csv", "", ("tickets.csv",)),
    "empty crews": ("crews.csv", "", ("crews.csv",)),
    "tickets without id": ("tickets.csv", drop_column(tickets_csv(), "id"), ("tickets.csv", "id")),
    "tickets without received_at": (
        "tickets.csv",
        drop_column(tickets_csv(), "received_at"),
        ("tickets.csv", "received_at"),
    ),
    "crews without skills": (
        "crews.csv",
        drop_column(crews_csv(), "skills"),
        ("crews.csv", "skills"),
    ),
    "a picture": ("tickets.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe", ("tickets.csv",)),
}


@pytest.mark.parametrize("case", BAD_DAY_FILES)
def test_plan_refuses_a_file_that_is_not_one(home: Path, case: str) -> None:
    """A file of the day that cannot be what it claims: one line, and the old plan stays."""
    name, content, words = BAD_DAY_FILES[case]
    (home / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    must_fail(home, words, *PLAN)


def test_plan_without_the_file(home: Path) -> None:
    """A file that does not exist is named."""
    (home / "tickets.csv").unlink()
    must_fail(home, ("tickets.csv",), *PLAN)


def test_plan_before_any_network(tmp_path: Path) -> None:
    """Without a network there is nothing to plan on, and the line says what to do first."""
    (tmp_path / "tickets.csv").write_text(tickets_csv(), encoding="utf-8")
    (tmp_path / "crews.csv").write_text(crews_csv(), encoding="utf-8")
    must_fail(tmp_path, ("import network",), *PLAN)


def test_plan_into_a_file(home: Path) -> None:
    """An out folder that is a file is refused before the stored day is replaced."""
    shutil.rmtree(home / "out")
    (home / "out").write_text("mine")
    (home / "tickets.csv").write_text(tickets_csv(ticket("T9", *place(300, 0))), encoding="utf-8")
    must_fail(home, ("out",), *PLAN)


BAD_IMPORTS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "empty INP": ("network", "bad.inp", "", ("bad.inp",)),
    "INP naming a missing node": (
        "network",
        "bad.inp",
        INP.replace("P4  J4  J5", "P4  J4  J99"),
        ("bad.inp", "J99"),
    ),
    "INP of prose": ("network", "bad.inp", "Dear sir,\nthe network is fine.\n", ("bad.inp",)),
    "INP cut in half": ("network", "bad.inp", INP[: len(INP) // 2], ("bad.inp",)),
    "empty GeoJSON": ("network", "bad.geojson", "", ("bad.geojson",)),
    "network of an unknown kind": ("network", "bad.xyz", INP, ("bad.xyz",)),
    "empty premises": ("premises", "bad.csv", "", ("bad.csv",)),
    "premises without id": ("premises", "bad.csv", "account,lon,lat\nA,8.7,49.4\n", ("bad.csv",)),
    "places without name": ("places", "bad.csv", "id,lon,lat\nA,8.7,49.4\n", ("bad.csv", "name")),
    "crews without shifts": (
        "crews",
        "bad.csv",
        drop_column(crews_csv(), "shift_end"),
        ("bad.csv", "shift_end"),
    ),
    "empty pbf": ("streets", "bad.osm.pbf", "", ("bad.osm.pbf",)),
    "text named pbf": ("streets", "bad.osm.pbf", "Hauptstraße\n" * 500, ("bad.osm.pbf",)),
    "text named osm": ("streets", "bad.osm", "Hauptstraße\n" * 500, ("bad.osm",)),
}


@pytest.mark.parametrize("case", BAD_IMPORTS)
def test_import_refuses_a_file_that_is_not_one(home: Path, case: str) -> None:
    """A file to import that cannot be what it claims: one line, and the database stays."""
    verb, name, content, words = BAD_IMPORTS[case]
    (home / name).write_text(content, encoding="utf-8")
    must_fail(home, words, "import", verb, name, *(INP_OPTIONS if verb == "network" else ()))


def test_unknown_crs(home: Path) -> None:
    """A CRS that nobody knows is an input fault."""
    must_fail(home, ("EPSG:999999",), "import", "network", "tiny.inp", "--crs", "EPSG:999999")


def write_pbf(file: Path) -> None:
    """Write a street grid as .osm.pbf."""
    side = 60
    with osmium.SimpleWriter(str(file)) as writer:
        for i in range(side * side):
            lon, lat = 8.7 + i % side * 0.001, 49.4 + i // side * 0.001
            writer.add_node(osmium.osm.mutable.Node(id=i + 1, location=(lon, lat)))
        for i in range(2 * side):
            street = range(side)
            across = [i * side + k + 1 for k in street]
            down = [k * side + i - side + 1 for k in street]
            refs, tags = across if i < side else down, {"highway": "residential"}
            writer.add_way(osmium.osm.mutable.Way(id=i + 1, nodes=refs, tags=tags))


def test_pbf_cut_in_half(home: Path) -> None:
    """A truncated download of streets is noticed."""
    write_pbf(home / "whole.osm.pbf")
    whole = (home / "whole.osm.pbf").read_bytes()
    (home / "half.osm.pbf").write_bytes(whole[: len(whole) // 2])
    must_fail(home, ("half.osm.pbf",), "import", "streets", "half.osm.pbf")
    must_run(home, "import", "streets", "whole.osm.pbf")


@pytest.mark.shelf
def test_real_pbf_cut_in_half(home: Path, shelf: Path) -> None:
    """The same with a real city."""
    whole = (shelf / "osm" / "heidelberg.osm.pbf").read_bytes()
    (home / "half.osm.pbf").write_bytes(whole[: len(whole) // 2])
    must_fail(home, ("half.osm.pbf",), "import", "streets", "half.osm.pbf")


# ---------------------------------------------------------------- rows


BAD_TICKETS = {
    "no place": (ticket("B01", "", "", text=""), "no_place"),
    "words that name no place": (ticket("B02", "", ""), "place_not_found"),
    "swapped": (ticket("B03", *reversed(place(300, 5))), "swapped_coordinates"),
    "far off": (ticket("B04", 116.4, 39.9), "far_off"),
    "not a number": (ticket("B05", "east", 49.4), "bad_number"),
    "no such time": (
        ticket("B06", *place(300, 5), received_at="2026-13-45T08:00:00+01:00"),
        "bad_time",
    ),
    "no id": (ticket("", *place(300, 5)), "missing_id"),
    "id used before": (ticket("T2", *place(300, 5)), "duplicate_id"),
    "no such symptom": (ticket("B09", *place(300, 5), symptom="volcano"), "bad_word"),
    "off the globe": (ticket("B10", 8.7, 149.4), None),
    "half a coordinate": (ticket("B11", 8.7, "", text=""), None),
}
BAD_CREWS = {
    "unknown skill": (crew("D1", skills="pipe;juggling"), "unknown_skill"),
    "shift ends before it starts": (crew("D2", start="18", end="08"), "bad_shift"),
    "no such shift": (crew("D3", start="28"), None),
    "size in words": (crew("D4").replace(",4,", ",many,"), None),
}


@pytest.fixture(scope="module")
def rejected(
    planned: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, int], dict[str, str]]:
    """Return rejected.csv of a day with every bad row at once, by file and row."""
    home = tmp_path_factory.mktemp("rows") / "home"
    shutil.copytree(planned, home)
    tickets = tickets_csv(*(row for row, _ in BAD_TICKETS.values()))
    crews = crews_csv(*(row for row, _ in BAD_CREWS.values()))
    (home / "tickets.csv").write_text(tickets, encoding="utf-8-sig")
    (home / "crews.csv").write_text(crews, encoding="utf-8")
    plan(home, Path("tickets.csv"), Path("crews.csv"), Path("out"), *QUICK)
    assert problems(home / "tickets.csv", home / "crews.csv", home / "out") == []
    with (home / "out" / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["file"], int(row["row"])): row for row in rows}


@pytest.mark.parametrize("case", BAD_TICKETS)
def test_bad_ticket_row(rejected: dict[tuple[str, int], dict[str, str]], case: str) -> None:
    """A ticket that cannot be used stands in rejected.csv with its row and the right reason."""
    number = 5 + list(BAD_TICKETS).index(case)
    reason = BAD_TICKETS[case][1]
    row = rejected["tickets.csv", number]
    assert row["reason"] == reason or (reason is None and row["reason"])
    assert row["id"] == BAD_TICKETS[case][0].split(",")[0]
    assert row["detail"]


@pytest.mark.parametrize("case", BAD_CREWS)
def test_bad_crew_row(rejected: dict[tuple[str, int], dict[str, str]], case: str) -> None:
    """A crew that cannot be used stands in rejected.csv with its row and the right reason."""
    number = 4 + list(BAD_CREWS).index(case)
    reason = BAD_CREWS[case][1]
    row = rejected["crews.csv", number]
    assert row["reason"] == reason or (reason is None and row["reason"])
    assert row["id"] == BAD_CREWS[case][0].split(",")[0]


def test_good_rows_are_not_rejected(rejected: dict[tuple[str, int], dict[str, str]]) -> None:
    """Only the bad rows are put aside."""
    assert len(rejected) == len(BAD_TICKETS) + len(BAD_CREWS)


def test_gb18030_works(home: Path) -> None:
    """Files as a Chinese spreadsheet saves them are read as they are."""
    (home / "tickets.csv").write_text(tickets_csv(), encoding="gb18030")
    (home / "crews.csv").write_text(crews_csv().replace("crew C1", "抢修一班"), encoding="gb18030")
    plan(home, Path("tickets.csv"), Path("crews.csv"), Path("gb"), *QUICK)
    assert problems(home / "tickets.csv", home / "crews.csv", home / "gb") == []
    document = json.loads((home / "gb" / "plan.json").read_text("utf-8"))
    assert sum(len(one["tickets"]) for one in document["incidents"]) == 3


def _no_tickets(home: Path) -> None:
    (home / "tickets.csv").write_text(tickets_csv().splitlines()[0] + "\n", encoding="utf-8")


def _only_bad_tickets(home: Path) -> None:
    text = tickets_csv().splitlines()[0] + "\n" + ticket("B1", "", "", text="") + "\n"
    (home / "tickets.csv").write_text(text, encoding="utf-8")


def _no_usable_crew(home: Path) -> None:
    text = crews_csv().splitlines()[0] + "\n" + crew("D1", skills="juggling") + "\n"
    (home / "crews.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("spoil", [_no_tickets, _only_bad_tickets, _no_usable_crew])
def test_a_day_with_nothing_usable(home: Path, spoil: Callable[[Path], None]) -> None:
    """Without one usable ticket or crew there is a plan with every reason, or one clear line."""
    spoil(home)
    done = run(home, *PLAN[:-1], "new")
    assert "fault of mainbreak itself" not in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    if done.returncode == 0:
        assert problems(home / "tickets.csv", home / "crews.csv", home / "new") == []
    else:
        assert done.returncode == 1
        assert not (home / "new").exists()
