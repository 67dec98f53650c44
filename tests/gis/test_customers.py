"""Customers looked up by number, tail and name: the same as reading the whole list, but at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.network import Premises
from domain.places import LonLat
from gis.locating.customers import Customers

AT = LonLat(114.3, 30.6)
HOMES = (
    Premises("S1", AT, account="A-60001", name="李小明", phone="13800135521", meter="M-042"),
    Premises("S2", AT, account="00321187", name="李小明", phone="027-85550004"),
    Premises("S3", AT, account="10007919", phone="85550004;13911112222"),
    Premises("S4", AT, phone="010-85550004"),
    Premises("S5", AT, phone="12345"),
)
KNOWN = Customers(HOMES)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        *(("a60001", "S1"), ("A 60001", "S1"), ("321187", "S2"), ("m42", "S1"), ("12345", "S5")),
        *(("+86 138 0013 5521", "S1"), ("13911112222", "S3"), ("027-85550004", "S2 S3")),
        *(("010-85550004", "S3 S4"), ("85550004", "S2 S3 S4"), ("021-85550004", "S3")),
        *(("", ""), ("6000", ""), ("138OO135521", ""), ("(((", "")),
    ],
)
def test_a_number_however_it_is_written(said: str, found: str) -> None:
    """An area code counts where both have one; a desk also looks up services and shared lines."""
    assert sorted({one.id for one in KNOWN.numbered(said)}) == found.split()


def test_a_name_is_everybodys_of_it() -> None:
    """Written with spaces or without."""
    assert [one.id for one in KNOWN.named(" 李 小明")] == ["S1", "S2"]
    assert list(KNOWN.named("")) == []


@given(
    st.lists(st.text("0123456789A-", max_size=9), max_size=30), st.text("0123456789a- ", max_size=4)
)
def test_a_tail_finds_what_ends_so(accounts: list[str], tail: str) -> None:
    """No more and no fewer than a look at each."""
    homes = tuple(replace(HOMES[0], account=one, phone="") for one in accounts)
    wanted = tail.replace("-", "").replace(" ", "")
    plain = [one.replace("-", "").lower() for one in accounts]
    count = sum(one.endswith(wanted) for one in plain) if wanted else 0
    assert len(list(Customers(homes).ending(tail))) == count
