"""Where an incident's fault may be, and who does not fit: worked out when somebody looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import gis
from domain.households import households
from domain.incidents import Incident, Outage
from domain.network import PipeNetwork
from domain.sentences import Sentence
from domain.states import OutageState
from domain.tickets import LocatedTicket
from domain.work import BURST_FAMILY
from gis.clustering import FELT, WINDOW
from operations.calling.place_of_call import metres_from
from operations.ground import Ground
from operations.incidents.live_isolation import undisturbed_network
from operations.incidents.of_incident import road_of
from storage import UnitOfWork

#: Households of which an outlier can be told apart: one alone is no area.
_FEW = 2

#: Who is this little likely to be hit by what the others are is an outlier.
#: Source: mainbreak default; one in five still goes by chance, and a look costs a call.
EXPLAINED = 0.2

#: So many lone callers of other incidents are named at the most, the nearest.
#: Source: mainbreak default; a dispatcher reads no more.
NAMED = 5

_OUTSIDE = Sentence(
    "不在查明的停水范围内，可能是另一处爆管或户内故障",
    "outside the area that this fault explains: perhaps a second burst or an indoor fault",
)
_LONE = Sentence(
    "60 分钟内只有这一户报停水，本事件解释不了，可能是另一处爆管或户内故障",
    "alone without water within 60 minutes, and this fault does not explain it: "
    "perhaps a second burst or an indoor fault",
)


@dataclass(frozen=True, slots=True)
class SuspectSegment:
    """A segment that may have failed: its likeliest pipe and its road, how likely, its pipes."""

    pipe: str
    road: str
    probability: float
    pipes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlier:
    """A ticket that the incident does not explain, the one it is in, and why it is named."""

    ticket: str
    incident: str | None
    reason: Sentence


def suspect_segments(
    work: UnitOfWork, ground: Ground, incident: Incident
) -> tuple[SuspectSegment, ...]:
    """Return an incident's suspects, likeliest first; those whose pipe is gone are left out."""
    network = undisturbed_network(work, ground)
    return tuple(
        SuspectSegment(
            pipe=one.pipe,
            road=road_of(network, one.pipe),
            probability=one.probability,
            pipes=gis.isolate(network, [one.pipe]).segment_pipes,
        )
        for one in incident.suspects
        if one.pipe in network.link_by_id
    )


def outliers_of(
    work: UnitOfWork, ground: Ground, incident: Incident, outage: Outage | None
) -> tuple[Outlier, ...]:
    """Return the tickets that an incident does not explain: its own, then others nearby in time.

    Its own are those of the burst family outside its isolation that what the other tickets say
    hardly reaches. The others are lone callers without water within 60 minutes, the nearest first;
    nothing if the incident's own tickets are of fewer than two households.
    """
    placed = work.tickets.placed(incident.tickets)
    calls = [one for one in placed.values() if one.symptom in BURST_FAMILY]
    if len(set(_whose(placed).values())) < _FEW or not calls:
        return ()
    area = _Area(undisturbed_network(work, ground), calls, outage)
    own = [Outlier(one.id, incident.id, _OUTSIDE) for one in calls if not area.explains(one)]
    lone = _lone(work, incident, calls)
    metres = metres_from(incident.location, [one.place.position for one in lone])
    order = sorted(range(len(lone)), key=lambda row: (metres[row], lone[row].id))
    near = [lone[row] for row in order][:NAMED]
    owner = {name: one.id for one in work.incidents.active() for name in one.tickets}
    others = [Outlier(one.id, owner.get(one.id), _LONE) for one in near if not area.explains(one)]
    return (*own, *others)


def _whose(placed: Mapping[str, LocatedTicket]) -> dict[str, str]:
    return households((one.ticket for one in placed.values()), placed)


@dataclass(frozen=True)
class _Area:
    """What an incident explains: its isolation, and beyond it whom its calls speak for."""

    network: PipeNetwork
    calls: Sequence[LocatedTicket]
    outage: Outage | None

    def explains(self, one: LocatedTicket) -> bool:
        """Return True if the ticket's place is hit by what the others speak of."""
        if self.outage is not None and self.outage.state is not OutageState.CANCELLED:
            isolation = self.outage.isolation
            pipes = {*isolation.segment_pipes, *isolation.unintended_pipes}
            on_pipe = one.place.snap is not None and one.place.snap.link in pipes
            if on_pipe or one.place.premises in isolation.premises:
                return True
        return gis.explains(self.network, self.calls, one) >= EXPLAINED


def _lone(
    work: UnitOfWork, incident: Incident, calls: Sequence[LocatedTicket]
) -> list[LocatedTicket]:
    """Return who alone says in another incident, or in none, that water is lacking."""
    times = [one.ticket.received_at for one in calls]
    first, last = min(times) - WINDOW, max(times) + WINDOW
    lone = []
    for other in work.incidents.active():
        if other.id in {incident.id, incident.parent} or other.parent == incident.id:
            continue
        placed = work.tickets.placed(other.tickets)
        said = list(placed.values())
        if len(set(_whose(placed).values())) == 1 and said[0].symptom in FELT:
            lone += [said[0]] if first <= said[0].ticket.received_at <= last else []
    return lone
