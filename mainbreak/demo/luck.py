"""Chance, seeded: the same seed and the same doings draw the same day."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import UUID

from domain.sentences import Sentence

#: Of 100 isolation valves so many stick. Source: mainbreak default; the bundled town already
#: has 5 % that are known to be inoperable.
_STICKS_OF_100 = 4

#: Trouble that is expected: so often, and so many times at the most.
_TROUBLE_EVERY, _MOST_TROUBLES = 2, 3

#: Of 100 works so many are interrupted for a while.
_PAUSES_OF_100 = 10

_WHY_PAUSED = (
    Sentence("等待配件", "waiting for a part"),
    Sentence("等待交警封路", "waiting for the road to be closed"),
    Sentence("吃饭", "meal break"),
    Sentence("等待挖机", "waiting for the excavator"),
)


class Luck:
    """What happens by chance in the demo."""

    def __init__(self, seed: int, language: str) -> None:
        self._seed, self._language = seed, language
        self._ids = Random(seed)
        self._troubles = self._until_trouble = 0

    def new_id(self) -> str:
        """Return the UUID a phone would draw."""
        return str(UUID(int=self._ids.getrandbits(128), version=4))

    def of(self, *about: str) -> Random:
        """Return the chance that belongs to a thing, however often it is asked."""
        return Random("/".join((str(self._seed), *about)))

    def span(self, low_s: float, high_s: float, *about: str) -> timedelta:
        """Return a time between two numbers of seconds."""
        return timedelta(seconds=self.of(*about).uniform(low_s, high_s))

    def pauses(self, visit: str) -> bool:
        """Return True if the work of a visit is interrupted once."""
        return self.of(visit, "pauses").randrange(100) < _PAUSES_OF_100

    def why_paused(self, visit: str) -> str:
        """Return what the crew says about it, in the language of the demo."""
        said = self.of(visit, "why").choice(_WHY_PAUSED)
        return said.in_language(self._language)

    def expect_trouble(self) -> None:
        """Let every second isolation valve stick from now on, three at the most, until ``calm``."""
        self._troubles, self._until_trouble = _MOST_TROUBLES, _TROUBLE_EVERY

    def calm(self) -> None:
        """Expect no more trouble than there is by chance."""
        self._troubles = 0

    def sticks(self, visit: str, valve: str) -> bool:
        """Return True if an isolation valve sticks; call it once a turn."""
        if self._troubles:
            self._until_trouble -= 1
            if self._until_trouble == 0:
                self._troubles, self._until_trouble = self._troubles - 1, _TROUBLE_EVERY
                return True
        return self.of(visit, valve).randrange(100) < _STICKS_OF_100
