"""What an INP has no section for and mainbreak therefore writes into comments (docs/formats.md).

Each line ``;mainbreak {...}`` is a feature of the network GeoJSON; the first one is a header. A
node or link there stands in place of the INP's one, which ``inp`` names if it has another id.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from domain.errors import BadFile
from domain.network import Link, Node, PipeNetwork
from gis.reading import network_features as features
from gis.reading.geojson_feature import FeatureReader
from gis.reading.inp_scan import InpText
from gis.reading.network_features import LAYERS, Layers

#: How each of the lines begins.
MARK = ";mainbreak "

#: What stands in the sections for a roughness nobody knows; a real one of that figure stands in a
#: comment as well. Source: mainbreak default; EPANET asks for one.
UNKNOWN_ROUGHNESS = 100.0


@dataclass(frozen=True)
class Extras:
    """The comments of one file; ``crs`` is None if mainbreak did not write it."""

    crs: str | None
    name: str
    layers: Layers

    def added_to(self, network: PipeNetwork) -> PipeNetwork:
        """Return the network with what the comments hold.

        Raises
        ------
        BadFile
            If a comment names what the file does not hold.
        """
        if self.crs is None:
            return network
        nodes = {_inp_id(one): features.node(one) for one in self.layers["node"]}
        links = {_inp_id(one): features.link(one) for one in self.layers["link"]}
        whole = replace(
            network,
            nodes=tuple(nodes.get(node.id, node) for node in network.nodes),
            links=tuple(
                _renamed(links.get(link.id) or _real(link), nodes) for link in network.links
            ),
            isolation_valves=tuple(map(features.isolation_valve, self.layers["isolation_valve"])),
            hydrants=tuple(map(features.hydrant, self.layers["hydrant"])),
            premises=tuple(map(features.premises, self.layers["premises"])),
            name=self.name or network.name,
        )
        features.check_ids(self.layers)
        features.check_names(whole, self.layers)
        return whole


def extras_of(file: Path, text: InpText) -> Extras:
    """Return what stands in the comments.

    Raises
    ------
    BadFile
        If one of them is no feature, with its row.
    """
    layers: Layers = {name: [] for name in LAYERS}
    header: dict[str, object] | None = None
    for row, line in enumerate(text.text.splitlines(), start=1):
        if not line.startswith(MARK):
            continue
        content = _content(file, row, line)
        if header is None:
            header = content
        else:
            one = FeatureReader(file, row, content)
            layers[one.word("layer", LAYERS)].append(one)
    if header is None:
        return Extras(None, "", layers)
    return Extras(str(header.get("crs", "")), str(header.get("name", "")), layers)


def _content(file: Path, row: int, line: str) -> dict[str, object]:
    try:
        content = json.loads(line.removeprefix(MARK))
    except (json.JSONDecodeError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise BadFile(file, "a mainbreak comment is no JSON", "delete or mend this line", row=row)
    return content


def _inp_id(one: FeatureReader) -> str:
    return one.text("inp", "") or one.text("id")


def _real(link: Link) -> Link:
    """Return the link without a placeholder for its roughness."""
    return replace(link, roughness=None) if link.roughness == UNKNOWN_ROUGHNESS else link


def _renamed(link: Link, nodes: dict[str, Node]) -> Link:
    """Return the link with its ends' own ids, where the INP had to call them differently."""
    start, end = nodes.get(link.start), nodes.get(link.end)
    if start is None and end is None:
        return link
    return replace(link, start=start.id if start else link.start, end=end.id if end else link.end)
