"""What goes out comes in again: every format, our own files and those ogr2ogr wrote from them."""

from __future__ import annotations

import math
import resource
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gis
from domain.errors import BadFile, BadInput
from domain.network import Link, LinkKind, NodeKind, PipeNetwork
from domain.places import LonLat
from tests.conftest import missing
from tests.gis.drawing import draw
from tests.oracles.networks import dice, random_network

ENDINGS = (".gpkg", ".geojson", ".inp")

#: A millimetre in degrees of latitude.
MM = 9e-9


def rich_network(seed: int) -> PipeNetwork:
    """Return a random network with something in every field, Chinese texts among them."""
    rng, drawn = dice(seed), random_network(seed)
    nodes = tuple(
        replace(
            one,
            elevation_m=round(rng.uniform(0, 90), 2),
            volume_m3=rng.choice([None, 480.5]) if one.kind is NodeKind.TANK else None,
            pressure_m=rng.choice([None, 0.0, round(rng.uniform(-9, 90), 3)]),
        )
        for one in drawn.nodes
    )
    premises = tuple(replace(one, demand_m3_d=rng.choice([None, 0.36])) for one in drawn.premises)
    links = tuple(_dressed(one, rng.choice([True, False])) for one in drawn.links)
    rough = (None, 100.0, 87.25, 130.0)
    links = tuple(
        replace(one, roughness=rng.choice(rough)) if one.kind is LinkKind.PIPE else one
        for one in links
    )
    return replace(drawn, nodes=nodes, links=links, premises=premises)


def _dressed(link: Link, much: bool) -> Link:
    if not much or link.kind is not LinkKind.PIPE:
        return link
    start, end = link.path[0], link.path[-1]
    bend = LonLat((start.lon + end.lon) / 2 + 1e-5, (start.lat + end.lat) / 2)
    return replace(
        link,
        path=(start, bend, end),
        material="球墨铸铁",
        year=1998,
        road="建设路",
        zone="城东",
        diameter_m=6 * 0.0254,
    )


def same(one: object, other: object) -> bool:
    """Return True if two values are equal, places within 1 mm, numbers to twelve digits."""
    if isinstance(one, LonLat) and isinstance(other, LonLat):
        return abs(one.lon - other.lon) <= MM and abs(one.lat - other.lat) <= MM
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12)
    return one == other


def differences(one: PipeNetwork, other: PipeNetwork) -> list[str]:
    """Return what differs between two networks, in whatever order they are."""
    found = []
    for kind in ("nodes", "links", "isolation_valves", "hydrants", "premises"):
        here, there = _by_id(getattr(one, kind)), _by_id(getattr(other, kind))
        if here.keys() != there.keys():
            found.append(f"{kind}: {sorted(here.keys() ^ there.keys())[:5]}")
            continue
        for name, thing in here.items():
            found += [
                f"{kind} {name}.{field.name}: {a!r} {b!r}"
                for field in fields(thing)
                if not same(a := getattr(thing, field.name), b := getattr(there[name], field.name))
            ]
    return found


def _by_id(things: Iterable[object]) -> dict[str, object]:
    return {thing.id: thing for thing in things}  # type: ignore[attr-defined]


def there_and_back(network: PipeNetwork, file: Path) -> PipeNetwork:
    """Return the network that a written one is read as."""
    gis.write_network(network, file)
    return gis.read_network(file).network


@pytest.mark.parametrize("ending", [".geojson", ".inp"])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6))
def test_text_formats_lose_nothing(ending: str, seed: int) -> None:
    """Ids, isolation valves of both kinds, status, sizes, places."""
    network = rich_network(seed)
    with TemporaryDirectory() as folder:
        assert differences(network, there_and_back(network, Path(folder) / f"n{ending}")) == []


@pytest.mark.parametrize("ending", [".gpkg", ".shp", ".zip"])
def test_vector_formats_lose_nothing(tmp_path: Path, ending: str) -> None:
    """The same through GDAL."""
    network = rich_network(24)
    assert differences(network, there_and_back(network, tmp_path / f"n{ending}")) == []


@pytest.mark.parametrize(
    ("first", "second", "driver"),
    [
        (".gpkg", ".gpkg", ["-f", "GPKG"]),
        (".shp", "", ["-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8"]),
    ],
)
def test_what_ogr2ogr_wrote_again_loses_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, first: str, second: str, driver: list[str]
) -> None:
    """A GeoPackage and Shapefiles of ours that another program read and wrote."""
    tool = shutil.which("ogr2ogr")
    if tool is None:
        missing(request, "ogr2ogr not found: apt-get install gdal-bin")
    network = rich_network(18)
    ours, theirs = tmp_path / f"ours{first}", tmp_path / f"theirs{second}"
    gis.write_network(network, ours)
    subprocess.run([str(tool), *driver, str(theirs), str(ours)], check=True, timeout=60)
    assert differences(network, gis.read_network(theirs).network) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_nobody_s_name_goes_out(tmp_path: Path, ending: str) -> None:
    """Accounts, names, phones, addresses and meters stay at home; the rest of a premises goes."""
    network = random_network(18)
    secret = replace(
        network.premises[0],
        account="A-7788",
        name="王小明",
        phone="13800001111",
        address="学府路9号",
        meter="2400017788",
    )
    known = there_and_back(network.with_premises([secret]), tmp_path / f"n{ending}")
    assert differences(network.with_premises(network.premises[:1]), known) == []


def test_epanet_s_reader_takes_the_inp(tmp_path: Path) -> None:
    """Wntr counts the same nodes and links, and a shut isolation valve shuts its pipe there."""
    import wntr

    network = random_network(24)
    file = tmp_path / "n.inp"
    gis.write_network(network, file)
    model = wntr.network.WaterNetworkModel(str(file))
    assert (model.num_nodes, model.num_links) == (len(network.nodes), len(network.links))
    shut = {one.link for one in network.isolation_valves if not one.is_open}
    shut |= {link.id for link in network.links if not link.open}
    closed = {name for name, link in model.links() if str(link.initial_status) == "Closed"}
    assert closed == shut


def test_pipes_of_unknown_size_come_back(tmp_path: Path) -> None:
    """EPANET takes no diameter or length of zero; the network has none all the same."""
    network = rich_network(3)
    bare = tuple(replace(one, diameter_m=0.0, length_m=0.0) for one in network.links)
    network = replace(network, links=bare)
    assert not differences(network, there_and_back(network, tmp_path / "bare.inp"))


def test_ids_that_epanet_cannot_take_come_back(tmp_path: Path) -> None:
    """Spaces, semicolons and long names are written otherwise and read back as they were."""
    drawn = draw("R--%a--b", hydrants="ab")
    odd = {"a": "节点 甲;1", "R": "水厂" * 20}
    nodes = tuple(replace(one, id=odd.get(one.id, one.id)) for one in drawn.nodes)
    links = tuple(
        replace(one, start=odd.get(one.start, one.start), end=odd.get(one.end, one.end))
        for one in drawn.links
    )
    valves = tuple(
        replace(one, node=odd.get(one.node or "", one.node)) for one in drawn.isolation_valves
    )
    network = replace(drawn, nodes=nodes, links=links, isolation_valves=valves, hydrants=())
    assert differences(network, there_and_back(network, tmp_path / "n.inp")) == []


@pytest.mark.parametrize("ending", ["gpkg", "shp", "zip", "inp", "geojson"])
def test_a_full_disk_is_one_line(tmp_path: Path, ending: str) -> None:
    """A file that may not grow stands for it; nothing is left behind."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    network = rich_network(1)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, hard))
    try:
        with pytest.raises(BadFile, match="cannot write here"):
            gis.write_network(network, tmp_path / f"n.{ending}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(tmp_path.iterdir())


def test_a_foreign_folder_is_not_replaced(tmp_path: Path) -> None:
    """A folder that holds other files stays, and so does what was written before."""
    target = tmp_path / "n.shp"
    target.mkdir()
    (target / "diary.txt").write_text("mine")
    with pytest.raises(BadInput, match=r"diary\.txt"):
        gis.write_network(random_network(3), target)
    assert (target / "diary.txt").read_text() == "mine"
    assert [one.name for one in tmp_path.iterdir()] == ["n.shp"]


def test_a_text_too_long_for_a_shapefile_is_refused(tmp_path: Path) -> None:
    """Nothing is cut off silently, nothing is left behind."""
    network = random_network(3)
    long = replace(network.links[0], road="路" * 100)
    with pytest.raises(BadInput, match=r"\.gpkg"):
        gis.write_network(replace(network, links=(long, *network.links[1:])), tmp_path / "n.shp")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    """The line names the endings there are."""
    with pytest.raises(BadInput, match=r"\.gpkg, \.geojson"):
        gis.write_network(random_network(3), tmp_path / "n.dxf")
