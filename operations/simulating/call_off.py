"""The same right for every rule: crews are called off lesser work, or turned round, for a burst.

Known in the study as pre3; it stands in front of any policy. Ours needs none: its search weighs
the same right against everything else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.incidents import WorkOrder
from operations.simulating.view import (
    Answer,
    CrewSeen,
    Doing,
    Policy,
    View,
    is_capable,
    is_emergency,
)

#: A crew is called off only if it then is there so much earlier than any that needs not be.
#: Source: mainbreak default, a third of the quarter of an hour that making work safe takes.
GAIN_S = 300

#: A crew for work that waits for an isolation is called off no earlier than it must be to be there
#: so long before it ends. Source: mainbreak default.
AHEAD_S = 300


@dataclass(frozen=True)
class CallingOff:
    """A policy with the right to interrupt: emergencies first, each to whoever is there first."""

    policy: Policy
    interrupts: bool = True

    def decide(self, view: View) -> Answer:
        """Return who goes to emergencies, and what the policy does with the rest."""
        go: dict[int, str] = {}
        ends = dict(view.ends)
        held: set[str] = set()
        for order in view.open:
            if is_emergency(order):
                self._serve(order, view, go, ends, held)
        rest = replace(
            view,
            crews={c: crew for c, crew in view.crews.items() if c not in go},
            open=tuple(one for one in view.open if one.id not in ends and one.id not in held),
            ends=ends,
        )
        answer = self.policy.decide(rest)
        return Answer({**answer.go, **go}, answer.told)

    def _serve(
        self,
        order: WorkOrder,
        view: View,
        go: dict[int, str],
        ends: dict[str, int],
        held: set[str],
    ) -> None:
        """Send somebody now, or hold the order for a crew that is about to be free."""
        waits = [one for one in order.after if one not in view.done]
        if any(one not in ends for one in waits):
            return
        ready = max([view.now, *(ends[one] for one in waits)])
        crews = {c: crew for c, crew in view.crews.items() if c not in go}
        free = _first(order, view, crews, ready, Doing.FREE)
        off = _first(order, view, crews, ready, None)
        soon = _natural(order, view, crews, ready)
        best_without = min((one[0] for one in (free, soon) if one), default=None)
        if off and (best_without is None or off[0] + GAIN_S <= best_without):
            drive = off[1]
            if not waits or view.now + drive + AHEAD_S >= ready:
                go[off[2]], ends[order.id] = order.id, off[0] + order.duration_s
            else:
                held.add(order.id)
        elif free and (soon is None or free[0] <= soon[0] + GAIN_S):
            go[free[2]], ends[order.id] = order.id, free[0] + order.duration_s
        elif soon:
            held.add(order.id)


Choice = tuple[int, int, int]


def _first(
    order: WorkOrder, view: View, crews: dict[int, CrewSeen], ready: int, doing: Doing | None
) -> Choice | None:
    """Return (begin, seconds until there, crew) of the first there, None if nobody can.

    Among free crews if ``doing`` is given, else among those that may be called off.
    """
    choices = []
    for number, crew in crews.items():
        fits = crew.doing is doing if doing is not None else crew.may_leave
        if fits and is_capable(crew.crew, order):
            seconds = view.drive(crew, order)
            if crew.doing is Doing.WORKING and crew.order is not None:
                seconds += view.begun[crew.order].make_safe_s
            begin = max(view.now + seconds, ready)
            if begin + order.duration_s <= crew.shift_end:
                choices.append((begin, seconds, number))
    return min(choices, default=None)


def _natural(order: WorkOrder, view: View, crews: dict[int, CrewSeen], ready: int) -> Choice | None:
    """Return the first there among crews that end what they do now, or come on duty."""
    choices = []
    for number, crew in crews.items():
        if crew.doing is not Doing.FREE and is_capable(crew.crew, order):
            drive = int(view.ground.seconds[crew.free_place, view.places[order.id]])
            begin = max(crew.free_at + drive, ready)
            if begin + order.duration_s <= crew.shift_end:
                choices.append((begin, crew.free_at - view.now + drive, number))
    return min(choices, default=None)
