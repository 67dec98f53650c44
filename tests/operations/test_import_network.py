"""A network file imported again is a delta, and what goes on above it keeps its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import gis
from domain.errors import BadFile
from domain.network import Operability, PipeNetwork, Position, Premises
from domain.places import LonLat
from domain.reports import ReportKind
from domain.words import Symptom
from operations.import_network import NetworkImport, import_network, plan_import, store_import
from operations.isolate_incident import adopt_proposal
from operations.verify_and_close import verify_and_close
from storage import Database
from tests.operations.live_day import LiveDay, street
from tests.operations.planned_town import PlannedTown

K = ReportKind


def filed(folder: Path, network: PipeNetwork, *, premises: bool = False) -> Path:
    """Return a file of the network."""
    file = folder / "network.geojson"
    gis.write_network_geojson(network, file, premises=premises)
    return file


def imported(day: LiveDay, file: Path, *, force: bool = False) -> NetworkImport:
    """Return what an import did, as the command does it: planned, then stored in its turn."""
    with day.database.unit_of_work(day.clock) as work:
        plan = plan_import(work, file)
    with day.work() as work:
        return store_import(work, plan, force=force)


def split(network: PipeNetwork, pipe: str = "cd") -> PipeNetwork:
    """Return the network with a pipe cut in two at a new joint: its id is gone."""
    old = network.link_by_id[pipe]
    start, end = old.path
    at = LonLat(0.75 * start.lon + 0.25 * end.lon, 0.75 * start.lat + 0.25 * end.lat)
    joint = replace(network.node_by_id[old.start], id="joint", position=at)
    parts = (
        replace(old, id=f"{pipe}1", end="joint", path=(start, at), length_m=old.length_m / 4),
        replace(old, id=f"{pipe}2", start="joint", path=(at, end), length_m=old.length_m * 3 / 4),
    )
    links = [part for one in network.links for part in (parts if one.id == pipe else (one,))]
    return replace(network, nodes=(*network.nodes, joint), links=tuple(links), premises=())


def test_an_import_of_the_same_file_writes_nothing(day: LiveDay, tmp_path: Path) -> None:
    """No row, no event, no new version; premises stay though the file has none."""
    file = filed(tmp_path, day.network)
    imported(day, file)
    before = day.told()
    with day.work() as work:
        version = work.network.version()
    again = imported(day, file)
    assert again.changes_nothing
    assert again.kept_premises == len(day.network.premises)
    assert day.told() == before
    with day.work() as work:
        assert work.network.version() == version
        assert work.network.load().premises == day.network.premises


def test_what_came_changed_and_went_is_counted_and_stored(day: LiveDay, tmp_path: Path) -> None:
    """By id, with the fields that changed; only looking stores nothing."""
    wider = split(day.network)
    links = tuple(replace(one, diameter_m=0.3) if one.id == "ab" else one for one in wider.links)
    file = filed(tmp_path, replace(wider, links=links))
    with day.work() as work:
        stored = work.network.load()
        plan = plan_import(work, file)
        assert work.network.load() == stored
    delta = plan.delta.links
    assert [one.id for one in delta.came] == ["cd1", "cd2"]
    assert [(one.after.id, one.fields) for one in delta.changed] == [("ab", ("diameter_m",))]
    assert ([one.id for one in delta.went], delta.same) == (["cd"], 4)
    imported(day, file, force=True)
    with day.work() as work:
        now = work.network.load()
    assert now.links == links
    assert {one.link for one in now.premises if one.id.startswith("cd")} == {"cd2"}


def test_a_report_wins_over_the_older_file(day: LiveDay, tmp_path: Path) -> None:
    """A stuck valve stays stuck through any number of imports that do not know it."""
    file = filed(tmp_path, day.network)
    imported(day, file)
    stuck = replace(day.valve("de.d"), operability=Operability.INOPERABLE)
    with day.work() as work:
        work.network.set_isolation_valve(stuck)
        work.commit()
    for year in (1990, 2000):
        newer = tuple(replace(one, year=year) for one in day.network.links)
        found = imported(day, filed(tmp_path, replace(day.network, links=newer)))
        assert list(found.wins.kept) == ["de.d"]
        assert day.valve("de.d") == stuck
    assert "isolation_valve.kept de.d" in day.told()


def test_a_file_that_says_a_new_thing_wins_over_the_report(day: LiveDay, tmp_path: Path) -> None:
    """The office has learned of it, and after that has heard that it was mended."""
    stuck = replace(day.valve("de.d"), operability=Operability.INOPERABLE)
    with day.work() as work:
        work.network.set_isolation_valve(stuck)
        work.commit()
    knows = day.network.with_isolation_valves([stuck])
    assert imported(day, filed(tmp_path, knows)).wins.kept == {}
    assert day.valve("de.d") == stuck
    mended = imported(day, filed(tmp_path, day.network))
    assert mended.wins.kept == {}
    assert day.valve("de.d").operability is Operability.OPERABLE


def test_what_a_crew_holds_shut_stays_shut_whatever_the_file_says(
    day: LiveDay, tmp_path: Path
) -> None:
    """The crew stands there; the file was written in an office."""
    burst_on_cd(day)
    day.says("C1", "W0001I", K.VALVE_CLOSED, "bc.b")
    unsure = replace(day.network.isolation_valve_by_id["bc.b"], operability=Operability.UNKNOWN)
    found = imported(day, filed(tmp_path, day.network.with_isolation_valves([unsure])))
    assert list(found.wins.kept) == ["bc.b"]
    assert day.valve("bc.b").position is Position.CLOSED
    assert day.valve("bc.b").operability is Operability.OPERABLE


def test_what_a_planned_shut_off_holds_stays_shut_too(database: Database, tmp_path: Path) -> None:
    """The office's file has the isolation valves open while the works go on."""
    town = PlannedTown(database)
    town.running("bc")
    shut = town.closed()
    with town.work() as work:
        found = import_network(work, filed(tmp_path, town.network))
    assert shut
    assert set(found.wins.kept) == shut == town.closed()


def burst_on_cd(day: LiveDay) -> None:
    """Let a caller see water on cd; C1 is there to isolate it."""
    day.calls("cd1", Symptom.BURST)
    day.assign("W0001I", "C1")
    day.at(10)
    day.says("C1", "W0001I", K.ON_SITE)


def test_an_incident_keeps_its_pipe_and_gets_another_isolation_proposed(
    day: LiveDay, tmp_path: Path
) -> None:
    """An isolation valve of its closing order is not there any more."""
    burst_on_cd(day)
    before = day.outage()
    left = tuple(one for one in day.network.isolation_valves if one.id != "de.d")
    found = imported(day, filed(tmp_path, replace(day.network, isolation_valves=left)))
    assert found.in_place is not None
    assert found.in_place.moved == ()
    assert found.in_place.proposed == ("O-E0001",)
    after = day.outage()
    assert (after.isolation, after.numbered) == (before.isolation, before.numbered)
    assert after.proposal is not None
    assert set(after.proposal.close) == {"bc.b", "eS.e"}


def test_more_premises_on_the_same_segment_count_at_once(day: LiveDay, tmp_path: Path) -> None:
    """The crew shuts the same valves; nobody has to adopt anything."""
    burst_on_cd(day)
    at = day.network.premises_by_id["cd1"].location
    more = day.network.with_premises([*day.network.premises, Premises("new", at, link="cd")])
    found = imported(day, filed(tmp_path, more, premises=True))
    assert found.in_place is not None
    assert found.in_place.proposed == ()
    assert "new" in day.outage().isolation.premises
    with day.work() as work:
        known = work.network.load().premises_by_id["cd1"]
    assert known == day.network.premises_by_id["cd1"]


def test_an_incident_on_a_pipe_that_was_split_moves_to_the_nearer_part(
    day: LiveDay, tmp_path: Path
) -> None:
    """With its tickets; the log tells from where to where, and the next call finds it."""
    burst_on_cd(day)
    file = filed(tmp_path, split(day.network))
    with pytest.raises(BadFile, match="1 of 6 links would go; 1 open incidents"):
        imported(day, file)
    found = imported(day, file, force=True)
    assert found.in_place is not None
    ((incident, before, after),) = found.in_place.moved
    assert (incident, before) == ("E0001", "cd")
    assert day.incident().link == after
    assert day.outage().isolation.burst == (after,)
    assert "incident.pipe_replaced E0001" in day.told()
    with day.work() as work:
        (ticket,) = work.tickets.open_located()
    assert ticket.place.snap is not None
    assert ticket.place.snap.link == after
    again = day.calls("cd2", Symptom.BURST)
    assert again.incident is not None
    assert again.incident.id == "E0001"


def test_an_incident_whose_pipe_went_without_another_is_kept_to_be_seen(
    day: LiveDay, tmp_path: Path
) -> None:
    """On no pipe, with its old isolation; reports go on and it can be closed."""
    burst_on_cd(day)
    before = day.outage()
    day.says("C1", "W0001I", K.VALVE_CLOSED, "bc.b")
    far = moved_north(street())
    with pytest.raises(BadFile, match=r"would move by 11\.1 km; .*--force"):
        imported(day, filed(tmp_path, far))
    found = imported(day, filed(tmp_path, far), force=True)
    assert found.in_place is not None
    assert found.in_place.moved == (("E0001", "cd", None),)
    assert day.incident().link is None
    assert day.outage().isolation == before.isolation
    day.assign("W0001R", "C2")
    day.says("C1", "W0001I", K.FIELD_COMPLETE)
    day.says("C2", "W0001R", K.ON_SITE)
    day.says("C2", "W0001R", K.FIELD_COMPLETE)
    with day.work() as work:
        verify_and_close(work, day.keeper.of(work), "E0001", day.now)
        work.commit()


def moved_north(network: PipeNetwork) -> PipeNetwork:
    """Return another town: new ids for the pipes, eleven kilometres away, no premises."""

    def there(at: LonLat) -> LonLat:
        return LonLat(at.lon, at.lat + 0.1)

    return replace(
        network,
        nodes=tuple(replace(one, position=there(one.position)) for one in network.nodes),
        links=tuple(
            replace(one, id=f"N{one.id}", path=tuple(map(there, one.path))) for one in network.links
        ),
        isolation_valves=tuple(
            replace(one, id=f"N{one.id}", link=f"N{one.link}", location=there(one.location))
            for one in network.isolation_valves
        ),
        premises=(),
    )


def test_another_town_may_follow_where_nothing_hangs_on_the_first(
    day: LiveDay, tmp_path: Path
) -> None:
    """Whoever tries one model after the other is not asked to force it."""
    imported(day, filed(tmp_path, moved_north(street())))
    with day.work() as work:
        assert {one.id[0] for one in work.network.load().links} == {"N"}


def test_a_caller_whose_premises_went_is_named(day: LiveDay, tmp_path: Path) -> None:
    """The centre can ask again where that is."""
    taken = day.calls("cd1", Symptom.NO_WATER)
    left = [one for one in day.network.premises if one.id != "cd1"]
    found = imported(day, filed(tmp_path, day.network.with_premises(left), premises=True))
    assert found.lost_callers == (taken.ticket.id,)


def test_a_plan_takes_in_what_crews_turned_meanwhile(day: LiveDay, tmp_path: Path) -> None:
    """Reading takes long; a report that arrives before the writing is kept too."""
    burst_on_cd(day)
    newer = tuple(replace(one, year=2001) for one in day.network.links)
    file = filed(tmp_path, replace(day.network, links=newer))
    with day.database.unit_of_work(day.clock) as work:
        plan = plan_import(work, file)
    day.says("C1", "W0001I", K.VALVE_STUCK, "de.d")
    with day.work() as work:
        done = store_import(work, plan)
    assert list(done.wins.kept) == ["de.d"]
    assert day.valve("de.d").operability is Operability.INOPERABLE
    with day.work() as work:
        adopt_proposal(work, day.keeper.of(work), "O-E0001", day.now)


def test_a_plan_made_on_another_network_is_not_stored(day: LiveDay, tmp_path: Path) -> None:
    """Two imports at once: the second one is told to look again."""
    file = filed(tmp_path, split(day.network))
    with day.database.unit_of_work(day.clock) as work:
        plan = plan_import(work, file)
    with day.work() as work:
        import_network(work, file)
    with day.work() as work, pytest.raises(BadFile, match="meanwhile"):
        store_import(work, plan)
