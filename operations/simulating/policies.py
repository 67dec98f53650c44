"""The ways to dispatch that a simulation sets side by side, by name.

A name that ends with ``+`` has the right to interrupt lesser work, and to turn crews round, for an
emergency.
"""

from __future__ import annotations

from collections.abc import Callable

from dispatch import Weights
from domain.errors import BadInput
from domain.sentences import Sentence
from operations.simulating.call_off import CallingOff
from operations.simulating.our_plan import OurPlan
from operations.simulating.rules_of_thumb import RuleOfThumb, first_come, nearest
from operations.simulating.view import Policy
from operations.simulating.vroom_plan import VroomPlan, is_there

#: Ends the name of a policy with the right to interrupt and divert.
RIGHT = "+"

_PLAIN: dict[str, Callable[[], Policy]] = {
    "fifo": lambda: RuleOfThumb(first_come),
    "nearest": lambda: RuleOfThumb(nearest),
    "vroom": VroomPlan,
}

OURS = "mainbreak"

#: All names, the weakest first.
NAMES = tuple(one + right for right in ("", RIGHT) for one in (*_PLAIN, OURS))

_SAID = {
    "fifo": Sentence("按优先级先到先派", "first come by priority"),
    "nearest": Sentence("按优先级派最近班组", "priority, then nearest"),
    "vroom": Sentence("VROOM 滚动重排", "VROOM, re-planned"),
    OURS: Sentence("mainbreak 滚动重排", "mainbreak, re-planned"),
}
_RIGHT_SAID = Sentence("，可中断、可改派", ", may interrupt and divert")


def said(name: str) -> Sentence:
    """Return a policy's name in words."""
    plain = _SAID[name.removesuffix(RIGHT)]
    if not name.endswith(RIGHT):
        return plain
    return Sentence(plain.zh + _RIGHT_SAID.zh, plain.en + _RIGHT_SAID.en)


def is_installed(name: str) -> bool:
    """Return False for a policy whose program is not installed."""
    return not name.startswith("vroom") or is_there()


def policy(name: str, weights: Weights | None = None) -> Policy:
    """Return a policy, ready for one run; ``weights`` are those of our plan.

    Raises
    ------
    BadInput
        If there is none of this name.
    """
    plain, right = name.removesuffix(RIGHT), name.endswith(RIGHT)
    if plain == OURS:
        return OurPlan(interrupts=right, weights=weights or Weights())
    if plain not in _PLAIN:
        raise BadInput(f"policy {name!r} is unknown: take {', '.join(NAMES)}.")
    return CallingOff(_PLAIN[plain]()) if right else _PLAIN[plain]()
