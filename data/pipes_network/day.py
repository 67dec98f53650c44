"""A day of tickets: the calls of the bursts among everyday faults, in order of arrival."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo

import shapely

from data.pipes_network.bursts import Burst
from data.pipes_network.callers import ON_STREET, Call, Callers
from data.pipes_network.fittings import ids
from domain.network import LinkKind, PipeNetwork, Premises
from domain.places import Place
from domain.tickets import Ticket
from domain.town import Truth
from domain.words import Symptom

#: Calls by the hour from 07:00 to 20:00, in proportion: two peaks, at breakfast and at supper.
_HOURS = (4, 9, 9, 8, 7, 6, 5, 6, 6, 7, 8, 9, 7)
FIRST_HOUR = 7

#: Everyday faults, in proportion.
_EVERYDAY = {
    Symptom.LEAK_ON_ROAD: 12, Symptom.LEAK_AT_METER: 28, Symptom.LOW_PRESSURE: 13,
    Symptom.WATER_QUALITY: 13, Symptom.NO_WATER: 7, Symptom.HYDRANT_DAMAGED: 6,
    Symptom.MANHOLE: 7, Symptom.OTHER: 12,
}  # fmt: skip

#: Share of the faults on the street that are reported by a landmark.
BY_LANDMARK = 0.2

#: The calls of a burst come within so many minutes, most of them early.
BUNCH_MINUTES = 35.0

Day = tuple[date, tzinfo]


def make_day(
    callers: Callers, bursts: Sequence[Burst], places: Sequence[Place], tickets: int, day: Day
) -> tuple[tuple[Ticket, ...], Truth]:
    """Return the day's tickets, T0001 first, and what they were made for."""
    calls = [
        call for number, burst in enumerate(bursts) for call in _of_burst(callers, burst, number)
    ]
    calls = calls[:tickets]
    calls += _everyday(callers, bursts, places, tickets - len(calls), day)
    calls.sort(key=lambda call: (call.ticket.received_at, call.pipe, call.ticket.text))
    names = ids("T", len(calls))
    made = tuple(replace(call.ticket, id=one) for one, call in zip(names, calls, strict=True))
    pipes = {one: call.pipe for one, call in zip(names, calls, strict=True)}
    return made, Truth(tuple((burst.link.id, burst.at) for burst in bursts), pipes)


def _of_burst(callers: Callers, burst: Burst, number: int) -> Iterator[Call]:
    """Yield a burst's calls: a sensor or a digger first, passers-by, and homes run dry."""
    source, pipe = callers.random, burst.link.id
    times = sorted(source.triangular(0.5, BUNCH_MINUTES, 5.0) for _ in range(burst.calls))
    instants = [burst.at + timedelta(seconds=round(minutes * 60)) for minutes in times]
    if number == 0:
        yield callers.sensor(pipe, instants[0])
    else:
        yield callers.at_position(pipe, Symptom.CONSTRUCTION_DAMAGE, instants[0])
    seen = max(1, burst.calls // 6)
    homes = _dry_homes(callers, burst, max(0, len(instants) - 1 - seen))
    witnesses = set(source.sample(range(1, len(instants)), min(seen, len(instants) - 1)))
    for index, at in enumerate(instants[1:], start=1):
        if index in witnesses or not homes:
            yield callers.at_position(pipe, Symptom.BURST, at)
        else:
            yield callers.at_home(homes.pop(), Symptom.NO_WATER, at)


def _dry_homes(callers: Callers, burst: Burst, wanted: int) -> list[Premises]:
    """Return premises that run dry, four in five of them inside the segment."""
    source = callers.random
    beyond = source.sample(burst.beyond, min(len(burst.beyond), wanted // 5))
    many = min(len(burst.in_segment), wanted - len(beyond))
    homes = beyond + source.sample(burst.in_segment, many)
    source.shuffle(homes)
    return homes


def _everyday(
    callers: Callers, bursts: Sequence[Burst], places: Sequence[Place], wanted: int, day: Day
) -> Iterator[Call]:
    """Yield calls about single faults, none from a premises that a burst leaves dry."""
    source = callers.random
    dry = {one.id for burst in bursts for one in burst.dry}
    everyone = callers.network.premises
    spared = [one for one in everyone if one.id not in dry] or list(everyone)
    homes = source.sample(spared, min(len(spared), wanted))
    homes += source.choices(spared, k=wanted - len(homes))
    pipe_of = _nearest_pipes(callers.network, places)
    symptoms = source.choices(tuple(_EVERYDAY), weights=tuple(_EVERYDAY.values()), k=len(homes))
    dry_pipes = {one.link for burst in bursts for one in burst.dry}
    quiet = [place for place in places if pipe_of[place.id] not in dry_pipes]
    for home, symptom in zip(homes, symptoms, strict=True):
        at = _instant(callers, day)
        if symptom not in ON_STREET:
            yield callers.at_home(home, symptom, at)
        elif quiet and source.random() < BY_LANDMARK:
            place = source.choice(quiet)
            yield callers.at_place(place, pipe_of[place.id], symptom, at)
        else:
            yield callers.on_street(home, symptom, at)


def _instant(callers: Callers, day: Day) -> datetime:
    hour = callers.random.choices(range(len(_HOURS)), weights=_HOURS)[0] + FIRST_HOUR
    start = datetime.combine(day[0], time(hour), day[1])
    return start + timedelta(seconds=callers.random.randrange(3600))


def _nearest_pipes(network: PipeNetwork, places: Sequence[Place]) -> dict[str, str]:
    """Return the id of the pipe nearest to each place."""
    if not places:
        return {}
    pipes = [link for link in network.links if link.kind is LinkKind.PIPE]
    tree = shapely.STRtree(
        [shapely.LineString([(p.lon, p.lat) for p in link.path]) for link in pipes]
    )
    points = shapely.points([(place.position.lon, place.position.lat) for place in places])
    return {
        place.id: pipes[int(index)].id
        for place, index in zip(places, tree.nearest(points), strict=True)
    }
