"""One file in, the street network out, or one clear line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import BadFile, BadInput
from domain.progress import Progress, quiet
from domain.streets import StreetNetwork

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routing.osm_file import OsmWays
    from routing.restrictions import Restriction
    from routing.segments import Segments

_ENDINGS = (".osm.pbf", ".pbf", ".osm", ".graphml")
_EXPECTED = "Give an .osm.pbf, .osm or .graphml file"
#: Source: the Open Database License asks for it wherever the data is shown.
OSM_ATTRIBUTION = "© OpenStreetMap contributors"
_MADE, _HEADER_BYTES = b'generator="mainbreak"', 200

_INSTEAD = "give a file instead: mainbreak import streets FILE."
#: What osmium says where a PBF file stops too early.
_CUT_OFF = "unexpected EOF"
_AGAIN = "Download or export the file again"


def build_streets(
    path: Path, *, ferries: bool = False, private: bool = False, progress: Progress | None = None
) -> StreetNetwork:
    """Return the drivable streets of an .osm.pbf, .osm or .graphml file, ready to drive on.

    Kept is the largest part in which a drive leads from every street to every other; the rest is
    counted in the report. ``ferries`` and ``private`` are left out unless asked for. Classes,
    speeds and what else is left out: docs/streets.md.

    Raises
    ------
    BadFile
        If the file is missing, empty, damaged, of another kind, or has no street to drive on.
    """
    path = Path(path)
    tell = progress or quiet
    _check(path)
    try:
        tell(0.0, "reading streets")
        is_graph = path.name.lower().endswith(".graphml")
        read = (_from_graphml if is_graph else _from_osm)(path, ferries, private, tell)
        streets = _finished(read, path.name, tell)
        if not is_graph:
            streets = _with_areas(streets, path, tell)
    except BadFile:
        raise
    except _NoStreet as fault:
        problem = "holds no street that can be driven in and out"
        remedy = "Give a file with highway ways; see docs/streets.md"
        raise BadFile(path, problem, remedy) from fault
    except Exception as fault:  # osmium, expat, networkx and osmnx share no error class
        raise BadFile(path, _unreadable(fault), _AGAIN) from fault
    tell(1.0, "streets ready")
    return replace(streets, report=replace(streets.report, attribution=_attribution(path)))


def build_place(
    place: str, *, ferries: bool = False, private: bool = False, progress: Progress | None = None
) -> StreetNetwork:
    """Return the drivable streets of a place by its name, fetched from OpenStreetMap's servers.

    As ``build_streets``, but without turn restrictions, parks and water.

    Raises
    ------
    BadInput
        If there is no internet, no such place on the map, or no street in it.
    """
    from routing import graph

    tell = progress or quiet
    tell(0.0, f"fetching {place}")
    try:
        fetched = graph.graph_of_place(place, ferries=ferries)
        tell(0.3, "reading streets")
        read = _Read(*graph.segments_of_graph(fetched, ferries=ferries, private=private))
        streets = _finished(read, place, tell)
    except OSError as fault:
        raise BadInput(
            f"the streets of {place!r} cannot be fetched: this needs the internet; {_INSTEAD}"
        ) from fault
    except graph.UnknownPlace as fault:
        problem = f"the map does not contain an area called {place!r}: write it as city, country"
        raise BadInput(f"{problem}, or {_INSTEAD}") from fault
    except _NoStreet as fault:
        problem = f"{place!r} holds no street that can be driven in and out"
        raise BadInput(f"{problem}; {_INSTEAD}") from fault
    except Exception as fault:  # osmnx and the JSON of its servers share no error class
        raise BadInput(
            f"the streets of {place!r} cannot be fetched ({_words(fault)}); {_INSTEAD}"
        ) from fault
    tell(1.0, "streets ready")
    return replace(streets, report=replace(streets.report, attribution=OSM_ATTRIBUTION))


class _NoStreet(Exception):
    """Nothing is left that can be driven in and out."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of any kind of source: pieces of street, what was left out, restrictions."""

    pieces: Segments
    ferries: int
    private: int
    restrictions: Sequence[Restriction] = ()
    senseless: int = 0
    ways: OsmWays | None = None


def _from_osm(path: Path, ferries: bool, private: bool, tell: Progress) -> _Read:
    from routing import osm_file, restrictions, segments

    ways = osm_file.read_ways(path, ferries=ferries, private=private)
    tell(0.25, "reading turn restrictions")
    found, senseless = restrictions.read_restrictions(path)
    pieces = segments.segments_of(ways)
    return _Read(pieces, ways.ferries, ways.private, found, senseless, ways)


def _from_graphml(path: Path, ferries: bool, private: bool, tell: Progress) -> _Read:
    # osmnx takes a second to load (pandas, matplotlib); no other file needs it.
    from routing import graph

    read = graph.graph_from_graphml(path)
    tell(0.2, "measuring streets")
    return _Read(*graph.segments_of_graph(read, ferries=ferries, private=private))


def _finished(read: _Read, source: str, tell: Progress) -> StreetNetwork:
    """Return the streets joined, restricted, cut down to what can be driven, and ordered."""
    from routing import arrays, bans, joining, keeping, ordering, turns

    if not len(read.pieces.tail):
        raise _NoStreet
    tell(0.35, "joining streets between junctions")
    stay = bans.nodes_to_keep(read.restrictions, read.ways) if read.ways else None
    joined = joining.join(read.pieces, stay)
    streets = arrays.to_arrays(read.pieces, joined, source)
    undriven = read.ways.undriven if read.ways else frozenset[int]()
    found = bans.bans_of(read.restrictions, undriven, read.pieces, joined, streets)
    tell(0.45, "keeping what can be driven in and out")
    kept = arrays.largest_part(streets)
    if not kept.any():
        raise _NoStreet
    part = keeping.keep_edges(arrays.with_bans(streets, found.edges), kept)
    within = turns.largest_drivable(part)
    streets = keeping.keep_edges(part, within)
    kept[kept] = within
    obeyed = {of for of, ban in zip(found.of, found.edges, strict=True) if kept[list(ban)].all()}
    report = replace(
        streets.report,
        bans=len(obeyed),
        bans_unread=read.senseless + found.unread,
        ferries_left_out=read.ferries,
        private_left_out=read.private,
    )
    tell(0.5, "preparing fast travel times")
    rules = replace(streets.rules, order=ordering.elimination_order(streets))
    return replace(streets, report=report, rules=rules)


def _with_areas(streets: StreetNetwork, path: Path, tell: Progress) -> StreetNetwork:
    from routing import areas

    tell(0.9, "reading parks and water")
    return replace(streets, areas=areas.read_areas(path, streets.nodes))


def _check(path: Path) -> None:
    """Raise BadFile for what the name and the size of a file already tell."""
    if path.is_dir():
        raise BadFile(path, "is a folder, not a file", _EXPECTED)
    if not path.is_file():
        raise BadFile(path, "there is no such file", _EXPECTED)
    if not path.name.lower().endswith(_ENDINGS):
        raise BadFile(path, "is not a kind of street file that can be read", _EXPECTED)
    if path.stat().st_size == 0:
        raise BadFile(path, "is empty", _AGAIN)


def _unreadable(fault: Exception) -> str:
    """Return why a file cannot be read, the library's words in brackets."""
    said = _words(fault)
    cut = _CUT_OFF in said
    return f"is cut off: its end is missing ({said})" if cut else f"cannot be read ({said})"


def _words(fault: Exception) -> str:
    """Return what a library said, in one short line."""
    said = " ".join(str(fault).split()) or type(fault).__name__
    return said if len(said) <= 120 else said[:117] + "..."


def _attribution(path: Path) -> str:
    """Return who must be named beside the streets: nobody for a town made by mainbreak."""
    with path.open("rb") as file:
        made = _MADE in file.read(_HEADER_BYTES)
    return "" if made else OSM_ATTRIBUTION
