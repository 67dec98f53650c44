"""What the field has said of isolation valves wins over a file that does not know it yet.

docs/decisions/0006-a-report-wins-over-an-older-file.md says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.network import IsolationValve, Operability, PipeNetwork, Position
from operations.planned.active import shut_by_planned
from storage import UnitOfWork

#: How an isolation valve stands.
Stand = tuple[Position, Operability]


@dataclass(frozen=True)
class FieldWins:
    """The file's network with the isolation valves as the field has them.

    Attributes
    ----------
    kept
        How the file has each isolation valve that stands otherwise.
    is_news
        True if the file says another thing of a reported isolation valve than the last file did.
    """

    network: PipeNetwork
    kept: dict[str, Stand]
    is_news: bool


def field_wins(work: UnitOfWork, stored: PipeNetwork, filed: PipeNetwork) -> FieldWins:
    """Return the file's network in which reported isolation valves stand as reported.

    One that an active outage holds shut, or found stuck, stands as reported whatever the file
    says; another one that was set since the last file does unless this file says a new thing.
    """
    before = work.network.words_of_last_file()
    held = _held(work)
    wins: list[IsolationValve] = []
    said: dict[str, Stand] = {}
    for name in sorted({*before, *held}):
        known, new = stored.isolation_valve_by_id.get(name), filed.isolation_valve_by_id.get(name)
        if known is None or new is None:
            continue
        said[name] = _stand(new)
        if name in held or said[name] == before[name]:
            wins.append(replace(new, position=known.position, operability=known.operability))
    network = filed.with_isolation_valves(wins)
    kept = {one.id: said[one.id] for one in wins if _stand(one) != said[one.id]}
    is_news = any(
        before.get(name, _stand(stored.isolation_valve_by_id[name])) != word
        for name, word in said.items()
    )
    return FieldWins(network, kept, is_news)


def _held(work: UnitOfWork) -> frozenset[str]:
    """Return the isolation valves that outages, planned ones too, hold shut or found stuck."""
    told = (name for one in work.outages.active() for name in (*one.closed, *one.stuck))
    planned = (name for one in shut_by_planned(work) for name in one.closed)
    return frozenset((*told, *planned))


def _stand(valve: IsolationValve) -> Stand:
    return valve.position, valve.operability
