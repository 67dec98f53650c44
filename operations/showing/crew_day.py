"""What a crew's phone shows: its visits in order, where to drive, what to shut, what to mind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from domain.crews import Crew
from domain.errors import UnknownId
from domain.eta import Eta
from domain.incidents import Incident, Outage, WorkOrder
from domain.network import IsolationValve
from domain.places import LonLat
from domain.sentences import Language, Sentence
from domain.states import OutageState, VisitState
from domain.visits import TrackedVisit
from domain.words import WorkOrderKind
from maps.words import phrases_of
from operations.arriving.arrival_times import arrival_times
from operations.arriving.arrivals_seen import arrivals_seen
from operations.ground import Ground
from operations.showing.closing_order import ClosingStep, StepState, closing_order
from operations.showing.crew_drive import CrewDrive, drive_to, stopping_place
from operations.showing.opening_order import OpeningState, OpeningStep, opening_order
from operations.showing.site_hazards import site_hazards
from storage import UnitOfWork

#: The crew is there: nothing is left to drive.
_ARRIVED = frozenset({VisitState.ON_SITE, VisitState.PAUSED, VisitState.FIELD_COMPLETE})

#: Of so many drives ahead the steps are told: the one that is driven, and the one after it, which a
#: crew without a network begins. Source: mainbreak default; each is some kilobytes for the phone.
_TOLD = 2

#: What a place is called that was given by coordinates only.
_COORDINATES = re.compile(r"-?\d+(\.\d+)?, ?-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class CrewVisit:
    """One visit with all a crew needs on the way and on site.

    Attributes
    ----------
    label
        The place in words, empty if nobody gave one.
    target
        Where to drive: the isolation valve that is next, else the work order's place.
    steps
        The closing order of an isolation; None for other work.
    opening
        Of a repair, what it then opens again; None for other work and while nothing is shut.
    access
        Where to leave the road for ``target``: what navigation apps are sent to.
    drive
        The way from the place before; None once there or where no road leads. Of the next
        ``_TOLD`` drives with steps.
    eta
        When the crew arrives; None once it has.
    seen_at
        Since when its phone shows it at its work while it says to be on the way; else None.
    """

    tracked: TrackedVisit
    order: WorkOrder
    incident: Incident
    title: Sentence
    label: str
    target: LonLat
    access: LonLat
    hazards: tuple[Sentence, ...]
    steps: tuple[ClosingStep, ...] | None
    opening: tuple[OpeningStep, ...] | None
    drive: CrewDrive | None = None
    eta: Eta | None = None
    seen_at: datetime | None = None

    @property
    def path(self) -> tuple[LonLat, ...]:
        """The drive's course, WGS-84; empty if there is none."""
        return self.drive.path if self.drive else ()

    @property
    def metres(self) -> int:
        """How far the drive is; the plan's figure where there is none."""
        return round(self.drive.metres) if self.drive else self.tracked.planned.travel_m


def crew_of(work: UnitOfWork, crew_id: str) -> Crew:
    """Return the crew.

    Raises
    ------
    UnknownId
        If the crew list does not hold it.
    """
    for crew in work.crews.all():
        if crew.id == crew_id:
            return crew
    raise UnknownId("crew", crew_id, "Ask the dispatcher to put it on the crew list")


def crew_day(
    work: UnitOfWork, ground: Ground, crew_id: str, now: datetime
) -> tuple[CrewVisit, ...]:
    """Return the crew's visits that have not ended, in the order it makes them.

    A repair that is done stays among them until the isolation valves are open again.

    Raises
    ------
    UnknownId
        If the crew list does not hold the crew.
    """
    here = _whereabouts(work, crew_of(work, crew_id))
    outages, etas = _outages(work), arrival_times(work, ground, now)
    seen = arrivals_seen(work, ground, now, {crew_id})
    active = [one for one in work.visits.active() if one.crew == crew_id]
    mine = [*active, *_to_open(work, crew_id, outages)]
    found: list[CrewVisit] = []
    ahead = 0
    for visit in sorted(mine, key=lambda one: (one.planned.start, one.id)):
        order = work.work_orders.get(visit.work_order)
        incident = work.incidents.get(order.incident)
        shown = _shown(work, ground, (visit, order, incident), outages.get(incident.id))
        drive = None
        if visit.state not in _ARRIVED:
            ahead += 1
            drive = drive_to(ground.travel, here, shown.target, now, steps=ahead <= _TOLD)
        at_work = seen.get(visit.id)
        seen_at = at_work.at if at_work is not None else None
        found.append(replace(shown, drive=drive, eta=etas.get(visit.id), seen_at=seen_at))
        here = shown.target
    return tuple(found)


def _outages(work: UnitOfWork) -> dict[str, Outage]:
    """Return the outages that nobody has verified as over, by incident."""
    going = [one.id for one in work.incidents.active()]
    found = work.outages.of_incidents(going)
    return {one.incident: one for one in found if one.state is not OutageState.CANCELLED}


def _to_open(
    work: UnitOfWork, crew_id: str, outages: Mapping[str, Outage]
) -> Iterator[TrackedVisit]:
    """Yield the crew's finished repairs of outages that still have isolation valves shut."""
    shut = [one.incident for one in outages.values() if one.closed]
    repairs = [
        one.id for one in work.work_orders.of_incidents(shut) if one.kind is WorkOrderKind.REPAIR
    ]
    for visit in work.visits.of_orders(repairs):
        if visit.crew == crew_id and visit.state is VisitState.FIELD_COMPLETE:
            yield visit


def _whereabouts(work: UnitOfWork, crew: Crew) -> LonLat:
    """Return where the crew last was: by its phone, else where its shift begins."""
    fix = work.fixes.latest().get(crew.id)
    return fix.position if fix is not None else crew.position


def _shown(
    work: UnitOfWork,
    ground: Ground,
    about: tuple[TrackedVisit, WorkOrder, Incident],
    outage: Outage | None,
) -> CrewVisit:
    visit, order, incident = about
    shuts = order.kind is WorkOrderKind.ISOLATE and outage is not None
    steps = closing_order(ground.network, outage) if shuts and outage else None
    reopens = order.kind is WorkOrderKind.REPAIR and outage is not None and outage.numbered
    opening = opening_order(work, ground, outage) if reopens and outage else None
    done = visit.state is VisitState.FIELD_COMPLETE
    ahead = next(_ahead(steps or (), opening or () if done else ()), None)
    target = ahead.location if ahead else order.location
    callers = work.tickets.placed(order.tickets).values()
    return CrewVisit(
        tracked=visit,
        order=order,
        incident=incident,
        title=_to_open_in_words(opening or ()) if done else _title(order, incident, steps),
        label=_label(ground, incident),
        target=target,
        access=stopping_place(ground.travel, target),
        hazards=site_hazards(ground.network, order, incident, outage, tuple(callers)),
        steps=steps,
        opening=opening or None,
    )


def _label(ground: Ground, incident: Incident) -> str:
    """Return the place in words; the road where the caller gave only coordinates."""
    if incident.label and not _COORDINATES.fullmatch(incident.label):
        return incident.label
    link = ground.network.link_by_id.get(incident.link or "")
    return link.road if link else ""


def _title(order: WorkOrder, incident: Incident, steps: Sequence[ClosingStep] | None) -> Sentence:
    """Return what to do in a few words; numbers of isolation valves as the map shows them."""
    if not steps:
        return Sentence(*_kind_and_symptom(order, incident))
    left = [one.number for one in steps if one.state in {StepState.NEXT, StepState.WAITING}]
    if not left:
        return Sentence("阀门都已处理", "None left to close")
    marks = _marks(left)
    return Sentence(f"关阀 {marks} 共 {len(left)} 个", f"Close {marks}, {len(left)} in all")


def _ahead(
    closing: Sequence[ClosingStep], opening: Sequence[OpeningStep]
) -> Iterator[IsolationValve]:
    """Yield the isolation valve to turn next, if one is."""
    yield from (one.valve for one in closing if one.state is StepState.NEXT)
    yield from (one.valve for one in opening if one.state is OpeningState.NEXT)


def _to_open_in_words(opening: Sequence[OpeningStep]) -> Sentence:
    due = {OpeningState.NEXT, OpeningState.WAITING}
    left = [one.number for one in opening if one.state in due]
    if not left:
        return Sentence("阀门都已处理", "None left to open")
    marks = _marks(sorted(left))
    return Sentence(f"开阀 {marks} 共 {len(left)} 个", f"Open {marks}, {len(left)} in all")


def _marks(numbers: Sequence[int]) -> str:
    """Return numbers of a closing order as the map shows them, three or more in a row as a span.

    >>> _marks([1, 2, 3, 5, 6])
    '①–③ ⑤ ⑥'
    """
    found: list[str] = []
    for _, row in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [circled(number) for _, number in row]
        found += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else run
    return " ".join(found)


def _kind_and_symptom(order: WorkOrder, incident: Incident) -> Iterator[str]:
    for language in Language:
        words = phrases_of(language, "common")
        kind = words[f"kind.{order.kind}"].capitalize()
        yield f"{kind} · {words[f'symptom.{incident.symptom}']}"


def circled(number: int) -> str:
    """Return ① for 1 and so on up to 20, the plain figure beyond.

    >>> circled(3), circled(21)
    ('③', '21')
    """
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)
