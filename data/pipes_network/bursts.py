"""Which two mains burst on the made day, and who runs dry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from data.pipes_network.plane import XY, distance
from data.pipes_network.supply import SupplyTrace
from data.pipes_network.works import TRANSMISSION_DN, Works
from domain.network import Link, LinkKind, NodeKind, PipeNetwork, Premises

#: Two bursts lie at least this share of the town's width apart.
APART = 0.33

#: So many links are traced before a burst is chosen: 40 traces of 1,500 links, fewer of more.
LINKS_TRACED = 60_000
LEAST_TRIED = 8


@dataclass(frozen=True)
class Burst:
    """A burst: the pipe, when, how many call, and the premises that run dry.

    ``in_segment`` and ``beyond`` are premises inside the segment and dry outside it.
    """

    link: Link
    at: datetime
    calls: int
    in_segment: tuple[Premises, ...]
    beyond: tuple[Premises, ...]

    @property
    def dry(self) -> tuple[Premises, ...]:
        """All premises that lose supply."""
        return self.in_segment + self.beyond


@dataclass(frozen=True)
class _Wish:
    """What kind of pipe is to burst: DN from, below, and how many should run dry at best."""

    least_dn: int
    below_dn: int
    dry: int
    at: time
    share: float


#: Calls are shares of the day's tickets; 25 and 12 of 150.
_WISHES = (
    _Wish(TRANSMISSION_DN, 10_000, 120, time(9, 41), 25 / 150),
    _Wish(150, 301, 45, time(14, 8), 12 / 150),
)


def choose_bursts(
    network: PipeNetwork, works: Works, link_drafts: dict[str, int], day: tuple[date, tzinfo, int]
) -> tuple[Burst, ...]:
    """Return two bursts on mains far apart, the wide one first, one or none in a tiny town.

    ``day`` is the date, its zone and the number of tickets.
    """
    trace = SupplyTrace(network)
    on_segment = _premises_by_segment(network, trace)
    sourced = {
        trace.segment_of(link.id)
        for link in network.links
        if any(network.node_by_id[n].kind is not NodeKind.JUNCTION for n in (link.start, link.end))
    }
    chosen: list[Burst] = []
    for wish in _WISHES:
        far = _far_away(works, link_drafts, chosen, wish, network)
        free = [p for p in far if trace.segment_of(p.id) not in sourced]
        order = sorted(
            free, key=lambda p: abs(len(on_segment.get(trace.segment_of(p.id), ())) - wish.dry)
        )
        if found := _best_clean(network, trace, order, wish, day, chosen):
            chosen.append(found)
    return tuple(chosen)


def _pipes(network: PipeNetwork, wish: _Wish) -> Iterator[Link]:
    for link in network.links:
        plain = link.kind is LinkKind.PIPE and link.road and link.length_m > 40
        if plain and wish.least_dn <= link.dn < wish.below_dn:
            yield link


def _far_away(
    works: Works, drafts: dict[str, int], chosen: list[Burst], wish: _Wish, network: PipeNetwork
) -> list[Link]:
    """Return the pipes the wish allows, far from every burst chosen before."""
    xs, ys = zip(*works.points, strict=True)
    least = distance((min(xs), min(ys)), (max(xs), max(ys))) * APART

    def start(link: Link) -> XY:
        return works.drafts[drafts[link.id]].course.points[0]

    return [
        pipe
        for pipe in _pipes(network, wish)
        if all(distance(start(pipe), start(one.link)) > least for one in chosen)
    ]


def _premises_by_segment(network: PipeNetwork, trace: SupplyTrace) -> dict[int, list[Premises]]:
    result: dict[int, list[Premises]] = {}
    for one in network.premises:
        if one.link:
            result.setdefault(trace.segment_of(one.link), []).append(one)
    return result


def _best_clean(
    network: PipeNetwork,
    trace: SupplyTrace,
    order: list[Link],
    wish: _Wish,
    day: tuple[date, tzinfo, int],
    chosen: list[Burst],
) -> Burst | None:
    """Return the burst nearest to the wish whose outage touches no other burst's."""
    taken = {one.id for burst in chosen for one in burst.dry}
    calls = max(2, round(wish.share * day[2]))
    at = datetime.combine(day[0], wish.at, day[1])
    tries = max(LEAST_TRIED, LINKS_TRACED // len(network.links))
    tried = (_burst(network, trace, pipe, calls, at) for pipe in order[:tries])
    clean = [
        burst
        for burst in tried
        if len(burst.in_segment) >= min(calls, 8) and taken.isdisjoint(one.id for one in burst.dry)
    ]
    return min(clean, key=lambda burst: _miss(burst, wish), default=None)


def _miss(burst: Burst, wish: _Wish) -> float:
    """Return how far an outage is from the wish; a critical customer makes it more telling."""
    critical = sum(one.critical for one in burst.dry)
    return abs(len(burst.dry) - wish.dry) - 15 * min(critical, 2)


def _burst(network: PipeNetwork, trace: SupplyTrace, pipe: Link, calls: int, at: datetime) -> Burst:
    segment, dry = trace.segment_of(pipe.id), trace.dry_after(pipe.id)
    out = [one for one in network.premises if one.link in dry]
    inside = [one for one in out if one.link and trace.segment_of(one.link) == segment]
    names = {one.id for one in inside}
    beyond = [one for one in out if one.id not in names]
    return Burst(pipe, at, calls, tuple(inside), tuple(beyond))
