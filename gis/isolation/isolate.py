"""Isolate a burst: what to shut, what runs dry, who is out. Each rule is drawn in the docs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import pi
from typing import Protocol

import numpy as np

from domain.isolation import Isolation
from domain.network import PipeNetwork
from gis.isolation.cautions import cautions
from gis.isolation.closing_order import closing_order
from gis.isolation.columns import NONE, Floats
from gis.isolation.effect import Question, shut_off
from gis.isolation.engine import engine_of
from gis.isolation.graph import Ints
from gis.isolation.outcome import Outcome
from gis.isolation.tanks import tank_fed

#: Litres in a cubic metre.
_LITRES = 1000.0


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The utility's own id."""
        ...


def isolate(
    network: PipeNetwork,
    bursts: Sequence[str],
    *,
    inoperable: Collection[str] = (),
    closed: Collection[str] = (),
    with_outages: Sequence[Sequence[str]] = (),
) -> Isolation:
    """Return the isolation of the burst links, shut together with other outages.

    Parameters
    ----------
    bursts
        Ids of the links that burst.
    inoperable, closed
        Isolation valves that cannot be turned, or are already shut, whatever the network says.
    with_outages
        The burst links of each other outage. All are shut and the answer covers all; only
        ``burst`` stays with the question.

    Raises
    ------
    UnknownId
        If a link or an isolation valve is not in the network.
    """
    engine = engine_of(network)
    outages = [engine.rows(bursts), *(engine.rows(other) for other in with_outages)]
    question = engine.question(network, inoperable, closed)
    together = [row for rows in outages for row in rows]
    outcome = Outcome(shut_off(question, together))
    singles = [Outcome(shut_off(question, rows)) for rows in outages if len(outages) > 1]
    return _Namer(network, question).isolation(tuple(dict.fromkeys(bursts)), outcome, singles)


class _Namer:
    """Turns rows into ids, sorted."""

    def __init__(self, network: PipeNetwork, question: Question) -> None:
        self.network, self.question = network, question
        self.columns = question.columns

    def isolation(
        self, bursts: tuple[str, ...], outcome: Outcome, singles: Sequence[Outcome]
    ) -> Isolation:
        """Return the outcome by ids."""
        network, columns = self.network, self.columns
        out = outcome.premises
        segment = outcome.segment_links[columns.link_pipe[outcome.segment_links]]
        close = closing_order(outcome)
        length_m, volume_l = _contents(segment, columns.length_m, columns.diameter_m)
        lasting = tank_fed(network, outcome)
        return Isolation(
            burst=bursts,
            close=close,
            optional=self._valves(outcome.optional),
            segment_pipes=_named(segment, network.links),
            segment_nodes=_named(outcome.segment_nodes, network.nodes),
            unintended_pipes=self._pipes(outcome.unintended_links),
            unintended_nodes=_named(outcome.unintended_nodes, network.nodes),
            premises=_named(out, network.premises),
            critical_premises=_named(out[columns.premises_critical[out]], network.premises),
            premises_in_segment=_named(outcome.premises_in_segment, network.premises),
            hydrants_out=_named(outcome.hydrants, network.hydrants),
            dry_before_pipes=self._dry_before(outcome),
            only_combined_pipes=self._pipes(_only_combined(outcome, singles)),
            resupply=self._resupply(outcome),
            warnings=cautions(network, outcome, len(close), lasting),
            segment_length_m=length_m,
            segment_volume_l=volume_l,
            tank_fed=lasting,
        )

    def _pipes(self, links: Ints) -> tuple[str, ...]:
        """Return those of the links that are pipes: pumps and control valves are not."""
        return _named(links[self.columns.link_pipe[links]], self.network.links)

    def _dry_before(self, outcome: Outcome) -> tuple[str, ...]:
        effect, cells = outcome.effect, self.question.cells
        pipes = np.flatnonzero(self.columns.link_pipe & (cells.of_link != NONE)).astype(np.int32)
        ends = cells.of_end[pipes]
        dry = ~effect.was_wet(ends[:, 0]) & ~effect.was_wet(ends[:, 1])
        return _named(pipes[dry], self.network.links)

    def _resupply(self, outcome: Outcome) -> tuple[str, ...]:
        valves = self.question.stand.opens[outcome.resupply_gaps]
        return self._valves(valves[valves >= 0])

    def _valves(self, rows: Ints) -> tuple[str, ...]:
        return tuple(sorted(self.columns.valve_id[row] for row in rows.tolist()))


def _named(rows: Ints, things: Sequence[Named]) -> tuple[str, ...]:
    """Return the ids of the rows, sorted."""
    return tuple(sorted(things[row].id for row in rows.tolist()))


def _only_combined(outcome: Outcome, singles: Sequence[Outcome]) -> Ints:
    """Return the links that run dry only because several outages come together."""
    if not singles:
        return np.empty(0, np.int32)
    alone = [links for one in singles for links in (one.segment_links, one.unintended_links)]
    return np.setdiff1d(outcome.unintended_links, np.concatenate(alone)).astype(np.int32)


def _contents(pipes: Ints, length_m: Floats, diameter_m: Floats) -> tuple[float, float]:
    """Return metres of pipe and litres of water in them."""
    length, width = length_m[pipes].astype(float), diameter_m[pipes].astype(float)
    metres = float(length.sum())
    litres = float((length * width**2).sum()) * pi / 4.0 * _LITRES
    return round(metres, 2), round(litres, 1)
