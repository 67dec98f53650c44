"""From streets to pipes: which streets carry one, how wide, of what, since when."""

from __future__ import annotations

import random
from math import ceil

from data.pipes_network.backbone import Backbone, lay_backbone
from data.pipes_network.plane import dice
from data.pipes_network.street_choice import Street, StreetMap
from data.pipes_network.works import TRANSMISSION_DN, Draft, Parts, Works

#: Share of the streets that stay without a pipe all along; half of them carry a branch.
WITHOUT_PIPE = 0.09

#: Share of the mains' streets that carry a second pipe for the services.
SECOND_PIPE = 0.12

#: Metres from the main to that second pipe.
SECOND_PIPE_AWAY_M = 4.0

_DN = {
    "primary": (300, 300, 250), "secondary": (300, 250, 200), "tertiary": (200, 200, 150),
    "residential": (150, 100, 150, 100, 200), "living_street": (100, 100, 150),
}  # fmt: skip

#: (material, first year, last year) by the pipe's width; the order is from common to rare.
#: Source: what Chinese towns laid in which decades, in outline; invented in detail.
_MATERIALS: dict[str, tuple[tuple[str, int, int], ...]] = {
    "narrow": (("PE", 2002, 2024), ("球墨铸铁", 1996, 2024), ("灰口铸铁", 1965, 1992)),
    "middle": (("球墨铸铁", 1995, 2024), ("灰口铸铁", 1968, 1993), ("PE", 2005, 2024)),
    "wide": (("球墨铸铁", 1997, 2023), ("钢", 1982, 2012), ("预应力混凝土", 1976, 1998)),
}


def lay_pipes(street_map: StreetMap, pipes: int, seed: int) -> tuple[Works, Backbone]:
    """Return about so many pipes along the streets, wide mains first, and the sources' nodes."""
    source = dice(seed, "pipes")
    works = Works(street_map.plane, list(street_map.points))
    _lay_streets(source, works, street_map.streets)
    backbone = lay_backbone(works, source.uniform(0.0, 6.28))
    _widths(source, works)
    _second_pipes(source, works)
    _split(works, pipes)
    return works, backbone


def _lay_streets(source: random.Random, works: Works, streets: list[Street]) -> None:
    bare = _without_pipe(source, streets, len(works.points))
    for number, street in enumerate(streets):
        draft = Draft(street.a, street.b, street.course, street.name, street.road_class)
        if number not in bare:
            works.drafts.append(draft)
        elif street.course.length > 70 and source.random() < 0.5:
            cut = street.course.part(0.0, street.course.length * source.uniform(0.4, 0.7))
            draft.course, draft.end = cut, works.add_point(cut.points[-1])
            works.drafts.append(draft)


def _without_pipe(source: random.Random, streets: list[Street], nodes: int) -> set[int]:
    """Return streets whose lack leaves all crossings connected."""
    order = sorted(range(len(streets)), key=lambda n: (_rank(streets[n]), source.random()))
    parts = Parts(nodes)
    spare = [n for n in order if not parts.join(streets[n].a, streets[n].b)]
    narrow = [n for n in spare if _rank(streets[n]) > 1]
    return set(source.sample(narrow, min(len(narrow), round(len(streets) * WITHOUT_PIPE))))


def _rank(street: Street) -> int:
    ranks = {"primary": 0, "secondary": 0, "tertiary": 1}
    return ranks.get(street.road_class, 2)


def _widths(source: random.Random, works: Works) -> None:
    """Set what the backbone left open; one road keeps one pipe, but for later renewals."""
    ends = {node for node, drafts in works.at_nodes().items() if len(drafts) == 1}
    by_road: dict[str, int] = {}
    for number, draft in enumerate(works.drafts):
        road = draft.road or f"#{number}"
        choice = source.choice(_DN.get(draft.road_class, _DN["residential"]))
        if not draft.dn:
            dead_end = draft.start in ends or draft.end in ends
            draft.dn = 100 if dead_end else by_road.setdefault(road, choice)
    made: dict[tuple[str, str], tuple[str, int]] = {}
    for draft in works.drafts:
        fresh = _material(source, draft.dn)
        kept = made.setdefault((draft.road, _width_class(draft.dn)), fresh)
        draft.material, draft.year = fresh if source.random() < 0.15 else kept


def _width_class(dn: int) -> str:
    return "narrow" if dn <= 150 else "middle" if dn < TRANSMISSION_DN else "wide"


def _material(source: random.Random, dn: int) -> tuple[str, int]:
    common = _MATERIALS[_width_class(dn)]
    material, first, last = source.choices(common, weights=(5, 3, 2))[0]
    return material, source.randint(first, last)


def _second_pipes(source: random.Random, works: Works) -> None:
    """Lay a service pipe beside some stretches of main, which then takes no services itself."""
    mains = [d for d in works.drafts if d.dn >= TRANSMISSION_DN and d.length > 60]
    for main in mains:
        if source.random() < SECOND_PIPE:
            main.takes_services = False
            beside = main.course.shifted(SECOND_PIPE_AWAY_M)
            works.drafts.append(
                Draft(main.start, main.end, beside, main.road, main.road_class, 150,
                      material="球墨铸铁", year=source.randint(1999, 2022))
            )  # fmt: skip


def _split(works: Works, pipes: int) -> None:
    """Cut the longest drafts until there are about ``pipes`` of them."""
    low, high = 25.0, 2_000.0
    for _ in range(40):
        half = (low + high) / 2
        few = sum(ceil(draft.length / half) for draft in works.drafts) <= pipes
        low, high = (low, half) if few else (half, high)
    works.drafts = [piece for draft in works.drafts for piece in _pieces(works, draft, high)]


def _pieces(works: Works, draft: Draft, longest: float) -> list[Draft]:
    count = ceil(draft.length / longest)
    nodes = [draft.start]
    courses = []
    for i in range(count):
        course = draft.course.part(draft.length * i / count, draft.length * (i + 1) / count)
        courses.append(course)
        nodes.append(draft.end if i == count - 1 else works.add_point(course.points[-1]))
    return [
        Draft(nodes[i], nodes[i + 1], course, draft.road, draft.road_class, draft.dn,
              material=draft.material, year=draft.year, takes_services=draft.takes_services)
        for i, course in enumerate(courses)
    ]  # fmt: skip
