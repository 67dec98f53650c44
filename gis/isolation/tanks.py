"""Who is left to tanks alone, and for how many hours."""

from __future__ import annotations

from typing import cast

import numpy as np

from domain.isolation import TankFed
from domain.network import PipeNetwork
from gis.isolation.compiled import compiled
from gis.isolation.dominators import DRY, comes, flows
from gis.isolation.effect import Effect, Question
from gis.isolation.graph import Flags, Ints, Near
from gis.isolation.outcome import Outcome
from gis.isolation.water import Supply, changes, marked, wiped

_HOURS_A_DAY = 24.0


def tank_fed(network: PipeNetwork, outcome: Outcome) -> tuple[TankFed, ...]:
    """Return the parts that reservoirs fed before, and only tanks feed afterwards.

    A part holds everything that lives on the same tanks then. Its hours are the tanks' water
    over what its premises take; pumps that fill a tank count for nothing once cut off.
    """
    effect = outcome.effect
    alone = effect.question.supply.from_reservoirs
    if alone is None:
        return ()
    before, after = _reached(effect.question, alone, effect.inside)
    left = before & ~after
    left[effect.inside] = False
    fresh = np.flatnonzero(left).astype(np.int32)
    fresh = fresh[effect.is_wet(fresh)]
    if not len(fresh):
        return ()
    cells = effect.question.cells
    every = np.arange(cells.count, dtype=np.int32)
    region = effect.is_wet(every) & ~after
    parts = _parts(cells.near, effect.question.stand.shut, region, fresh)
    return tuple(_part(network, effect, parts, number) for number in range(int(parts.max()) + 1))


def _reached(question: Question, alone: Supply, inside: Ints) -> tuple[Flags, Flags]:
    """Return which cells reservoirs reach before and after."""
    found = []
    cells = question.cells
    for removed in (np.empty(0, np.int32), inside):
        reached = cast("Flags", alone.tree.parent != DRY)
        with cells.marks as (mark, _):
            marked(removed, mark, 1)
            lost, gained = changes(alone, question.today, question.sides, removed, mark)
            wiped(removed, mark)
        reached[lost], reached[gained], reached[removed] = False, True, False
        found.append(reached)
    return found[0], found[1]


@compiled
def _parts(near: Near, shut: Flags, region: Flags, seeds: Ints) -> Ints:
    """Return the part of each cell of the region that water joins with a seed, else -1."""
    part = np.full(len(region), -1, np.int32)
    stack = np.empty(len(region), np.int32)
    number = -1
    for s in seeds:
        if part[s] >= 0:
            continue
        number += 1
        part[s], stack[0], depth = number, s, 1
        while depth:
            depth -= 1
            c = stack[depth]
            for i in range(near.ptr[c], near.ptr[c + 1]):
                d, code = near.cell[i], near.code[i]
                if region[d] and part[d] < 0 and (flows(code, shut) or comes(code, shut)):
                    part[d] = number
                    stack[depth] = d
                    depth += 1
    return part


def _part(network: PipeNetwork, effect: Effect, parts: Ints, number: int) -> TankFed:
    question = effect.question
    cells = np.flatnonzero(parts == number).astype(np.int32)
    premises = effect.within(question.supply.premises, cells)
    nodes = effect.within(question.supply.nodes, cells)
    tank_m3 = question.columns.tank_m3[nodes]
    tanks = nodes[~(tank_m3 < 0)]
    volume_m3, demand_m3_d = tank_m3[~(tank_m3 < 0)], question.columns.premises_m3_d[premises]
    known = bool(np.isfinite(volume_m3).all()) and float(demand_m3_d.sum()) > 0.0
    hours = float(volume_m3.sum() / demand_m3_d.sum()) * _HOURS_A_DAY if known else None
    return TankFed(
        tanks=tuple(sorted(network.nodes[row].id for row in tanks.tolist())),
        premises_count=len(premises),
        hours=None if hours is None else round(hours, 2),
    )
