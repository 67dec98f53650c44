"""Outages as the page needs them: what is shut, what runs dry, who is out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from domain.incidents import Outage
from domain.isolation import Isolation
from domain.network import IsolationValve, PipeNetwork
from maps.encode import place, places, sentence
from maps.network_data import link_indexes
from maps.picture import DayPicture


def outage_data(picture: DayPicture) -> list[dict[str, Any]]:
    """Return one row an outage; pipes by their row, isolation valves and hydrants by id."""
    incidents = {one.id: row for row, one in enumerate(picture.incidents)}
    pipes = link_indexes(picture.network)
    barred = unreliable(picture.network.isolation_valves)
    return [
        {"id": one.id, "incident": incidents.get(one.incident, -1), "state": one.state.value}
        | isolation_row(one.isolation, pipes, picture.network, barred)
        for one in picture.outages
    ]


def dry_premises(outages: Sequence[Outage]) -> frozenset[str]:
    """Return the ids of all premises that some outage leaves without water."""
    return frozenset(id_ for one in outages for id_ in one.isolation.premises)


def named_isolation_valves(picture: DayPicture) -> frozenset[str]:
    """Return the ids of isolation valves that an outage speaks of; they are always drawn."""
    barred = unreliable(picture.network.isolation_valves)
    found: set[str] = set()
    for one in picture.outages:
        turned = _turned(one.isolation, barred)
        found.update(turned["close"], turned["optional"], turned["stuck"], turned["resupply"])
    return frozenset(found)


def named_hydrants(picture: DayPicture) -> frozenset[str]:
    """Return the ids of hydrants without water."""
    return frozenset(id_ for one in picture.outages for id_ in one.isolation.hydrants_out)


def unreliable(valves: Iterable[IsolationValve]) -> dict[str, list[str]]:
    """Return the isolation valves that would be shut if they could be, by their pipe."""
    found: dict[str, list[str]] = {}
    for valve in valves:
        if not valve.is_reliable_barrier:
            found.setdefault(valve.link, []).append(valve.id)
    return found


def isolation_row(
    isolation: Isolation,
    pipes: Mapping[str, int],
    network: PipeNetwork,
    barred: Mapping[str, Collection[str]],
) -> dict[str, Any]:
    """Return what an isolation shuts, dries and whom it leaves without water.

    ``barred`` are the isolation valves that cannot be relied on, by their pipe.
    """
    burst = set(isolation.burst)
    segment = [id_ for id_ in isolation.segment_pipes if id_ not in burst]
    return {
        "burst": pipe_rows(isolation.burst, pipes),
        "segment": pipe_rows(segment, pipes),
        "unintended": pipe_rows(isolation.unintended_pipes, pipes),
        "dryBefore": pipe_rows(isolation.dry_before_pipes, pipes),
        **_turned(isolation, barred),
        **_people(isolation, network),
    }


def pipe_rows(ids: Iterable[str], rows: Mapping[str, int]) -> list[int]:
    """Return the rows of the pipes that are known."""
    return [rows[id_] for id_ in ids if id_ in rows]


def _turned(isolation: Isolation, barred: Mapping[str, Collection[str]]) -> dict[str, Any]:
    inside = [id_ for pipe in isolation.segment_pipes for id_ in barred.get(pipe, ())]
    return {
        "close": list(isolation.close),
        "optional": list(isolation.optional),
        "stuck": inside,
        "resupply": list(isolation.resupply),
        "hydrants": list(isolation.hydrants_out),
        "metres": round(isolation.segment_length_m),
        "litres": round(isolation.segment_volume_l),
        "warnings": [sentence(one) for one in isolation.warnings],
    }


def _people(isolation: Isolation, network: PipeNetwork) -> dict[str, Any]:
    known = network.premises_by_id
    critical = set(isolation.critical_premises)
    plain = [known[id_] for id_ in isolation.premises if id_ in known and id_ not in critical]
    marked = [known[id_] for id_ in isolation.critical_premises if id_ in known]
    return {
        "premises": places(one.location for one in plain),
        "critical": [[*place(one.location), one.kind.value] for one in marked],
        "out": isolation.premises_count,
        "inSegment": len(isolation.premises_in_segment),
    }
