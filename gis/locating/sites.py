"""Where people live as one tree: road and number, or compound; building; unit; premises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from domain.network import Premises
from domain.places import Place
from gis.crs import LocalMetres, plane_around
from gis.locating.grammar import AddressParts


@dataclass(slots=True)
class Site:
    """One gate or compound: what an address names before the building.

    ``homes`` holds rows of premises by building, then by unit; "" where the address names none.
    """

    district: str
    road: str
    number: str
    compound: str
    homes: dict[str, dict[str, list[int]]] = field(default_factory=dict)

    def rows(self, building: str = "", unit: str = "") -> list[int]:
        """Return the premises of a unit, of a building, or of all, as far as they are known."""
        units = self.homes.get(building) if building else None
        if units is None:
            return [row for units in self.homes.values() for rows in units.values() for row in rows]
        if unit in units and unit:
            return units[unit]
        return [row for rows in units.values() for row in rows]


class SiteTree:
    """The sites of all premises, by road and by compound."""

    def __init__(self, premises: Iterable[tuple[int, AddressParts]]) -> None:
        self.sites: dict[tuple[str, str, str, str], Site] = {}
        for row, parts in premises:
            self._add(row, parts)
        #: Of each road its numbers, and the sites at each.
        self.by_road: dict[str, dict[str, list[Site]]] = defaultdict(lambda: defaultdict(list))
        self.by_compound: dict[str, list[Site]] = defaultdict(list)
        for site in self.sites.values():
            if site.road and site.number:
                self.by_road[site.road][site.number].append(site)
            if site.compound:
                self.by_compound[site.compound].append(site)

    def _add(self, row: int, parts: AddressParts) -> None:
        key = (parts.district, parts.road, parts.number, parts.compound)
        if not any(key[1:]):
            return
        site = self.sites.get(key)
        if site is None:
            site = self.sites[key] = Site(*key)
        units = site.homes.setdefault(parts.building, {})
        units.setdefault(parts.unit, []).append(row)

    def districts(self) -> Iterator[str]:
        """Yield each district once."""
        yield from dict.fromkeys(site.district for site in self.sites.values() if site.district)


class Middles:
    """Finds the premises in the middle of some, and how far the others lie from it."""

    def __init__(self, premises: Sequence[Premises], named: Sequence[Place]) -> None:
        spots = [one.location for one in premises]
        self.plane: LocalMetres = plane_around(spots or [one.position for one in named])
        self.xy = self.plane.xy(spots)

    def of(self, rows: list[int]) -> tuple[int, float]:
        """Return the row nearest to the middle of all, and metres from it to the farthest."""
        if len(rows) == 1:
            return rows[0], 0.0
        xy = self.xy[rows]
        middle = int(np.hypot(*(xy - xy.mean(axis=0)).T).argmin())
        metres = np.hypot(*(xy - xy[middle]).T)
        return rows[middle], float(metres.max())

    def apart(self, rows: list[int], metres: float) -> list[list[int]]:
        """Return the rows in groups, each within so many metres of its first, the largest first."""
        if len(rows) == 1:
            return [rows]
        groups: list[list[int]] = []
        left = np.array(rows)
        while len(left):
            near = np.hypot(*(self.xy[left] - self.xy[left[0]]).T) <= metres
            groups.append([int(row) for row in left[near]])
            left = left[~near]
        return sorted(groups, key=len, reverse=True)
