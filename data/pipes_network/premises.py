"""Premises with Chinese addresses, accounts, phones, kinds and critical customers."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.pipes_network import names
from data.pipes_network.fittings import ids, link_ids
from data.pipes_network.organisations import ORGANISATIONS, Organisation
from data.pipes_network.sites import Site
from data.pipes_network.works import Works
from domain.network import Premises
from domain.words import PremisesKind

#: Shares of plain houses that are shops or something else, and of premises without a phone.
SHOP, OTHER, NO_PHONE = 0.12, 0.02, 0.03


@dataclass(frozen=True)
class Address:
    """The parts of an address; ``compound`` is empty for a plain house."""

    district: str
    road: str
    number: int
    compound: str = ""

    @property
    def street(self) -> str:
        """Road and number: 建设东路12号."""
        return f"{self.road}{self.number}号"

    def full(self, building: int, unit: int) -> str:
        """Return the whole address of one premises."""
        tail = f"{self.compound}{building}栋{unit}单元" if self.compound else ""
        return f"{self.district}{self.street}{tail}"


def make_premises(
    source: random.Random, works: Works, sites: Sequence[Site]
) -> tuple[tuple[Premises, ...], dict[str, Address]]:
    """Return the premises in order of their ids, and each one's address in parts."""
    addresses = _addresses(source, works, sites)
    customers = _organisations(source, works, sites)
    links = link_ids(works)
    rows = [
        (index, building, unit, works.plane.to_place(point))
        for index, site in enumerate(sites)
        for building, unit, point in site.units
    ]
    made, parts = [], {}
    for serial, (one_id, (index, building, unit, place)) in enumerate(
        zip(ids("U", len(rows), 5), rows, strict=True), start=1
    ):
        who = customers.get(index) or _household(source, sites[index])
        parts[one_id] = addresses[index]
        made.append(
            Premises(
                id=one_id,
                location=place,
                link=links[sites[index].draft],
                kind=who.kind,
                critical=who.critical,
                account=names.account(serial),
                name=who.name,
                phone="" if source.random() < NO_PHONE else names.phone(serial),
                address=addresses[index].full(building, unit),
                meter=names.meter(serial),
            )
        )
    return tuple(made), parts


def _household(source: random.Random, site: Site) -> Organisation:
    luck = 1.0 if site.is_compound else source.random()
    kind = PremisesKind.HOME
    if luck < SHOP:
        kind = PremisesKind.SHOP
    elif luck < SHOP + OTHER:
        kind = PremisesKind.OTHER
    return Organisation(names.person(source), kind, critical=False)


def _organisations(
    source: random.Random, works: Works, sites: Sequence[Site]
) -> dict[int, Organisation]:
    """Return which site each organisation stands on: wide pipes, no compound, all over town."""
    plain = [index for index, site in enumerate(sites) if not site.is_compound]
    wide = [i for i in plain if works.drafts[sites[i].draft].dn >= 150]
    total = sum(len(site.units) for site in sites)
    wanted = [one for one, every in ORGANISATIONS if total >= every]
    seats = source.sample(wide, min(len(wide), len(wanted)))
    return dict(zip(seats, wanted, strict=False))


def _addresses(source: random.Random, works: Works, sites: Sequence[Site]) -> list[Address]:
    """Return each site's address: odd numbers on one side, even on the other, rising along it."""
    compounds = names.compound_names(source)
    by_road: dict[str, list[int]] = {}
    for index, site in enumerate(sites):
        by_road.setdefault(works.drafts[site.draft].road, []).append(index)
    numbers: dict[int, int] = {}
    for members in by_road.values():
        numbers.update(_numbered(source, works, sites, members))
    district = Districts.divide(works)
    return [
        Address(
            district.of(works, site),
            works.drafts[site.draft].road,
            numbers[index],
            next(compounds) if site.is_compound else "",
        )
        for index, site in enumerate(sites)
    ]


def _numbered(
    source: random.Random, works: Works, sites: Sequence[Site], members: list[int]
) -> Iterator[tuple[int, int]]:
    """Yield (site, number) along one road."""
    places = [works.drafts[sites[i].draft].course.at(sites[i].metres) for i in members]
    xs, ys = [p[0] for p in places], [p[1] for p in places]
    axis = 0 if max(xs) - min(xs) >= max(ys) - min(ys) else 1
    order = sorted(range(len(members)), key=lambda k: (places[k][axis], members[k]))
    last = [-1, 0]
    for k in order:
        site = sites[members[k]]
        course = works.drafts[site.draft].course
        ahead = course.points[-1][axis] >= course.points[0][axis]
        even = int(site.left != ahead)
        last[even] += 2 if source.random() < 0.8 else 4
        yield members[k], last[even]


@dataclass(frozen=True)
class Districts:
    """Four districts: south and north of two lines, east and west of a third; metres."""

    south: float
    north: float
    middle: float

    @classmethod
    def divide(cls, works: Works) -> Districts:
        """Return bounds that give every district a fair share of the crossings."""
        xs = sorted(point[0] for point in works.points)
        ys = sorted(point[1] for point in works.points)
        return cls(ys[len(ys) // 4], ys[len(ys) * 7 // 10], xs[len(xs) // 2])

    def of(self, works: Works, site: Site) -> str:
        """Return the district a site stands in."""
        x, y = works.drafts[site.draft].course.at(site.metres)
        east, west, south, north = names.DISTRICTS
        if y < self.south:
            return south
        if y > self.north:
            return north
        return east if x > self.middle else west
