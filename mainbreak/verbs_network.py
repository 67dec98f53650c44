"""`mainbreak locate`, `isolate`: questions to the stored network."""

from __future__ import annotations

from typing import Annotated

import typer

from domain.isolation import Isolation
from domain.tickets import Candidate
from mainbreak.bootstrap import Home
from mainbreak.console import say, show_json, show_table
from mainbreak.options import AsJson, ids, place
from operations.isolate_burst import isolate_burst
from operations.locate_text import locate_text
from operations.showing.isolation_document import isolation_document


def locate(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What the caller says, or LON,LAT.")],
    as_json: AsJson = False,
) -> None:
    """Rank the places a caller's words can mean, each with its pipe and a confidence."""
    home: Home = context.obj
    with home.work() as work:
        found = locate_text(work, text)
    if as_json:
        show_json([_candidate(one) for one in found])
        return
    if not found:
        say("No place found. Ask for an account, a phone, an address or a landmark.")
        return
    rows = [
        (
            f"{one.confidence:.2f}",
            one.found_by,
            one.label,
            one.snap.link if one.snap else "-",
            f"{one.snap.distance_m:.0f} m" if one.snap else "-",
        )
        for one in found
    ]
    show_table("", ("confidence", "found by", "place", "pipe", "distance"), rows)


def _candidate(one: Candidate) -> dict[str, object]:
    snap = one.snap
    return {
        "lon": one.position.lon,
        "lat": one.position.lat,
        "found_by": one.found_by,
        "confidence": one.confidence,
        "label": one.label,
        "premises": one.premises,
        "pipe": snap.link if snap else None,
        "distance_m": round(snap.distance_m, 2) if snap else None,
        "offset_m": round(snap.offset_m, 2) if snap else None,
        "doubtful": snap.doubtful if snap else None,
        "ignored": list(one.ignored),
    }


def isolate(
    context: typer.Context,
    pipe: Annotated[str | None, typer.Option(help="Id of the burst pipe.")] = None,
    at: Annotated[str | None, typer.Option(help="LON,LAT of the burst, instead.")] = None,
    inoperable: Annotated[str, typer.Option(help="Isolation valves that will not turn.")] = "",
    closed: Annotated[str, typer.Option(help="Isolation valves already closed.")] = "",
    with_outage: Annotated[str, typer.Option(help="Outages, or burst pipes, besides.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say which isolation valves to shut for a burst, in order, and who runs dry."""
    home: Home = context.obj
    if (pipe is None) == (at is None):
        raise typer.BadParameter("give either --pipe ID or --at LON,LAT")
    burst = pipe if pipe is not None else place(at or "")
    with home.work() as work:
        isolation = isolate_burst(
            work,
            burst,
            inoperable=ids(inoperable),
            closed=ids(closed),
            with_outages=ids(with_outage),
        )
    if as_json:
        show_json(isolation_document(isolation, home.settings.language))
    else:
        _show(isolation, home.settings.language)


def _show(isolation: Isolation, language: str) -> None:
    say(f"Burst on {', '.join(isolation.burst)}.")
    rows = [(number, valve) for number, valve in enumerate(isolation.close, start=1)]
    show_table("Shut, in this order", ("no.", "isolation valve"), rows)
    say(f"Optional, limits drain-down only: {', '.join(isolation.optional) or 'none'}.")
    say(
        f"{len(isolation.segment_pipes)} pipes in the segment, "
        f"{isolation.segment_length_m:,.0f} m holding {isolation.segment_volume_l:,.0f} litres; "
        f"{len(isolation.unintended_pipes)} beyond it run dry too."
    )
    say(
        f"{isolation.premises_count} premises out; critical: "
        f"{', '.join(isolation.critical_premises) or 'none'}; "
        f"hydrants out: {', '.join(isolation.hydrants_out) or 'none'}."
    )
    if isolation.resupply:
        say(f"Opening could re-supply: {', '.join(isolation.resupply)}.")
    for warning in isolation.warnings:
        say(f"Warning: {warning.in_language(language)}")
