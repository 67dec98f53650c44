"""Plants and tanks at the edge, and one low zone behind pressure-reducing valves."""

from __future__ import annotations

import random
from math import hypot

from data.pipes_network.backbone import Backbone
from data.pipes_network.plane import XY, Course
from data.pipes_network.works import TRANSMISSION_DN, Draft, Works
from domain.network import LinkKind, NodeKind

#: From a PRV's chamber to the crossing behind it, and its own length, metres.
PRV_BEFORE_M = 12.0
PRV_M = 2.0

#: The zone takes in about this share of the nodes, within bounds.
ZONE_SHARE, ZONE_LEAST, ZONE_MOST = 0.035, 8, 90


def add_sources(works: Works, backbone: Backbone) -> None:
    """Add two reservoirs with pumps and two tanks, each outside its node of the backbone."""
    for number, plant in enumerate(backbone.plants):
        yard = works.add_point(_outside(works.points[plant], 70.0))
        well = works.add_point(_outside(works.points[plant], 120.0))
        works.kinds[well] = NodeKind.RESERVOIR
        works.drafts.append(_straight(works, well, yard, kind=LinkKind.PUMP))
        works.drafts.append(_straight(works, yard, plant, dn=800, check_valve=number == 0))
    for node in backbone.tanks:
        tank = works.add_point(_outside(works.points[node], 60.0))
        works.kinds[tank] = NodeKind.TANK
        works.drafts.append(_straight(works, tank, node, dn=400))


def _outside(point: XY, metres: float) -> XY:
    """Return the point moved away from the middle of the plane."""
    span = hypot(*point) or 1.0
    return point[0] + point[0] / span * metres, point[1] + point[1] / span * metres


def _straight(
    works: Works,
    start: int,
    end: int,
    *,
    dn: int = 0,
    kind: LinkKind = LinkKind.PIPE,
    check_valve: bool = False,
) -> Draft:
    course = Course([works.points[start], works.points[end]])
    draft = Draft(start, end, course, dn=dn, kind=kind, check_valve=check_valve)
    draft.takes_services = False
    if kind is LinkKind.PIPE:
        draft.material, draft.year = "钢", 2008
    return draft


def add_low_zone(source: random.Random, works: Works) -> None:
    """Fence a part of the network: two PRVs feed it, all other ways in are normally closed."""
    zone = _zone(source, works)
    if len(zone) < ZONE_LEAST:
        return
    border = [d for d in works.drafts if (d.start in zone) != (d.end in zone)]
    border.sort(key=lambda draft: (-draft.dn, -draft.length))
    feeds = [draft for draft in border if draft.length > 40.0][:2]
    if not feeds:
        return
    for draft in border:
        inner = draft.start if draft.start in zone else draft.end
        if draft in feeds:
            _fit_prv(works, draft, inner)
        else:
            works.shut.append((draft, inner))


def _zone(source: random.Random, works: Works) -> set[int]:
    """Return a connected set of nodes off the mains, with all that hangs behind it."""
    around = works.at_nodes()
    mains = {
        n for d in works.drafts if d.dn >= TRANSMISSION_DN or d.kind is LinkKind.PUMP
        for n in (d.start, d.end)
    }  # fmt: skip
    depth = _hops(around, sorted(mains), set())
    far = sorted(depth, key=lambda n: (-depth[n], n))[: max(1, len(depth) // 50)]
    size = min(max(round(len(depth) * ZONE_SHARE), ZONE_LEAST), ZONE_MOST)
    near = _hops(around, [source.choice(far)], mains)
    zone = set(sorted(near, key=lambda n: (near[n], n))[:size])
    return set(depth) - set(_hops(around, sorted(mains), zone))


def _hops(around: dict[int, list[Draft]], starts: list[int], barred: set[int]) -> dict[int, int]:
    """Return how many pipes away each node is, none beyond the barred ones."""
    hops = {node: 0 for node in starts if node not in barred}
    queue = list(hops)
    for node in queue:
        for draft in around[node]:
            far = draft.other(node)
            if far not in hops and far not in barred:
                hops[far] = hops[node] + 1
                queue.append(far)
    return hops


def _fit_prv(works: Works, draft: Draft, inner: int) -> None:
    """Cut the draft near its inner end and set a PRV that passes water inwards."""
    if draft.start == inner:
        draft.start, draft.end = draft.end, inner
        draft.course = Course(draft.course.points[::-1])
    length = draft.length
    cut, back = length - PRV_BEFORE_M, length - PRV_BEFORE_M + PRV_M
    before = works.add_point(draft.course.at(cut))
    behind = works.add_point(draft.course.at(back))
    tail = Draft(behind, inner, draft.course.part(back, length), draft.road, draft.road_class,
                 draft.dn, material=draft.material, year=draft.year)  # fmt: skip
    prv = Draft(before, behind, Course([works.points[before], works.points[behind]]), draft.road,
                draft.road_class, draft.dn, LinkKind.PRV, takes_services=False)  # fmt: skip
    draft.end, draft.course = before, draft.course.part(0.0, cut)
    works.drafts += [prv, tail]


def shut_some_loops(source: random.Random, works: Works) -> None:
    """Mark a few more normally closed ends, on pipes that water also reaches the other way."""
    shut = {id(draft) for draft, _ in works.shut}
    tree = _supply_tree(works, shut)
    zone_free = [
        d for d in works.drafts
        if id(d) not in tree and id(d) not in shut and d.kind is LinkKind.PIPE
        and d.dn < TRANSMISSION_DN and not d.check_valve and d.length > 30
    ]  # fmt: skip
    many = min(len(zone_free), 4 + len(works.drafts) // 1500)
    works.shut += [(draft, draft.end) for draft in source.sample(zone_free, many)]


def _supply_tree(works: Works, shut: set[int]) -> set[int]:
    """Return pipes (by identity) that together bring water to every node."""
    around = works.at_nodes()
    wet = sorted(works.kinds)
    seen, tree = set(wet), set()
    for node in wet:
        for draft in around[node]:
            one_way = draft.check_valve or draft.kind is not LinkKind.PIPE
            if id(draft) in shut or (one_way and draft.start != node):
                continue
            if draft.other(node) not in seen:
                seen.add(draft.other(node))
                tree.add(id(draft))
                wet.append(draft.other(node))
    return tree
