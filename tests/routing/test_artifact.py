"""The artifact: what goes in comes out, and damaged bytes are refused."""

from __future__ import annotations

import contextlib
import io
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import BadFile
from domain.streets import StreetNetwork
from routing import artifact, build_streets, from_bytes, to_bytes
from tests.routing.drawn import at, street, write_osm


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> StreetNetwork:
    """Return two streets and a park."""
    places = {k: at(300 * k, 100 * (k % 2)) for k in range(1, 8)}
    park = '<way id="9"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/>'
    park += '<tag k="leisure" v="park"/><tag k="name" v="公园"/></way>'
    ban = '<relation id="1"><member type="way" ref="1" role="from"/>'
    ban += '<member type="node" ref="3" role="via"/><member type="way" ref="2" role="to"/>'
    ban += '<tag k="type" v="restriction"/><tag k="restriction" v="no_right_turn"/></relation>'
    signal = '<node id="8" lon="120.03" lat="30.0"><tag k="highway" v="traffic_signals"/></node>'
    ways = [
        street(6, 1, 2, 3, 7, **{"name": "人民路", "name:en": "Renmin Road", "ref": "G7"}),
        street(3, 4, 5, 1, oneway="yes", junction="roundabout"),
        street(7, 8, route="ferry"),
        street(6, 5, access="private"),
    ]
    file = write_osm(tmp_path_factory.mktemp("a") / "s.osm", places, ways, signal + park + ban)
    streets = build_streets(file, ferries=True, private=True)
    return replace(streets, rules=replace(streets.rules, left=True))


def same(a: object, b: object) -> bool:
    """Return True if two values are equal in every field, array and type."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.dtype == b.dtype and np.array_equal(a, b)
    if is_dataclass(a) and type(a) is type(b):
        return all(same(getattr(a, one.name), getattr(b, one.name)) for one in fields(a))
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b


def test_what_goes_in_comes_out(small: StreetNetwork) -> None:
    """Every field is the same, names and areas too, and none is empty."""
    rules = small.rules
    assert len(small.areas) == 1
    empty = [one.name for one in fields(rules) if np.size(getattr(rules, one.name)) == 0]
    assert (empty, rules.left) == ([], True)
    assert ("", "Renmin Road") in small.translations
    assert same(from_bytes(to_bytes(small)), small)


def test_equal_streets_give_equal_bytes(small: StreetNetwork) -> None:
    """So a copy can be recognised."""
    assert to_bytes(small) == to_bytes(from_bytes(to_bytes(small)))


def test_places_that_are_no_steps_of_osm_are_kept_to_the_last_digit(small: StreetNetwork) -> None:
    """As a GraphML file may have them."""
    finer = replace(small, shape=small.shape / 3.0, nodes=small.nodes + 1e-12)
    assert same(from_bytes(to_bytes(finer)), finer)


@pytest.mark.parametrize(
    ("field", "value"),
    [("bans", 99), ("signals", 99), ("opposite", 99), ("opposite", -2), ("ref", 99), ("order", 99)],
)
def test_rules_that_name_what_is_not_there_are_refused(
    small: StreetNetwork, field: str, value: int
) -> None:
    """Rather than drive by them."""
    spoilt = np.full(len(getattr(small.rules, field)), value)
    data = to_bytes(replace(small, rules=replace(small.rules, **{field: spoilt})))
    with pytest.raises(BadFile, match="damaged"):
        from_bytes(data)


@pytest.mark.shelf
def test_a_country_comes_back_whole(liechtenstein: StreetNetwork, shelf: Path) -> None:
    """The same from each build, in well under its file's size."""
    data = to_bytes(liechtenstein)
    assert same(from_bytes(data), liechtenstein)
    assert data == to_bytes(build_streets(shelf / "osm" / "liechtenstein.osm.pbf"))
    assert len(data) < 1_000_000


def test_another_format_is_refused(small: StreetNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the remedy to import the streets again."""
    monkeypatch.setattr(artifact, "FORMAT", "mainbreak-streets-1")
    old = to_bytes(small)
    monkeypatch.undo()
    with pytest.raises(BadFile, match=r"mainbreak-streets-1.*Import the streets again"):
        from_bytes(old)


def test_a_pickle_is_never_opened() -> None:
    """An npz that holds Python objects is damaged, not executed."""
    buffer = io.BytesIO()
    np.savez(buffer, words=np.array([{"format": artifact.FORMAT}], dtype=object))
    with pytest.raises(BadFile, match="damaged"):
        from_bytes(buffer.getvalue())


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", bytes(5000)])
def test_other_bytes_are_refused(data: bytes) -> None:
    """Whatever they are."""
    with pytest.raises(BadFile, match="Import the streets again"):
        from_bytes(data)


@given(cut=st.floats(0.0, 0.999), flip=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_damage_never_becomes_other_streets(small: StreetNetwork, cut: float, flip: int) -> None:
    """Cut bytes are refused; one changed byte is refused or changes nothing that counts."""
    data = to_bytes(small)
    with pytest.raises(BadFile):
        from_bytes(data[: int(len(data) * cut)])
    at_byte = flip % len(data)
    changed = data[:at_byte] + bytes([data[at_byte] ^ 0xFF]) + data[at_byte + 1 :]
    with contextlib.suppress(BadFile):
        assert same(from_bytes(changed), small)
