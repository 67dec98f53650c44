"""The dictionaries: the same keys in both, each used, each that is asked for present."""

from __future__ import annotations

import re
from enum import StrEnum

import pytest

from domain.plans import Blocked
from domain.states import IncidentState, OutageState
from domain.tickets import FoundBy
from domain.words import PremisesKind, Skill, Symptom, WorkOrderKind
from maps.assets import STATIC, words

#: Keys made of a domain word: the page must know every one.
VOCABULARIES: dict[str, type[StrEnum]] = {
    "symptom": Symptom,
    "kind": WorkOrderKind,
    "skill": Skill,
    "premises": PremisesKind,
    "blocked": Blocked,
    "found": FoundBy,
    "incident": IncidentState,
    "outage": OutageState,
}

#: The terms of a plan's cost, as dispatch names them.
COST_TERMS = {
    "customer_minutes", "hazard", "lateness", "waiting", "travel", "unassigned", "total",
}  # fmt: skip

CODE = "\n".join(
    file.read_text("utf-8")
    for file in sorted(STATIC.rglob("*"))
    if file.suffix in {".js", ".html"} and "vendor" not in file.parts
)
QUOTED = set(re.findall(r"[\"']([\w.]+)[\"']", CODE))
MADE = set(re.findall(r"`([a-z]+)\.\$\{", CODE))


def test_both_languages_know_the_same_keys() -> None:
    """A phrase in one language has its twin in the other, with the same blanks to fill."""
    chinese, english = words()["zh-CN"], words()["en"]
    assert chinese.keys() == english.keys()
    for key, phrase in chinese.items():
        blanks = sorted(re.findall(r"\{\w+\}", phrase))
        assert sorted(re.findall(r"\{\w+\}", english[key])) == blanks, key


@pytest.mark.parametrize(("prefix", "vocabulary"), VOCABULARIES.items())
def test_every_domain_word_can_be_said(prefix: str, vocabulary: type[StrEnum]) -> None:
    """Whatever the day holds, the page has a word for it."""
    missing = {f"{prefix}.{word.value}" for word in vocabulary} - words()["en"].keys()
    assert missing == set()


def test_every_key_is_used() -> None:
    """No phrase is left over."""
    left = [key for key in words()["en"] if not _used(key)]
    assert left == []


def test_every_phrase_asked_for_exists() -> None:
    """What a script or the frame asks for by its whole name is in the dictionary."""
    asked = set(re.findall(r"say\(\s*\"([\w.]+)\"", CODE))
    asked |= set(re.findall(r"data-(?:say|label)=\"([\w.]+)\"", CODE))
    assert asked - words()["en"].keys() == set()


def _used(key: str) -> bool:
    prefix, _, word = key.partition(".")
    if key in QUOTED:
        return True
    if prefix not in MADE:
        return False
    known = {one.value for one in VOCABULARIES[prefix]} if prefix in VOCABULARIES else set()
    return word in known or word in QUOTED or (prefix == "cost" and word in COST_TERMS)
