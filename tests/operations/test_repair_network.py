"""Safe repairs are stored in one transaction, told in the log, and spare what the field names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

import gis
from domain.clocks import Clock
from domain.errors import BadFile, NothingImported
from domain.incidents import Incident, Outage
from domain.network import PipeNetwork
from domain.states import IncidentState, OutageState
from domain.words import Priority, Symptom
from operations.repair_network import repair_network
from operations.write_findings import write_layer
from storage import Database
from tests.gis.planting import DEFECTS, clean, plant

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SNAP_M = 1.0


def clock() -> datetime:
    """Return the one instant of these tests."""
    return NOW


CLOCK: Clock = clock


def spoilt() -> PipeNetwork:
    """Return a network with one defect of each kind."""
    network, _ = plant(clean(Random(5)), sorted(DEFECTS), Random(5))
    return replace(network, name="spoilt")


def stored(database: Database, network: PipeNetwork) -> None:
    """Store the network."""
    with database.unit_of_work(CLOCK) as work:
        work.network.save(network)
        work.commit()


def events(database: Database) -> list[tuple[str, dict[str, object]]]:
    """Return kind and payload of every event."""
    with database.unit_of_work(CLOCK) as work:
        return [(one.kind, one.payload) for one in work.events.since(0, 1000)]


def test_the_safe_repairs_are_stored_and_told(database: Database) -> None:
    """What is stored is what was answered; the log counts the repairs; twice is once."""
    stored(database, spoilt())
    with database.unit_of_work(CLOCK) as work:
        mending = repair_network(work, SNAP_M)
    with database.unit_of_work(CLOCK) as work:
        assert work.network.load() == mending.network
        assert gis.check(work.network.load()) == mending.left
    told = events(database)
    assert told[-1] == ("network.repaired", mending.counts)
    assert set(mending.counts) == {
        "join_nodes", "remove_pipe", "set_length", "move_isolation_valve", "connect_premises",
    }  # fmt: skip
    with database.unit_of_work(CLOCK) as work:
        assert repair_network(work, SNAP_M).done == ()
    assert events(database) == told


def test_a_dry_run_stores_nothing(database: Database) -> None:
    """It answers what would be done."""
    stored(database, spoilt())
    told = events(database)
    with database.unit_of_work(CLOCK) as work:
        assert repair_network(work, SNAP_M, dry_run=True).done
    with database.unit_of_work(CLOCK) as work:
        assert work.network.load() == spoilt()
    assert events(database) == told


def test_what_an_open_outage_names_stays(database: Database) -> None:
    """The twin that burst is not removed while its outage runs, and is once it is over."""
    network = spoilt()
    (twin,) = (one.id for one in network.links if one.id.endswith(".twin"))
    stored(database, network)
    incident = Incident(
        "E1", Symptom.BURST, Priority.P1, IncidentState.CONFIRMED, NOW,
        network.link_by_id[twin].path[0], twin, (),
    )  # fmt: skip
    outage = Outage("O1", "E1", OutageState.PREDICTED, gis.isolate(network, [twin]))
    with database.unit_of_work(CLOCK) as work:
        work.incidents.add(incident)
        work.outages.add(outage)
        work.commit()
    with database.unit_of_work(CLOCK) as work:
        mending = repair_network(work, SNAP_M)
        assert twin in {one.subject for one in mending.withheld}
        assert twin in work.network.load().link_by_id
    with database.unit_of_work(CLOCK) as work:
        work.outages.save([replace(outage, state=OutageState.CANCELLED)])
        work.incidents.save([replace(incident, state=IncidentState.DISMISSED)])
        work.commit()
    with database.unit_of_work(CLOCK) as work:
        assert repair_network(work, SNAP_M).withheld == ()
        assert twin not in work.network.load().link_by_id


def test_without_a_network_there_is_nothing_to_repair(database: Database) -> None:
    """One sentence that says what to do first."""
    with database.unit_of_work(CLOCK) as work, pytest.raises(NothingImported):
        repair_network(work, SNAP_M)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """After an error the file is as it was, and no scrap lies beside it."""
    file = tmp_path / "findings.gpkg"
    file.write_text("before")

    def fail() -> None:
        with gis.whole_file(file) as fresh:
            fresh.write_text("half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert [one.name for one in tmp_path.iterdir()] == ["findings.gpkg"]
    assert file.read_text() == "before"
    with pytest.raises(BadFile, match="folder"), gis.whole_file(tmp_path):
        pass
    with pytest.raises(BadFile, match=r"\.gpkg"):
        write_layer((), tmp_path / "findings.shp")
