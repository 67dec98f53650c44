"""Small, quick days, and dispatchers that watch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from operations.simulating.call_off import CallingOff
from operations.simulating.field import Field
from operations.simulating.ground import Ground, make_ground
from operations.simulating.log import Entry
from operations.simulating.made import Days, make_days
from operations.simulating.rules_of_thumb import RuleOfThumb, nearest
from operations.simulating.size import Size
from operations.simulating.view import Answer, Policy, View

#: Five crews, twenty calls and two bursts a day, two days in a row.
SMALL = Size(crews=5, tickets=20, bursts=2.0, days=2)


@cache
def ground() -> Ground:
    """Return a plane with a few places."""
    return make_ground(None, 1, places=200)


def small_days(seed: int, size: Size = SMALL) -> Days:
    """Return small days."""
    return make_days(seed, size, ground())


def calling_off() -> Policy:
    """Return the nearest-crew rule with the right to interrupt."""
    return CallingOff(RuleOfThumb(nearest))


def logged(days: Days, policy: Callable[[], Policy]) -> list[Entry]:
    """Return what happens under a policy."""
    return Field(days, ground(), policy()).run()


@dataclass
class Watched:
    """A policy that keeps all it was shown and answered."""

    policy: Policy
    seen: list[tuple[View, Answer]] = field(default_factory=list)

    @property
    def interrupts(self) -> bool:
        """As the policy watched."""
        return self.policy.interrupts

    def decide(self, view: View) -> Answer:
        """Return the policy's answer."""
        answer = self.policy.decide(view)
        self.seen.append((view, answer))
        return answer
