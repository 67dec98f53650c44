"""Outages of the running day: what is shut, what failed, what a dispatcher must decide."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from domain.customer_minutes import minutes_of_steps, minutes_until
from domain.incidents import Etr, Outage
from domain.isolation import Isolation
from domain.network import Position, Premises
from domain.reports import Report
from domain.states import OutageState
from domain.words import PremisesKind
from maps.day_rows import DayRows, Row, Seconds
from maps.encode import place, places
from maps.live_ground import LiveGround
from maps.outage_data import isolation_row, pipe_rows, unreliable
from maps.picture import LivePicture


def live_outages(picture: LivePicture, ground: LiveGround, rows: DayRows) -> list[Row]:
    """Return one row an outage, in the picture's order."""
    inside = {pipe for one in picture.outages for pipe in one.isolation.segment_pipes}
    barred = unreliable(one for one in picture.valves if one.link in inside)
    return [_row(one, picture, ground, rows, barred) for one in picture.outages]


def _row(
    one: Outage,
    picture: LivePicture,
    ground: LiveGround,
    rows: DayRows,
    barred: Mapping[str, Collection[str]],
) -> Row:
    clock = rows.clock
    return {
        "id": one.id,
        "incident": rows.incidents.get(one.incident, -1),
        "state": one.state.value,
        **isolation_row(one.isolation, ground.pipes, ground.network, barred),
        "critical": _critical(one.isolation.critical_premises, ground),
        "numbered": list(one.numbered or one.isolation.close),
        "closed": list(one.closed),
        "opened": _opened(one),
        **_supply(one, picture, ground, clock),
        "failed": [_failed(id_, picture.stuck.get(id_), rows) for id_ in one.stuck],
        "began": None if one.began_at is None else clock(one.began_at),
        "restored": None if one.restored_at is None else clock(one.restored_at),
        "etr": None if one.etr is None else _etr(one.etr, clock),
        "proposal": None if one.proposal is None else _proposal(one, one.proposal, ground),
    }


def _opened(one: Outage) -> list[str]:
    """Return the isolation valves that were turned and are open again."""
    last = {step.isolation_valve: step.position for step in one.steps}
    return [id_ for id_, position in last.items() if position is Position.OPEN]


def _supply(one: Outage, picture: LivePicture, ground: LiveGround, clock: Seconds) -> Row:
    """Return who is really out, the steps with their customer-minutes, what has water again."""
    actual = picture.out.get(one.id, frozenset())
    lost = minutes_of_steps(one.steps)
    steps = [
        {
            "at": clock(step.at),
            "valve": step.isolation_valve,
            "open": step.position is Position.OPEN,
            "out": step.out,
            "back": step.restored,
            "minutes": round(minutes),
        }
        for step, minutes in zip(one.steps, lost, strict=True)
    ]
    until = min(one.restored_at or picture.now, picture.now)
    total = round(minutes_until(one.steps, until))
    partly = one.state is OutageState.PARTLY_RESTORED
    back = [id_ for id_ in one.isolation.premises if id_ not in actual] if partly else []
    refilled = {*_pipes_of(back, ground)} - {*_pipes_of(actual, ground)} - {*one.isolation.burst}
    return {
        "actual": len(actual) if one.steps else None,
        "steps": steps,
        "minutes": total,
        "back": _plain(back, (), ground),
        "refilled": pipe_rows(sorted(refilled), ground.pipes),
    }


def _pipes_of(premises: Collection[str], ground: LiveGround) -> Iterator[str]:
    """Yield the pipes that feed these premises."""
    known = ground.network.premises_by_id
    yield from (link for id_ in premises if id_ in known and (link := known[id_].link))


def _etr(etr: Etr, clock: Seconds) -> Row:
    latest = None if etr.latest is None else clock(etr.latest)
    said = {"source": etr.source.value, "said": clock(etr.said_at)}
    return {"at": clock(etr.at), "latest": latest, **said}


def _failed(id_: str, said: Report | None, rows: DayRows) -> Row:
    """Return an isolation valve that would not close, with who said so, when and why."""
    if said is None:
        return {"id": id_, "crew": -1, "at": None, "reason": ""}
    crew, at = rows.crews.get(said.crew, -1), rows.clock(said.device_time)
    return {"id": id_, "crew": crew, "at": at, "reason": rows.mask(said.reason)}


def _proposal(one: Outage, plan: Isolation, ground: LiveGround) -> Row:
    """Return what adopting the proposal changes: what more to close, who more is out."""
    had = {*one.isolation.segment_pipes, *one.isolation.unintended_pipes}
    dry = [id_ for id_ in (*plan.segment_pipes, *plan.unintended_pipes) if id_ not in had]
    out, critical = set(one.isolation.premises), set(one.isolation.critical_premises)
    more = [id_ for id_ in plan.premises if id_ not in out]
    marked = [id_ for id_ in plan.critical_premises if id_ not in critical]
    return {
        "close": list(plan.close),
        "pipes": pipe_rows(dry, ground.pipes),
        "premises": _plain(more, plan.critical_premises, ground),
        "critical": _critical(marked, ground),
        "out": plan.premises_count,
        "more": len(more),
    }


def _plain(ids: Collection[str], critical: Collection[str], ground: LiveGround) -> list[int]:
    known, marked = ground.network.premises_by_id, set(critical)
    return places(known[id_].location for id_ in ids if id_ in known and id_ not in marked)


def _critical(ids: Collection[str], ground: LiveGround) -> list[list[Any]]:
    """Return [lon, lat, kind, name] of critical premises; a home keeps its name to itself."""
    known = ground.network.premises_by_id
    return [
        [*place(one.location), one.kind.value, _name(one)]
        for one in (known[id_] for id_ in ids if id_ in known)
    ]


def _name(one: Premises) -> str:
    return "" if one.kind is PremisesKind.HOME else one.name
