"""Numbers that identify a place: accounts, meters, phones, ids of parts, whole and in sentences."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.network import (
    Hydrant,
    IsolationValve,
    Link,
    LinkKind,
    Node,
    NodeKind,
    PipeNetwork,
    Premises,
)
from domain.places import LonLat
from domain.tickets import FoundBy
from gis.locating.identifiers import MOST_OF_A_PHONE, Identifiers

WEST, EAST = LonLat(114.300, 30.6), LonLat(114.304, 30.6)

#: Two homes, a flat of an owner of three, and a house whose manager answers for all.
PREMISES = (
    Premises("S1", WEST, link="P0012", account="10007919", meter="1700006133", phone="13800135521"),
    Premises("S2", EAST, link="P0012", account="A-60001", meter="M-0042", phone="027-85550004"),
    Premises("S3", EAST, link="P0012", account="0032-1187", phone="010-85550005;13911112222"),
    *(
        Premises(f"S{number}", WEST, link="P0012", account=f"2000{number:04d}", phone="83330000")
        for number in range(10, 11 + MOST_OF_A_PHONE)
    ),
    *(Premises(f"T{number}", EAST, link="P0012", phone="027-86660000") for number in range(3)),
    Premises("X1", WEST, link="P0012", account="10000001", phone="12345"),
    Premises("X2", WEST, link="P0012", account="10000002", phone="4008123456"),
)

NETWORK = PipeNetwork(
    nodes=(Node("J0012", NodeKind.JUNCTION, WEST), Node("17", NodeKind.JUNCTION, EAST)),
    links=(
        Link("P0012", LinkKind.PIPE, "J0012", "17", (WEST, EAST), 380.0, 0.3, road="建设路"),
        Link("P-1-01", LinkKind.PIPE, "J0012", "17", (WEST, EAST), 380.0, 0.3),
        Link("P101", LinkKind.PIPE, "J0012", "17", (WEST, EAST), 380.0, 0.3),
        Link("A12", LinkKind.PIPE, "J0012", "17", (WEST, EAST), 380.0, 0.3),
        Link("12a", LinkKind.PIPE, "J0012", "17", (WEST, EAST), 380.0, 0.3),
        Link("17", LinkKind.PIPE, "J0012", "17", (WEST, EAST), 380.0, 0.3),
    ),
    isolation_valves=(
        IsolationValve("V0118", "P0012", "J0012", WEST),
        IsolationValve("V0003", "P0012", "17", EAST),
    ),
    hydrants=(Hydrant("H-0123", "P0012", EAST),),
    premises=PREMISES,
)

KNOWN = Identifiers(NETWORK)


def ids(found: tuple[Premises, ...]) -> list[str]:
    """Return the ids of premises."""
    return [one.id for one in found]


@pytest.mark.parametrize(
    ("said", "premises"),
    [
        *(("10007919", "S1"), ("1000 7919", "S1"), ("１０００７９１９", "S1"), ("010007919", "S1")),
        *(("户号：10007919", "S1"), ("户号是10007919号", "S1"), ("Account No. 10007919", "S1")),
        *(("a60001", "S2"), ("A 60001", "S2"), ("A－６０００１", "S2")),
        *(("00321187", "S3"), ("32-1187", "S3"), ("321187", "S3")),
    ],
)
def test_an_account_however_it_is_written(said: str, premises: str) -> None:
    """Spaces, dashes, case, width and leading zeros are no part of it."""
    assert ids(KNOWN.account(said)) == [premises]
    assert KNOWN.asset(said) == ()


@pytest.mark.parametrize(
    "said", ["", " ", "-", "7919", "10007918", "1000791", "建设路10007919号", "\0"]
)
def test_no_account(said: str) -> None:
    """A part of it, or one digit off, is another one."""
    assert KNOWN.account(said) == ()


def test_a_meter() -> None:
    """With and without the word; a word of something else asks for that."""
    for said in ("1700006133", "水表 1700 006133", "表号:1700006133"):
        assert ids(KNOWN.meter(said)) == ["S1"]
    assert ids(KNOWN.meter("m42")) == ["S2"]
    assert KNOWN.meter("户号1700006133") == ()
    assert KNOWN.account("1700006133") == ()


@pytest.mark.parametrize(
    ("said", "premises"),
    [
        *(("13800135521", ["S1"]), ("+86 138 0013 5521", ["S1"]), ("0086-13800135521", ["S1"])),
        *(("027-85550004", ["S2"]), ("85550004", ["S2"]), ("(027)8555 0004转8", ["S2"])),
        *(("+86 27 85550004", ["S2"]), ("010-85550004", [])),
        *(("010-85550005", ["S3"]), ("85550005", []), ("139 1111 2222", ["S3"])),
        *(("138OO135521", []), ("12345", []), ("027-12345", []), ("110", []), ("4008123456", [])),
        *(("86660000", ["T0", "T1", "T2"]), ("83330000", []), ("", []), ("王先生", [])),
    ],
)
def test_a_phone(said: str, premises: list[str]) -> None:
    """A line of the utility's own area needs no code; services and shared lines are nobody's."""
    assert ids(KNOWN.phone(said)) == premises


def test_a_shared_line_is_known_as_one() -> None:
    """A property manager's; not an owner of three flats, nor an unknown number."""
    assert KNOWN.is_shared("027-83330000")
    assert not KNOWN.is_shared("86660000")
    assert not KNOWN.is_shared("13712345678")


def test_lines_without_any_area_code_match_with_one() -> None:
    """A billing system that never writes it still means its own area."""
    home = replace(PREMISES[1], phone="85550004")
    assert ids(Identifiers(NETWORK.with_premises([home])).phone("027-85550004")) == ["S2"]


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        *(
            ("H-0123", ["H-0123 建设路"]),
            ("h123", ["H-0123 建设路"]),
            ("消火栓123", ["H-0123 建设路"]),
        ),
        *(("Ｈ ０１２３", ["H-0123 建设路"]), ("123号消火栓", ["H-0123 建设路"])),
        *(
            ("V118", ["V0118 建设路"]),
            ("阀门 v-0118", ["V0118 建设路"]),
            ("阀门118", ["V0118 建设路"]),
        ),
        *(("P12", ["P0012 建设路"]), ("J0012", ["J0012"]), ("节点17", ["17"])),
        *(
            ("17", ["17", "17"]),
            ("P101", ["P101"]),
            ("p-1-01", ["P-1-01"]),
            ("P 101", ["P-1-01", "P101"]),
        ),
        *(
            ("123", []),
            ("", []),
            ("阀门", []),
            ("消火栓9", []),
            ("户号118", []),
            ("H-0123漏水", []),
        ),
    ],
)
def test_an_asset(said: str, labels: list[str]) -> None:
    """Ids exactly where two are alike, otherwise tolerantly; digits alone only with a word."""
    assert sorted(label for label, _ in KNOWN.asset(said)) == sorted(labels)


def test_where_an_asset_is() -> None:
    """At itself; a pipe is at its middle."""
    assert KNOWN.asset("V118")[0][1] == WEST
    assert KNOWN.asset("H123")[0][1] == EAST
    ((_, middle),) = KNOWN.asset("P0012")
    assert (round(middle.lon, 6), round(middle.lat, 6)) == (114.302, 30.6)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("户号10007919没水", [("account", "10007919")]),
        ("我家10007919没水", [("account", "10007919")]),
        ("户号是 1000 7919，没水", [("account", "1000 7919")]),
        ("水表号1700006133在漏", [("meter", "1700006133")]),
        ("消火栓 H-0123 漏水", [("asset", "H-0123")]),
        ("消火栓123号漏水", [("asset", "123")]),
        ("建设路阀门V118关不上", [("asset", "V118")]),
        ("V 118那个阀门漏", [("asset", "V 118")]),
        ("118号阀门漏", [("asset", "118")]),
        ("节点17旁边冒水", [("asset", "17")]),
        ("请打13800135521", [("phone", "13800135521")]),
        ("我电话8555 0004，户号10007919", [("phone", "8555 0004"), ("account", "10007919")]),
        ("ＡＬＬ：户号１０００７９１９", [("account", "10007919")]),
        ("valve V0118 is leaking", [("asset", "V0118")]),
        ("建设路131号3栋2单元", []),
        ("A12栋没水", []),
        ("B座A12室", []),
        ("A12省道边上冒水", []),
        ("Bahnhofstr. 12A, kein Wasser", []),
        ("阀门3个坏了", []),
        ("水管DN300爆了", []),
        ("电话10007919", []),
        ("请打12345或者83330000", []),
        ("消火栓漏水3天了", []),
        ("", []),
    ],
)
def test_numbers_inside_a_sentence(text: str, found: list[tuple[str, str]]) -> None:
    """Only what is known, and never a building, a size or a count."""
    assert [(one.kind.value, one.said) for one in KNOWN.inside(text)] == found
    for one in KNOWN.inside(text):
        assert bool(one.premises) != bool(one.spots)
        assert one.stop - one.start == len(one.said)
        assert (one.kind is FoundBy.ASSET) == bool(one.spots)


@given(st.integers(0, 10**8), st.sampled_from(["", " ", "-", "—", "."]), st.integers(0, 4))
def test_any_number_is_found_again(number: int, mark: str, zeros: int) -> None:
    """Whatever stands between its digits, and however many zeros before them."""
    home = replace(PREMISES[0], account=str(number))
    known = Identifiers(NETWORK.with_premises([home]))
    assert ids(known.account("0" * zeros + mark.join(str(number)))) == ["S1"]


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(["户号", "V", "118", " ", "-", "号", "İ", "\0"])))
)
def test_no_text_is_too_odd(text: str | list[str]) -> None:
    """Whatever was typed, there is an answer."""
    said = "".join(text)
    for ask in (KNOWN.account, KNOWN.meter, KNOWN.phone, KNOWN.asset):
        assert isinstance(ask(said), tuple)
    assert all(said[one.start : one.stop] for one in KNOWN.inside(said))


def test_a_city_is_ready_at_once() -> None:
    """20,000 premises in a fifth of a second of work at the most, or it was made quadratic."""
    many = [
        replace(PREMISES[0], account=str(10**7 + row), phone=f"138{row:08d}", meter=f"M{row:06d}")
        for row in range(20_000)
    ]
    network = NETWORK.with_premises(many)
    begun = time.process_time()
    known = Identifiers(network)
    assert time.process_time() - begun < 0.5
    assert known.account("10019999") == (many[-1],)


@pytest.mark.parametrize(
    "part", ["10007919 ", "V 118 ", "阀门", "a-", "户号: ", "号", "1 ", "number "]
)
def test_long_texts_are_no_trap(part: str) -> None:
    """10,000 characters, chosen to make a pattern try again and again."""
    text = (part * 10_000)[:10_000]
    begun = time.process_time()
    KNOWN.inside(text)
    for ask in (KNOWN.account, KNOWN.meter, KNOWN.phone, KNOWN.asset):
        ask(text)
    assert time.process_time() - begun < 0.2
