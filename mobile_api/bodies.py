"""What a phone may send, within limits; one bad item says so and lets the others pass."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from domain.reports import ReportKind

#: Items in one request. Source: mainbreak default; two hours of fixes each 15 s.
MOST_ITEMS = 500

#: Characters of a reason, and of an id. Source: mainbreak default.
LONGEST_REASON = 500
LONGEST_ID = 100

#: What no database stores as text: NUL, and halves of surrogate pairs.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

#: Years a zone's shift cannot push out of the calendar; a wrong clock inside them is kept as given.
_FIRST_YEAR, _LAST_YEAR = 2, 9998


def _clean(value: Any) -> Any:
    return _UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else value


def _text_only(value: Any) -> Any:
    """Refuse numbers: 17 is no instant, though it could be read as seconds of 1970."""
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _in_calendar(value: datetime) -> datetime:
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise ValueError("outside the calendar")
    return value


Instant = Annotated[AwareDatetime, BeforeValidator(_text_only), AfterValidator(_in_calendar)]
Words = Annotated[str, BeforeValidator(_clean), Field(max_length=LONGEST_REASON)]
Id = Annotated[str, BeforeValidator(_clean), Field(min_length=1, max_length=LONGEST_ID)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class Item(BaseModel):
    """Unknown fields are ignored, so that a newer phone can talk to an older server."""

    model_config = ConfigDict(extra="ignore")


class ReportBody(Item):
    """One report; ``device_time`` is kept as given, however wrong the phone's clock is.

    ``work_order`` may be empty for ``road_impassable`` only.
    """

    id: UUID
    kind: ReportKind
    work_order: Annotated[str, BeforeValidator(_clean), Field(max_length=LONGEST_ID)] = Field(
        "", validate_default=True
    )
    device_time: Instant
    reason: Words = ""
    isolation_valve: Id | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None

    @field_validator("work_order")
    @classmethod
    def _known(cls, value: str, info: ValidationInfo) -> str:
        """Refuse a report that is about a visit and does not say which."""
        if not value and info.data.get("kind") is not ReportKind.ROAD_IMPASSABLE:
            raise ValueError("empty")
        return value


class FixBody(Item):
    """One GPS fix."""

    id: UUID
    device_time: Instant
    lon: Longitude
    lat: Latitude
    accuracy_m: Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)] | None = None
    heading_deg: Annotated[float, Field(ge=0, le=360, allow_inf_nan=False)] | None = None


class Batch(Item):
    """Items as they came; each is read on its own."""

    items: Annotated[list[Any], Field(max_length=MOST_ITEMS)]


def open_schema(body: type[BaseModel]) -> dict[str, Any]:
    """Return a model's JSON schema whole, as OpenAPI takes it in place: no references."""
    schema = body.model_json_schema()
    named = schema.pop("$defs", {})

    def whole(part: Any) -> Any:
        if isinstance(part, list):
            return [whole(one) for one in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return whole(named[part["$ref"].rpartition("/")[2]])
        return {key: whole(value) for key, value in part.items()}

    found: dict[str, Any] = whole(schema)
    return found
