"""The search for misspelt names, against a slow search that shares no code with it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from gis.locating.grammar import parts_of
from gis.locating.latin import Streets, folded
from gis.locating.names import NameTable
from gis.locating.numbers import Kind, arabic, is_similar, number_of, numbers_in
from gis.locating.writing import plain

NAMES = ("建设路", "建社街", "学府花园", "华园", "江永一巷", "青年路", "轻联大厦", "长春里")
SIGNS = "建设社舍路陆街学雪府花华园圆江将永一巷青轻年连联大厦长常春里理的"


def _readings(sign: str) -> set[str]:
    return set(pinyin(sign, style=Style.NORMAL, heteronym=True)[0][:2])


def _blurred(sound: str) -> str:
    for long, short in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l")):
        if sound.startswith(long):
            sound = short + sound.removeprefix(long)
            break
    return sound[:-1] if sound.endswith(("ang", "eng", "ing")) else sound


def _counts(sign: str, said: str, weight: float) -> float:
    if sign == said:
        return weight
    mine, theirs = _readings(sign), _readings(said)
    if mine & theirs:
        return weight - 3.0
    return weight - 3.8 if set(map(_blurred, mine)) & set(map(_blurred, theirs)) else -4.2


def slow_score(name: str, text: str, weights: dict[str, float]) -> float:
    """Return the best score of a name anywhere in a text, by trying every way to write it."""

    @cache
    def best(row: int, at: int) -> float:
        """Return the best score of the first ``row`` signs of the name, ending before ``at``."""
        if row == 0:
            return 0.0
        sign, weight = name[row - 1], weights[name[row - 1]]
        ways = [best(row - 1, at) - min(3.2, 0.5 + 0.5 * weight)]
        if at:
            ways.append(best(row - 1, at - 1) + _counts(sign, text[at - 1], weight))
            ways.append(best(row, at - 1) - 3.0)
        turned = row > 1 and at > 1 and name[row - 2 : row] == text[at - 1] + text[at - 2]
        if turned and sign != text[at - 1]:
            both = weights[name[row - 2]] + weight
            ways.append(best(row - 2, at - 2) + both - 3.5)
        return max(ways)

    return max(best(len(name), at) for at in range(len(text) + 1))


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from(SIGNS), max_size=9))
def test_the_search_finds_what_trying_every_way_finds(text: str) -> None:
    """Every name that the slow search scores high enough, with the same score, and no other."""
    counts = Counter("".join(NAMES))
    total = sum(counts.values())
    weights = {sign: min(7.5, max(0.7, log(total / count))) for sign, count in counts.items()}
    expected = {}
    for name in NAMES:
        score = slow_score(name, text, weights)
        if score >= max(3.0, 0.25 * sum(weights[sign] for sign in name)):
            expected[name] = pytest.approx(score)
    found = {NAMES[one.name]: one.score for one in NameTable(NAMES).mentions(text, 99)}
    assert found == expected


def test_it_says_where_the_name_stands() -> None:
    """From the first sign that belongs to it to the last."""
    table = NameTable(NAMES)
    (best, *_rest) = table.mentions("我住学附花园三栋", 5)
    assert (NAMES[best.name], best.start, best.stop) == ("学府花园", 2, 6)


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("二一六", 216),
        ("一千二百", 1200),
    ],
)
def test_numerals(numeral: str, number: int) -> None:
    """Counted or read digit by digit."""
    assert number_of(numeral) == number


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("建设二路十二号三栋", "建设二路12号3栋"),
        ("科技一号路五号", "科技一号路5号"),
        ("安民一路", "安民一路"),
        ("建设路一百三十一", "建设路131"),
        ("三洞二单园", "3洞2单园"),
        ("203三十七号楼", "203 37号楼"),
        ("四十五12楼", "四十五12楼"),
        ("礼嘉三弄8号", "礼嘉三弄8号"),
    ],
)
def test_numerals_become_digits_where_a_sign_follows(text: str, read: str) -> None:
    """A road's own numeral stays."""
    assert arabic(text) == read


def test_a_leak_is_no_building() -> None:
    """号漏水 sounds like 号楼; 240-18楼 is a gate and a building, C-1 a building and a unit."""
    assert [one.kind for one in numbers_in("路213号漏水")] == [Kind.GATE]
    found = [(one.digits, one.kind) for one in numbers_in("街240-18楼 大厦c-1")]
    assert found == [
        ("240", Kind.BARE),
        ("18", Kind.FLOOR),
        ("c", Kind.BUILDING),
        ("1", Kind.UNIT),
    ]


def test_signs_behind_numbers_say_what_they_are() -> None:
    """Homophones too; 5-2-301 is building, unit and room; 131-2号 is one gate."""
    found = [(one.digits, one.kind) for one in numbers_in("路131-2号家园5-2-301")]
    assert found == [
        ("131-2", Kind.GATE),
        ("5", Kind.BUILDING),
        ("2", Kind.UNIT),
        ("301", Kind.ROOM),
    ]
    kinds = [one.kind for one in numbers_in("12好3冻4号楼5丹元6楼7门8门口")]
    building, unit = Kind.BUILDING, Kind.UNIT
    assert kinds == [Kind.GATE, building, building, unit, Kind.FLOOR, unit, Kind.BARE]


@given(st.from_regex(r"\d{1,4}", fullmatch=True), st.from_regex(r"\d{1,4}", fullmatch=True))
def test_likeness_of_numbers_is_mutual(one: str, other: str) -> None:
    """And nothing is like itself."""
    assert is_similar(one, other) == is_similar(other, one)
    assert not is_similar(one, one)


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        (
            "城东区建设路131号学府花园3栋2单元",
            ("城东区", "建设路", "131", "学府花园", "3", "2", ""),
        ),
        ("学府小区3号楼2单元501", ("", "", "", "学府小区", "3", "2", "501")),
        ("江苏路54弄3号201室", ("", "江苏路", "54", "", "3", "", "201")),
        ("王家村3组12号", ("", "王家村3组", "12", "", "", "", "")),
        ("光谷大道77号金融港a2栋", ("", "光谷大道", "77", "金融港", "a2", "", "")),
        ("江澜市江南区中山北路12号", ("江南区", "中山北路", "12", "", "", "", "")),
        ("古镇大街5号", ("", "古镇大街", "5", "", "", "", "")),
        ("城关镇解放路12号", ("城关镇", "解放路", "12", "", "", "", "")),
        ("学府花园二期3栋", ("", "", "", "学府花园二期", "3", "", "")),
    ],
)
def test_addresses_are_taken_apart(address: str, parts: tuple[str, ...]) -> None:
    """District, road, number, compound, building, unit, room."""
    found = parts_of(address)
    assert parts == (
        found.district,
        found.road,
        found.number,
        found.compound,
        found.building,
        found.unit,
        found.room,
    )


@given(st.text(max_size=400))
def test_writing_is_brought_into_one_shape_once(text: str) -> None:
    """Doing it again changes nothing, and no control sign is left."""
    once = plain(text)
    assert not any(unicodedata.category(char) == "Cc" for char in once)
    assert plain(once) == once or len(once) >= 300


@pytest.mark.parametrize(
    ("text", "street", "number"),
    [
        ("Hauptstr. 5", "Hauptstraße", "5"),
        ("hauptstrase 12a", "Hauptstraße", "12a"),
        ("Roentgenstr 3", "Röntgenstraße", "3"),
        ("12 Neue Str", "Neue Straße", "12"),
        ("R. Sta. Catarina 312 Porto", "Rua de Santa Catarina", "312"),
        ("Catarina, Rua Santa de 312", "Rua de Santa Catarina", "312"),
        ("Av. 5 de Outubro", "Avenida 5 de Outubro", ""),
    ],
)
def test_latin_streets(text: str, street: str, number: str) -> None:
    """Short forms, marks dropped or spelled out, order and slips."""
    names = ("Hauptstraße", "Röntgenstraße", "Neue Straße", "Rua de Santa Catarina")
    found = Streets((*names, "Avenida 5 de Outubro", "Rua do Bonjardim"))
    best = found.read(text)[0]
    assert (found.names[best.street], best.number) == (street, number)


def test_umlauts_are_one_letter() -> None:
    """However they are written."""
    assert folded("Röntgenstraße") == folded("Roentgenstr.") == folded("RONTGENSTRASSE")
