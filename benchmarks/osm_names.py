"""Real street names and addresses of an OpenStreetMap file, as domain values."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import osmium

from domain.network import Premises
from domain.places import LonLat, Road

#: (street or place, house number, postcode, town); the last two may be empty.
Parts = tuple[str, str, str, str]


def roads_of(file: Path) -> tuple[Road, ...]:
    """Return every named highway of a ``.osm.pbf``, ways of one name as courses of one road."""
    courses: dict[str, list[tuple[LonLat, ...]]] = defaultdict(list)
    way: Any
    for way in osmium.FileProcessor(str(file), osmium.osm.WAY | osmium.osm.NODE).with_locations():
        name = way.tags.get("name", "").strip() if way.is_way() else ""
        if name and "highway" in way.tags:
            places = _places(way)
            if len(places) >= 2:
                courses[name].append(places)
    return tuple(Road(name, tuple(lines)) for name, lines in sorted(courses.items()))


def addresses_of(file: Path) -> tuple[tuple[Premises, ...], dict[str, Parts]]:
    """Return a premises per address of a ``.osm.pbf``, and its parts by the premises' id.

    An address is a node or a way with ``addr:housenumber`` and a street or a place; one without
    either is left out: nobody could say it. Its text is ``Street Number, Postcode Town``.
    """
    premises: list[Premises] = []
    parts: dict[str, Parts] = {}
    thing: Any
    for thing in osmium.FileProcessor(str(file)).with_locations():
        number = thing.tags.get("addr:housenumber", "").strip()
        street = thing.tags.get("addr:street", "") or thing.tags.get("addr:place", "")
        where = _where(thing) if number and street else None
        if where is None:
            continue
        said = (
            street.strip(),
            number,
            thing.tags.get("addr:postcode", "").strip(),
            thing.tags.get("addr:city", "").strip(),
        )
        name = f"{'n' if thing.is_node() else 'w'}{thing.id}"
        premises.append(Premises(name, where, address=written(said)))
        parts[name] = said
    return tuple(premises), parts


def written(parts: Parts) -> str:
    """Return an address as its records write it."""
    street, number, postcode, town = parts
    place = " ".join(one for one in (postcode, town) if one)
    return ", ".join(one for one in (f"{street} {number}", place) if one)


def _where(thing: Any) -> LonLat | None:
    """Return a node's place, or the middle of a way's corners; None for what has none."""
    if thing.is_node():
        return LonLat(thing.location.lon, thing.location.lat)
    places = _places(thing) if thing.is_way() else ()
    if not places:
        return None
    lons, lats = [one.lon for one in places], [one.lat for one in places]
    return LonLat((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)


def _places(way: Any) -> tuple[LonLat, ...]:
    corners = (node.location for node in way.nodes)
    return tuple(LonLat(one.lon, one.lat) for one in corners if one.valid())
