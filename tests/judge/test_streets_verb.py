"""`mainbreak import streets` as a person meets it: what it says, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.judge.command import must_run, run, tables
from tests.routing.drawn import at, street, write_osm
from tests.routing.test_restrictions import relation, turn

PLACES = {1: at(0, 0), 2: at(0, 300), 3: at(300, 0), 4: at(0, -300), 5: at(-300, 0), 6: at(600, 0)}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Return a crossing with a ban, a nonsense one, a private road, a ferry and a trap."""
    ways = [street(1, 2), street(1, 3), street(1, 4), street(1, 5, access="private")]
    ways += [street(3, 6, route="ferry"), street(2, 6, oneway="yes")]
    bans = relation(turn(3, 2), restriction="no_right_turn")
    bans += relation(turn(3, 99), restriction="no_left_turn")
    return write_osm(tmp_path / "town.osm", PLACES, ways, bans)


def test_it_says_what_was_kept_and_what_was_not(town: Path) -> None:
    """In words and as JSON; a street that one can only enter is dropped, and so is its way back."""
    said = must_run(town.parent, "--lang", "en", "import", "streets", town.name)
    assert "town.osm: 4 crossings, 6 directed street edges; left out 1 and 1" in said
    assert "Turn restrictions: 1 are obeyed, 1 name what is not there" in said
    assert "Ferries left out: 1; --ferries" in said
    assert "Private roads left out: 1; --private" in said
    assert "© OpenStreetMap contributors" in said
    options = ("--private", "--ferries", "--json")
    told = json.loads(must_run(town.parent, "import", "streets", town.name, *options))
    assert told == {
        "source": "town.osm",
        "nodes": 6,
        "edges": 10,
        "dropped_nodes": 0,
        "dropped_edges": 1,
        "attribution": "© OpenStreetMap contributors",
        "bans": 1,
        "bans_unread": 1,
        "ferries_left_out": 0,
        "private_left_out": 0,
    }


REFUSED = (
    (("cut.osm",), 1, "cut.osm: cannot be read"),
    (("town.osm", "--place", "Riverton"), 2, "--place"),
    (("--place", " "), 2, "--place"),
)


def test_what_it_refuses_changes_nothing(town: Path) -> None:
    """The streets stored before stay as they are."""
    said = must_run(town.parent, "--lang", "zh-CN", "import", "streets", town.name)
    assert "转弯限制：遵守 1 条" in said
    before = tables(town.parent)
    (town.parent / "cut.osm").write_text(town.read_text()[:-20], encoding="utf-8")
    for arguments, code, words in REFUSED:
        done = run(town.parent, "import", "streets", *arguments)
        assert (done.returncode, words in done.stderr) == (code, True), done.stderr
        assert "Traceback" not in done.stderr
        assert tables(town.parent) == before
