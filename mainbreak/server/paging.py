"""Lists in pages: each page names the last thing on it, and the next one begins behind that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import Path, Query

#: Characters of an id at the most. Source: mainbreak default.
LONGEST_ID = 100

#: Things on a page, unless asked otherwise, and at the most. Source: mainbreak default.
USUAL, MOST = 100, 500

#: No database keeps NUL in a text.
_STORABLE = "^[^\x00]+$"

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at the most.")]
After = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=LONGEST_ID,
        pattern=_STORABLE,
        description="`next` of the page before.",
    ),
]
QueryId = Annotated[str | None, Query(min_length=1, max_length=LONGEST_ID, pattern=_STORABLE)]
PathId = Annotated[str, Path(min_length=1, max_length=LONGEST_ID, pattern=_STORABLE)]


class Named(Protocol):
    """A value with an id."""

    @property
    def id(self) -> str:
        """Its id."""
        ...


V = TypeVar("V", bound=Named)


def cut(found: Sequence[V], limit: int) -> tuple[Sequence[V], str | None]:
    """Return a page of what was found behind the cursor, and the cursor of the next page."""
    shown = found[:limit]
    return shown, shown[-1].id if len(found) > limit else None


def by_id(values: Sequence[V], after: str | None, limit: int) -> tuple[Sequence[V], str | None]:
    """Return a page by code points of the ids; nothing is missed or seen twice while others come.

    >>> from types import SimpleNamespace as Thing
    >>> shown, cursor = by_id([Thing(id="b"), Thing(id="c"), Thing(id="a")], "a", 1)
    >>> [one.id for one in shown], cursor
    (['b'], 'b')
    """
    behind = [one for one in values if after is None or one.id > after]
    return cut(sorted(behind, key=lambda one: one.id), limit)


def ordered(
    values: Sequence[V], last: V | None, limit: int, key: Callable[[V], Any]
) -> tuple[Sequence[V], str | None]:
    """Return a page of values in descending order of a key that is different for each.

    ``last`` is the last value of the page before; it need not be among the values any more.
    """
    behind = [one for one in values if last is None or key(one) < key(last)]
    return cut(sorted(behind, key=key, reverse=True), limit)
