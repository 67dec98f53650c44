"""From a caller's words to symptom and urgency."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.symptoms import SYMPTOM_WORDS, priority_of, symptom_of
from domain.words import Priority, Symptom
from domain.work import DEFAULT_PRIORITY


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
    ("symptom", "text", "priority"),
    [
        (Symptom.LEAK_ON_ROAD, "漏水", Priority.P3),
        (Symptom.LEAK_ON_ROAD, "漏水，路面塌陷", Priority.P1),
        (Symptom.OTHER, "配电箱漏电", Priority.P1),
        (Symptom.LEAK_ON_ROAD, "医院门口漏水", Priority.P2),
        (Symptom.NO_WATER, "医院没水", Priority.P1),
        (Symptom.BURST, "医院门口爆管", Priority.P1),
    ],
)
def test_priorities(symptom: Symptom, text: str, priority: Priority) -> None:
    """Danger makes P1; a hospital raises by one step."""
    assert priority_of(symptom, text) is priority


@given(st.text())
def test_any_text_has_a_symptom_and_no_text_lowers_the_priority(text: str) -> None:
    """Both always answer; words only make more urgent."""
    symptom = symptom_of(text)
    assert priority_of(symptom, text) <= DEFAULT_PRIORITY[symptom]


def test_every_listed_word_means_its_symptom() -> None:
    """No word is masked by a longer one or by an earlier line."""
    for symptom, line in SYMPTOM_WORDS:
        for word in line.split():
            assert symptom_of(word.replace("-", " ")) is symptom, word
