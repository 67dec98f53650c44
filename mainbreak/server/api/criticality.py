"""Where the next isolation valve should be built or repaired, as the network stands now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query

from domain.critical_places import CriticalSegment, CriticalValve
from mainbreak.server.api.models.criticality import (
    SegmentPage,
    SegmentView,
    StuckPage,
    StuckView,
)
from mainbreak.server.api.turns import Control
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import LONGEST_ID, USUAL, Limit
from operations.showing.criticality_document import segment_entry, valve_entry

#: A cursor is the risk and the id of the last one: it leads on whatever changed meanwhile.
_CURSOR = r"^[0-9]{1,18}(\.[0-9]{1,18})?(e-[0-9]{1,2})? [^\x00]+$"

#: Characters of the risk in a cursor at the most.
_LONGEST_RISK = 42

Cursor = Annotated[
    str | None,
    Query(
        max_length=LONGEST_ID + _LONGEST_RISK,
        pattern=_CURSOR,
        description="`next` of the page before.",
    ),
]

V = TypeVar("V", CriticalSegment, CriticalValve)
Key = tuple[float, str]


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/criticality."""
    routes = APIRouter(prefix="/api/criticality", tags=["criticality"])

    @routes.get("/segments")
    def list_critical_segments(
        _caller: Control, after: Cursor = None, limit: Limit = USUAL
    ) -> SegmentPage:
        """Return segments by what a burst costs, worst first: premises out times kilometres.

        The first answer after an isolation valve was turned takes seconds on a large network.
        """
        found = home.criticality()[1].segments
        shown, cursor = _page(found, after, limit, lambda one: (-one.loss.risk, one.loss.pipe))
        items = [SegmentView(**segment_entry(rank, one)) for rank, one in shown]
        return SegmentPage(count=len(found), items=tuple(items), next=cursor)

    @routes.get("/isolation-valves")
    def list_critical_isolation_valves(
        _caller: Control, after: Cursor = None, limit: Limit = USUAL
    ) -> StuckPage:
        """Return isolation valves by what it costs if they will not close, worst first."""
        found = home.criticality()[1].valves
        shown, cursor = _page(
            found, after, limit, lambda one: (-one.loss.risk, one.loss.isolation_valve)
        )
        items = [StuckView(**valve_entry(rank, one)) for rank, one in shown]
        return StuckPage(count=len(found), items=tuple(items), next=cursor)

    return routes


def _page(
    found: Sequence[V], after: str | None, limit: int, key: Callable[[V], Key]
) -> tuple[list[tuple[int, V]], str | None]:
    """Return the (rank, one) behind the cursor, and the cursor of the next page."""
    last = None if after is None else _key(after)
    ranked = enumerate(found, start=1)
    behind = [(rank, one) for rank, one in ranked if last is None or key(one) > last]
    shown = behind[:limit]
    return shown, _cursor(key(shown[-1][1])) if len(behind) > limit else None


def _cursor(key: Key) -> str:
    return f"{-key[0]!r} {key[1]}"


def _key(cursor: str) -> Key:
    risk, _, name = cursor.partition(" ")
    return -float(risk), name
