"""The weights of the plan as settings: names and defaults, bad values, the page."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from dispatch import Weights
from domain.words import Priority
from mainbreak.cli import main
from mainbreak.plan_weights import weights_of
from mainbreak.settings import Settings
from mainbreak.weight_settings import MOST, WeightSettings
from tests.conftest import ROOT

PREFIX = "MAINBREAK_WEIGHTS__"
NAMES = [one.name for one in fields(Weights)]
SINGLE = [name for name in NAMES if not isinstance(getattr(Weights(), name), dict)]


def test_each_weight_is_a_setting_and_nothing_else_is() -> None:
    """A weight that nobody can set, or a setting that moves nothing, is a mistake."""
    assert sorted(WeightSettings.model_fields) == sorted(NAMES)


def test_what_is_not_set_has_the_default_of_dispatch() -> None:
    """The defaults stand in one place."""
    assert weights_of(Settings()) == Weights()


@pytest.mark.parametrize("name", NAMES)
def test_each_weight_is_set_from_the_environment(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One number, or four for P1 to P4; the others keep their defaults."""
    monkeypatch.setenv(PREFIX + name.upper(), "7.5" if name in SINGLE else "4, 3,2.5, 0")
    value = 7.5 if name in SINGLE else dict(zip(Priority, (4.0, 3.0, 2.5, 0.0), strict=True))
    assert asdict(weights_of(Settings())) == {**asdict(Weights()), name: value}


def test_several_are_set_at_once_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single setting wins over the list."""
    monkeypatch.setenv("MAINBREAK_WEIGHTS", '{"travel": 2, "churn": 5, "miss": [4, 3, 2, 1]}')
    monkeypatch.setenv("MAINBREAK_WEIGHTS__CHURN", "6")
    found = weights_of(Settings())
    assert (found.travel, found.churn) == (2.0, 6.0)
    assert list(found.miss.values()) == [4.0, 3.0, 2.0, 1.0]


@pytest.mark.parametrize("name", ["TRAVEL", "MISS"])
def test_an_empty_value_sets_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose files hand on what nobody set as an empty value."""
    monkeypatch.setenv(PREFIX + name, "")
    assert weights_of(Settings()) == Weights()


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("MAINBREAK_WEIGHTS__TRAVEL", "-1", "'-1' is not a number from 0 to 1000000000; give one"),
        ("MAINBREAK_WEIGHTS__TRAVEL", "far", "'far' is not a number from 0"),
        ("MAINBREAK_WEIGHTS__TRAVEL", "nan", "'nan' is not a number from 0"),
        ("MAINBREAK_WEIGHTS__TRAVEL", "inf", "'inf' is not a number from 0"),
        ("MAINBREAK_WEIGHTS__TRAVEL", str(2 * MOST), "'2000000000.0' is not a number from 0"),
        ("MAINBREAK_WEIGHTS__MISS", "1, 2, 3", "'1, 2, 3' is not 4 numbers; give those of P1"),
        ("MAINBREAK_WEIGHTS__MISS", "7", "7 is not 4 numbers; give those of P1 to P4, such as"),
        ("MAINBREAK_WEIGHTS__MISS", "1, 2, 3, x", "' x' is not a number from 0"),
        ("MAINBREAK_WEIGHTS__MISS", '{"P1": 1}', "{'P1': 1} is not 4 numbers"),
        ("MAINBREAK_WEIGHTS", "{1", "not JSON; set each weight by itself, such as MAINBREAK_W"),
        ("MAINBREAK_WEIGHTS", "3", "3 names no weight; set each by itself, such as MAINBREAK_W"),
    ],
)
def test_a_bad_value_is_one_line(
    setting: str,
    value: str,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It names the setting and says what to give instead."""
    said = refused({setting: value}, monkeypatch, capsys)
    assert said.startswith(f"mainbreak: setting {setting}: {says}")


def test_a_name_that_is_no_weight_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Otherwise a slip of the pen would set nothing, silently."""
    said = refused({"MAINBREAK_WEIGHTS__TRAVLE": "1"}, monkeypatch, capsys)
    assert said.startswith("mainbreak: setting MAINBREAK_WEIGHTS: 'travle' is no weight; the")
    assert "travel" in said


def refused(
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> str:
    """Return the one line with which a verb ends under the environment."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["mainbreak", "locate", "x"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_the_page_lists_each_weight_with_its_default() -> None:
    """docs/settings.md has one row a weight; its defaults are those that count."""
    page = Path(ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| ([\d., ]+) \| .+ \|$", page, re.MULTILINE)
    told = {name.lower(): [float(one) for one in value.split(",")] for name, _, value in rows}
    assert told == {name: _numbers(getattr(Weights(), name)) for name in NAMES}
    by_priority = {name.lower() for name, unit, _ in rows if "by priority" in unit}
    assert by_priority == set(NAMES) - set(SINGLE)


def _numbers(value: float | dict[Priority, float]) -> list[float]:
    return [value[one] for one in Priority] if isinstance(value, dict) else [value]
