"""The days as they happen: calls come, crews drive, wait, work, rest, and report it.

Whole seconds; dispatchers are asked at whole minutes, after all that the minute brought.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from domain.clocks import due_on_site
from domain.crews import Crew
from domain.incidents import WorkOrder
from operations.simulating.ground import Ground
from operations.simulating.log import Entry, What
from operations.simulating.made import Days, Work
from operations.simulating.size import DAY, instant, seconds_of
from operations.simulating.state import CrewNow, State
from operations.simulating.view import Answer, Doing, Policy, is_capable, is_emergency

MINUTE = 60

#: A dispatcher whose answer can matter is asked at least so often. Source: mainbreak default.
AGAIN_S = 300


class IllegalAnswer(ValueError):
    """A dispatcher asked for what cannot be done: a fault of its author."""


Event = tuple[int, int, Callable[[int], None]]


class Field:
    """One run of one policy. ``run`` lets the days happen; ``log`` is what did."""

    def __init__(self, days: Days, ground: Ground, policy: Policy) -> None:
        self.state = State.before(days, ground)
        self.policy = policy
        self.attempts: dict[str, int] = {}
        self.told: dict[str, int] = {}
        self.log: list[Entry] = []
        self._events: list[Event] = []
        self._count = 0
        self._foresee()

    def run(self) -> list[Entry]:
        """Let all days happen; return what did."""
        while self._events:
            minute = -(-self._events[0][0] // MINUTE) * MINUTE
            while self._events and self._events[0][0] <= minute:
                at, _, happen = heapq.heappop(self._events)
                happen(at)
            if self._matters():
                self._obey(self.policy.decide(self.state.view(minute)), minute)
                self._ask_again(minute)
        return self.log

    # What will happen whatever anybody does.

    def _foresee(self) -> None:
        days = self.state.days
        for one in days.work:
            self._at(one.called, partial(self._call, one.order))
        for day in range(days.size.days):
            for now in self.state.crews:
                self._foresee_shift(now, days.crew_of(now.number, day), day * DAY)
            self._at((day + 1) * DAY - 1, self._evening)

    def _foresee_shift(self, now: CrewNow, crew: Crew, midnight: int) -> None:
        self._at(midnight, partial(self._list, now, crew))
        self._at(seconds_of(crew.shift.start), partial(self._start_shift, now))
        self._at(seconds_of(crew.shift.end), partial(self._end_shift, now))
        for rest in crew.breaks:
            self._at(seconds_of(rest.earliest), partial(self._rest_if_free, now))

    def _at(self, at: int, happen: Callable[[int], None]) -> None:
        self._count += 1
        heapq.heappush(self._events, (at, self._count, happen))

    def _call(self, order: WorkOrder, at: int) -> None:
        self.state.open[order.id] = order
        self._note(at, What.CALLED, order.id)

    def _list(self, now: CrewNow, crew: Crew, _: int) -> None:
        now.crew, now.rested = crew, False

    def _start_shift(self, now: CrewNow, at: int) -> None:
        if now.doing is Doing.OFF:
            now.place = self.state.days.bases[now.number]
            self._become(now, Doing.FREE, at)

    def _end_shift(self, now: CrewNow, at: int) -> None:
        """Send a crew home that is free, or waits for what nobody has begun; work is finished."""
        if self.state.waits_in_vain(now):
            self._give_back(now, What.GAVE_UP, at)
            self._become(now, Doing.FREE, at)
        if now.doing is Doing.FREE:
            self._become(now, Doing.OFF, at)

    def _evening(self, at: int) -> None:
        for name in sorted([*self.state.open, *self.state.begun]):
            self._note(at, What.EVENING, name, seconds=self.state.work[name].true_s)

    # What crews do.

    def _become(self, now: CrewNow, doing: Doing, at: int) -> None:
        now.doing, now.since, now.turn = doing, at, now.turn + 1
        if doing is Doing.FREE:
            now.order = None
            if now.is_on_duty(at):
                self._rest_if_free(now, at)
            else:
                now.doing = Doing.OFF

    def _later(self, now: CrewNow, at: int, happen: Callable[[CrewNow, int], None]) -> None:
        """Let it happen to the crew at a second, unless it does something else by then."""
        now.until, turn = at, now.turn
        self._at(at, lambda then: happen(now, then) if now.turn == turn else None)

    def _rest_if_free(self, now: CrewNow, at: int) -> None:
        rests = now.crew.breaks
        if now.doing is not Doing.FREE or now.rested or not rests:
            return
        if seconds_of(rests[0].earliest) <= at:
            now.rested = True
            self._become(now, Doing.RESTING, at)
            self._note(at, What.RESTED, "", now.number)
            self._later(now, at + rests[0].duration_s, self._free)

    def _free(self, now: CrewNow, at: int) -> None:
        self._become(now, Doing.FREE, at)

    def _set_out(self, now: CrewNow, name: str, at: int) -> None:
        attempt = self.attempts[name] = self.attempts.get(name, 0) + 1
        order = self.state.open.pop(name)
        self.state.begun[name] = order
        self._become(now, Doing.DRIVING, at)
        now.order = name
        self._note(at, What.SET_OUT, name, now.number)
        planned = float(self.state.ground.seconds[now.place, self.state.places[name]])
        factor = self.state.days.drive_factor(name, attempt)
        self._later(now, at + round(planned * factor), self._arrive)

    def _arrive(self, now: CrewNow, at: int) -> None:
        name = now.begun
        metres = self.state.ground.metres(now.place, self.state.places[name])
        self._note(at, What.ARRIVED, name, now.number, metres, at - now.since)
        now.place = self.state.places[name]
        self._become(now, Doing.WAITING, at)
        self._begin_if_ready(now, at)

    def _begin_if_ready(self, now: CrewNow, at: int) -> None:
        name = now.begun
        if all(one in self.state.done for one in self.state.begun[name].after):
            self._become(now, Doing.WORKING, at)
            self._note(at, What.BEGAN, name, now.number)
            self._later(now, at + self.state.work[name].true_s, self._end)

    def _end(self, now: CrewNow, at: int) -> None:
        name = now.begun
        del self.state.begun[name]
        self.state.done.add(name)
        self._note(at, What.ENDED, name, now.number)
        self._raise_second(self.state.work[name], at)
        self._become(now, Doing.FREE, at)
        for other in self.state.crews:
            if other.doing is Doing.WAITING:
                self._begin_if_ready(other, at)

    def _raise_second(self, work: Work, at: int) -> None:
        """Call in the further isolation that this one turned out to need; the repair waits."""
        if work.second is None:
            return
        called = instant(at)
        order = replace(
            work.second.order,
            released_at=called,
            due_on_site=due_on_site(work.order.priority, called),
        )
        self.state.work[order.id] = replace(work.second, called=at)
        self.state.places[order.id] = work.place
        for table in (self.state.open, self.state.begun):
            for name, one in table.items():
                if work.order.id in one.after:
                    table[name] = replace(one, after=(*one.after, order.id))
        self._call(order, at)

    # What dispatchers see and say.

    def _matters(self) -> bool:
        """Return True if a free crew, or one that may be called off, could be sent somewhere."""
        state = self.state
        if not state.open:
            return False
        if any(now.doing is Doing.FREE for now in state.crews):
            return True
        urgent = any(is_emergency(one) for one in state.open.values())
        return self.policy.interrupts and urgent and any(map(state.may_leave, state.crews))

    def _ask_again(self, at: int) -> None:
        """Wake up in a while where nothing else does: somebody may have been held back."""
        later = at + AGAIN_S
        if self._matters() and (not self._events or self._events[0][0] > later):
            self._at(later, lambda _: None)

    def _obey(self, answer: Answer, at: int) -> None:
        """Call crews off first, so that what they leave can be given to others at once."""
        turned = {
            c: one for c, one in answer.go.items() if self.state.crews[c].doing is not Doing.FREE
        }
        for number, name in turned.items():
            self._call_off(self.state.crews[number], name, at)
        for number, name in answer.go.items():
            if number not in turned:
                self._check(self.state.crews[number], name)
                self._set_out(self.state.crews[number], name, at)
        self._note_changes(answer, at)

    def _check(self, now: CrewNow, name: str) -> None:
        order = self.state.open.get(name)
        if order is None or now.doing is not Doing.FREE or not is_capable(now.crew, order):
            raise IllegalAnswer(f"crew {now.number} cannot set out for {name}")

    def _call_off(self, now: CrewNow, name: str, at: int) -> None:
        order = self.state.open.get(name)
        if order is None or not is_emergency(order) or not is_capable(now.crew, order):
            raise IllegalAnswer(f"{name} is no emergency that crew {now.number} could see to")
        if not (self.policy.interrupts and self.state.may_leave(now)):
            raise IllegalAnswer(f"crew {now.number} may not be called off")
        if now.doing is Doing.WORKING:
            self._leave(now, name, at)
            return
        self._give_back(now, What.TURNED, at)
        self._set_out(now, name, at)

    def _leave(self, now: CrewNow, name: str, at: int) -> None:
        """Make the work safe, then drive to the emergency; what was done is lost."""
        safe_s = self.state.begun[now.begun].make_safe_s
        self._give_back(now, What.LEFT, at)
        self.state.begun[name] = self.state.open.pop(name)
        self._become(now, Doing.LEAVING, at)
        now.order = name
        self._later(now, at + safe_s, self._drive_off)

    def _drive_off(self, now: CrewNow, at: int) -> None:
        name = now.begun
        self.state.open[name] = self.state.begun.pop(name)
        self._set_out(now, name, at)

    def _give_back(self, now: CrewNow, what: What, at: int) -> None:
        """Put the order a crew has begun back among the open ones, and the crew where it is."""
        name = now.begun
        metres = 0.0
        if now.doing is Doing.DRIVING:
            here = self.state.whereabouts(now, at)
            metres, now.place = self.state.ground.metres(now.place, here), here
        self.state.open[name] = self.state.begun.pop(name)
        self._note(at, what, name, now.number, metres, at - now.since)

    def _note_changes(self, answer: Answer, at: int) -> None:
        """Note each order that another crew was told to do."""
        news = {one: crew for crew, told in answer.told.items() for one in told}
        news |= {one: crew for crew, one in answer.go.items()}
        for name, crew in news.items():
            if self.told.get(name, crew) != crew:
                self._note(at, What.CHANGED, name, crew)
        self.told |= news

    def _note(
        self, at: int, what: What, order: str, crew: int = -1, metres: float = 0.0, seconds: int = 0
    ) -> None:
        self.log.append(Entry(at, what, order, crew, metres, seconds))
