"""The real network ky8_v: 488 isolation valves that are links of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

import gis
from domain.errors import BadFile
from domain.network import LinkKind, PipeNetwork
from tests.gis.properties import proper_subsets_leak, shut_keeps_dry
from tests.gis.reading_files import read

pytestmark = pytest.mark.shelf


@pytest.fixture(scope="module")
def ky8(shelf: Path) -> PipeNetwork:
    """Return the network as the command line reads it."""
    file = shelf / "inp" / "ky8_v.inp"
    return read(file, crs="EPSG:3089", isolation_valves="TCV")


def test_its_counts(ky8: PipeNetwork) -> None:
    """As counted in the file itself; 294 segments as wntr and scipy found."""
    assert len(ky8.isolation_valves) == 488
    assert len(ky8.nodes) == 2446
    assert sum(link.kind is LinkKind.PIPE for link in ky8.links) == 2237
    assert len(ky8.premises) == 1255
    assert gis.segment_of(ky8).count == 294


def test_it_lies_in_kentucky_in_metres(ky8: PipeNetwork) -> None:
    """Feet became metres and degrees."""
    assert all(-84.4 < node.position.lon < -84.0 for node in ky8.nodes)
    assert all(37.8 < node.position.lat < 38.1 for node in ky8.nodes)
    assert ky8.link_by_id["P-1"].length_m == pytest.approx(592.13 * 0.3048)
    assert ky8.link_by_id["P-1"].diameter_m == pytest.approx(6 * 0.0254)


def test_an_isolation_valve_is_as_wide_as_its_pipe(ky8: PipeNetwork) -> None:
    """The file gives each of them a placeholder of a thousand inches."""
    pipes = {link.diameter_m for link in ky8.links if link.kind is LinkKind.PIPE}
    assert {ky8.link_by_id[valve.link].diameter_m for valve in ky8.isolation_valves} <= pipes


def test_every_thirtieth_pipe_is_isolated_rightly(ky8: PipeNetwork) -> None:
    """Shutting ``close`` keeps the segment dry."""
    pipes = [link.id for link in ky8.links if link.kind is LinkKind.PIPE]
    for pipe in pipes[::30]:
        found = gis.isolate(ky8, [pipe])
        assert pipe in found.segment_pipes
        assert set(found.segment_pipes).isdisjoint(found.unintended_pipes)
        assert set(found.close).isdisjoint(found.optional)
        if "the segment contains" not in " ".join(one.en for one in found.warnings):
            assert shut_keeps_dry(ky8, found)


def test_some_bursts_dry_more_than_their_segment(ky8: PipeNetwork) -> None:
    """The reference study found 40 % of all links do; a segment-only answer would be wrong."""
    pipes = [link.id for link in ky8.links if link.kind is LinkKind.PIPE][::20]
    beyond = sum(bool(gis.isolate(ky8, [pipe]).unintended_nodes) for pipe in pipes)
    assert 0.25 < beyond / len(pipes) < 0.55


def test_it_survives_the_round_trip(ky8: PipeNetwork, tmp_path: Path) -> None:
    """Once rounded to nine decimals it stays as it is."""
    once, twice = tmp_path / "once.geojson", tmp_path / "twice.geojson"
    gis.write_network_geojson(ky8, once)
    found = read(once)
    gis.write_network_geojson(found, twice)
    assert once.read_bytes() == twice.read_bytes()
    assert read(twice) == found
    assert len(found.links) == len(ky8.links)


@pytest.mark.parametrize("share", [0.1, 0.4, 0.6, 0.8, 0.99])
def test_cut_off_it_is_refused(shelf: Path, tmp_path: Path, share: float) -> None:
    """Half a download is not half a network."""
    whole = (shelf / "inp" / "ky8_v.inp").read_bytes()
    half = tmp_path / "half.inp"
    half.write_bytes(whole[: int(len(whole) * share)].rstrip(b"\r\n"))
    with pytest.raises(BadFile, match=r"half\.inp"):
        read(half, crs="EPSG:3089")


def test_no_proper_subset_of_close_will_do(ky8: PipeNetwork) -> None:
    """Rule 6, on pipes whose way to the sources meets no pump: all of them still must be shut."""
    pipes = [link.id for link in ky8.links if link.kind is LinkKind.PIPE]
    for pipe in pipes[::200]:
        assert proper_subsets_leak(ky8, gis.isolate(ky8, [pipe]))
