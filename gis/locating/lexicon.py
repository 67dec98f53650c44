"""Every name that callers of a town may say, with what each can be, in one table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from domain.places import Place
from gis.locating.names import NameTable
from gis.locating.roads import Roads, key_of
from gis.locating.sites import SiteTree

#: Names of one sign occur in every sentence.
SHORTEST = 2


@dataclass(slots=True)
class Kinds:
    """What one name can be."""

    road: bool = False
    compound: bool = False
    district: bool = False
    place: bool = False


class Lexicon:
    """The names of a town's sites, roads and places."""

    def __init__(self, tree: SiteTree, places: Iterable[Place], roads: Roads) -> None:
        self.tree, self.roads = tree, roads
        #: Places by each of their names.
        self.places: dict[str, list[Place]] = defaultdict(list)
        for place in places:
            for name in dict.fromkeys(key_of(name) for name in (place.name, *place.aliases)):
                self.places[name].append(place)
        found: dict[str, Kinds] = defaultdict(Kinds)
        for name in (*tree.by_road, *roads.written):
            found[name].road = True
        for name in tree.by_compound:
            found[name].compound = True
        for name in tree.districts():
            found[name].district = True
        for name in self.places:
            found[name].place = True
        known = {name: kinds for name, kinds in found.items() if len(name) >= SHORTEST}
        self.table = NameTable(list(known))
        self.kinds = list(known.values())
        self.number = {name: row for row, name in enumerate(known)}
