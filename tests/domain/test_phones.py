"""Phone numbers: one writing for each line, services told from people, sentences searched."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.phones import is_callers_own, number_of, numbers_of, own_line, own_number, own_within

MOBILE, LINE = "13800135521", "02785550004"

WRITINGS = {
    MOBILE: (
        "13800135521",
        "138 0013 5521",
        "138-0013-5521",
        "(138)0013·5521",
        "+8613800135521",
        "+86 138 0013 5521",
        "0086 13800135521",
        "8613800135521",
        "013800135521",
        "１３８００１３５５２１",
        "tel:+8613800135521",
        "手机：13800135521",
        "\u202a13800135521\u202c",
    ),
    LINE: (
        "027-85550004",
        "(027)85550004",
        "（０２７）８５５５ ０００４",
        "027 8555 0004",
        "+86 27 85550004",
        "+8602785550004",
        "0086-27-85550004",
        "027-85550004转8",
        "027-85550004-801",
        "027-85550004 ext. 12",
        "027-85550004分机12",
        "电话 027-85550004#3",
    ),
    "07168123456": ("0716-8123456", "+86 716 8123456"),
    "+496221581234": ("+49 6221 58-1234", "0049 6221 581234"),
}


@pytest.mark.parametrize(
    ("written", "number"), [(one, number) for number, ones in WRITINGS.items() for one in ones]
)
def test_one_line_has_one_writing(written: str, number: str) -> None:
    """However an agent, a switch or a billing system writes it."""
    assert number_of(written) == number
    assert is_callers_own(written)


@pytest.mark.parametrize(
    "service",
    [
        *("110", "119", "120", "12345", "027-12345", "+86-27-12345", "96510", "027-96510"),
        *("95598", "95105105", "10086", "118114", "1010 1111", "106575123456", "95013123456"),
        *("400-812-3456", "4008123456", "800-810-1234", "00000000", "11111111111", "8888888"),
    ],
)
def test_a_service_is_nobodys_own(service: str) -> None:
    """A hotline hands on other people's calls; a dummy is typed to please a form."""
    assert number_of(service) != ""
    assert not is_callers_own(service)
    assert own_line(service) == ""


@pytest.mark.parametrize(
    "written", ["", "  ", "138OO135521", "王先生", "13800135521a", "1", "17 b"]
)
def test_what_is_no_number_is_none(written: str) -> None:
    """Letters among the digits make it unsure which line is meant."""
    assert numbers_of(written) == ()
    assert not is_callers_own(written)


def test_a_field_with_two_numbers_has_both() -> None:
    """Billing systems keep them so; a service before the own one does not hide it."""
    assert [str(one) for one in numbers_of("13800135521；027-85550004")] == [MOBILE, LINE]
    assert own_number("12345/13800135521") == MOBILE


def test_the_line_without_its_area_code() -> None:
    """The same telephone, dialled from across the street."""
    assert own_line("027-85550004") == own_line("85550004") == "85550004"
    assert own_line(MOBILE) == MOBILE


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("没水，打我13800135521，别打12345", [MOBILE]),
        ("打 138 0013 5521，或 (027) 8555-0004；DN300 爆了", [MOBILE, LINE]),
        ("家里是８５５５０００４", ["85550004"]),
        ("+86 13800135521", [MOBILE]),
        ("0086-27-85550004 找老李", [LINE]),
        ("户号10007919没水", []),
        ("114.305512,30.592812 这里", []),
        ("400-812-3456 和 027-96510", []),
        ("身份证420106198001011234", []),
        ("建设路131号3栋201", []),
    ],
)
def test_numbers_inside_a_sentence(text: str, numbers: list[str]) -> None:
    """Only own ones, and no part of an account, a coordinate or an identity card."""
    found = own_within(text)
    assert [one.number for one in found] == numbers
    assert all(number_of(text[one.start : one.stop]) == one.number for one in found)


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    """Whatever was typed, there is an answer, and no more digits than were typed."""
    assert sum(map(len, map(str, numbers_of(text)))) <= 2 * len(text) + 2
    assert isinstance(is_callers_own(text), bool)
    own_within(text)


@given(st.integers(1_100_000_000, 1_999_999_999), st.integers(0, 9))
def test_a_number_written_again_is_the_same(most: int, last: int) -> None:
    """The one writing is its own."""
    once = number_of(f"{most}{last}")
    assert number_of(once) == once == f"{most}{last}"


@pytest.mark.parametrize("part", ["1", "(0", "8555 ", "转", " ", "-", "0086", "13800135521"])
def test_long_texts_are_no_trap(part: str) -> None:
    """10,000 characters, chosen to make a pattern try again and again."""
    text = (part * 10_000)[:10_000]
    begun = time.process_time()
    own_within(text)
    numbers_of(text)
    assert time.process_time() - begun < 0.2
