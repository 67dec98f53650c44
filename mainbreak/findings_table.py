"""Findings on the terminal and as JSON, in the language of the settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import gis
from domain.findings import Finding, FindingKind
from domain.repairs import repair_document
from domain.sentences import Sentence
from mainbreak.console import say, show_table

#: More rows than these are read in a file, not on a terminal.
MOST_ROWS = 50

_COUNTS = {"zh-CN": ("问题", "级别", "个数"), "en": ("kind", "severity", "count")}
_ROWS = {
    "zh-CN": ("问题", "编号", "情况", "建议"),
    "en": ("kind", "id", "what", "suggested repair"),
}
_ALL = Sentence("共 {n} 处。", "{n} findings.")
_MORE = Sentence(
    "另有 {n} 处：用 --json、--out 或 --map 查看。", "and {n} more, see --json, --out or --map."
)
_SAFE = Sentence(
    "其中 {n} 处可由 --repair 安全修复。", "{n} of them are safe for --repair to mend."
)
_DONE = Sentence("已修复 {n} 处。", "{n} repaired.")
_WOULD = Sentence("将修复 {n} 处，尚未改动。", "{n} would be repaired; nothing was changed.")
_WITHHELD = Sentence(
    "{id}：未修复，尚未结束的停水或事件还在引用它。",
    "{id}: not repaired, an outage or incident that is not over names it.",
)


def finding_row(one: Finding, language: str) -> dict[str, object]:
    """Return a finding as ``check --json`` has it."""
    return {
        "kind": one.kind.value,
        "severity": one.severity.value,
        "id": one.subject,
        "subject_kind": one.subject_kind.value,
        "lon": one.location.lon,
        "lat": one.location.lat,
        "detail": one.detail.in_language(language),
        "remedy": one.remedy.in_language(language),
        "repair": repair_document(one.repair) if one.repair else None,
        "safe": one.safe,
        "distance_m": _rounded(one.distance_m),
        "tolerance_m": _rounded(one.tolerance_m),
    }


def _rounded(metres: float | None) -> float | None:
    return None if metres is None else round(metres, 3)


def mended_row(one: gis.Mended, language: str) -> dict[str, object]:
    """Return a repair that was done as ``check --repair --json`` has it."""
    return {
        "kind": one.finding.kind.value,
        "id": one.finding.subject,
        "change": one.change.in_language(language),
        "repair": repair_document(one.finding.repair) if one.finding.repair else None,
    }


def show_mending(mending: gis.Mending, language: str, *, dry_run: bool) -> None:
    """Print one line a repair, then those withheld and why."""
    for done in mending.done:
        say(done.change.in_language(language))
    for one in mending.withheld:
        say(_WITHHELD.in_language(language).format(id=one.subject))
    said = _WOULD if dry_run else _DONE
    say(said.in_language(language).format(n=len(mending.done)))


def show_findings(findings: Sequence[Finding], language: str) -> None:
    """Print how many there are of each kind, then the first of them one by one."""
    if findings:
        show_table("", _COUNTS[language], _counts(findings))
        rows = [
            (
                one.kind.value,
                one.subject,
                one.detail.in_language(language),
                one.remedy.in_language(language),
            )
            for one in findings[:MOST_ROWS]
        ]
        show_table("", _ROWS[language], rows)
    if len(findings) > MOST_ROWS:
        say(_MORE.in_language(language).format(n=len(findings) - MOST_ROWS))
    say(_ALL.in_language(language).format(n=len(findings)))
    if safe := sum(one.safe for one in findings):
        say(_SAFE.in_language(language).format(n=safe))


def _counts(findings: Sequence[Finding]) -> list[tuple[object, ...]]:
    severity = {one.kind: one.severity.value for one in findings}
    counts = Counter(one.kind for one in findings)
    return [(kind.value, severity[kind], counts[kind]) for kind in FindingKind if kind in counts]
