"""What many bodies share: both languages of a sentence, places, instants, bounded texts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from domain.places import LonLat
from domain.sentences import Sentence
from domain.words import Priority

#: Digits after the point of a degree: a centimetre.
DIGITS = 7

#: Characters at the most. Source: mainbreak defaults; what an hour on the phone takes to type fits.
LONGEST_ID, LONGEST_LINE, LONGEST_TEXT = 100, 200, 20_000

#: Ids in one list at the most. Source: mainbreak default.
MOST_IDS = 100

#: Years that no zone's shift pushes out of the calendar.
_FIRST_YEAR, _LAST_YEAR = 1970, 9998


def _text_only(value: Any) -> Any:
    """Refuse numbers: 17 is no instant, though it could be read as seconds of 1970."""
    if not isinstance(value, str):
        raise ValueError("write an instant with its offset, such as 2026-11-22T08:30:00+08:00")
    return value


def _in_calendar(value: datetime) -> datetime:
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise ValueError(f"give a year from {_FIRST_YEAR} to {_LAST_YEAR}")
    return value


def _in_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


Id = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
Line = Annotated[str, Field(max_length=LONGEST_LINE)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Ids = Annotated[tuple[Id, ...], Field(max_length=MOST_IDS)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Instant = Annotated[AwareDatetime, BeforeValidator(_text_only), AfterValidator(_in_calendar)]
Stamp = Annotated[AwareDatetime, AfterValidator(_in_utc)]
PriorityName = Literal["P1", "P2", "P3", "P4"]

_PRIORITIES: dict[Priority, PriorityName] = {
    Priority.P1: "P1",
    Priority.P2: "P2",
    Priority.P3: "P3",
    Priority.P4: "P4",
}


class Body(BaseModel):
    """A request's body; a field we do not know is a mistake, told at once."""

    model_config = ConfigDict(extra="forbid")


class View(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(frozen=True)


class Said(View):
    """The same sentence in both languages."""

    zh: Annotated[str, Field(serialization_alias="zh-CN")]
    en: str

    @classmethod
    def of(cls, sentence: Sentence) -> Said:
        """Return a sentence as it is sent."""
        return cls(zh=sentence.zh, en=sentence.en)


def said(sentence: Sentence | None) -> Said | None:
    """Return a sentence as it is sent, None for none."""
    return None if sentence is None else Said.of(sentence)


class Spot(View):
    """A place, WGS-84 degrees."""

    lon: float
    lat: float

    @classmethod
    def of(cls, place: LonLat, digits: int = DIGITS) -> Spot:
        """Return a place to so many digits; seven are a centimetre, four are ten metres."""
        return cls(lon=round(place.lon, digits), lat=round(place.lat, digits))


class SpotBody(Body):
    """A place somebody points at, WGS-84 degrees."""

    lon: Longitude
    lat: Latitude

    def place(self) -> LonLat:
        """Return the place."""
        return LonLat(self.lon, self.lat)


def priority_name(priority: Priority) -> PriorityName:
    """Return what a priority is called."""
    return _PRIORITIES[priority]
