"""The checker of plans is itself checked: a good day passes, every kind of damage is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.judge.good_day import GoodDay, at
from tests.oracles.plan_checker import problems, ticket_states
from tests.oracles.plan_files import read_files

Damage = Callable[[GoodDay], object]


def test_a_good_day_has_no_problem(tmp_path: Path) -> None:
    """The hand-made day is right in every respect."""
    assert problems(*GoodDay().write(tmp_path)) == []


def test_every_ticket_is_in_one_state(tmp_path: Path) -> None:
    """Planned, partly, unassigned: told from the orders of the ticket's incident."""
    day = GoodDay()
    last = day.plan["routes"][0]["visits"].pop()
    day.plan["unassigned"].append(
        {"work_order": last["work_order"], "tickets": ["T1", "T2"], "reason": "x", "detail": "x"}
    )
    states = ticket_states(read_files(*day.write(tmp_path)))
    assert states == {
        "T1": "partly",
        "T2": "partly",
        "T3": "planned",
        "T4": "unassigned",
        "T6": "unassigned",
    }


def _swap_first_two(day: GoodDay) -> None:
    day.visit(0, 0)["work_order"], day.visit(0, 1)["work_order"] = "W1R", "W1I"


def _twice(day: GoodDay) -> None:
    day.plan["routes"][1]["visits"].append(day.visit(0, 1))


def _unassign_repair(day: GoodDay) -> None:
    day.plan["routes"][0]["visits"].pop()
    entry = {"work_order": "W1R", "tickets": ["T1", "T2"], "reason": "no_time_left", "detail": "x"}
    day.plan["unassigned"].append(entry)


def _unreachable(day: GoodDay) -> None:
    day.plan["travel"]["seconds"][0][2] = None


def _set(day: GoodDay, name: str, value: str) -> None:
    setattr(day, name, value)


def _cut(day: GoodDay, name: str, old: str, new: str) -> None:
    before = getattr(day, name)
    assert old in before
    setattr(day, name, before.replace(old, new))


DAMAGES: dict[str, tuple[Damage, str]] = {
    "lost ticket": (lambda d: d.plan["incidents"][0]["tickets"].remove("T2"), "T2 is lost"),
    "ticket from nowhere": (
        lambda d: d.plan["incidents"][1]["tickets"].append("T9"),
        "T9 is in an incident",
    ),
    "ticket in two incidents": (
        lambda d: d.plan["incidents"][1]["tickets"].append("T1"),
        "T1 is in 2 incidents",
    ),
    "planned and rejected": (
        lambda d: _cut(d, "rejected", "tickets.csv,6,T5", "tickets.csv,4,T3"),
        "T3 is in an incident, but is rejected",
    ),
    "neither planned nor rejected": (
        lambda d: _cut(d, "rejected", "tickets.csv,6", "other.csv,6"),
        "T5 is lost",
    ),
    "wrong id in rejected.csv": (lambda d: _cut(d, "rejected", "6,T5", "6,T7"), "'T7'"),
    "rejected without a reason": (lambda d: _cut(d, "rejected", "no_place", ""), "say why"),
    "same id in two rows": (lambda d: _cut(d, "tickets", "T2,", "T1,"), "is used by 2 rows"),
    "order planned twice": (_twice, "stands 2 times"),
    "order in no place": (lambda d: d.plan["routes"][1]["visits"].pop(), "W2 stands 0 times"),
    "order without incident's tickets": (
        lambda d: d.order("W1R").update(tickets=["T1"]),
        "lists other tickets than incident",
    ),
    "visit lists other tickets": (
        lambda d: d.visit(0, 0).update(tickets=["T1"]),
        "lists other tickets than the order",
    ),
    "incident without work": (lambda d: d.order("W2").update(incident="E1"), "no work order"),
    "skill lacking": (lambda d: d.order("W2").update(skills=["tanker"]), "lacks a skill"),
    "crew too small": (lambda d: d.order("W2").update(crew_size=4), "too small"),
    "rejected crew sent": (
        lambda d: _cut(d, "rejected", "crews.csv,4,C3", "crews.csv,3,C2"),
        "C2 is not in crews.csv or was rejected",
    ),
    "unknown crew": (lambda d: d.plan["routes"][1].update(crew="C9"), "crew C9"),
    "one crew on two routes": (lambda d: d.plan["routes"][1].update(crew="C1"), "two routes"),
    "before the shift": (
        lambda d: _cut(d, "crews", "2,116.0,36.0,2026-11-23T08", "2,116.0,36.0,2026-11-23T10"),
        "before it is free",
    ),
    "after the shift": (
        lambda d: _cut(d, "crews", "2026-11-23T17:00:00+08:00,A", "2026-11-23T10:00:00+08:00,A"),
        "ends after the shift",
    ),
    "before now": (lambda d: d.plan.update(now=at("08:30")), "before it is free"),
    "before the release": (
        lambda d: d.visit(1, 0).update(depart=at("08:30"), eta=at("09:00")),
        "before the order is released",
    ),
    "wrong release": (
        lambda d: d.order("W1R").update(released_at=at("08:10")),
        "not released when its first ticket",
    ),
    "repair first": (_swap_first_two, "starts before W1I is done"),
    "repair does not wait": (lambda d: d.order("W1R").update(after=[]), "does not wait for"),
    "waits for a ghost": (lambda d: d.order("W2").update(after=["W9"]), "does not exist"),
    "overlap": (lambda d: d.visit(0, 1).update(depart=at("08:40")), "before it is free"),
    "faster than the matrix": (lambda d: d.visit(0, 1).update(travel_s=300), "the matrix says"),
    "no way there": (_unreachable, "the matrix says None"),
    "ETA is not departure plus travel": (
        lambda d: d.visit(0, 1).update(eta=at("08:55")),
        "another time than departure plus travel",
    ),
    "starts before it arrives": (
        lambda d: d.visit(0, 1).update(start=at("08:55"), end=at("10:55")),
        "starts before it arrives",
    ),
    "too short on site": (lambda d: d.visit(0, 1).update(end=at("10:00")), "its duration"),
    "idle crew": (lambda d: d.order("W4").update(duration_s=600), "W4 is unassigned, yet crew C1"),
    "idle crew in a gap": (
        lambda d: d.order("W4").update(duration_s=600, skills=["meter"]),
        "W4 is unassigned, yet crew C2 could do it as visit 1",
    ),
    "idle crew for the second step": (_unassign_repair, "W1R is unassigned, yet crew C1"),
    "visit without a reason": (lambda d: d.visit(0, 0).update(reason_en=" "), "no reason"),
    "unassigned without a reason": (
        lambda d: d.plan["unassigned"][1].update(detail=""),
        "no reason",
    ),
    "false reason": (
        lambda d: d.plan["unassigned"][1].update(reason="no_skill"),
        "says no_skill, which is not so",
    ),
    "false excuse": (
        lambda d: d.plan["unassigned"][1].update(reason="waits_for_unassigned"),
        "which is not so",
    ),
    "greedy is cheaper": (
        lambda d: d.plan["greedy_cost"].update(travel=3000.0, total=3100.0),
        "greedy only 3100",
    ),
    "terms do not add up": (lambda d: d.plan["cost"].update(travel=1.0), "do not add up"),
    "other terms": (
        lambda d: d.plan["greedy_cost"].update(churn=0.0),
        "different terms",
    ),
    "violation admitted": (lambda d: d.plan["violations"].append("late"), "admits violations"),
    "matrix not square": (lambda d: d.plan["travel"]["seconds"][0].pop(), "not square"),
    "matrix without an order": (
        lambda d: d.plan["travel"]["places"].__setitem__(6, "order:W9"),
        "not over the crews",
    ),
    "negative travel": (
        lambda d: d.plan["travel"]["seconds"][5].__setitem__(6, -1),
        "negative travel",
    ),
    "faster than any car": (lambda d: d.order("W4").update(lon=117.0), "flies from"),
    "naive time": (lambda d: d.plan.update(now="2026-11-23T08:00:00"), "no offset"),
    "a field is gone": (lambda d: d.plan.pop("greedy_cost"), "not as promised"),
    "isolation miscounted": (
        lambda d: d.plan["incidents"][0]["isolation"].update(premises_count=7),
        "miscounts its premises",
    ),
    "isolation gone": (
        lambda d: d.plan["incidents"][0].update(isolation=None),
        "has no isolation",
    ),
    "outage not shown": (lambda d: d.outages["features"].clear(), "outages.geojson shows"),
    "outage in metres": (
        lambda d: d.outages["features"][0]["geometry"]["coordinates"].append([500000.0, 4e6]),
        "not lon, lat",
    ),
    "map is empty": (lambda d: _set(d, "page", ""), "map.html is not"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found(name: str, tmp_path: Path) -> None:
    """Each kind of damage to a good day is named."""
    damage, words = DAMAGES[name]
    day = GoodDay()
    damage(day)
    found = problems(*day.write(tmp_path))
    assert any(words in line for line in found), found


@pytest.mark.parametrize("name", ["plan.json", "map.html", "outages.geojson", "rejected.csv"])
def test_a_missing_file_is_found(name: str, tmp_path: Path) -> None:
    """All four files must be there."""
    tickets, crews, out = GoodDay().write(tmp_path)
    (out / name).unlink()
    assert problems(tickets, crews, out) == [f"{name} is missing"]
