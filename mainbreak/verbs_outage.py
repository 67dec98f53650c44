"""`mainbreak outage ID`: how an outage is going, and every version of its isolation."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from domain.customer_minutes import minutes_of_steps
from domain.events import Event
from mainbreak.bootstrap import Home
from mainbreak.console import say, show_json, show_table
from mainbreak.options import AsJson
from operations.ground import GroundKeeper
from operations.showing.closing_order import ClosingStep, closing_order
from operations.showing.outage_supply import OutageSupply, outage_supply

#: Events of one outage; a long one has fifty.
_MOST_EVENTS = 1000


def outage(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The outage, such as O-E0001.")],
    as_json: AsJson = False,
) -> None:
    """Say who is without water by the valves reported, and what each plan B changed."""
    home: Home = context.obj
    with home.work() as work:
        stored, ground = work.outages.get(name), GroundKeeper().of(work)
        supply = outage_supply(work, ground, stored, datetime.now(UTC))
        order = closing_order(ground.network, stored)
        events = work.events.about([name], _MOST_EVENTS)
    plans = [one for one in reversed(events) if one.kind == "outage.plan_b"]
    if as_json:
        show_json(_document(supply, order, plans))
    else:
        _show(supply, order, plans)


def _document(
    supply: OutageSupply, order: tuple[ClosingStep, ...], plans: list[Event]
) -> dict[str, Any]:
    one, lost = supply.outage, minutes_of_steps(supply.outage.steps)
    return {
        "id": one.id,
        "incident": one.incident,
        "state": one.state.value,
        "predicted": one.isolation.premises_count,
        "out": sorted(supply.out),
        "customer_minutes": round(supply.minutes, 1),
        "closing_order": [
            {"number": step.number, "id": step.valve.id, "state": step.state.value}
            for step in order
        ],
        "steps": [
            {
                "at": step.at.isoformat(),
                "isolation_valve": step.isolation_valve,
                "position": step.position.value,
                "out": step.out,
                "restored": step.restored,
                "customer_minutes": round(minutes, 1),
            }
            for step, minutes in zip(one.steps, lost, strict=True)
        ],
        "plan_b": [{"at": event.at.isoformat(), **event.payload} for event in plans],
    }


def _show(supply: OutageSupply, order: tuple[ClosingStep, ...], plans: list[Event]) -> None:
    one = supply.outage
    out, predicted = len(supply.out), one.isolation.premises_count
    say(f"{one.id} of {one.incident}: {one.state.value}, {out} of {predicted} premises out.")
    rows = [(step.number, step.valve.id, step.state.value) for step in order]
    show_table("Isolation valves", ("no.", "isolation valve", "state"), rows)
    lost = minutes_of_steps(one.steps)
    turned = [
        (
            f"{step.at:%H:%M} UTC",
            step.isolation_valve,
            step.position.value,
            step.out,
            step.restored,
            f"{minutes:.0f}",
        )
        for step, minutes in zip(one.steps, lost, strict=True)
    ]
    columns = ("at", "isolation valve", "now", "out", "back", "customer-minutes before")
    show_table("Turned so far", columns, turned)
    say(f"{supply.minutes:.0f} customer-minutes lost.")
    for event in plans:
        _say_plan_b(event)


def _say_plan_b(event: Event) -> None:
    """Print both versions of the isolation, as the event log keeps them."""
    payload: dict[str, Any] = event.payload
    stuck = ", ".join(payload["stuck"])
    say(f"Plan B at {event.at:%H:%M} UTC, {stuck} stuck:")
    for when in ("before", "after"):
        version = payload.get(when)
        if version:
            valves = ", ".join(version["close"])
            say(f"  {when}: shut {valves}; {version['premises_count']} premises out")
    added = payload.get("premises_added", [])
    say(f"  premises added: {', '.join(added) or 'none'}")
