"""What if: what is supposed, and the two plans compared."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.crews import Crew, Shift
from domain.errors import BadInput
from domain.words import Skill
from mainbreak.server.api.models.base import Body, Id, Instant, Line, Said, SpotBody, Stamp, View
from mainbreak.server.api.models.closures import ClosureBody
from mainbreak.server.api.models.plans import ChangeView, UnassignedView
from operations.replanning.happened import Pair
from operations.replanning.prospects import EtrMove, Prospect
from operations.replanning.whole_plan import Late
from operations.what_if import Comparison, Question

#: What may be supposed at once. Source: mainbreak defaults, more than a dispatcher would type.
_MOST_CREWS, _MOST_CLOSURES, _MOST_WORDS = 5, 5, 20

#: People in a crew at the most. Source: mainbreak default.
_MOST_PEOPLE = 50


class ExtraCrewBody(SpotBody):
    """A crew that is not there; ``shift_start`` null is now."""

    name: Line = ""
    skills: Annotated[list[Skill], Field(min_length=1, max_length=len(Skill))]
    size: Annotated[int, Field(ge=1, le=_MOST_PEOPLE)] = 2
    shift_start: Instant | None = None
    shift_end: Instant

    def crew(self, number: int, now: datetime) -> Crew:
        """Return the crew under an id of its own."""
        start = self.shift_start or now
        if self.shift_end <= max(start, now):
            raise BadInput("crews: a shift has to end after it begins, and after now.")
        shift, id_ = Shift(start, self.shift_end), f"+{number}"
        return Crew(
            id_, self.name.strip() or id_, frozenset(self.skills), self.size, self.place(), shift
        )


class PairBody(Body):
    """A crew and a work order."""

    crew: Id
    work_order: Id

    def pair(self) -> Pair:
        """Return both."""
        return self.crew, self.work_order


class WhatIfBody(Body):
    """What is supposed: at least one thing."""

    crews: Annotated[tuple[ExtraCrewBody, ...], Field(max_length=_MOST_CREWS)] = ()
    away: Annotated[tuple[Id, ...], Field(max_length=_MOST_WORDS)] = ()
    closures: Annotated[tuple[ClosureBody, ...], Field(max_length=_MOST_CLOSURES)] = ()
    forbidden: Annotated[tuple[PairBody, ...], Field(max_length=_MOST_WORDS)] = ()
    pinned: Annotated[tuple[PairBody, ...], Field(max_length=_MOST_WORDS)] = ()

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.crews or self.away or self.closures or self.forbidden or self.pinned):
            raise ValueError("suppose at least one thing: crews, away, closures, forbidden, pinned")
        return self

    def question(self, who: str, now: datetime) -> Question:
        """Return what is asked."""
        return Question(
            who=who,
            crews=tuple(one.crew(row, now) for row, one in enumerate(self.crews, start=1)),
            away=self.away,
            closures=tuple(one.wanted() for one in self.closures),
            forbidden=tuple(one.pair() for one in self.forbidden),
            pinned=tuple(one.pair() for one in self.pinned),
        )


class ExtraCrewView(View):
    """A supposed crew under the id that the answer gives it."""

    id: str
    name: str


class TermView(View):
    """A term of the cost in both plans, seconds-equivalents."""

    term: str
    before: float
    after: float


class LateView(View):
    """A visit that arrives after its due time."""

    work_order: str
    crew: str
    eta: Stamp
    due_on_site: Stamp
    late_s: int

    @classmethod
    def of(cls, one: Late) -> LateView:
        """Return it as it is sent."""
        visit = one.visit
        return cls(
            work_order=visit.work_order,
            crew=visit.crew,
            eta=visit.eta,
            due_on_site=one.due,
            late_s=one.late_s,
        )


class EtrMoveView(View):
    """When an outage's repairs end in each plan; null where nobody is sent to one."""

    incident: str
    outage: str
    before: Stamp | None
    after: Stamp | None
    later_s: int | None

    @classmethod
    def of(cls, one: EtrMove) -> EtrMoveView:
        """Return it as it is sent."""
        return cls(
            incident=one.outage.incident,
            outage=one.outage.id,
            before=one.before,
            after=one.after,
            later_s=one.later_s,
        )


class ClosedView(View):
    """What the supposed closures touch in all."""

    streets: int
    metres: int


class WhatIfView(View):
    """The day as it goes on anyway (before) and as it would (after), against version ``number``."""

    now: Stamp
    number: int
    said: list[Said]
    crews: list[ExtraCrewView]
    cost: list[TermView]
    changes: list[ChangeView]
    unassigned_before: list[UnassignedView]
    unassigned_after: list[UnassignedView]
    late_before: list[LateView]
    late_after: list[LateView]
    etrs: list[EtrMoveView]
    closed: ClosedView | None

    @classmethod
    def of(cls, one: Comparison) -> WhatIfView:
        """Return it as it is sent."""
        supposed = one.supposed
        return cls(
            now=one.now,
            number=one.number,
            said=[Said.of(sentence) for sentence in one.said],
            crews=[ExtraCrewView(id=crew.id, name=crew.name) for crew in supposed.crews],
            cost=_terms(one.before, one.after),
            changes=[ChangeView.of(change) for change in one.changes],
            unassigned_before=_unassigned(one.before),
            unassigned_after=_unassigned(one.after),
            late_before=[LateView.of(late) for late in one.before.late],
            late_after=[LateView.of(late) for late in one.after.late],
            etrs=[EtrMoveView.of(etr) for etr in one.etrs],
            closed=_closed(one),
        )


def _terms(before: Prospect, after: Prospect) -> list[TermView]:
    old, new = before.plan.cost, after.plan.cost
    names = [one for one in dict.fromkeys([*old, *new]) if one != "total"]
    return [
        TermView(term=one, before=old.get(one, 0.0), after=new.get(one, 0.0))
        for one in (*names, "total")
    ]


def _unassigned(prospect: Prospect) -> list[UnassignedView]:
    return [UnassignedView.of(one) for one in prospect.plan.unassigned]


def _closed(one: Comparison) -> ClosedView | None:
    closures = one.supposed.closures
    if not closures:
        return None
    metres = round(sum(closed.metres for closed in closures))
    return ClosedView(streets=sum(closed.streets for closed in closures), metres=metres)
