"""Where houses and compounds stand along the pipes, before they have addresses."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import shapely

from data.pipes_network.plane import XY
from data.pipes_network.works import TRANSMISSION_DN, Draft, Works
from domain.network import LinkKind
from domain.streets import Area

#: Metres from the middle of the road to a house, and to the first building of a compound.
SETBACK_M = (10.0, 25.0)
COMPOUND_SETBACK_M = (18.0, 26.0)

#: One site in so many is a compound of several buildings.
COMPOUND_SHARE = 0.055

#: Metres between buildings of a compound.
BUILDING_AWAY_M = 17.0

_DRAW = {"primary": 0.6, "secondary": 0.8, "tertiary": 1.1, "living_street": 1.5}


@dataclass(frozen=True)
class Site:
    """A plot on one side of one pipe: ``units`` holds (building, unit, point) of a compound.

    A plain house has one unit with building 0.
    """

    draft: int
    metres: float
    left: bool
    units: tuple[tuple[int, int, XY], ...]

    @property
    def is_compound(self) -> bool:
        """True if several premises stand here."""
        return len(self.units) > 1


def place_sites(
    source: random.Random, works: Works, areas: Sequence[Area], premises: int
) -> list[Site]:
    """Return plots for exactly so many premises, none in the water or in a park."""
    weights = [_weight(draft) for draft in works.drafts]
    if not any(weights):  # a town of one main and no street with a name
        weights = [float(draft.kind is LinkKind.PIPE) for draft in works.drafts]
    cumulative = list(accumulate(weights))
    numbers = range(len(works.drafts))
    kept: list[Site] = []
    missing = premises
    while missing > 0:
        draws = source.choices(numbers, cum_weights=cumulative, k=max(20, missing // 2))
        batch = [_site(source, works, number) for number in draws]
        for site in _dry(works, areas, batch):
            if missing > 0:
                fitted = Site(site.draft, site.metres, site.left, site.units[:missing])
                kept.append(fitted)
                missing -= len(fitted.units)
    return kept


def _weight(draft: Draft) -> float:
    """Return how many houses a pipe draws, in proportion."""
    if draft.kind is not LinkKind.PIPE or not draft.takes_services or not draft.road:
        return 0.0
    wide = 0.3 if draft.dn >= TRANSMISSION_DN else 1.0
    return max(draft.length - 16.0, 0.0) * wide * _DRAW.get(draft.road_class, 1.0)


def _site(source: random.Random, works: Works, number: int) -> Site:
    draft = works.drafts[number]
    metres = round(source.uniform(0.08, 0.92) * draft.length, 1)
    left = source.random() < 0.5
    if source.random() < COMPOUND_SHARE and draft.length > 45:
        return Site(number, metres, left, _compound(source, draft, metres, left))
    setback = source.uniform(*SETBACK_M)
    point = draft.course.beside(metres, setback if left else -setback)
    return Site(number, metres, left, ((0, 0, point),))


def _compound(
    source: random.Random, draft: Draft, metres: float, left: bool
) -> tuple[tuple[int, int, XY], ...]:
    buildings, units = source.randint(3, 9), source.randint(1, 3)
    first = source.uniform(*COMPOUND_SETBACK_M)
    result = []
    for building in range(buildings):
        row, column = divmod(building, 3)
        spot = min(max(metres + (column - 1) * BUILDING_AWAY_M, 2.0), draft.length - 2.0)
        back = first + row * BUILDING_AWAY_M
        for unit in range(units):
            point = draft.course.beside(spot + (unit - 1) * 4.0, back if left else -back)
            result.append((building + 1, unit + 1, point))
    return tuple(result)


def _dry(works: Works, areas: Sequence[Area], sites: list[Site]) -> list[Site]:
    """Return the sites of which no unit stands in the water or in a park."""
    rings = [shapely.Polygon(area.ring) for area in areas if len(area.ring) >= 4]
    if not rings:
        return sites
    places = [works.plane.to_place(unit[2]) for site in sites for unit in site.units]
    owner = [index for index, site in enumerate(sites) for _ in site.units]
    points = shapely.points([(place.lon, place.lat) for place in places])
    hit, _ = shapely.STRtree(rings).query(points, predicate="intersects")
    wet = {owner[int(index)] for index in np.unique(hit)}
    return [site for index, site in enumerate(sites) if index not in wet]
