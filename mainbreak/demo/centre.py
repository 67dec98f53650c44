"""The simulated dispatcher: confirms what is done, and decides only what nobody else does."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import MainbreakError
from domain.states import IncidentState
from mainbreak.demo.callers import SIMULATION
from mainbreak.demo.luck import Luck
from mainbreak.server import LiveHome
from operations.ground import Ground
from operations.isolate_incident import adopt_proposal
from operations.settle_conflict import settle_conflict
from operations.verify_and_close import verify_and_close
from storage import UnitOfWork

#: Seconds after which the tap was tried and the callers rung back, at least and at most.
_VERIFIES_AFTER_S = (240.0, 720.0)

#: A person has so long to decide on a plan B or a conflict before the simulation does: two real
#: minutes at the usual speed.
PATIENCE = timedelta(minutes=40)

_LOG = logging.getLogger("mainbreak.demo")


@dataclass(frozen=True, slots=True)
class Decision:
    """What can be decided: about what, how long it may wait for a person, and how."""

    about: str
    patience: timedelta
    decide: Callable[[UnitOfWork, Ground, datetime], object]


class Centre:
    """Does what must be done for the day to go on, a while after it could be."""

    def __init__(self, home: LiveHome, luck: Luck) -> None:
        self._home, self._luck = home, luck
        self._since: dict[str, datetime] = {}

    def step(self) -> bool:
        """Decide what has waited long enough; return True if anything was."""
        now = self._home.clock()
        with self._home.reading() as work:
            waiting = [*self._to_verify(work), *_to_adopt(work), *_to_settle(work)]
        self._since = {one.about: self._since.get(one.about, now) for one in waiting}
        due = [one for one in waiting if now - self._since[one.about] >= one.patience]
        done = [self._decide(one, now) for one in due]
        if any(done):
            self._home.changed()
        return any(done)

    def _to_verify(self, work: UnitOfWork) -> Iterator[Decision]:
        for one in work.incidents.active():
            if one.state is IncidentState.RESOLVED:
                patience = self._luck.span(*_VERIFIES_AFTER_S, one.id, "verify")
                yield Decision(f"verify {one.id}", patience, _verify(one.id))

    def _decide(self, decision: Decision, now: datetime) -> bool:
        try:
            with self._home.writing(SIMULATION) as work:
                decision.decide(work, self._home.ground(work), now)
        except MainbreakError as error:
            # A person was faster, or it is no longer as it was: look again later.
            _LOG.info("demo: %s: %s", decision.about, error)
            self._since[decision.about] = now
            return False
        return True


def _to_adopt(work: UnitOfWork) -> Iterator[Decision]:
    for one in work.outages.active():
        if one.proposal is not None:
            yield Decision(f"adopt {one.id}", PATIENCE, _adopt(one.id))


def _to_settle(work: UnitOfWork) -> Iterator[Decision]:
    for one in work.reports.conflicts():
        yield Decision(f"settle {one.id}", PATIENCE, _settle(one.id))


def _verify(incident: str) -> Callable[[UnitOfWork, Ground, datetime], object]:
    return lambda work, ground, now: verify_and_close(work, ground, incident, now)


def _adopt(outage: str) -> Callable[[UnitOfWork, Ground, datetime], object]:
    return lambda work, ground, now: adopt_proposal(work, ground, outage, now)


def _settle(report: str) -> Callable[[UnitOfWork, Ground, datetime], object]:
    return lambda work, ground, now: settle_conflict(work, ground, report, "keep_system", now)
