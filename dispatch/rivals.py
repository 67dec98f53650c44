"""The next best crews for a visit: what they would cost more, when they would come."""

from __future__ import annotations

import numpy as np

from dispatch.arrays import NEVER
from dispatch.blocked import first_block
from dispatch.standing import Standing
from dispatch.words import join
from domain.plans import Rival

#: How many are told. Source: issue of the plan, "why not the next best three".
MOST = 3


def rivals_of(standing: Standing, order: int) -> tuple[Rival, ...]:
    """Return the next best three crews, cheapest first; then those nearest that cannot."""
    own = standing.crew[order]
    if standing.problem.begun[own] == order:
        return ()  # a crew is not taken from what it has begun for being the second best
    _, price, eta = standing.prices_elsewhere(order)
    able = [int(c) for c in np.argsort(price, kind="stable")[:MOST] if np.isfinite(price[c])]
    found = [_able(standing, order, c, float(price[c]), int(eta[c])) for c in able]
    if len(found) < MOST:
        near = standing.problem.travel_s[: standing.problem.n_crews, _place(standing, order)]
        others = [c for c in np.argsort(near, kind="stable").tolist() if c != own and c not in able]
        found += [_unable(standing, order, c) for c in others[: MOST - len(found)]]
    return tuple(found)


def _place(standing: Standing, order: int) -> int:
    return standing.problem.n_crews + order


def _able(standing: Standing, order: int, crew: int, price: float, eta: int) -> Rival:
    problem = standing.problem
    due = int(problem.due[order])
    slack = None if due == NEVER else due - eta
    later = round((eta - standing.eta[order]) / 60)
    extra = round(price / 60)
    when = (
        (f"早到 {-later} 分", f"{-later} min sooner")
        if later < 0
        else (f"晚到 {later} 分", f"{later} min later")
    )
    what = (f"全天多花 {extra:,} 分车程当量", f"{extra:,} travel minutes dearer in all")
    if extra <= 0:
        what = ("全天花费不多", "no dearer in all")
    return Rival(
        crew=problem.crews[crew].id,
        blocked=None,
        eta=standing.instant(eta),
        extra_s=round(price),
        slack_s=slack,
        said=join([when, what, _slack(slack)]),
    )


def _slack(slack: int | None) -> tuple[str, str] | None:
    if slack is None:
        return None
    minutes = abs(round(slack / 60))
    if slack < 0:
        return f"超时 {minutes} 分", f"{minutes} min late"
    return f"比时限早 {minutes} 分", f"{minutes} min before due"


def _unable(standing: Standing, order: int, crew: int) -> Rival:
    reason, said = first_block(standing, order, crew)
    return Rival(standing.problem.crews[crew].id, reason, None, 0, None, join([said]))
