"""Heads and flows of a pipe network in steady state, with and without a hole: compiled Newton.

The gradient method: every link is linear around its last flow, which leaves one symmetric system
of node heads a step. Source: Todini and Pilati 1988; its use of a hole as a link to the open air
is EPANET's emitter. The system is solved by L D L' with an order fixed once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gis.isolation.compiled import compiled
from gis.isolation.graph import Flags, Ints

Reals = npt.NDArray[np.float64]
Reals32 = npt.NDArray[np.float32]

#: Exponent of the flow in the head lost by pipes, and by holes and pumps.
#: Source: Hazen-Williams; Torricelli.
PIPE_POWER, HOLE_POWER = 1.852, 2.0

#: A step that changes the flows by less than this share ends the search. Source: EPANET's default
#: is 0.001.
ACCURACY, STEPS = 0.005, 40

#: No link passes more than this for a metre of head more, m3/s: what hardly resists would swing.
#: Source: mainbreak default; half a metre of DN1000 passes as much.
MOST_SLOPE = 50.0

#: After so many whole steps only half of each is taken, for what swings to and fro; a change that
#: is still greater than this share at the end is no steady state. Source: mainbreak default.
FULL_STEPS, ACCURATE_ENOUGH = 15, 0.1

#: No more head than this is lost anywhere, metres: all of it.
MOST_LOST_M = 200.0

#: Flow below which a link counts as linear, m3/s: a tenth of a glass a second.
LEAST_FLOW = 2e-5


class Pattern(NamedTuple):
    """The unknowns: nodes in the order they are eliminated, links by their ends.

    ``head`` and ``tail`` (b,) are nodes, ``tail`` -1 where the other end's head is given;
    ``entry`` (b,) the place of a link in the upper triangle, whose columns are ``column`` (n + 1)
    with rows ``row``; ``parent`` and ``begin`` (n + 1) are the shape of L.
    """

    head: Ints
    tail: Ints
    entry: Ints
    column: Ints
    row: Ints
    parent: Ints
    begin: Ints


class Links(NamedTuple):
    """What each link resists: ``loss`` times flow to the ``power``.

    ``one_way`` is 1 for water from head to tail only, -1 for the other way, 0 for both.

    ``given`` is the head at the other end where the tail is -1. It sinks with the head of node
    ``feeder`` below ``feeder_head``, where that is not -1: a pump or reducing valve fed by it.
    """

    loss: Reals
    power: Reals
    one_way: Ints
    given: Reals
    feeder: Ints
    feeder_head: Reals


@compiled
def shape(count: int, column: Ints, row: Ints) -> tuple[Ints, Ints]:
    """Return (parent, begin): the elimination tree and where L's columns begin."""
    parent = np.full(count, -1, np.int32)
    flag = np.full(count, -1, np.int32)
    entries = np.zeros(count + 1, np.int32)
    for k in range(count):
        flag[k] = k
        for at in range(column[k], column[k + 1]):
            i = row[at]
            while flag[i] != k:
                if parent[i] == -1:
                    parent[i] = k
                entries[i + 1] += 1
                flag[i] = k
                i = parent[i]
    for k in range(count):
        entries[k + 1] += entries[k]
    return parent, entries


@compiled
def _solved(pattern: Pattern, diagonal: Reals, upper: Reals, right: Reals) -> None:
    """Solve the system in place: ``right`` becomes the heads."""
    count = len(diagonal)
    column, row, parent, begin = pattern.column, pattern.row, pattern.parent, pattern.begin
    filled = np.zeros(count, np.int32)
    flag = np.full(count, -1, np.int32)
    way = np.empty(count, np.int32)
    stack = np.empty(count, np.int32)
    y = np.zeros(count)
    d = np.empty(count)
    rows = np.empty(begin[count], np.int32)
    values = np.empty(begin[count])
    for k in range(count):
        top = count
        flag[k] = k
        for at in range(column[k], column[k + 1]):
            i = row[at]
            y[i] += upper[at]
            length = 0
            while flag[i] != k:
                way[length] = i
                length += 1
                flag[i] = k
                i = parent[i]
            while length > 0:
                length -= 1
                top -= 1
                stack[top] = way[length]
        d[k] = diagonal[k]
        for at in range(top, count):
            i = stack[at]
            yi = y[i]
            y[i] = 0.0
            end = begin[i] + filled[i]
            for p in range(begin[i], end):
                y[rows[p]] -= values[p] * yi
            lki = yi / d[i]
            d[k] -= lki * yi
            rows[end] = k
            values[end] = lki
            filled[i] += 1
    for k in range(count):
        for p in range(begin[k], begin[k + 1]):
            right[rows[p]] -= values[p] * right[k]
    for k in range(count):
        right[k] /= d[k]
    for k in range(count - 1, -1, -1):
        for p in range(begin[k], begin[k + 1]):
            right[k] -= values[p] * right[rows[p]]


@compiled
def _slope(flow: float, loss: float, power: float) -> float:
    """Return the flow that one more metre of head brings."""
    return float(1.0 / (power * loss * max(abs(flow), LEAST_FLOW) ** (power - 1.0)))


class Taps(NamedTuple):
    """What is taken at nodes (n,): m3/s at their usual pressure, and the heights of the nodes.

    ``enough`` metres of pressure give all of it; less gives less, by the root of the pressure.
    Source: Wagner, Shamir and Marks 1988, pressure-driven demand, as in EPANET 2.2.
    """

    demand: Reals
    height: Reals
    enough: Reals


class Hole(NamedTuple):
    """A hole in the middle of a link, -1 for none.

    ``loss`` is the whole link's, ``height`` metres, ``passes`` m3/s at a pressure of 1 m;
    ``first`` and ``second`` tell which halves are joined to their nodes.
    """

    link: int
    loss: float
    height: float
    passes: float
    first: bool
    second: bool


class State(NamedTuple):
    """What the search changes: heads (n,), flows (b,), the hole's flows (3,) in, in, and out.

    Then its system: each link around its flow, (b,) slope, rest and given head; the hole likewise,
    (6,); and (n,) diagonal and right side, and the upper triangle.
    """

    head: Reals
    flow: Reals
    halves: Reals
    slope: Reals
    rest: Reals
    given: Reals
    at_hole: Reals
    diagonal: Reals
    right: Reals
    upper: Reals


@compiled
def state_of(pattern: Pattern, head: Reals, flow: Reals, halves: Reals) -> State:
    """Return the state to begin with; the arrays given are changed by the search."""
    count, m = len(head), len(flow)
    return State(
        head, flow, halves, np.zeros(m), np.zeros(m), np.zeros(m), np.zeros(6),
        np.zeros(count), np.zeros(count), np.zeros(len(pattern.row)),
    )  # fmt: skip


@compiled
def _straighten(pattern: Pattern, links: Links, hole: Hole, now: State) -> None:
    """Take every link as linear around its flow, and enter it into the system."""
    for i in range(len(now.flow)):
        if i == hole.link:
            continue
        a, b = pattern.head[i], pattern.tail[i]
        given, flow, power = links.given[i], now.flow[i], links.power[i]
        if b < 0 and links.feeder[i] >= 0:
            given -= max(0.0, links.feeder_head[i] - now.head[links.feeder[i]])
        g, rest = _slope(flow, links.loss[i], power), flow * (1.0 - 1.0 / power)
        if abs(flow) < LEAST_FLOW:
            g, rest = g * power, 0.0
        if g > MOST_SLOPE:
            g = MOST_SLOPE
            rest = flow - g * links.loss[i] * abs(flow) ** (power - 1.0) * flow
        far = now.head[b] if b >= 0 else given
        if links.one_way[i] * (now.head[a] - far) < 0.0:
            g, rest = g * 1e-6, 0.0
        now.slope[i], now.rest[i], now.given[i] = g, rest, given
        now.diagonal[a] += g
        now.right[a] -= rest
        if b >= 0:
            now.diagonal[b] += g
            now.right[b] += rest
            now.upper[pattern.entry[i]] -= g
        else:
            now.right[a] += g * given


@compiled
def _pierce(pattern: Pattern, links: Links, hole: Hole, now: State) -> None:
    """Enter the pierced link; the head at the hole is eliminated."""
    a, b, power = pattern.head[hole.link], pattern.tail[hole.link], links.power[hole.link]
    g1 = _slope(now.halves[0], hole.loss / 2.0, power) if hole.first else 0.0
    g2 = _slope(now.halves[1], hole.loss / 2.0, power) if hole.second else 0.0
    out = _slope(now.halves[2], 1.0 / hole.passes**2, HOLE_POWER)
    c1 = now.halves[0] * (1.0 - 1.0 / power) if hole.first else 0.0
    c2 = now.halves[1] * (1.0 - 1.0 / power) if hole.second else 0.0
    total = g1 + g2 + out
    known = c1 + c2 - now.halves[2] * (1.0 - 1.0 / HOLE_POWER) + out * hole.height
    now.diagonal[a] += g1 - g1 * g1 / total
    now.right[a] -= c1 - g1 * known / total
    if b >= 0:
        now.diagonal[b] += g2 - g2 * g2 / total
        now.right[b] -= c2 - g2 * known / total
        now.upper[pattern.entry[hole.link]] -= g1 * g2 / total
    else:
        now.right[a] += g1 * g2 / total * links.given[hole.link]
    now.at_hole[:] = g1, g2, out, c1, c2, known


@compiled
def _flow_on(
    pattern: Pattern, links: Links, hole: Hole, now: State, step: float
) -> tuple[float, float, float]:
    """Move the flows by a step toward those of the heads found, 1 for all the way.

    Return (change, sum of all, head at the hole).
    """
    change, whole, at_hole = 0.0, 1e-6, hole.height
    if hole.link >= 0:
        a, b = pattern.head[hole.link], pattern.tail[hole.link]
        g1, g2, out, c1, c2, known = now.at_hole
        far = now.right[b] if b >= 0 else links.given[hole.link]
        at_hole = (known + g1 * now.right[a] + g2 * far) / (g1 + g2 + out)
        leaving = now.halves[2] * (1.0 - 1.0 / HOLE_POWER) + out * (at_hole - hole.height)
        found = (c1 + g1 * (now.right[a] - at_hole), c2 + g2 * (far - at_hole), leaving)
        for n in range(3):
            change += abs(found[n] - now.halves[n])
            whole += abs(found[n])
            now.halves[n] += step * (found[n] - now.halves[n])
        now.halves[2] = max(now.halves[2], LEAST_FLOW)
    for i in range(len(now.flow)):
        if i != hole.link:
            b = pattern.tail[i]
            far = now.right[b] if b >= 0 else now.given[i]
            flow = now.rest[i] + now.slope[i] * (now.right[pattern.head[i]] - far)
            change += abs(flow - now.flow[i])
            whole += abs(flow)
            now.flow[i] += step * (flow - now.flow[i])
    return change, whole, at_hole


@compiled
def _take(taps: Taps, now: State) -> None:
    """Enter what is taken at the heads of now, linear around them."""
    for n in range(len(now.head)):
        wanted = taps.demand[n]
        full = (now.head[n] - taps.height[n]) / taps.enough[n]
        now.diagonal[n] = 1e-9
        now.right[n] = 1e-9 * now.head[n] - wanted
        if wanted > 0.0 and full < 1.0:
            share = np.sqrt(max(full, 1e-4))
            more = wanted * 0.5 / (share * taps.enough[n]) if full > 1e-4 else 0.0
            now.diagonal[n] += more
            now.right[n] += wanted + more * now.head[n] - wanted * share


@compiled
def settle(pattern: Pattern, links: Links, taps: Taps, hole: Hole, now: State) -> float:
    """Find heads and flows, from those given on; return the head at the hole.

    It is nan if no steady state was found.
    """
    at_hole, change, whole = hole.height, 1.0, 1.0
    for number in range(STEPS):
        _take(taps, now)
        now.upper[:] = 0.0
        _straighten(pattern, links, hole, now)
        if hole.link >= 0:
            _pierce(pattern, links, hole, now)
        _solved(pattern, now.diagonal, now.upper, now.right)
        step = 1.0 if number < FULL_STEPS else 0.5
        change, whole, at_hole = _flow_on(pattern, links, hole, now, step)
        now.head[:] = now.right
        if change <= ACCURACY * whole:
            break
    return at_hole if change <= ACCURATE_ENOUGH * whole else np.nan


class Bursts(NamedTuple):
    """Bursts to reckon: (k,) links, their losses, heights of the holes, heads there before.

    ``passes`` (k, h) is what the holes pass at 1 m, small to large; ``joined`` (k, 2) which ends.
    """

    link: Ints
    loss: Reals
    height: Reals
    before: Reals
    passes: Reals
    joined: Flags


@compiled
def bursts(
    pattern: Pattern,
    links: Links,
    taps: Taps,
    base: tuple[Reals, Reals],
    burst: Bursts,
    lost: Reals32,
) -> None:
    """Write what each of k bursts takes, (k, h, n + 1) metres of head: at the nodes, and its own.

    ``base`` are heads and flows before.
    """
    count = len(base[0])
    for k in range(len(burst.link)):
        own = base[1][burst.link[k]]
        halves = np.array([own, -own, LEAST_FLOW])
        now = state_of(pattern, base[0].copy(), base[1].copy(), halves)
        for h in range(burst.passes.shape[1]):
            hole = Hole(
                burst.link[k], burst.loss[k], burst.height[k], burst.passes[k, h],
                burst.joined[k, 0], burst.joined[k, 1],
            )  # fmt: skip
            at_hole = settle(pattern, links, taps, hole, now)
            if not np.isfinite(at_hole):  # as much as the smaller hole takes, for want of better
                if h > 0:
                    lost[k, h] = lost[k, h - 1]
                continue
            for n in range(count):
                lost[k, h, n] = min(max(base[0][n] - now.head[n], 0.0), MOST_LOST_M)
            lost[k, h, count] = min(max(burst.before[k] - at_hole, 0.0), MOST_LOST_M)
