"""The rules on the road: drives, parts and depots, arriving, going home."""

from __future__ import annotations

from datetime import timedelta

from dispatch.rules_case import Case, Stop, Violations, rule


@rule(
    4,
    "车上缺料时绕行总路程最短的仓库取料，不缺料不绕行",
    "A van that lacks parts goes by the depot with the shortest way, another by none.",
)
def parts(case: Case) -> Violations:
    """Yield each visit with the wrong depot, without the one it needs, or with a needless one."""
    for stop in case.every_stop:
        if not stop.lacks:
            if stop.visit.depot:
                yield f"{stop.name}: lacks nothing, goes by depot {stop.visit.depot}"
            continue
        best = case.best_depot(stop.here, stop.there)
        if best is None:
            yield f"{stop.name}: lacks {', '.join(stop.lacks)}, and no depot can be reached"
        elif stop.visit.depot != best[0]:
            goes = f"goes by {stop.visit.depot or 'none'}"
            yield (
                f"{stop.name}: lacks {', '.join(stop.lacks)}, {goes}; "
                f"depot {best[0]} is the nearest, {best[1]} s in all"
            )


@rule(4, "取料时间等于仓库规定的装料时间", "A pick-up takes the loading time of its depot.")
def pickup(case: Case) -> Violations:
    """Yield each visit whose pick-up takes another time."""
    for stop in case.every_stop:
        depot = case.depots.get(stop.visit.depot)
        takes = depot.load_s if depot else 0
        if stop.visit.pickup_s != takes:
            yield f"{stop.name}: picks up for {stop.visit.pickup_s} s instead of {takes} s"


@rule(5, "每一程都有路可走", "There is a way to every visit.")
def reachable(case: Case) -> Violations:
    """Yield each visit without a way to it."""
    for stop in case.every_stop:
        if not stop.goes_on and _drive(case, stop) is None:
            yield f"{stop.name}: no way from {_origin(stop)}{_by(stop)}"


@rule(
    5,
    "行驶时间与行程矩阵一致，每一程进到整秒",
    "A drive takes the seconds of the travel matrix, rounded up drive by drive.",
)
def travel(case: Case) -> Violations:
    """Yield each visit whose drive the matrix says otherwise."""
    for stop in case.every_stop:
        drive = None if stop.goes_on else _drive(case, stop)
        if drive is not None and stop.visit.travel_s != drive:
            way = f"from {_origin(stop)}{_by(stop)}"
            yield f"{stop.name}: {stop.visit.travel_s} s {way}, the matrix says {drive} s"


@rule(
    5,
    "到场时刻等于出发时刻加行驶和取料时间",
    "A crew arrives at its departure plus the drive plus the pick-up.",
)
def arrival(case: Case) -> Violations:
    """Yield each visit with another arrival."""
    for stop in case.every_stop:
        visit = stop.visit
        due = visit.depart + timedelta(seconds=visit.travel_s + visit.pickup_s)
        if visit.eta != due:
            yield f"{stop.name}: arrives {visit.eta.isoformat()} instead of {due.isoformat()}"


@rule(
    8,
    "需要回驻地的班组有路可回，返回时刻等于末次完工加回程",
    "A crew with a home is back at its last end plus the way home; others plan no way home.",
)
def way_home(case: Case) -> Violations:
    """Yield each route that is back at another time, or cannot be back."""
    for route in case.plan.routes:
        crew = case.crews[route.crew]
        due = None
        if crew.home is not None and route.visits:
            last = route.visits[-1]
            way = case.way_home(crew, last.work_order)
            if way is None:
                yield f"crew {crew.id}: no way home from {last.work_order}"
                continue
            due = last.end + timedelta(seconds=way)
        if route.back != due:
            is_back, should = (at.isoformat() if at else "never" for at in (route.back, due))
            yield f"crew {crew.id}: is back {is_back} instead of {should}"


def _drive(case: Case, stop: Stop) -> int | None:
    return case.way_by(stop.visit.depot, stop.here, stop.there)


def _origin(stop: Stop) -> str:
    return stop.before.work_order if stop.before else "its start"


def _by(stop: Stop) -> str:
    return f" by depot {stop.visit.depot}" if stop.visit.depot else ""
