"""The tray of reports that contradict what is known."""

from __future__ import annotations

from fastapi import APIRouter

from mainbreak.server.api.models.conflicts import ConflictPage, ConflictView, SettleBody
from mainbreak.server.api.turns import Dispatcher, deciding
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import USUAL, After, Limit, PathId, by_id
from operations.settle_conflict import settle_conflict


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/conflicts."""
    routes = APIRouter(prefix="/api/conflicts", tags=["conflicts"])

    @routes.get("")
    def list_conflicts(
        _caller: Dispatcher, after: After = None, limit: Limit = USUAL
    ) -> ConflictPage:
        """Return the reports that wait for a decision, by id."""
        with home.reading() as work:
            shown, cursor = by_id(work.reports.conflicts(), after, limit)
        return ConflictPage(items=[ConflictView.of(one) for one in shown], next=cursor)

    @routes.post("/{report_id}/settle")
    def settle_report(caller: Dispatcher, report_id: PathId, given: SettleBody) -> ConflictView:
        """Decide whose word counts: what stands here, or the crew's report."""
        with deciding(home, caller) as (work, ground):
            settle_conflict(work, ground, report_id, given.choice, home.clock())
            view = ConflictView.of(work.reports.get(report_id))
        home.changed()
        return view

    return routes
