"""Every INP that wntr reads among those it ships, and two networks full of isolation valves."""

from __future__ import annotations

import logging
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import wntr

import gis
from domain.network import LinkKind, NodeKind
from tests.gis.reading_files import fault

HOME = Path(wntr.__file__).parent
FILES = sorted(
    (*HOME.glob("library/networks/*.inp"), *HOME.glob("tests/networks_for_testing/*.inp"))
)
SHELF = ("ky8_v.inp", "ky18_v.inp")


@cache
def model_of(file: Path) -> Any:
    """Return wntr's own model, None if wntr cannot read the file."""
    logging.getLogger("wntr").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return wntr.network.WaterNetworkModel(str(file))
        except Exception:
            return None


def agree(file: Path, model: Any) -> None:
    """Check counts, lengths, diameters and statuses against wntr's model."""
    network = gis.read_network(file, crs="EPSG:3857").network
    links = network.link_by_id
    assert {node.id for node in network.nodes} == set(model.node_name_list)
    assert set(links) == set(model.link_name_list)
    sources = sum(node.kind is not NodeKind.JUNCTION for node in network.nodes)
    assert sources == model.num_reservoirs + model.num_tanks
    for name, pipe in model.pipes():
        assert links[name].kind is LinkKind.PIPE
        assert links[name].length_m == pytest.approx(pipe.length)
        assert links[name].diameter_m == pytest.approx(pipe.diameter)
        assert links[name].check_valve == pipe.check_valve
    for name, link in model.links():
        assert links[name].open == (str(link.initial_status) != "Closed")
        assert (links[name].start, links[name].end) == (link.start_node_name, link.end_node_name)


def test_there_are_files_to_read() -> None:
    """An empty list would make the next test pass."""
    assert len(FILES) >= 39
    assert sum(model_of(file) is None for file in FILES) <= 3


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_wntr_reads_is_read(file: Path) -> None:
    """The same network, or where wntr fails one clear line."""
    model = model_of(file)
    if model is None:
        fault(file, crs="EPSG:3857")
    else:
        agree(file, model)


@pytest.mark.shelf
@pytest.mark.parametrize("name", SHELF)
def test_networks_with_isolation_valves(shelf: Path, name: str) -> None:
    """Two real networks from the shelf."""
    file = shelf / "inp" / name
    agree(file, model_of(file))
