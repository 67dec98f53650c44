"""What a phone may send: limits, and a sentence that names the field for whatever breaks one."""

from __future__ import annotations

from typing import Any

import pytest

from domain.reports import ReportKind
from mobile_api.bodies import (
    LONGEST_ID,
    LONGEST_REASON,
    Batch,
    FixBody,
    ReportBody,
    open_schema,
)
from mobile_api.faults import Fault, fault_of, read
from tests.mobile_api.field import report
from tests.mobile_api.test_positions import fix

BAD_REPORTS = [
    ({"id": "7"}, "id"),
    ({"id": None}, "id"),
    ({"work_order": ""}, "work_order"),
    ({"work_order": "W" * (LONGEST_ID + 1)}, "work_order"),
    ({"kind": "teleported"}, "kind"),
    ({"device_time": "2026-11-23T08:40:00"}, "device_time"),
    ({"device_time": "yesterday"}, "device_time"),
    ({"device_time": 1700000000}, "device_time"),
    ({"device_time": "0001-01-01T00:00:00+14:00"}, "device_time"),
    ({"reason": "x" * (LONGEST_REASON + 1)}, "reason"),
    ({"reason": 17}, "reason"),
    ({"isolation_valve": ""}, "isolation_valve"),
    ({"lon": 181.0}, "lon"),
    ({"lon": float("nan")}, "lon"),
    ({"lat": -91}, "lat"),
    ({"lat": "north"}, "lat"),
]

BAD_FIXES = [
    ({"lon": 200}, "lon"),
    ({"lat": None}, "lat"),
    ({"device_time": "2026-11-23T00:20:02"}, "device_time"),
    ({"id": "two"}, "id"),
    ({"accuracy_m": -1}, "accuracy_m"),
    ({"heading_deg": 361}, "heading_deg"),
    ({"heading_deg": float("inf")}, "heading_deg"),
]


def test_a_whole_report_and_a_whole_fix_are_read() -> None:
    """Unknown fields of a newer phone do no harm."""
    assert isinstance(read(ReportBody, report(1, "accepted", mood="fine")), ReportBody)
    assert isinstance(read(FixBody, fix(1, battery=0.5)), FixBody)


@pytest.mark.parametrize(("part", "name"), BAD_REPORTS)
def test_a_bad_report_is_refused_by_its_field(part: dict[str, Any], name: str) -> None:
    """The sentence begins with the field."""
    assert read(ReportBody, report(1, "accepted") | part) == fault_of(name)


@pytest.mark.parametrize(("part", "name"), BAD_FIXES)
def test_a_bad_fix_is_refused_by_its_field(part: dict[str, Any], name: str) -> None:
    """The sentence begins with the field."""
    assert read(FixBody, fix(1) | part) == fault_of(name)


@pytest.mark.parametrize("body", [ReportBody, FixBody, Batch])
def test_every_field_has_its_sentence(body: type[ReportBody]) -> None:
    """In both languages, one line each."""
    for name in body.model_fields:
        said = fault_of(name).said
        assert said.zh.startswith(f"{name}：")
        assert said.en.startswith(f"{name}: ")


@pytest.mark.parametrize("nothing", [None, 17, "accepted", [], {}])
def test_what_is_no_object_is_refused(nothing: Any) -> None:
    """An empty object lacks its first field."""
    assert isinstance(read(ReportBody, nothing), Fault)


def test_what_no_database_keeps_is_replaced() -> None:
    """Should a NUL come through, the rest of the reason is still kept."""
    body = ReportBody.model_validate(report(1, "declined", reason="车\x00坏\ud800了"))
    assert body.reason == "车\ufffd坏\ufffd了"


def test_the_description_stands_by_itself() -> None:
    """OpenAPI takes it in place: no reference points out of it."""
    schema = open_schema(ReportBody)
    assert "$ref" not in str(schema)
    assert set(schema["properties"]["kind"]["enum"]) == {kind.value for kind in ReportKind}
