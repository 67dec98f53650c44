"""What is wrong with an item, in one sentence that names the field and the remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError

from domain.reports import ReportKind
from domain.sentences import Language, Sentence
from mobile_api.bodies import LONGEST_ID, LONGEST_REASON, MOST_ITEMS

B = TypeVar("B", bound=BaseModel)

_KINDS = ", ".join(kind.value for kind in ReportKind)

_SENTENCES = {
    "id": Sentence("id：请给每份报告一个 UUID。", "id: give each item a UUID of its own."),
    "work_order": Sentence(
        f"work_order：请写工单号，不超过 {LONGEST_ID} 字。",
        f"work_order: name the work order, in at most {LONGEST_ID} characters.",
    ),
    "kind": Sentence(f"kind：请用其中之一：{_KINDS}。", f"kind: use one of {_KINDS}."),
    "device_time": Sentence(
        "device_time：请写带时区的时刻，如 2026-11-22T03:24:00+08:00；定位不可在未来。",
        "device_time: give an instant with its offset, such as 2026-11-22T03:24:00+08:00; "
        "a fix cannot lie in the future.",
    ),
    "reason": Sentence(
        f"reason：请写原因，不超过 {LONGEST_REASON} 字。",
        f"reason: say why, in at most {LONGEST_REASON} characters.",
    ),
    "isolation_valve": Sentence(
        f"isolation_valve：请写阀门编号，不超过 {LONGEST_ID} 字。",
        f"isolation_valve: name the isolation valve, in at most {LONGEST_ID} characters.",
    ),
    "lon": Sentence(
        "lon：请写 WGS-84 经度，-180 到 180。", "lon: give WGS-84 degrees from -180 to 180."
    ),
    "lat": Sentence(
        "lat：请写 WGS-84 纬度，-90 到 90。", "lat: give WGS-84 degrees from -90 to 90."
    ),
    "accuracy_m": Sentence(
        "accuracy_m：请写米数，从 0 起。", "accuracy_m: give metres, 0 or more."
    ),
    "heading_deg": Sentence(
        "heading_deg：请写角度，0 到 360。", "heading_deg: give degrees from 0 to 360."
    ),
    "items": Sentence(
        f"items：请给一个列表，不超过 {MOST_ITEMS} 项；更多请分批发送。",
        f"items: give a list of at most {MOST_ITEMS}; send more in several requests.",
    ),
    "": Sentence("请给一个 JSON 对象。", "give a JSON object."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: the first bad field ("" is the item itself) and what to do."""

    field: str
    said: Sentence


def fault_of(field: str) -> Fault:
    """Return the fault of a bad field."""
    return Fault(field, _SENTENCES[field])


def read(body: type[B], raw: Any) -> B | Fault:
    """Return the item, or its first fault."""
    try:
        return body.model_validate(raw)
    except ValidationError as error:
        where = error.errors(include_url=False, include_context=False, include_input=False)
        field = str(where[0]["loc"][0]) if where[0]["loc"] else ""
        return fault_of(field if field in _SENTENCES else "")


def both(said: Sentence) -> dict[str, str]:
    """Return a sentence by language tag."""
    return {Language.CHINESE.value: said.zh, Language.ENGLISH.value: said.en}


def problem(status: int, title: str, said: Sentence, field: str | None = None) -> JSONResponse:
    """Return problem+json; ``detail`` is English, ``said`` holds both languages."""
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": said.en,
        "said": both(said),
    }
    if field:
        document["field"] = field
    return JSONResponse(document, status_code=status, media_type="application/problem+json")


def refused(fault: Fault) -> JSONResponse:
    """Return 422 for an item that cannot be used."""
    return problem(422, "The report cannot be used", fault.said, fault.field or None)
