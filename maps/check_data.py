"""Findings as the page needs them, the gravest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.findings import Finding, FindingKind, Severity
from maps.encode import place, sentence

#: A page lists no more; nobody reads on. Source: mainbreak default, 300 screens of list.
MOST = 5000

_GRAVITY = {severity: number for number, severity in enumerate(Severity)}


def check_data(findings: Sequence[Finding], title: str, language: str) -> dict[str, Any]:
    """Return ``kinds`` with their counts, ``findings`` to show, and how many are left out."""
    sorted_ = sorted(findings, key=lambda one: _GRAVITY[one.severity])
    return {
        "title": title,
        "language": language,
        "kinds": _kinds(findings),
        "findings": [_row(one) for one in sorted_[:MOST]],
        "more": max(0, len(findings) - MOST),
    }


def _kinds(findings: Sequence[Finding]) -> list[list[Any]]:
    """Return [kind, severity, count] of each kind found, in the order of ``FindingKind``."""
    counts: dict[FindingKind, int] = dict.fromkeys(FindingKind, 0)
    severity = {}
    for one in findings:
        counts[one.kind] += 1
        severity[one.kind] = one.severity.value
    return [[kind.value, severity[kind], count] for kind, count in counts.items() if count]


def _row(one: Finding) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "severity": one.severity.value,
        "id": one.subject,
        "of": one.subject_kind.value,
        "xy": place(one.location),
        "detail": sentence(one.detail),
        "remedy": sentence(one.remedy),
        "safe": one.safe,
    }
