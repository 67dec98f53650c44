"""From a caller's words to symptom and urgency."""

from __future__ import annotations

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.pipes_network.sentences import COMPLAINTS
from domain.caller_words import SYMPTOM_WORDS, words_of
from domain.symptoms import priority_of, symptom_of, urgency_of
from domain.words import Priority, Symptom
from domain.work import DEFAULT_PRIORITY
from tests.gateways.caller_sentences import SENTENCES, held_out, tuning


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("路口水管爆了，水喷得老高", Symptom.BURST),
        ("主管道破裂，水冲出路面", Symptom.BURST),
        ("家里没水", Symptom.NO_WATER),
        ("整栋楼停水了，没接到停水通知", Symptom.NO_WATER),
        ("家里没水压", Symptom.LOW_PRESSURE),
        ("水很小，冲不了马桶", Symptom.LOW_PRESSURE),
        ("人行道往上冒水", Symptom.LEAK_ON_ROAD),
        ("门口冒水，家里也没水", Symptom.NO_WATER),
        ("水表冻爆了", Symptom.LEAK_AT_METER),
        ("水表旁边爆管了", Symptom.BURST),
        ("消防栓被撞了在喷水", Symptom.HYDRANT_DAMAGED),
        ("自来水发黄有味道", Symptom.WATER_QUALITY),
        ("井盖丢了", Symptom.MANHOLE),
        ("工地把水管挖断了，水直喷", Symptom.CONSTRUCTION_DAMAGE),
        ("施工把水管弄坏了", Symptom.CONSTRUCTION_DAMAGE),
        ("施工停水吗", Symptom.NO_WATER),
        ("电线杆漏电", Symptom.OTHER),
        ("查询水费", Symptom.OTHER),
        ("", Symptom.OTHER),
        ("Water main BURST, gushing", Symptom.BURST),
        ("We have no water at home", Symptom.NO_WATER),
        ("leaking 50 meters from the crossing", Symptom.LEAK_ON_ROAD),
        ("brown water", Symptom.WATER_QUALITY),
    ],
)
def test_symptoms(text: str, symptom: Symptom) -> None:
    """What callers say, in both languages."""
    assert symptom_of(text) is symptom


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("是不是爆管了", Symptom.BURST),
        ("有没有漏水我不知道，反正没水", Symptom.NO_WATER),
        ("没有爆管，也没有漏水", Symptom.OTHER),
        ("没看到漏水，水压低", Symptom.LOW_PRESSURE),
        ("碧水小区水发黄", Symptom.WATER_QUALITY),
        ("滴水湖站没水", Symptom.NO_WATER),
        ("地下水管漏水", Symptom.LEAK_ON_ROAD),
        ("楼下水管爆了", Symptom.BURST),
        ("水管爆了，热水器用不了", Symptom.BURST),
        ("厨房没水，楼下爆管", Symptom.BURST),
        ("热水器不打火，水压太小", Symptom.LOW_PRESSURE),
        ("绿化带里的消防栓被工人撞断", Symptom.HYDRANT_DAMAGED),
        ("消防栓旁边的路面漏水", Symptom.LEAK_ON_ROAD),
        ("货车把水管撞断了", Symptom.BURST),
        ("是自来水公司吧，水管撞坏了在漏水", Symptom.LEAK_ON_ROAD),
        ("未来城小区爆管", Symptom.BURST),
        ("水流个不停水管坏了", Symptom.OTHER),
        ("Is there a burst? We've no water", Symptom.BURST),
        ("It isn't leaking, the water is cloudy", Symptom.WATER_QUALITY),
    ],
)
def test_traps(text: str, symptom: Symptom) -> None:
    """Denied, asked, indoors, names of places."""
    assert symptom_of(text) is symptom


def _right(rows: list[tuple[str, Symptom]]) -> float:
    return sum(symptom_of(text) is symptom for text, symptom in rows) / len(rows)


def test_the_share_of_invented_sentences_that_is_read_right() -> None:
    """Of 229; words were chosen by two thirds of them."""
    assert len(tuning()) + len(held_out()) >= 150
    assert {symptom for symptom, texts in SENTENCES.items() if texts} == set(Symptom)
    assert _right(tuning()) >= 0.99
    assert _right(held_out()) >= 0.95


def test_what_callers_of_the_bundled_town_say_is_read_right() -> None:
    """Sentences that the town's generator says."""
    said = [
        (one.format(at="建设路12号"), two) for two, texts in COMPLAINTS.items() for one in texts
    ]
    assert [text for text, symptom in said if symptom_of(text) is not symptom] == []


def test_traditional_characters_are_read_alike() -> None:
    """So says OpenCC of the whole table and of every word."""
    written = opencc.OpenCC("s2t")
    rows = [(text, symptom) for symptom, texts in SENTENCES.items() for text in texts]
    other = [text for text, _ in rows if symptom_of(text) is not symptom_of(written.convert(text))]
    assert other == []


def test_every_listed_word_means_its_symptom() -> None:
    """No word is masked by a longer one or by an earlier line; a meter needs water beside it."""
    for symptom, line in SYMPTOM_WORDS:
        beside = " 漏水" if symptom is Symptom.LEAK_AT_METER else ""
        for word in words_of(line):
            assert symptom_of(word + beside) is symptom, word


@pytest.mark.parametrize(
    ("symptom", "text", "priority"),
    [
        (Symptom.LEAK_ON_ROAD, "漏水", Priority.P3),
        (Symptom.LEAK_ON_ROAD, "漏水，路面塌陷", Priority.P1),
        (Symptom.OTHER, "配电箱漏电", Priority.P1),
        (Symptom.LEAK_ON_ROAD, "医院门口漏水", Priority.P2),
        (Symptom.NO_WATER, "医院没水", Priority.P1),
        (Symptom.BURST, "医院门口爆管", Priority.P1),
        (Symptom.NO_WATER, "醫院沒水", Priority.P1),
        (Symptom.NO_WATER, "我在医院旁边的小区，没水", Priority.P2),
        (Symptom.NO_WATER, "医院家属院没水", Priority.P2),
        (Symptom.NO_WATER, "no water opposite the general hospital", Priority.P2),
        (Symptom.NO_WATER, "the hospital has no water", Priority.P1),
        (Symptom.NO_WATER, "家里有人要做透析", Priority.P1),
        (Symptom.LEAK_ON_ROAD, "漏水，没有漏电", Priority.P3),
        (Symptom.LEAK_ON_ROAD, "漏水，没有人触电", Priority.P3),
        (Symptom.LEAK_ON_ROAD, "漏水，不会塌方吧", Priority.P3),
        (Symptom.LEAK_ON_ROAD, "会不会塌方，一直漏", Priority.P1),
        (Symptom.LEAK_ON_ROAD, "There is a leak, no sinkhole", Priority.P3),
        (Symptom.LEAK_ON_ROAD, "the road has collapsed", Priority.P1),
        (Symptom.LEAK_ON_ROAD, "leaking onto the electric box", Priority.P1),
        (Symptom.LOW_PRESSURE, "my electric shower does not work", Priority.P3),
        (Symptom.LEAK_ON_ROAD, "水喷了三米高", Priority.P2),
        (Symptom.LEAK_ON_ROAD, "地下车库进水", Priority.P2),
        (Symptom.LEAK_ON_ROAD, "路基冲垮了", Priority.P2),
        (Symptom.LEAK_ON_ROAD, "店里都被淹了", Priority.P2),
        (Symptom.LEAK_ON_ROAD, "还没淹，路上漏水", Priority.P3),
        (Symptom.LEAK_ON_ROAD, "医院门口漏水，车库进水", Priority.P1),
        (Symptom.NO_WATER, "整个小区没水", Priority.P1),
        (Symptom.NO_WATER, "整栋楼停水", Priority.P1),
        (Symptom.NO_WATER, "The whole building has no water", Priority.P1),
        (Symptom.MANHOLE, "井盖塌陷下去一块", Priority.P2),
        (Symptom.MANHOLE, "有人掉下去了", Priority.P1),
    ],
)
def test_priorities(symptom: Symptom, text: str, priority: Priority) -> None:
    """Danger makes P1; much water, many people and who cannot wait raise by one step each."""
    assert priority_of(symptom, text) is priority


def test_each_reason_is_told_in_the_callers_words() -> None:
    """In both languages; what raises nothing says nothing."""
    priority, reasons = urgency_of(Symptom.LEAK_ON_ROAD, "医院门口路面塌陷，水淹了车库")
    assert priority is Priority.P1
    assert [one.zh for one in reasons] == [
        "来电说到“路面塌”：可能有人身危险",
        "来电说到“淹”：影响大，提高一级",
        "来电说到“医院”：不能缺水，提高一级",
    ]
    assert reasons[0].en == 'The caller says "路面塌": danger to people'
    assert urgency_of(Symptom.LEAK_ON_ROAD, "路边漏水") == (Priority.P3, ())


@given(st.text() | st.text(alphabet="没有不是漏爆水管停淹医院塌陷表井盖施工挖断, ，no leak"))
def test_any_text_has_a_symptom_and_no_text_lowers_the_priority(text: str) -> None:
    """Both always answer; words only make more urgent, and each step has its reason."""
    symptom = symptom_of(text)
    priority, reasons = urgency_of(symptom, text)
    assert priority <= DEFAULT_PRIORITY[symptom]
    assert reasons or priority is DEFAULT_PRIORITY[symptom]


def test_a_very_long_text_is_read_at_once() -> None:
    """No pattern goes back and forth over it."""
    for part in ("厨房水管没", "no leak not a ", "医院", "喷" * 5, "下雨路面"):
        symptom_of(part * 2_000)
        urgency_of(Symptom.OTHER, part * 2_000)
