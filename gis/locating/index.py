"""Everything that has a name or an address, made ready to be searched."""

from __future__ import annotations

from collections.abc import Sequence

from domain.network import Premises
from domain.places import Place, Road
from gis.locating.grammar import parts_of
from gis.locating.latin import is_latin
from gis.locating.latin_book import LatinBook
from gis.locating.lexicon import Lexicon
from gis.locating.reader import Reader
from gis.locating.roads import Roads, key_of
from gis.locating.sites import Middles, SiteTree


class AddressIndex:
    """The premises' addresses by script, roads and places; ``middles`` measures among premises."""

    def __init__(
        self, premises: Sequence[Premises], places: Sequence[Place], roads: Sequence[Road]
    ) -> None:
        self.middles = Middles(premises, places)
        self.roads = Roads(roads, self.middles.plane)
        written = [(row, one.address) for row, one in enumerate(premises) if one.address]
        latin = [(row, address) for row, address in written if is_latin(address)]
        is_other = set(dict(written)) - set(dict(latin))
        keys = ((row, key_of(address)) for row, address in written if row in is_other)
        self.tree = SiteTree((row, parts_of(key)) for row, key in keys)
        self.lexicon = Lexicon(self.tree, places, self.roads)
        self.reader = Reader(self.lexicon)
        names = [road.name for road in roads if is_latin(road.name)]
        self.latin = LatinBook(latin, names)
