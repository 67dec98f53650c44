"""Named places callers use: organisations, parks, bridges, and crossings of two main roads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely

from data.pipes_network.fittings import ids
from data.pipes_network.organisations import ORGANISATIONS
from data.pipes_network.works import Works
from domain.network import Premises
from domain.places import LonLat, Place
from domain.streets import Area, AreaKind

#: At most so many parks, bridges and crossings become places.
MOST_OF_A_KIND = 15

_WIDE = {"primary", "secondary"}


def make_places(
    works: Works, premises: Sequence[Premises], areas: Sequence[Area]
) -> tuple[Place, ...]:
    """Return the town's places, each name once, in order of their ids."""
    found: dict[str, tuple[LonLat, tuple[str, ...]]] = {}
    for name, position, aliases in (
        *_organisations(premises),
        *_parks(works, areas),
        *_bridges(works, areas),
        *_crossings(works),
    ):
        found.setdefault(name, (position, aliases))
    return tuple(
        Place(one, name, position, aliases)
        for one, (name, (position, aliases)) in zip(
            ids("L", len(found), 3), found.items(), strict=True
        )
    )


def _organisations(premises: Sequence[Premises]) -> Iterator[tuple[str, LonLat, tuple[str, ...]]]:
    aliases = {one.name: one.aliases for one, _ in ORGANISATIONS}
    for one in premises:
        if one.name in aliases:
            yield one.name, one.location, aliases[one.name]


def _parks(works: Works, areas: Sequence[Area]) -> Iterator[tuple[str, LonLat, tuple[str, ...]]]:
    """Yield the named parks within the town."""
    hull = shapely.MultiPoint([_degrees(works, point) for point in works.points]).convex_hull
    count = 0
    for area in areas:
        if area.kind is not AreaKind.PARK or not area.name or count >= MOST_OF_A_KIND:
            continue
        middle = shapely.Polygon(area.ring).representative_point()
        if hull.contains(middle):
            count += 1
            yield area.name, LonLat(_written(middle.x), _written(middle.y)), ()


def _written(degrees: float) -> float:
    """Return seven decimals, the same on every processor.

    The middle of two written degrees often lies right between two others, where the last bit of
    the reckoning would decide; the nudge does.
    """
    return round(degrees + 1e-9, 7)


def _degrees(works: Works, point: tuple[float, float]) -> tuple[float, float]:
    place = works.plane.to_place(point)
    return place.lon, place.lat


def _bridges(works: Works, areas: Sequence[Area]) -> Iterator[tuple[str, LonLat, tuple[str, ...]]]:
    """Yield where a pipe under a named road crosses the water."""
    water = [shapely.Polygon(a.ring) for a in areas if a.kind is AreaKind.WATER]
    if not water:
        return
    roads = [draft for draft in works.drafts if draft.road]
    middles = [draft.course.at(draft.length / 2) for draft in roads]
    points = shapely.points([_degrees(works, point) for point in middles])
    hits, _ = shapely.STRtree(water).query(points, predicate="intersects")
    for index in sorted({int(hit) for hit in hits})[:MOST_OF_A_KIND]:
        stem = roads[index].road.removesuffix("路").removesuffix("街")
        yield f"{stem.rstrip('东西南北')}大桥", works.plane.to_place(middles[index]), ()


def _crossings(works: Works) -> Iterator[tuple[str, LonLat, tuple[str, ...]]]:
    """Yield crossings of two wide roads with different names."""
    count = 0
    for node, drafts in sorted(works.at_nodes().items()):
        roads = sorted({draft.road for draft in drafts if draft.road_class in _WIDE and draft.road})
        if len(roads) != 2 or count >= MOST_OF_A_KIND or len(drafts) < 4:
            continue
        count += 1
        one, other = roads
        aliases = (f"{other}与{one}路口", f"{one}{other}路口", f"{one}和{other}交叉口")
        yield f"{one}与{other}路口", works.plane.to_place(works.points[node]), aliases
