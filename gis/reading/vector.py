"""Vector files to networks: layers by their role, ends joined, points put on their pipes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import isnan
from pathlib import Path

import numpy as np
import shapely
from shapely import STRtree

from domain.network import Link, LinkKind, Node, NodeKind, PipeNetwork
from domain.places import LonLat
from domain.progress import Progress
from domain.sentences import Sentence
from gis.crs import lines_in_metres, plane_around
from gis.reading import apart, joining
from gis.reading.along import Cut, Lines, cut_pipes, grouped
from gis.reading.columns import Columns
from gis.reading.consumers import hydrants, premises
from gis.reading.fittings import Device, pipes_of_valves, put_on_pipes
from gis.reading.joining import Draft, Ground
from gis.reading.mapping import plans, read_mapping
from gis.reading.network_file import NetworkFile
from gis.reading.places import name_of
from gis.reading.source import private_copy

#: A year has four digits at most.
LAST_YEAR = 9999

_SOURCES = {"reservoirs": NodeKind.RESERVOIR, "tanks": NodeKind.TANK}
_DEVICES = {"pumps": LinkKind.PUMP, "control_valves": LinkKind.PRV}


def read_vector(
    file: Path, *, crs: str | None, mapping: Path | None, snap_m: float, progress: Progress
) -> NetworkFile:
    """Return the network of a GeoPackage, Shapefiles or another's GeoJSON.

    Raises
    ------
    BadFile
        If the file or the mapping cannot be what it claims; one line says where.
    """
    notes: list[Sentence] = []
    wishes = read_mapping(mapping)
    progress(0.0, "looking at the file")
    with private_copy(file, notes) as copy, apart.reader(file, copy) as reader:
        chosen = plans(file, reader.layers(), wishes)
        progress(0.1, "reading its layers")
        tables = reader.read([plan.layer for plan in chosen])
    named = crs or wishes.crs
    layers: dict[str, list[Columns]] = {}
    for plan, table in zip(chosen, tables, strict=True):
        layers.setdefault(plan.role, []).append(Columns(file, plan, table, named, notes))
    for some in layers.values():
        for one in some:
            one.tell_lost()
    network = _Assembly(file, layers, snap_m, notes, progress).network()
    return NetworkFile(network, tuple(notes), named or name_of(layers["pipes"][0].crs))


@dataclass
class _Assembly:
    """Puts a network together from its layers; each step reads what the step before made."""

    file: Path
    layers: dict[str, list[Columns]]
    snap_m: float
    notes: list[Sentence]
    progress: Progress
    ground: Ground = field(init=False)

    def network(self) -> PipeNetwork:
        """Return the whole network."""
        drafts = [draft for one in self._of("pipes") for draft in _drafts(one, None)]
        if not drafts:
            self._of("pipes")[0].fault(None, None, "holds no pipe", "give the layer of pipes")
        self._device_lines(drafts)
        plane = plane_around([place for draft in drafts for place in draft.path])
        self.ground = Ground(plane, drafts=drafts)
        self._check_ids()
        self.progress(0.4, "joining pipe ends")
        self._nodes()
        self._join()
        self._split()
        self.progress(0.6, "putting valves on their pipes")
        lines = Lines(plane, self.ground.drafts)
        self._check_valves(lines)
        valves = [
            pair
            for one in self._of("isolation_valves")
            for pair in pipes_of_valves(one, self.ground, lines, self.notes)
        ]
        placed = put_on_pipes(self.ground, lines, valves, list(self._devices(lines)))
        self._check_ids()
        self._zones()
        self.progress(0.75, "connecting hydrants and premises")
        if len(lines.lines) != len(self.ground.drafts):  # some were cut, or devices laid
            lines = Lines(plane, self.ground.drafts)
        return PipeNetwork(
            nodes=tuple(self.ground.nodes.values()),
            links=tuple(_link(draft) for draft in self.ground.drafts),
            isolation_valves=tuple(placed),
            hydrants=tuple(one for some in self._of("hydrants") for one in hydrants(some, lines)),
            premises=tuple(
                one
                for some in self._of("premises")
                for one in premises(some, lines, self.ground.nodes, self.notes)
            ),
            name=self.file.stem,
        )

    def _of(self, role: str) -> list[Columns]:
        return self.layers.get(role, [])

    def _device_lines(self, drafts: list[Draft]) -> None:
        """Add the pumps and control valves drawn as lines."""
        for role, kind in _DEVICES.items():
            for one in self._of(role):
                if one.is_lines:
                    drafts.extend(_drafts(one, kind))

    def _check_ids(self) -> None:
        """Pass links whose ids are unique over all layers."""
        seen: set[str] = set()
        for draft in self.ground.drafts:
            if draft.id in seen:
                problem = f"the link id {draft.id} occurs twice, in two layers or by a cut"
                self._of("pipes")[0].fault(None, None, problem, "give each its own id")
            seen.add(draft.id)

    def _nodes(self) -> None:
        """Take the nodes, reservoirs and tanks that are drawn as points."""
        for role in ("nodes", *_SOURCES):
            for one in self._of(role):
                usual = _SOURCES.get(role, NodeKind.JUNCTION)
                for index, node in enumerate(_nodes(one, usual)):
                    if node.id in self.ground.nodes and role == "nodes":
                        problem = f"the node {node.id} occurs in two layers"
                        one.fault(index, one.field("id"), problem, "give each its own id")
                    self.ground.nodes[node.id] = node

    def _join(self) -> None:
        """Give every pipe its two nodes."""
        named = [draft for draft in self.ground.drafts if draft.start or draft.end]
        loose = [draft for draft in self.ground.drafts if not (draft.start or draft.end)]
        self._check_named(named)
        joining.by_name(self.ground, named)
        made = joining.by_place(self.ground, loose, self.snap_m) if loose else 0
        if made:
            self.notes.append(_made(made, self.snap_m))

    def _check_named(self, named: list[Draft]) -> None:
        """Pass pipes that name both their nodes, each a node of the file where it has nodes."""
        known = self.ground.nodes if self._of("nodes") else None
        wrong = {
            draft.id: target
            for draft in named
            for target, node in (("start", draft.start), ("end", draft.end))
            if not node or (known is not None and node not in known)
        }
        for one in (*self._of("pipes"), *self._of("pumps"), *self._of("control_valves")):
            for index, name in enumerate(one.ids("P") if wrong else ()):
                if name in wrong:
                    target = wrong[name]
                    node = one.texts(target)[index]
                    problem = f"names a node that does not exist: {node}" if node else "is empty"
                    remedy = f"correct it, or leave start and end out with {target} = false"
                    one.fault(index, one.field(target), f"{name} {problem}", remedy)

    def _split(self) -> None:
        """Cut pipes at nodes that lie on them, where the mapping asks for it."""
        if not any(one.plan.split for one in self._of("pipes")):
            return
        used = {node for draft in self.ground.drafts for node in (draft.start, draft.end)}
        loose = [node for node in self.ground.nodes.values() if node.id not in used]
        # An end that stops short on another pipe's middle is a node of that pipe, too.
        nodes = [*loose, *(node for node in self.ground.nodes.values() if node.id in used)]
        lines = Lines(self.ground.plane, self.ground.drafts)
        points = lines.points([node.position for node in nodes])
        of, pipes = lines.tree.query(points, predicate="dwithin", distance=self.snap_m)
        pipes = lines.pipes[pipes]
        spots = lines.spots([nodes[one].position for one in of], pipes.tolist())
        cuts = []
        for number, spot in zip(of.tolist(), spots, strict=True):
            draft, name = self.ground.drafts[spot.pipe], nodes[number].id
            from_end = min(spot.along_m, spot.whole_m - spot.along_m)
            if name not in {draft.start, draft.end} and from_end > self.snap_m:
                cuts.append((spot.pipe, Cut(spot.along_m, name, name)))
        cut_pipes(self.ground, lines, grouped(cuts))

    def _check_valves(self, lines: Lines) -> None:
        """Mark the pipes that hold a check valve drawn as a point."""
        for one in self._of("check_valves"):
            for pipe in _pipes_at(one, lines):
                self.ground.drafts[pipe].check_valve = True
            self.notes.append(_direction(one.plan.layer.name))

    def _devices(self, lines: Lines) -> Iterator[Device]:
        """Yield the pumps and control valves drawn as points."""
        for role, usual in _DEVICES.items():
            for one in self._of(role):
                if one.is_lines or not one.count:
                    continue
                self.notes.append(_direction(one.plan.layer.name))
                kinds = one.words("kind", usual.value)
                opens = one.flags("open", usual=True, true="open", false="closed")
                wide = np.nan_to_num(one.numbers("diameter_m")).tolist()
                yield from map(
                    Device,
                    one.ids("D"),
                    kinds,
                    one.places(),
                    _pipes_at(one, lines),
                    opens,
                    wide,
                )

    def _zones(self) -> None:
        """Give each pipe without a zone the one its middle lies in."""
        for one in self._of("zones"):
            shapes, names = one.areas(), one.texts("id")
            middles = [_middle(draft.path) for draft in self.ground.drafts]
            points = shapely.points([(place.lon, place.lat) for place in middles])
            of, area = STRtree(shapes).query(points, predicate="intersects")
            for number, zone in sorted(zip(of.tolist(), area.tolist(), strict=True), reverse=True):
                self.ground.drafts[number].zone = names[zone]


def _drafts(columns: Columns, usual: LinkKind | None) -> Iterator[Draft]:
    """Yield the links of a layer of lines, their ends still to be joined."""
    if not columns.count:
        return
    if not columns.is_lines:
        columns.fault(None, None, "holds no lines", "name the layer of lines")
    lost = columns.table.layer.count - columns.count
    if lost:
        missing = sorted(set(range(columns.table.layer.count)) - set(columns.rows.tolist()))
        columns.rows = np.array(missing)
        columns.fault(0, "geometry", "the pipe has no course, or several", "draw it as one line")
    degrees, offsets = columns.lines()
    places = [LonLat(lon, lat) for lon, lat in degrees.tolist()]
    bounds = offsets.tolist()
    paths = [places[start:end] for start, end in pairwise(bounds)]
    lengths = _lengths(columns, paths)
    wide = np.nan_to_num(columns.numbers("diameter_m")).tolist()
    rough = _known(columns, "roughness")
    years = columns.numbers("year").tolist()
    for index, year in enumerate(years):
        if abs(year) > LAST_YEAR:
            columns.fault(index, columns.field("year"), f"is no year: {year:g}", "correct it")
    kinds = columns.words("kind", (usual or LinkKind.PIPE).value)
    opens = columns.flags("open", usual=True, true="open", false="closed")
    checks = columns.flags("check_valve", usual=False)
    texts = [columns.texts(one) for one in ("start", "end", "material", "road", "zone")]
    for index, name in enumerate(columns.ids("P" if usual is None else "D")):
        start, end, material, road, zone = (some[index] for some in texts)
        yield Draft(
            name,
            kinds[index],
            start,
            end,
            paths[index],
            lengths[index],
            wide[index],
            opens[index],
            checks[index],
            material,
            None if isnan(years[index]) else int(years[index]) or None,
            road,
            zone,
            rough[index],
        )


def _lengths(columns: Columns, paths: list[list[LonLat]]) -> list[float]:
    """Return metres: the file's own, else as drawn."""
    given = columns.numbers("length_m")
    if np.isnan(given).any():
        drawn = shapely.length(lines_in_metres(plane_around([p for q in paths for p in q]), paths))
        given = np.where(np.isnan(given), drawn, given)
    lengths: list[float] = given.tolist()
    return lengths


def _nodes(columns: Columns, usual: NodeKind) -> Iterator[Node]:
    kinds = columns.words("kind", usual.value)
    heights = np.nan_to_num(columns.numbers("elevation_m")).tolist()
    volumes, pressures = _known(columns, "volume_m3"), _known(columns, "pressure_m")
    names = columns.ids("J")
    for name, kind, *rest in zip(
        names, kinds, columns.places(), heights, volumes, pressures, strict=True
    ):
        yield Node(name, NodeKind(kind), *rest)


def _known(columns: Columns, target: str) -> list[float | None]:
    """Return a field's numbers, None where there is none."""
    return [None if isnan(one) else one for one in columns.numbers(target).tolist()]


def _pipes_at(columns: Columns, lines: Lines) -> list[int]:
    """Return the number of the pipe each point names, else of the nearest one."""
    nearest: list[int] = lines.nearest(columns.places()).tolist()
    for index, name in enumerate(columns.texts("link")):
        if name and name not in lines.number:
            problem = f"names a pipe that does not exist: {name}"
            columns.fault(index, columns.field("link"), problem, "add the pipe or correct the name")
        if name:
            nearest[index] = lines.number[name]
    return nearest


def _link(draft: Draft) -> Link:
    return Link(
        draft.id,
        LinkKind(draft.kind),
        draft.start,
        draft.end,
        tuple(draft.path),
        draft.length_m,
        draft.diameter_m,
        draft.open,
        draft.check_valve,
        draft.material,
        draft.year,
        draft.road,
        draft.zone,
        draft.roughness,
    )


def _middle(path: list[LonLat]) -> LonLat:
    """Return a place on the path halfway along its list of places."""
    half = len(path) // 2
    before, after = path[half - 1], path[half]
    return LonLat((before.lon + after.lon) / 2, (before.lat + after.lat) / 2)


def _made(count: int, snap_m: float) -> Sentence:
    return Sentence(
        zh=f"管线没有写明起止点：相距 {snap_m:g} 米以内的端点视为相接，新建了 {count} 个节点。",
        en=f"Pipes do not name their nodes: ends within {snap_m:g} m of each other were joined, "
        f"and {count} nodes made.",
    )


def _direction(layer: str) -> Sentence:
    return Sentence(
        zh=f"图层 {layer} 是点：流向按所在管线的绘制方向。",
        en=f"Layer {layer} holds points: water passes in the direction the pipe is drawn.",
    )
