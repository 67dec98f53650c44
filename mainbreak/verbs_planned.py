"""`mainbreak planned ...`: planned shut-offs, from the draft to the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Annotated

import typer

from domain.planned import Assessment, Overlap
from mainbreak.bootstrap import Home
from mainbreak.console import say, show_json, show_table
from mainbreak.options import AsJson, ids, instant, place
from operations.ground import Ground, GroundKeeper
from operations.planned.announce import announce_shutoff
from operations.planned.approve import approve_shutoff
from operations.planned.assess import assess, assess_one
from operations.planned.begin import begin_shutoff
from operations.planned.cancel import cancel_shutoff
from operations.planned.draft import Wanted, draft_shutoff
from operations.planned.end import end_shutoff
from operations.planned.premises_to_tell import premises_to_tell, totals_of, write_list
from operations.showing.shutoff_document import shutoff_document
from storage import UnitOfWork

app = typer.Typer(help="Planned shut-offs.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="Such as S0001.", show_default=False)]
Step = Callable[[UnitOfWork, Ground, str, datetime, tzinfo], Assessment]


@app.command()
def draft(
    context: typer.Context,
    starts: Annotated[str, typer.Option("--from", help="When water goes off.")],
    ends: Annotated[str, typer.Option("--to", help="When it is back.")],
    title: Annotated[str, typer.Option(help="What the work is.")],
    pipe: Annotated[str, typer.Option(help="Ids of the pipes worked on.")] = "",
    at: Annotated[str | None, typer.Option(help="LON,LAT of the work, instead.")] = None,
    notice: Annotated[
        str | None, typer.Option(help="24h or 48h; default: by the size of the works.")
    ] = None,
    inoperable: Annotated[str, typer.Option(help="Isolation valves known not to turn.")] = "",
    as_json: AsJson = False,
) -> None:
    """Draft a planned shut-off and say what it takes, whom it dries and whom it meets."""
    home: Home = context.obj
    if bool(ids(pipe)) == (at is not None):
        raise typer.BadParameter("give either --pipe IDS or --at LON,LAT")
    zone = home.settings.tzinfo
    begin, end = instant(starts, zone), instant(ends, zone)
    if begin is None or end is None:
        raise typer.BadParameter("give --from and --to")
    where = place(at) if at is not None else ids(pipe)
    wanted = Wanted(where, title, begin, end, notice, ids(inoperable))
    with home.work(write_first=True) as work:
        found, _ = draft_shutoff(work, GroundKeeper().of(work), wanted, home.clock(), zone)
        work.commit()
    _tell(home, found, as_json=as_json)


@app.command(name="list")
def list_(
    context: typer.Context,
    over: Annotated[bool, typer.Option("--all", help="Those that are over, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the planned shut-offs that are not over, the earliest first."""
    home: Home = context.obj
    with home.work() as work:
        kept = work.planned_shutoffs.all() if over else work.planned_shutoffs.active()
        zone = home.settings.tzinfo
        found = assess(work, GroundKeeper().of(work), kept, home.clock(), zone) if kept else ()
    if as_json:
        show_json([shutoff_document(one, home.settings.language) for one in found])
        return
    rows = [_row(one, zone) for one in found]
    columns = ("id", "state", "from", "to", "tell by", "premises", "overlaps", "title")
    show_table("planned shut-offs", columns, rows)


@app.command()
def show(context: typer.Context, shutoff: Id, as_json: AsJson = False) -> None:
    """Show one with its isolation and its overlaps as of now."""
    home: Home = context.obj
    with home.work() as work:
        zone = home.settings.tzinfo
        found = assess_one(work, GroundKeeper().of(work), shutoff, home.clock(), zone)
    _tell(home, found, as_json=as_json)


@app.command()
def approve(context: typer.Context, shutoff: Id, as_json: AsJson = False) -> None:
    """Approve a draft."""
    _step(context.obj, shutoff, approve_shutoff, as_json=as_json)


@app.command()
def announce(
    context: typer.Context,
    shutoff: Id,
    late_reason: Annotated[str, typer.Option(help="Why it is later than its rule allows.")] = "",
    as_json: AsJson = False,
) -> None:
    """Announce an approved one: from now on callers are told."""

    def step(
        work: UnitOfWork, ground: Ground, name: str, now: datetime, zone: tzinfo
    ) -> Assessment:
        return announce_shutoff(work, ground, name, now, zone, late_reason)

    _step(context.obj, shutoff, step, as_json=as_json)


@app.command()
def begin(context: typer.Context, shutoff: Id, as_json: AsJson = False) -> None:
    """Begin an announced one: its isolation valves count as shut."""
    _step(context.obj, shutoff, begin_shutoff, as_json=as_json)


@app.command()
def end(context: typer.Context, shutoff: Id, as_json: AsJson = False) -> None:
    """End one in effect: its isolation valves count as open again."""
    _step(context.obj, shutoff, end_shutoff, as_json=as_json)


@app.command()
def cancel(context: typer.Context, shutoff: Id, as_json: AsJson = False) -> None:
    """Cancel one that has not begun."""
    _step(context.obj, shutoff, cancel_shutoff, as_json=as_json)


@app.command()
def premises(
    context: typer.Context,
    shutoff: Id,
    out: Annotated[Path, typer.Option(help="CSV file to write.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Write the list of whom to tell, the critical ones first, phones in full."""
    home: Home = context.obj
    with home.work(write_first=True) as work:
        ground, zone = GroundKeeper().of(work), home.settings.tzinfo
        found = assess_one(work, ground, shutoff, home.clock(), zone)
        rows = premises_to_tell(ground.network, found)
        write_list(out, rows)
        work.events.append("customer.listed", shutoff, {"premises": len(rows)})
        work.commit()
    totals = totals_of(rows)
    if as_json:
        roads = [{"road": road, "premises": n} for road, n in totals.by_road]
        kinds = [{"kind": kind.value, "premises": n} for kind, n in totals.by_kind]
        counts = {"premises": totals.premises, "critical": totals.critical}
        show_json({"out": str(out), **counts, "by_road": roads, "by_kind": kinds})
        return
    show_table("", ("road", "premises"), [(road or "-", n) for road, n in totals.by_road])
    say(f"{totals.premises} premises to tell, {totals.critical} critical: {out}")


def _step(home: Home, shutoff: str, step: Step, *, as_json: bool) -> None:
    with home.work(write_first=True) as work:
        ground = GroundKeeper().of(work)
        found = step(work, ground, shutoff, home.clock(), home.settings.tzinfo)
        work.commit()
    _tell(home, found, as_json=as_json)


def _tell(home: Home, found: Assessment, *, as_json: bool) -> None:
    language, zone = home.settings.language, home.settings.tzinfo
    if as_json:
        show_json(shutoff_document(found, language))
        return
    one = found.shutoff
    say(f"{one.id} is {one.state.value}: {one.title}, on {', '.join(one.pipes)}.")
    say(
        f"Off from {_said(one.starts_at, zone)} to {_said(one.ends_at, zone)}; to be announced by "
        f"{_said(one.tell_by, zone)}, {one.notice_h} h before."
    )
    say(f"Shut, in this order: {', '.join(one.isolation.close) or 'nothing'}.")
    say(
        f"{len(found.premises)} premises to tell; critical: "
        f"{', '.join(found.critical_premises) or 'none'}."
    )
    for overlap in found.overlaps:
        say(_overlap(overlap))
    for warning in found.warnings:
        say(f"Warning: {warning.in_language(language)}")


def _overlap(one: Overlap) -> str:
    return (
        f"Meets {one.other}: {len(one.only_combined_premises)} premises lose water only through "
        f"both, {len(one.premises)} through either, {len(one.isolation_valves)} isolation valves "
        "shut for both."
    )


def _row(found: Assessment, zone: tzinfo) -> tuple[object, ...]:
    one = found.shutoff
    times = (
        f"{at.astimezone(zone):%m-%d %H:%M}" for at in (one.starts_at, one.ends_at, one.tell_by)
    )
    meets = ", ".join(overlap.other for overlap in found.overlaps)
    return (one.id, one.state.value, *times, len(found.premises), meets or "-", one.title)


def _said(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).isoformat(" ", "minutes")
