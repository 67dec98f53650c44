"""Planned shut-offs: drafted, approved, announced, begun, ended; and the list of whom to tell."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Response

from domain.errors import BadInput
from domain.planned import Assessment
from mainbreak.server.access import Caller
from mainbreak.server.api.models.incidents import LifeFilter
from mainbreak.server.api.models.planned import (
    AnnounceBody,
    PlannedBody,
    PreviewView,
    ShutoffPage,
    ShutoffView,
    TotalsView,
    ToTellPage,
    ToTellView,
)
from mainbreak.server.api.turns import Control, Dispatcher, Office, deciding, refusing
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import USUAL, After, Limit, PathId, by_id, cut
from operations.planned.announce import announce_shutoff
from operations.planned.approve import approve_shutoff
from operations.planned.assess import assess, assess_one
from operations.planned.begin import begin_shutoff
from operations.planned.cancel import cancel_shutoff
from operations.planned.draft import draft_shutoff, preview_shutoff
from operations.planned.end import end_shutoff
from operations.planned.premises_to_tell import (
    ToTell,
    masked,
    premises_to_tell,
    sheet_of,
    totals_of,
)

#: What a browser is to do with the list: keep it as a file.
_AS_FILE = {"Content-Disposition": 'attachment; filename="premises.csv"'}
_CSV = "text/csv; charset=utf-8"


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/planned-shutoffs."""
    routes = APIRouter(prefix="/api/planned-shutoffs", tags=["planned shut-offs"])
    _add_reading(routes, home)
    _add_list(routes, home)
    _add_planning(routes, home)
    _add_deciding(routes, home)
    _add_doing(routes, home)
    return routes


def _add_reading(routes: APIRouter, home: LiveHome) -> None:
    @routes.get("")
    def list_planned_shutoffs(
        _caller: Office, state: LifeFilter = "active", after: After = None, limit: Limit = USUAL
    ) -> ShutoffPage:
        """Return planned shut-offs by id, each beside what else is off as of now."""
        with home.reading() as work:
            if state == "active":
                shown, cursor = by_id(work.planned_shutoffs.active(), after, limit)
            else:
                shown, cursor = cut(work.planned_shutoffs.page(after, limit + 1), limit)
            zone = home.settings.tzinfo
            found = assess(work, home.ground(work), shown, home.clock(), zone)
        return ShutoffPage(items=[ShutoffView.of(one) for one in found], next=cursor)

    @routes.get("/{shutoff_id}")
    def read_planned_shutoff(_caller: Office, shutoff_id: PathId) -> ShutoffView:
        """Return a planned shut-off beside what else is off as of now."""
        with home.reading() as work:
            zone = home.settings.tzinfo
            return ShutoffView.of(
                assess_one(work, home.ground(work), shutoff_id, home.clock(), zone)
            )


def _add_list(routes: APIRouter, home: LiveHome) -> None:
    def listed(caller: Caller, shutoff_id: str) -> list[ToTell]:
        """Return the list, masked; that it was read is logged."""
        with home.reading() as work:
            ground, zone = home.ground(work), home.settings.tzinfo
            found = assess_one(work, ground, shutoff_id, home.clock(), zone)
            rows = [masked(one) for one in premises_to_tell(ground.network, found)]
        with home.writing(caller.actor) as work:
            work.events.append("customer.listed", shutoff_id, {"premises": len(rows)})
        return rows

    @routes.get("/{shutoff_id}/premises")
    def list_premises_to_tell(
        caller: Office, shutoff_id: PathId, after: After = None, limit: Limit = USUAL
    ) -> ToTellPage:
        """Return whom to tell, the critical ones first; that it was read is logged."""
        rows = listed(caller, shutoff_id)
        with refusing():
            shown = _behind(rows, after)
        cursor = shown[limit - 1].premises.id if len(shown) > limit else None
        items = [ToTellView.of(one) for one in shown[:limit]]
        return ToTellPage(items=items, next=cursor, totals=TotalsView.of(totals_of(rows)))

    @routes.get("/{shutoff_id}/premises.csv", response_class=Response)
    def download_premises_to_tell(caller: Office, shutoff_id: PathId) -> Response:
        """Return the list of whom to tell as a CSV file; that it was read is logged."""
        rows = listed(caller, shutoff_id)
        return Response(sheet_of(rows), headers=_AS_FILE, media_type=_CSV)


def _behind(rows: Sequence[ToTell], after: str | None) -> Sequence[ToTell]:
    if after is None:
        return rows
    place = next((row for row, one in enumerate(rows) if one.premises.id == after), None)
    if place is None:
        raise BadInput("after: this premises is on the list no more. Begin again without it.")
    return rows[place + 1 :]


def _add_planning(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("/preview")
    def preview_planned_shutoff(_caller: Dispatcher, given: PlannedBody) -> PreviewView:
        """Return what planned work would take and whom it would meet; stores nothing."""
        with refusing("lon"), home.reading() as work:
            ground, zone = home.ground(work), home.settings.tzinfo
            found = preview_shutoff(work, ground, given.wanted(), home.clock(), zone)
        return PreviewView.of(found)

    @routes.post("", status_code=201, responses={200: {"model": ShutoffView}})
    def draft_planned_shutoff(
        caller: Dispatcher, given: PlannedBody, response: Response
    ) -> ShutoffView:
        """Draft a planned shut-off; nobody is told yet.

        Sending the same ``client_id`` again answers 200 and changes nothing.
        """
        zone = home.settings.tzinfo
        with deciding(home, caller, "lon") as (work, ground):
            found, new = draft_shutoff(work, ground, given.wanted(), home.clock(), zone)
        if not new:
            response.status_code = 200
        return ShutoffView.of(found)


def _add_deciding(routes: APIRouter, home: LiveHome) -> None:
    @routes.post("/{shutoff_id}/approve")
    def approve_planned_shutoff(caller: Control, shutoff_id: PathId) -> ShutoffView:
        """Approve a draft, with its isolation and its overlaps as of now."""
        zone = home.settings.tzinfo
        with deciding(home, caller) as (work, ground):
            found = approve_shutoff(work, ground, shutoff_id, home.clock(), zone)
        return ShutoffView.of(found)

    @routes.post("/{shutoff_id}/announce")
    def announce_planned_shutoff(
        caller: Control, shutoff_id: PathId, given: AnnounceBody
    ) -> ShutoffView:
        """Announce an approved one: who is on its list counts as told; late it takes a reason."""
        zone = home.settings.tzinfo
        with deciding(home, caller) as (work, ground):
            found = announce_shutoff(
                work, ground, shutoff_id, home.clock(), zone, given.late_reason
            )
        return ShutoffView.of(found)

    @routes.post("/{shutoff_id}/cancel")
    def cancel_planned_shutoff(caller: Control, shutoff_id: PathId) -> ShutoffView:
        """Cancel one that has not begun."""
        zone = home.settings.tzinfo
        with deciding(home, caller) as (work, ground):
            found = cancel_shutoff(work, ground, shutoff_id, home.clock(), zone)
        return ShutoffView.of(found)


def _add_doing(routes: APIRouter, home: LiveHome) -> None:
    def told(found: Assessment) -> ShutoffView:
        home.changed()
        return ShutoffView.of(found)

    @routes.post("/{shutoff_id}/begin")
    def begin_planned_shutoff(caller: Dispatcher, shutoff_id: PathId) -> ShutoffView:
        """Begin an announced one: its isolation valves count as shut."""
        zone = home.settings.tzinfo
        with deciding(home, caller) as (work, ground):
            found = begin_shutoff(work, ground, shutoff_id, home.clock(), zone)
        return told(found)

    @routes.post("/{shutoff_id}/end")
    def end_planned_shutoff(caller: Dispatcher, shutoff_id: PathId) -> ShutoffView:
        """End one in effect: its isolation valves count as open, but what others keep shut."""
        zone = home.settings.tzinfo
        with deciding(home, caller) as (work, ground):
            found = end_shutoff(work, ground, shutoff_id, home.clock(), zone)
        return told(found)
