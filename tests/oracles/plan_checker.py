"""The second checker of a plan: only the files count, and no code of dispatch/ is trusted.

A ticket of tickets.csv is in exactly one of four states:

planned     every work order of its incident has a visit
partly      some have, some are unassigned (shut today, repair tomorrow)
unassigned  none has
rejected    its row stands in rejected.csv

Anything else is a ticket lost or counted twice.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

from tests.oracles.plan_files import NAMES, Crew, Files, Order, Visit, read_files
from tests.oracles.timetable import idle_crews

#: Seconds two clocks may differ through rounding to whole seconds.
ROUNDING_S = 1.0

#: What reading raises where a field is missing or is of another type.
NOT_AS_PROMISED = (KeyError, ValueError, TypeError, AttributeError, IndexError)

#: No crew drives faster than this along the straight line, metres per second (144 km/h).
TOP_SPEED = 40.0


Check = Callable[[Files], Iterator[str]]


def problems(tickets_csv: Path, crews_csv: Path, out_dir: Path) -> list[str]:
    """Return one line for everything that is wrong with a planned day, none if it is right."""
    missing = [name for name in NAMES if not (out_dir / name).is_file()]
    if missing:
        return [f"{name} is missing" for name in missing]
    try:
        files = read_files(tickets_csv, crews_csv, out_dir)
    except NOT_AS_PROMISED as error:
        return [f"the files are not as promised: {type(error).__name__}: {error}"]
    found = [line for check in CHECKS for line in _lines(check, files)]
    return found + list(_map(out_dir)) or _lines(idle_crews, files)


def _lines(check: Check, files: Files) -> list[str]:
    """Return what a check finds; a field it stumbles over is a finding too."""
    try:
        return list(check(files))
    except NOT_AS_PROMISED as error:
        name = check.__name__.strip("_")
        return [f"checking {name}: not as promised: {type(error).__name__}: {error}"]


def ticket_states(files: Files) -> dict[str, str]:
    """Return planned, partly or unassigned for every ticket of an incident."""
    visited = {visit.work_order for visit in _visits(files)}
    states: dict[str, str] = {}
    for incident in files.plan["incidents"]:
        orders = [one for one in files.orders.values() if one.incident == incident["id"]]
        done = sum(order.id in visited for order in orders)
        state = "planned" if done == len(orders) else "partly" if done else "unassigned"
        states |= dict.fromkeys(incident["tickets"], state if orders else "lost")
    return states


def _visits(files: Files) -> list[Visit]:
    return [visit for route in files.routes.values() for visit in route]


def _map(out_dir: Path) -> Iterator[str]:
    start = (out_dir / "map.html").read_text("utf-8").lstrip()[:15].lower()
    if start != "<!doctype html>":
        yield "map.html is not an HTML document"


def _tickets(files: Files) -> Iterator[str]:
    """Demand that tickets in = planned + partly + unassigned + rejected."""
    states = ticket_states(files)
    listed = Counter(t for incident in files.plan["incidents"] for t in incident["tickets"])
    kept = [row.id for row in files.tickets if row.number not in files.rejected_rows]
    for ticket in sorted(set(kept) - set(listed)):
        yield f"ticket {ticket} is lost: in no incident and not rejected"
    for ticket in sorted(set(listed) - set(kept)):
        yield f"ticket {ticket} is in an incident, but is rejected or was never given"
    for ticket, count in sorted((listed + Counter()).items()):
        if count > 1:
            yield f"ticket {ticket} is in {count} incidents"
    for ticket, count in sorted(Counter(kept).items()):
        if count > 1:
            yield f"ticket id {ticket} is used by {count} rows, none of the later ones rejected"
    yield from (f"ticket {one} has no work order" for one in states if states[one] == "lost")


def _rejected(files: Files) -> Iterator[str]:
    """Demand that a rejected row names a row that exists, its own id, and why."""
    ids = {row.number: row.id for row in files.tickets}
    for one in files.rejected:
        if not (one["reason"].strip() and one["detail"].strip() and one["field"].strip()):
            yield f"rejected row {one['row']} of {one['file']} does not say why"
        mine = one["file"].startswith("tickets") and int(one["row"]) in ids
        if mine and ids[int(one["row"])] != one["id"].lstrip("'"):
            yield f"rejected row {one['row']} is said to be {one['id']!r}"


def _orders(files: Files) -> Iterator[str]:
    """Demand that each order is placed once, for the tickets of its incident."""
    if len(files.orders) != len(files.plan["work_orders"]):
        yield "two work orders share an id"
    placed = Counter(visit.work_order for visit in _visits(files))
    placed.update(one["work_order"] for one in files.plan["unassigned"])
    for name in sorted(set(files.orders) | set(placed)):
        if placed[name] != 1 or name not in files.orders:
            yield f"work order {name} stands {placed[name]} times in the plan"
    incidents = {one["id"]: one for one in files.plan["incidents"]}
    for order in files.orders.values():
        if set(order.tickets) != set(incidents[order.incident]["tickets"]):
            yield f"work order {order.id} lists other tickets than incident {order.incident}"
        if set(order.after) - set(files.orders):
            yield f"work order {order.id} waits for one that does not exist"
        yield from _isolated_first(files, order, incidents[order.incident]["isolation"])


def _isolated_first(files: Files, order: Order, isolation: object) -> Iterator[str]:
    """Demand that a repair waits for its isolate order, and that there is an isolation."""
    isolate = {
        one.id
        for one in files.orders.values()
        if one.incident == order.incident and one.kind == "isolate"
    }
    if order.kind == "repair" and not isolate <= set(order.after):
        yield f"repair {order.id} does not wait for {sorted(isolate)}"
    if order.kind == "isolate" and not isolation:
        yield f"incident {order.incident} is to be isolated, but has no isolation"


def _released(files: Files) -> Iterator[str]:
    """Demand that an order is released when the first of its tickets was received."""
    received = {
        row.id: row.received_at for row in files.tickets if row.number not in files.rejected_rows
    }
    for order in files.orders.values():
        times = [received.get(ticket) for ticket in order.tickets]
        known = [time for time in times if time is not None]
        if not known or abs(min(known) - order.released_at) > ROUNDING_S:
            yield f"work order {order.id} is not released when its first ticket was received"


def _copies(files: Files) -> Iterator[str]:
    """Demand that visits and unassigned entries repeat their order's tickets and say why."""
    for visit in _visits(files):
        if set(visit.tickets) != set(files.orders[visit.work_order].tickets):
            yield f"the visit for {visit.work_order} lists other tickets than the order"
        if not all(isinstance(reason, str) and reason.strip() for reason in visit.reasons):
            yield f"the visit for {visit.work_order} has no reason in both languages"
    for one in files.plan["unassigned"]:
        if set(one["tickets"]) != set(files.orders[one["work_order"]].tickets):
            yield f"unassigned {one['work_order']} lists other tickets than the order"
        if not (str(one["reason"] or "").strip() and str(one["detail"] or "").strip()):
            yield f"unassigned {one['work_order']} has no reason"
        yield from _true_reason(files, files.orders[one["work_order"]], one["reason"])


def _true_reason(files: Files, order: Order, reason: str) -> Iterator[str]:
    """Demand that the reasons which the crews alone decide are true."""
    skilled = [crew for crew in files.crews.values() if order.skills <= crew.skills]
    able = [crew for crew in skilled if crew.size >= order.crew_size]
    untrue = {
        "no_skill": bool(skilled),
        "crew_too_small": not skilled or bool(able),
        "waits_for_unassigned": not set(order.after)
        & {one["work_order"] for one in files.plan["unassigned"]},
    }
    if untrue.get(reason, False):
        yield f"unassigned {order.id} says {reason}, which is not so"


def _ability(files: Files) -> Iterator[str]:
    """Demand crews of crews.csv with the skills and the people."""
    for visit in _visits(files):
        crew, order = files.crews.get(visit.crew), files.orders[visit.work_order]
        if crew is None:
            yield f"crew {visit.crew} is not in crews.csv or was rejected"
            continue
        if not order.skills <= crew.skills:
            yield f"crew {crew.id} lacks a skill for {order.id}"
        if crew.size < order.crew_size:
            yield f"crew {crew.id} is too small for {order.id}"


def _times(files: Files) -> Iterator[str]:
    """Walk each route: shift, release, matrix, duration and overlap."""
    for name, route in files.routes.items():
        crew = files.crews.get(name)
        if crew is not None:
            free, here = max(crew.shift_start, files.now), f"crew:{name}"
            for visit in route:
                yield from _visit(files, crew, visit, free, here)
                free, here = visit.end, f"order:{visit.work_order}"


def _visit(files: Files, crew: Crew, visit: Visit, free: float, here: str) -> Iterator[str]:
    order = files.orders[visit.work_order]
    what = f"crew {crew.id} for {order.id}"
    travel = files.seconds(here, f"order:{order.id}")
    if visit.depart < free - ROUNDING_S:
        yield f"{what} departs before it is free (shift, now or the visit before)"
    if visit.depart < order.released_at - ROUNDING_S:
        yield f"{what} departs before the order is released"
    if travel is None or abs(travel - visit.travel_s) > ROUNDING_S:
        yield f"{what} travels {visit.travel_s} s, the matrix says {travel}"
    if abs(visit.depart + visit.travel_s - visit.eta) > ROUNDING_S:
        yield f"{what} arrives at another time than departure plus travel"
    if visit.start < visit.eta - ROUNDING_S:
        yield f"{what} starts before it arrives"
    if abs(visit.start + order.duration_s - visit.end) > ROUNDING_S:
        yield f"{what} does not take its duration"
    if visit.end > crew.shift_end + ROUNDING_S:
        yield f"{what} ends after the shift"


def _precedence(files: Files) -> Iterator[str]:
    """Demand that no order starts before those it waits for have ended."""
    visits = {visit.work_order: visit for visit in _visits(files)}
    for visit in visits.values():
        for name in files.orders[visit.work_order].after:
            before = visits.get(name)
            if before is None or before.end > visit.start + ROUNDING_S:
                yield f"{visit.work_order} starts before {name} is done"


def _matrix(files: Files) -> Iterator[str]:
    """Demand a sane square matrix over the crews and the orders, besides homes and depots only."""
    travel = files.plan["travel"]
    places = {f"crew:{crew}" for crew in files.crews} | {f"order:{one}" for one in files.orders}
    others = {one for one in travel["places"] if one.startswith(("home:", "depot:"))}
    size = len(places) + len(others)
    if set(travel["places"]) - others != places or len(travel["places"]) != size:
        yield "the matrix is not over the crews and the work orders"
    if [len(row) for row in travel["seconds"]] != [size] * size:
        yield "the matrix is not square"
    if any(row[i] != 0 for i, row in enumerate(travel["seconds"])):
        yield "the matrix has a place that is away from itself"
    if any(cell is not None and cell < 0 for row in travel["seconds"] for cell in row):
        yield "the matrix has a negative travel time"
    if not isinstance(travel["straight_line"], bool) or not travel["method"]:
        yield "the matrix does not say how it was made"


def _speed(files: Files) -> Iterator[str]:
    """Demand that nobody drives faster than a car can, whatever made the matrix."""
    orders = sorted(files.orders.values(), key=lambda order: order.id)
    for one, other in permutations(orders, 2):
        seconds = files.seconds(f"order:{one.id}", f"order:{other.id}")
        if seconds is not None and _metres(one, other) > TOP_SPEED * (seconds + ROUNDING_S):
            yield f"the matrix flies from {one.id} to {other.id} in {seconds} s"


def _metres(one: Order, other: Order) -> float:
    """Return the distance on a sphere of 6371 km, good to half a percent."""
    a, b = math.radians(one.lat), math.radians(other.lat)
    turn = math.sin((b - a) / 2) ** 2
    turn += math.cos(a) * math.cos(b) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * 6_371_000 * math.asin(math.sqrt(turn))


def _cost(files: Files) -> Iterator[str]:
    """Demand that the terms add up, greedy is not cheaper and no violation is admitted."""
    cost, greedy = files.plan["cost"], files.plan["greedy_cost"]
    for name, terms in (("cost", cost), ("greedy_cost", greedy)):
        parts = sum(value for term, value in terms.items() if term != "total")
        if len(terms) < 2 or not math.isclose(parts, terms["total"], rel_tol=1e-6, abs_tol=1.0):
            yield f"the terms of {name} do not add up to its total"
    if set(cost) != set(greedy):
        yield "cost and greedy_cost have different terms"
    if cost["total"] > greedy["total"] + 1e-6 * abs(greedy["total"]):
        yield f"the plan costs {cost['total']}, greedy only {greedy['total']}"
    if files.plan["violations"] != []:
        yield f"the plan admits violations: {files.plan['violations']}"


def _outages(files: Files) -> Iterator[str]:
    """Demand that outages.geojson shows the isolated incidents and no other, in degrees."""
    isolated = {one["id"] for one in files.plan["incidents"] if one["isolation"]}
    features = files.outages["features"]
    shown = {feature["properties"]["incident"] for feature in features}
    if files.outages["type"] != "FeatureCollection" or isolated != shown:
        yield f"outages.geojson shows {sorted(shown)}, isolated are {sorted(isolated)}"
    if not all(_in_degrees(feature["geometry"]["coordinates"]) for feature in features):
        yield "outages.geojson has a place that is not lon, lat in degrees"
    for one in files.plan["incidents"]:
        isolation = one["isolation"]
        if isolation and isolation["premises_count"] != len(set(isolation["premises"])):
            yield f"incident {one['id']} miscounts its premises"


def _in_degrees(coordinates: Any) -> bool:
    if isinstance(coordinates[0], list):
        return all(_in_degrees(part) for part in coordinates)
    lon, lat = coordinates[:2]
    return bool(abs(lon) <= 180 and abs(lat) <= 90)


CHECKS = (
    _tickets,
    _rejected,
    _orders,
    _released,
    _copies,
    _ability,
    _times,
    _precedence,
    _matrix,
    _speed,
    _cost,
    _outages,
)
