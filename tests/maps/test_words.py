"""The catalogues: the same keys in both languages, each used, each that is asked for present."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest

import maps.words
from domain.closures import ClosureReason
from domain.eta import EtaSource
from domain.findings import FindingKind, Severity, SubjectKind
from domain.incidents import EtrSource
from domain.plans import Blocked, ChangeKind
from domain.reports import ReportKind
from domain.sentences import Language
from domain.states import IncidentState, OutageState, TicketState, VisitState, WorkOrderState
from domain.tickets import FoundBy, SnapDoubt
from domain.travel import Unreachable
from domain.users import Role
from domain.words import Channel, PremisesKind, Skill, Symptom, WorkOrderKind
from mainbreak.server.api.models.candidates import AskReason
from maps.words import FOLDER, LOCALES, PAGES, UnknownWords, catalogue, page_words, phrases_of

ROOT = Path(__file__).resolve().parent.parent.parent

#: Keys made of a domain word: the pages must know every one.
VOCABULARIES: dict[str, type[StrEnum]] = {
    "symptom": Symptom,
    "kind": WorkOrderKind,
    "skill": Skill,
    "premises": PremisesKind,
    "blocked": Blocked,
    "found": FoundBy,
    "incident": IncidentState,
    "outage": OutageState,
    "ticketState": TicketState,
    "orderState": WorkOrderState,
    "visitState": VisitState,
    "etrSource": EtrSource,
    "etaSource": EtaSource,
    "role": Role,
    "channel": Channel,
    "ask": AskReason,
    "where": SnapDoubt,
}

#: Keys that the page of findings alone makes of a domain word.
OF_FINDINGS: dict[str, type[StrEnum]] = {
    "finding": FindingKind,
    "severity": Severity,
    "severities": Severity,
    "subject": SubjectKind,
}

#: Keys that the console and the crews' page make of a domain word.
OF_CLOSURES: dict[str, type[StrEnum]] = {"closureReason": ClosureReason, "noWay": Unreachable}

#: Keys that the console's cards of the plan make of a domain word.
OF_PLANS: dict[str, type[StrEnum]] = {
    "change": ChangeKind, "changes": ChangeKind, "barred": Blocked,
}  # fmt: skip

#: The terms of a plan's cost, as dispatch names them.
COST_TERMS = {
    "customer_minutes", "hazard", "lateness", "slack", "waiting", "travel", "overtime", "breaks",
    "territory", "reserve", "interrupt", "unassigned", "churn", "total",
}  # fmt: skip

#: Folders whose scripts and frames speak from the catalogues.
FOLDERS = ("maps/static", "mainbreak/static", "mobile_api/static")
FILES = [
    file
    for folder in FOLDERS
    for file in sorted((ROOT / folder).rglob("*"))
    if file.suffix in {".js", ".html"} and "vendor" not in file.parts
]
TEXTS = {str(file.relative_to(ROOT)): file.read_text("utf-8") for file in FILES}
CODE = "\n".join(TEXTS.values())
QUOTED = set(re.findall(r"[\"']([\w.]+)[\"']", CODE))
MADE = set(re.findall(r"`([a-zA-Z]+(?:\.[a-zA-Z]+)*)\.\$\{", CODE))

NAMES = sorted({file.stem for file in FOLDER.rglob("*.po")})
SHIPPED = [page for page, names in PAGES.items() if set(names) <= set(NAMES)]
ALL = {name: {language: phrases_of(language, name) for language in Language} for name in NAMES}
KEYS = {key for both in ALL.values() for key in both[Language.ENGLISH]}
HANZI = re.compile(r"[\u4e00-\u9fff]+")
NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)

#: Marks a line that speaks before any words are loaded.
BEFORE_WORDS = "// before any words"
COMMENTS = re.compile(r"/\*.*?\*/|^\s*//.*$|(?<=[;,{}]) // .*$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_know_the_same_keys(name: str) -> None:
    """A phrase in one language has its twin in the other, with the same blanks to fill."""
    chinese, english = ALL[name][Language.CHINESE], ALL[name][Language.ENGLISH]
    assert list(chinese) == list(english)
    for key, phrase in chinese.items():
        blanks = sorted(re.findall(r"\{\w+\}", phrase))
        assert sorted(re.findall(r"\{\w+\}", english[key])) == blanks, key


@pytest.mark.parametrize("page", SHIPPED)
def test_a_page_speaks_from_catalogues_that_do_not_overlap(page: str) -> None:
    """No key of a page is in two of its catalogues, in either language."""
    words = page_words(page)
    assert words["zh-CN"].keys() == words["en"].keys()
    assert len(words["en"]) == sum(len(ALL[name][Language.ENGLISH]) for name in PAGES[page])


@pytest.mark.parametrize(("prefix", "vocabulary"), VOCABULARIES.items())
def test_every_domain_word_can_be_said(prefix: str, vocabulary: type[StrEnum]) -> None:
    """Whatever the day holds, the pages have a word for it."""
    missing = {f"{prefix}.{word.value}" for word in vocabulary} - catalogue("common")["en"].keys()
    assert missing == set()


@pytest.mark.parametrize(("prefix", "vocabulary"), OF_FINDINGS.items())
def test_every_word_of_a_finding_can_be_said(prefix: str, vocabulary: type[StrEnum]) -> None:
    """Whatever ``check`` finds, its page has a word for it."""
    missing = {f"{prefix}.{word.value}" for word in vocabulary} - catalogue("check")["en"].keys()
    assert missing == set()


@pytest.mark.parametrize(("prefix", "vocabulary"), OF_CLOSURES.items())
def test_every_word_of_a_closure_can_be_said(prefix: str, vocabulary: type[StrEnum]) -> None:
    """Whatever closes a street, the console and the phones have a word for it."""
    missing = {f"{prefix}.{word.value}" for word in vocabulary} - catalogue("closures")["en"].keys()
    assert missing == set()


@pytest.mark.parametrize(("prefix", "vocabulary"), OF_PLANS.items())
def test_every_word_of_a_plan_can_be_said(prefix: str, vocabulary: type[StrEnum]) -> None:
    """Whatever a version of the plan changes, the console has a word for it."""
    missing = {f"{prefix}.{word.value}" for word in vocabulary} - catalogue("plan")["en"].keys()
    assert missing == set()


def test_every_term_of_the_cost_can_be_said() -> None:
    """Each term of the price has its name on the pages."""
    assert {f"cost.{term}" for term in COST_TERMS} <= catalogue("day")["en"].keys()


def test_every_key_is_used() -> None:
    """No phrase is left over."""
    left = [key for key in sorted(KEYS) if not _used(key)]
    assert left == []


def test_every_phrase_asked_for_exists() -> None:
    """What a script or a frame asks for by its whole name is in a catalogue."""
    asked = set(re.findall(r"\bsay\(\s*\"([\w.]+)\"", CODE))
    asked |= set(re.findall(r"data-(?:say|label)=\"([\w.]+)\"", CODE))
    assert asked - KEYS == set()


@pytest.mark.parametrize("name", TEXTS)
def test_no_phrase_is_written_twice(name: str) -> None:
    """Scripts and frames hold no Chinese text and no English phrase that a catalogue holds."""
    code = NOSCRIPT.sub("", COMMENTS.sub("", TEXTS[name]))
    lines = [line for line in code.splitlines() if BEFORE_WORDS not in line]
    chinese = {text for line in lines for text in HANZI.findall(line)}
    assert {text for text in chinese if not _is_numeral(text)} == set()
    phrases = {
        phrase
        for both in ALL.values()
        for phrase in both[Language.ENGLISH].values()
        if len(phrase.split()) > 2
    }
    assert [phrase for phrase in phrases if phrase in code] == []


def test_a_catalogue_that_is_not_whole_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing file, an empty phrase and a key in two catalogues are told by name."""
    for locale in LOCALES.values():
        (tmp_path / locale).mkdir()
        for name, phrase in (("one", "x"), ("two", "y"), ("empty", "")):
            text = f'msgid ""\nmsgstr ""\n\nmsgid "a.b"\nmsgstr "{phrase}"\n'
            (tmp_path / locale / f"{name}.po").write_text(text, "utf-8")
    monkeypatch.setattr(maps.words, "FOLDER", tmp_path)
    phrases_of.cache_clear()
    for names, said in ((("none",), "none.po"), (("empty",), "a.b"), (("one", "two"), "two.po")):
        with pytest.raises(UnknownWords, match=said):
            catalogue(*names)
    with pytest.raises(UnknownWords, match="nowhere"):
        page_words("nowhere")
    phrases_of.cache_clear()


def _is_numeral(text: str) -> bool:
    """Return True for signs that crews' names are taken apart by, not shown."""
    return not set(text) - set("一二三四五六七八九十")


def _used(key: str) -> bool:
    prefix, _, word = key.rpartition(".")
    if key in QUOTED:
        return True
    if prefix not in MADE:
        return False
    of_words = VOCABULARIES | OF_FINDINGS | OF_CLOSURES | OF_PLANS
    known = {one.value for one in of_words.get(prefix, ())}
    reports = {one.value for one in ReportKind} if prefix == "report" else set()
    return word in known | reports | QUOTED or (prefix == "cost" and word in COST_TERMS)
