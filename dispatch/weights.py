"""What a plan minimises: every weight one setting, its unit a second of travel."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from domain.words import Priority

ByPriority = dict[Priority, float]


def _each(p1: float, p2: float, p3: float, p4: float) -> ByPriority:
    return {Priority.P1: p1, Priority.P2: p2, Priority.P3: p3, Priority.P4: p4}


@dataclass(frozen=True)
class Weights:
    """Prices in seconds of travel; the formulas stand in docs/plan.md.

    The start weights come from a simulated study of 40 crews and 300 jobs a day; "study" below
    means that study, "days" means those of docs/simulation.md, whose development days these figures
    were chosen on. Where neither has a figure the source says "mainbreak default".

    Attributes
    ----------
    travel
        Per second of driving. Default 1: the unit of all others. Source: definition.
    customer
        Per premises and second without water. Default 6. Source: days; study: insensitive from
        0.5 to 3 for bursts, small outages are shorter with more, and no longer with 100.
    burst
        Per second from the report until a leaking isolate order is done. Default 10, the price
        of a P1 lateness second. Source: mainbreak default.
    leak
        Per second from the report until any other leaking order is done. Default 1. Source:
        mainbreak default, ten leaks to a burst.
    lateness
        Per second that a crew arrives after ``due_on_site``, by priority. Default 10, 20, 6, 0.6.
        Source: days.
    miss
        Once if a crew arrives after ``due_on_site``, by priority, seconds. Default 40 000,
        60 000, 8 000, 1 200. Source: days.
    slack
        Per second that a crew arrives later than ``slack_s`` before ``due_on_site``, by priority:
        a plan without slack is late as soon as anything takes longer. Default 4, 4, 0.4, 0.04.
        Source: days.
    slack_s
        Seconds before ``due_on_site`` at which it begins, by priority. Default 600, 2 400, 5 400,
        3 600. Source: days.
    overtime
        Per second worked, or driven home, after the shift's end. Default 3. Source: mainbreak
        default, three times a second on the road.
    break_late
        Per second that a break begins after its latest time. Default 1. Source: mainbreak default.
    territory
        Once for an order in a district that is none of the crew's, if it has any, seconds. Default
        300. Source: mainbreak default, five minutes of driving.
    reserve
        Once for an order other than P1 that a reserve crew is given, seconds. Default 1 800.
        Source: mainbreak default, half an hour of driving.
    interrupt
        Once for a crew that leaves work half done for an emergency, seconds. Default 1 800.
        Source: mainbreak default.
    divert
        Once for a crew that turns round on its way for an emergency, seconds. Default 600.
        Source: mainbreak default, ten minutes of driving.
    waiting
        Per second from the report until work begins, by priority. Default 4, 0.8, 0.2, 0.06.
        Source: days; study: half of it for P1 to P3.
    churn
        Once for each order that another crew was told to do and has not begun, seconds. Default
        600: a change is worth ten minutes of driving. Source: days.
    unassigned
        Once for an order nobody is given, by priority, seconds; on top of what the other terms
        count until the horizon. Default 320 000, 160 000, 80 000, 40 000, so that a day of driving
        is cheaper than dropping work. Source: mainbreak default.
    """

    travel: float = 1.0
    customer: float = 6.0
    burst: float = 10.0
    leak: float = 1.0
    lateness: ByPriority = field(default_factory=lambda: _each(10.0, 20.0, 6.0, 0.6))
    miss: ByPriority = field(default_factory=lambda: _each(40_000, 60_000, 8_000, 1_200))
    waiting: ByPriority = field(default_factory=lambda: _each(4.0, 0.8, 0.2, 0.06))
    slack: ByPriority = field(default_factory=lambda: _each(4.0, 4.0, 0.4, 0.04))
    slack_s: ByPriority = field(default_factory=lambda: _each(600, 2_400, 5_400, 3_600))
    overtime: float = 3.0
    break_late: float = 1.0
    territory: float = 300.0
    reserve: float = 1_800.0
    interrupt: float = 1_800.0
    divert: float = 600.0
    churn: float = 600.0
    unassigned: ByPriority = field(default_factory=lambda: _each(320_000, 160_000, 80_000, 40_000))

    def __post_init__(self) -> None:
        """Refuse a negative price: it would pay for harm."""
        values = [getattr(self, one.name) for one in fields(self)]
        single = [one for one in values if not isinstance(one, dict)]
        tables = [one for one in values if isinstance(one, dict)]
        if min(single) < 0 or any(min(table.values()) < 0 for table in tables):
            raise ValueError("a weight is a price of zero or more")
        if any(set(table) != set(Priority) for table in tables):
            raise ValueError("a weight by priority names every priority")
