"""The oracle's price, term by term, on days small enough to be priced by hand.

Places lie on one road, in minutes of driving; times are minutes after ``NOW``.
"""

from __future__ import annotations

import pytest

from dispatch import Running
from domain.words import Priority, WorkOrderKind
from tests.dispatch.instances import at, on_a_line, team, work
from tests.dispatch.oracle import plan_of, score

P1 = Priority.P1


def test_the_price_of_a_burst() -> None:
    """40 premises dry from the burst on, 100 from the isolation until the repair's end."""
    grave = {"incident": "E", "priority": P1, "premises_dry_before": 40, "premises_dry_after": 100}
    shut = work("S", kind=WorkOrderKind.ISOLATE, leaking=True, due_on_site=at(15), **grave)
    mend = work("M", after=("S",), due_on_site=at(300), **grave)
    day = on_a_line([team("A")], [shut, mend], [0, 20, 20])
    cost = score(day, plan_of(day, [[0, 1]]))
    # isolated at 50, restored at 80: 40 x 3000 s + 100 x 1800 s, half each
    assert cost["customer_minutes"] == 0.5 * (40 * 3000 + 100 * 1800)
    # it leaks for 3000 s at 5, and 60 more premises would have been dry
    assert cost["hazard"] == 5 * 3000 + 0.5 * 60 * 3000
    # arrives 5 minutes late, and 15 minutes later than ten minutes before
    assert cost["lateness"] == 5 * 300 + 12_000
    assert cost["slack"] == 1 * 900
    assert cost["waiting"] == 2 * (1200 + 3000)
    assert cost["total"] == sum(value for term, value in cost.items() if term != "total")


def test_the_price_of_nobody_coming() -> None:
    """Unassigned it all counts to the end of the last shift, at 120."""
    shut = work(
        "S",
        kind=WorkOrderKind.ISOLATE,
        priority=P1,
        leaking=True,
        premises_dry_before=40,
        due_on_site=at(100),
    )
    day = on_a_line([team("A", (0, 2))], [shut], [0, 20])
    cost = score(day, plan_of(day, [[]]))
    assert cost["customer_minutes"] == 0.5 * 40 * 7200
    assert cost["hazard"] == 5 * 7200
    assert cost["lateness"] == 5 * 1200 + 12_000
    assert cost["slack"] == 1800
    assert cost["waiting"] == 2 * 7200
    assert cost["unassigned"] == 160_000


@pytest.mark.parametrize(
    ("after", "premises"), [((), 40), (("ended",), 100)], ids=["never", "already"]
)
def test_the_price_of_what_nobody_isolates(after: tuple[str, ...], premises: int) -> None:
    """Mended at 50: dry as by the burst alone, or as by the valves that are shut already."""
    order = work("M", after=after, premises_dry_before=40, premises_dry_after=100)
    day = on_a_line([team("A")], [order], [0, 20])
    cost = score(day, plan_of(day, [[0]]))
    assert cost["customer_minutes"] == 0.5 * premises * 3000
    assert cost["hazard"] == 0


def test_the_price_of_who() -> None:
    """Another's order, in another's district, with the reserve: each once."""
    orders = [work("W0", territory="east"), work("W1", priority=P1), work("W2", territory="west")]
    crews = [team("A", territories=("west",), reserve=True), team("B")]
    running = Running(sequences={"B": ("W0", "gone"), "A": ("W2",)})
    day = on_a_line(crews, orders, [0] * 5, running=running)
    cost = score(day, plan_of(day, [[0, 1, 2], []]))
    assert cost["territory"] == 300
    assert cost["reserve"] == 2 * 1800
    assert cost["churn"] == 600


def test_leaks_cost_less_than_bursts() -> None:
    """A leak costs half a second for each, five where water had to be shut off for it."""
    leak = {"leaking": True, "premises_dry_before": 1}
    orders = [work("W0", **leak), work("W1", premises_dry_after=1, **leak)]
    day = on_a_line([team("A"), team("B")], orders, [0, 0, 0, 0])
    assert score(day, plan_of(day, [[0], [1]]))["hazard"] == 0.5 * 1800 + 5 * 1800
