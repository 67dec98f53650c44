"""Where one more isolation valve would help a segment most: every free pipe end is tried, exactly.

All the ends are given an isolation valve that cannot be turned, which changes no answer; then one
after the other can be, and the same engine says what a burst in either part would cost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.critical_places import ValveSite
from domain.network import IsolationValve, Link, LinkKind, Operability, PipeNetwork
from domain.places import LonLat
from domain.progress import Progress, quiet
from gis.isolation import isolate

#: Between the parts of the ids of isolation valves that are only tried; nobody's id has it.
_TRIED = "\N{BALLOT BOX}"


def valve_sites(
    network: PipeNetwork, pipes: Sequence[str], progress: Progress = quiet
) -> Mapping[str, ValveSite]:
    """Return by pipe the best site within its segment; a pipe is missing where none helps.

    Best is the least risk: premises out times kilometres, of both parts together.
    """
    taken = {(one.link, one.node) for one in network.isolation_valves}
    whole = {pipe: isolate(network, [pipe]).segment_pipes for pipe in pipes}
    ends = {pipe: tuple(_free_ends(network, whole[pipe], taken)) for pipe in pipes}
    tried = tuple(end.valve for pipe in pipes for end in ends[pipe])
    trial = replace(network, isolation_valves=(*network.isolation_valves, *tried))
    found = {}
    for done, pipe in enumerate(pipes):
        progress(done / len(pipes), "sites")
        if site := _best(trial, whole[pipe], ends[pipe]):
            found[pipe] = site
    return found


@dataclass(frozen=True, slots=True)
class _End:
    """A pipe end without an isolation valve."""

    link: Link
    node: str

    @property
    def place(self) -> LonLat:
        """Where it lies."""
        return self.link.path[0 if self.node == self.link.start else -1]

    @property
    def valve(self) -> IsolationValve:
        """An isolation valve on it that cannot be turned."""
        name = f"{_TRIED}{self.link.id}{_TRIED}{self.node}"
        stuck = Operability.INOPERABLE
        return IsolationValve(name, self.link.id, self.node, self.place, operability=stuck)


def _free_ends(
    network: PipeNetwork, segment: Sequence[str], taken: Collection[tuple[str, str | None]]
) -> Iterator[_End]:
    for link in _burstable(network, segment):
        for node in {link.start: None, link.end: None}:
            if (link.id, node) not in taken:
                yield _End(link, node)


def _best(trial: PipeNetwork, whole: Sequence[str], ends: Sequence[_End]) -> ValveSite | None:
    """Return the end whose isolation valve leaves the least risk, the first of equals by id."""
    best, least = None, _risk(trial, whole)
    for end in sorted(ends, key=lambda one: (one.link.id, one.node)):
        left = _risk_left(trial, whole, end)
        if left < least:
            best, least = end, left
    if best is None:
        return None
    link = best.link
    return ValveSite(link.id, best.node, link.road, link.dn, best.place, round(least, 3))


def _risk_left(trial: PipeNetwork, whole: Sequence[str], end: _End) -> float:
    """Return the risk of both parts; that of the whole where the end parts nothing."""
    new = trial.with_isolation_valves([replace(end.valve, operability=Operability.OPERABLE)])
    near = isolate(new, [end.link.id]).segment_pipes
    within = set(near)
    far = [name for name in whole if name not in within]
    return _risk(new, near) + _risk(new, far)


def _risk(network: PipeNetwork, segment: Sequence[str]) -> float:
    """Return premises out times kilometres of a segment, 0 without a pipe that can burst."""
    pipes = list(_burstable(network, segment))
    if not pipes:
        return 0.0
    metres = sum(link.length_m for link in pipes)
    return isolate(network, [pipes[0].id]).premises_count * metres / 1000.0


def _burstable(network: PipeNetwork, segment: Sequence[str]) -> Iterator[Link]:
    """Yield the pipes of a segment; a closed one parts segments and belongs to none."""
    for name in segment:
        link = network.link_by_id[name]
        if link.kind is LinkKind.PIPE and link.open:
            yield link
