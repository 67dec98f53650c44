"""One file in, the street network out, or one clear line."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import BadFile
from domain.progress import Progress, quiet
from domain.streets import StreetNetwork

if TYPE_CHECKING:
    import networkx as nx

_ENDINGS = (".osm.pbf", ".pbf", ".osm", ".graphml")
_EXPECTED = "Give an .osm.pbf, .osm or .graphml file"
#: Source: the Open Database License asks for it wherever the data is shown.
OSM_ATTRIBUTION = "© OpenStreetMap contributors"
_MADE, _HEADER_BYTES = b'generator="mainbreak"', 200

_AGAIN = "Download or export the file again"


def build_streets(path: Path, *, progress: Progress | None = None) -> StreetNetwork:
    """Return the drivable streets of an .osm.pbf, .osm or .graphml file.

    Kept is the largest part in which every place has a way to every other; the rest is counted
    in the report. Classes, speeds and what is left out: docs/streets.md.

    Raises
    ------
    BadFile
        If the file is missing, empty, damaged, of another kind, or has no street to drive on.
    """
    path = Path(path)
    tell = progress or quiet
    _check(path)
    try:
        streets = _built(path, tell)
    except BadFile:
        raise
    except Exception as fault:  # osmium, expat, networkx and osmnx share no error class
        raise BadFile(path, f"cannot be read ({_words(fault)})", _AGAIN) from fault
    tell(1.0, "streets ready")
    return replace(streets, report=replace(streets.report, attribution=_attribution(path)))


def _built(path: Path, tell: Progress) -> StreetNetwork:
    """Build from a file that exists and has a known ending."""
    # osmnx takes a second to load (pandas, matplotlib); a plan never needs it.
    from routing import areas, arrays, graph

    is_graphml = path.name.lower().endswith(".graphml")
    tell(0.0, "reading streets")
    raw = graph.graph_from_graphml(path) if is_graphml else _graph_from_osm(path, tell)
    if raw.number_of_edges() == 0:
        raise _no_street(path)
    tell(0.45, "joining streets between junctions")
    streets = arrays.to_arrays(graph.simplified(raw), path.name)
    tell(0.8, "keeping the largest connected part")
    streets = arrays.largest_part(streets)
    if len(streets.tail) == 0:
        raise _no_street(path)
    if is_graphml:
        return streets
    tell(0.85, "reading parks and water")
    return arrays.with_areas(streets, areas.read_areas(path, streets.nodes))


def _graph_from_osm(path: Path, tell: Progress) -> nx.MultiDiGraph:
    from routing import graph, osm_file

    with tempfile.TemporaryDirectory() as folder:
        xml = Path(folder) / "streets.osm"
        if osm_file.write_streets(path, xml) == 0:
            raise _no_street(path)
        tell(0.2, "building the street graph")
        return graph.graph_from_xml(xml)


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


def _no_street(path: Path) -> BadFile:
    problem = "holds no street that can be driven in and out"
    return BadFile(path, problem, "Give a file with highway ways; see docs/streets.md")


def _words(fault: Exception) -> str:
    """Return what a library said, in one short line."""
    said = " ".join(str(fault).split()) or type(fault).__name__
    return said if len(said) <= 120 else said[:117] + "..."


def _attribution(path: Path) -> str:
    """Return who must be named beside the streets: nobody for a town made by mainbreak."""
    with path.open("rb") as file:
        made = _MADE in file.read(_HEADER_BYTES)
    return "" if made else OSM_ATTRIBUTION
