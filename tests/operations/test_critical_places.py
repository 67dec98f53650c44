"""Criticality joined with places: each figure is what one isolation after the other says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyogrio
import pytest

import gis
from domain.critical_places import UNRANKED, CriticalPlaces
from domain.network import Operability, PipeNetwork
from maps.criticality_data import class_limits, criticality_data
from operations.ground import GroundKeeper
from operations.showing.critical_places import CriticalPlacesKeeper, critical_places
from operations.showing.criticality_document import COLUMNS, criticality_document, sheet_rows
from operations.write_criticality import write_figures
from storage import Database
from tests.gis.drawing import draw
from tests.web import small_town

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)

LOOP = """
R%--a%--%b---c
    |    %   |
    ?    |   |
    e%---f=--g
"""
TOWNS = {
    "small town": small_town.network(),
    "loop": draw(LOOP, premises="Ra ab bc bf ef ae", at_nodes="c f g"),
    "two sources": draw("R%--a--%b>-c%--@S", premises="Ra ab bc"),
    "without isolation valves": draw("R--a--b", premises="ab"),
    "own link": draw("R--a@b--c@d--e", premises="Ra bc de", at_nodes="c"),
}


@pytest.fixture(params=TOWNS)
def town(request: pytest.FixtureRequest) -> PipeNetwork:
    """Return each town."""
    return TOWNS[request.param]


@pytest.fixture
def places(town: PipeNetwork) -> CriticalPlaces:
    """Return its criticality."""
    return critical_places(town)


def test_each_segment_costs_what_its_isolation_says(
    town: PipeNetwork, places: CriticalPlaces
) -> None:
    """Premises, critical ones, isolation valves to shut, metres; every open pipe is in one."""
    for one in places.segments:
        isolation = gis.isolate(town, [one.loss.pipe])
        assert one.loss.premises_out == isolation.premises_count
        assert one.loss.critical_out == len(isolation.critical_premises)
        assert one.loss.close == len(isolation.close)
        assert (one.road, one.dn) == (
            town.link_by_id[one.loss.pipe].road,
            town.link_by_id[one.loss.pipe].dn,
        )
    for link, rank in zip(town.links, places.segment_of_link, strict=True):
        if rank != UNRANKED:
            named = gis.isolate(town, [places.segments[rank].loss.pipe])
            assert gis.isolate(town, [link.id]).premises == named.premises
        else:
            assert not link.open or link.kind.value != "pipe"


def test_each_stuck_isolation_valve_costs_what_isolating_around_it_says(
    town: PipeNetwork, places: CriticalPlaces
) -> None:
    """More at most, on the side that alone costs less, among the pipes that can burst there."""
    for one in places.valves:
        name = one.loss.isolation_valve
        sides = [
            segment
            for segment in places.segments
            if name in gis.isolate(town, [segment.loss.pipe]).close
            or name in gis.isolate(town, [segment.loss.pipe]).optional
        ]
        mores = [
            gis.isolate(town, [side.loss.pipe], inoperable=[name]).premises_count
            - side.loss.premises_out
            for side in sides
        ]
        assert one.more_at_most == max(mores, default=one.loss.more)


def test_the_document_says_the_worst_of_both(places: CriticalPlaces) -> None:
    """Ranks from 1 on, as many as asked for, all of it JSON; the sheet has a row for each."""
    document = criticality_document(places, 2)
    json.dumps(document)
    for key, whole in (("segments", places.segments), ("isolation_valves", places.valves)):
        assert document[f"{key}_count"] == len(whole)
        assert [one["rank"] for one in document[key]] == [1, 2][: len(whole)]
    rows = list(sheet_rows(places))
    assert len(rows) == len(places.segments) + len(places.valves)
    assert {len(row) for row in rows} <= {len(COLUMNS)}


def test_the_layer_knows_the_segment_of_every_pipe(
    town: PipeNetwork, places: CriticalPlaces
) -> None:
    """One rank a pipe, classes that grow."""
    data = criticality_data(town, places)
    assert len(data["segment"]) == len(town.links)
    assert len(data["out"]) == len(places.segments)
    limits = class_limits(places)
    assert limits == sorted(set(limits))
    assert limits[0] >= 1


def test_the_figures_are_kept_until_an_isolation_valve_is_turned(database: Database) -> None:
    """The same object for the same ground, other figures once one will not turn."""
    grounds, keeper = GroundKeeper(), CriticalPlacesKeeper()
    with database.unit_of_work(lambda: NOW) as work:
        town = small_town.load(work)
        before = keeper.of(grounds.of(work))
        assert keeper.of(grounds.of(work)) is before
        worst = before.valves[0].loss.isolation_valve
        stuck = replace(town.isolation_valve_by_id[worst], operability=Operability.INOPERABLE)
        work.network.set_isolation_valve(stuck)
        work.commit()
        after = keeper.of(grounds.of(work))
    assert worst not in {one.loss.isolation_valve for one in after.valves}
    now = town.with_isolation_valves([stuck])
    assert [one.loss for one in after.segments] == list(gis.criticality(now).segments)


@pytest.mark.parametrize("name", ["all.gpkg", "all.geojson"])
def test_layers_hold_every_pipe_and_every_isolation_valve(name: str, tmp_path: Path) -> None:
    """Each pipe with the premises out of a burst on it."""
    town = small_town.network()
    write_figures(town, critical_places(town), tmp_path / name)
    expected = {pipe.id: gis.isolate(town, [pipe.id]).premises_count for pipe in town.links}
    if name.endswith(".gpkg"):
        layers = {str(one): str(shape) for one, shape in pyogrio.list_layers(tmp_path / name)}
        assert layers == {"critical_pipes": "LineString", "critical_isolation_valves": "Point"}
        pipes = pyogrio.read_dataframe(tmp_path / name, layer="critical_pipes")
        assert dict(zip(pipes["id"], pipes["premises_out"], strict=True)) == expected
        valves = pyogrio.read_dataframe(tmp_path / name, layer="critical_isolation_valves")
        assert set(valves["id"]) == {one.id for one in town.isolation_valves}
        return
    features = json.loads((tmp_path / name).read_text("utf-8"))["features"]
    kinds = {"critical_pipes": "LineString", "critical_isolation_valves": "Point"}
    assert all(kinds[one["properties"]["layer"]] == one["geometry"]["type"] for one in features)
    rows = [one["properties"] for one in features if "segment" in one["properties"]]
    assert {row["id"]: row["premises_out"] for row in rows} == expected
    assert len(features) == len(town.links) + len(town.isolation_valves)
