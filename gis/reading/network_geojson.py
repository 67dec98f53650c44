"""Read a pipe network from GeoJSON; what it cannot be ends in one line with row and field."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from domain.errors import BadFile
from domain.network import PipeNetwork
from gis.reading import network_features as features
from gis.reading.geojson_feature import FeatureReader
from gis.reading.network_features import LAYERS, Layers
from gis.reading.text_file import read_text


def read_network_geojson(path: Path) -> PipeNetwork:
    """Return the network that ``write_network_geojson`` wrote.

    Raises
    ------
    BadFile
        If it is not such a file. The row is the line where each feature has its own line,
        else the feature's number, from 1.
    """
    text = read_text(path, "a network GeoJSON")
    collection = _collection(path, text)
    layers = _layers(path, text, collection["features"])
    name = collection.get("name")
    network = PipeNetwork(
        nodes=tuple(features.node(one) for one in layers["node"]),
        links=tuple(features.link(one) for one in layers["link"]),
        isolation_valves=tuple(features.isolation_valve(one) for one in layers["isolation_valve"]),
        hydrants=tuple(features.hydrant(one) for one in layers["hydrant"]),
        premises=tuple(features.premises(one) for one in layers["premises"]),
        name=name if isinstance(name, str) else "",
    )
    features.check_ids(layers)
    features.check_names(network, layers)
    return network


def _collection(path: Path, text: str) -> dict[str, list[object]]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as fault:
        raise BadFile(
            path, f"is not JSON ({fault.msg})", "copy the whole file again", row=fault.lineno
        ) from None
    except RecursionError:
        raise BadFile(path, "is nested too deeply for GeoJSON", "give another file") from None
    found = content.get("features") if isinstance(content, dict) else None
    if not isinstance(found, list) or content.get("type") != "FeatureCollection":
        raise BadFile(path, "is no GeoJSON FeatureCollection", "give a network GeoJSON")
    return content  # type: ignore[no-any-return]


def _layers(path: Path, text: str, found: Sequence[object]) -> Layers:
    lines = text.splitlines()
    layers: Layers = {name: [] for name in LAYERS}
    for index, one in enumerate(found):
        own_line = index + 1 < len(lines) and lines[index + 1].startswith('{"type":"Feature"')
        reader = FeatureReader(path, index + 2 if own_line else index + 1, one)
        layers[reader.word("layer", LAYERS)].append(reader)
    if not layers["node"]:
        raise BadFile(path, "holds no node", "give a network GeoJSON with a layer of nodes")
    return layers
