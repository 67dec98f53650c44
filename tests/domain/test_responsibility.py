"""Whose a fault seems to be, by symptom and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.incidents import Responsibility
from domain.responsibility import suggest, suggest_of_calls
from domain.symptoms import symptom_of
from domain.words import Symptom

UTILITY, CUSTOMER, THIRD_PARTY = Responsibility


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("挖掘机把水管挖断了", THIRD_PARTY),
        ("旁边工地施工打到水管，没水了", THIRD_PARTY),
        ("The builders cut through the pipe", THIRD_PARTY),
        ("你们施工把水管挖破了", UTILITY),
        ("Your workers dug through the pipe", UTILITY),
        ("消防栓被货车撞断了", THIRD_PARTY),
        ("A car has knocked over the hydrant", THIRD_PARTY),
        ("消火栓漏水", UTILITY),
        ("马路爆管", UTILITY),
        ("路面漏水", UTILITY),
        ("水表漏水", UTILITY),
        ("水表前面的阀门漏水", UTILITY),
        ("水表后面的管子漏水", CUSTOMER),
        ("表后漏水，水费高得吓人", CUSTOMER),
        ("水錶後面漏水", CUSTOMER),
        ("水表后来又漏水了", UTILITY),
        ("leaking behind the meter", CUSTOMER),
        ("我家马桶漏水", CUSTOMER),
        ("热水器漏水", CUSTOMER),
        ("太阳能上水管漏水", CUSTOMER),
        ("家里水管爆了", CUSTOMER),
        ("室内管道漏水", CUSTOMER),
        ("My boiler is leaking", CUSTOMER),
        ("a pipe burst inside my house", CUSTOMER),
        ("小区泵房坏了，整栋楼没水", CUSTOMER),
        ("物业的水泵坏了没水", CUSTOMER),
        ("泵房旁边的路面漏水", UTILITY),
        ("家里没水", None),
        ("no water in my house", None),
        ("水压低，热水器漏水声都没有", None),
        ("水发黄", None),
        ("井盖丢了", None),
        ("查水费", None),
        ("下水道堵了，污水往外返", None),
        ("", None),
    ],
)
def test_suggestions(text: str, whose: Responsibility | None) -> None:
    """By the symptom that the words themselves name."""
    found = suggest(symptom_of(text), text)
    assert (found and found[0]) is whose


def test_the_agent_s_choice_counts_without_words() -> None:
    """Damage by works is a third party's, and what evidence to take is said."""
    found = suggest(Symptom.CONSTRUCTION_DAMAGE, "")
    assert found is not None
    assert found[0] is THIRD_PARTY
    assert "取证" in found[1].zh
    assert "追偿" in found[1].zh
    assert "recover the cost" in found[1].en


@pytest.mark.parametrize(
    ("symptom", "texts", "whose"),
    [
        (Symptom.BURST, ("路上爆管", "挖机挖断了水管", "表后漏水"), THIRD_PARTY),
        (Symptom.LEAK_AT_METER, ("表后漏水", "水表漏水"), UTILITY),
        (Symptom.LEAK_AT_METER, ("表后漏水", "表后漏水"), CUSTOMER),
        (Symptom.NO_WATER, ("没水", "泵房停了"), CUSTOMER),
        (Symptom.NO_WATER, ("没水",), None),
        (Symptom.BURST, (), UTILITY),
        (Symptom.OTHER, (), None),
    ],
)
def test_the_calls_of_an_incident(
    symptom: Symptom, texts: tuple[str, ...], whose: Responsibility | None
) -> None:
    """Who broke it weighs most, the customer's least."""
    found = suggest_of_calls(symptom, texts)
    assert (found and found[0]) is whose


@given(st.sampled_from(Symptom), st.text() | st.text(alphabet="表后漏挖断施工车撞泵房家里水管没 ,"))
def test_any_text_is_read(symptom: Symptom, text: str) -> None:
    """A suggestion has both languages; what nobody told is not made up."""
    found = suggest(symptom, text)
    if found is not None:
        assert found[1].zh
        assert found[1].en
