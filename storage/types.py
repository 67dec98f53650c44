"""Column types that turn a cell into a domain value and back, the same on every database."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import JSON, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from domain.errors import BadInput
from domain.words import Skill

E = TypeVar("E", bound=Enum)


class CleanText(TypeDecorator[str]):
    """Text that every database keeps as it is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text; BadInput for what PostgreSQL or UTF-8 cannot hold."""
        if value is not None and ("\x00" in value or _has_surrogate(value)):
            raise BadInput(f"the text {value[:40]!r} holds a character that cannot be stored.")
        return value


def _has_surrogate(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: stored in UTC, read back aware in UTC. Refuses a datetime without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC; ValueError for a naive one."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"a datetime needs a zone, {value.isoformat()} has none")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant, aware; SQLite hands back what was UTC without its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def word_of(member: Enum) -> str:
    """Return the text an enum member is stored as: a word's value, else the name (``P1``)."""
    return str(member.value) if isinstance(member, str) else member.name


class EnumText(TypeDecorator[E]):
    """A member of a closed vocabulary, stored as readable text."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind
        self._members = {word_of(member): member for member in kind}

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """Return the member's text."""
        return None if value is None else word_of(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """Return the member; KeyError for a word this version does not know."""
        return None if value is None else self._members[value]


class TextTuple(TypeDecorator[tuple[str, ...]]):
    """Ids or names in a meaningful order, read and written whole, never searched in SQL."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> Any:
        """Return a JSON list."""
        return list(value or ())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...]:
        """Return the tuple."""
        return tuple(value or ())


class SkillSet(TypeDecorator[frozenset[Skill]]):
    """The skills of a crew or a work order, stored as a sorted JSON list of words."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: frozenset[Skill] | None, dialect: Dialect) -> Any:
        """Return a sorted JSON list, so that equal sets are equal cells."""
        return sorted(skill.value for skill in value or ())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> frozenset[Skill]:
        """Return the set."""
        return frozenset(Skill(word) for word in value or ())


class Valued(TypeDecorator[Any]):
    """Frozen values of the domain in one cell, read and written whole, never searched in SQL."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__(none_as_null=True)
        self.kind = kind
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> Any:
        """Return what JSON can hold: instants in UTC, words instead of members."""
        return None if value is None else self._adapter.dump_python(value, mode="json")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        """Return the values; a field that an older version did not write has its default."""
        return None if value is None else self._adapter.validate_python(value)
