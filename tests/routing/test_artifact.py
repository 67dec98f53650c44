"""The artifact: what goes in comes out, and damaged bytes are refused."""

from __future__ import annotations

import contextlib
import io
from dataclasses import fields

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
    places = {k: at(300 * k, 100 * (k % 2)) for k in range(1, 6)}
    park = '<way id="9"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/>'
    park += '<tag k="leisure" v="park"/><tag k="name" v="公园"/></way>'
    ways = [street(1, 2, 3, name="人民路"), street(3, 4, 5, 1, oneway="yes")]
    return build_streets(write_osm(tmp_path_factory.mktemp("a") / "s.osm", places, ways, park))


def same(a: StreetNetwork, b: StreetNetwork) -> bool:
    """Return True if all fields are equal."""
    for name in (field.name for field in fields(StreetNetwork)):
        left, right = getattr(a, name), getattr(b, name)
        if name == "areas":
            ok = [(x.kind, x.name, x.ring.tolist()) for x in left] == [
                (x.kind, x.name, x.ring.tolist()) for x in right
            ]
        elif isinstance(left, np.ndarray):
            ok = left.dtype == right.dtype and np.array_equal(left, right)
        else:
            ok = left == right
        if not ok:
            return False
    return True


def test_what_goes_in_comes_out(small: StreetNetwork) -> None:
    """Every field is the same, names and areas too."""
    assert len(small.areas) == 1
    assert same(from_bytes(to_bytes(small)), small)


def test_equal_streets_give_equal_bytes(small: StreetNetwork) -> None:
    """So a copy can be recognised."""
    assert to_bytes(small) == to_bytes(from_bytes(to_bytes(small)))


@pytest.mark.shelf
def test_a_country_comes_back_whole(liechtenstein: StreetNetwork) -> None:
    """In well under its file's size."""
    data = to_bytes(liechtenstein)
    assert same(from_bytes(data), liechtenstein)
    assert len(data) < 1_000_000


def test_another_format_is_refused(small: StreetNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the remedy to import the streets again."""
    monkeypatch.setattr(artifact, "FORMAT", "mainbreak-streets-0")
    old = to_bytes(small)
    monkeypatch.undo()
    with pytest.raises(BadFile, match=r"mainbreak-streets-0.*Import the streets again"):
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
