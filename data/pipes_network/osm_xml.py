"""From the plan to OpenStreetMap XML: shape points, one roundabout, tags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import atan2, cos, hypot, pi, sin
from xml.sax.saxutils import quoteattr

from data.pipes_network.plane import XY, Plane
from data.pipes_network.scenery import Bender, Scene
from data.pipes_network.skeleton import Skeleton
from data.pipes_network.streetplan import Line

#: Speed limits that are signposted, km/h; other classes carry none.
MAXSPEED = {"primary": "60", "secondary": "50", "living_street": "20"}

#: Metres from the middle of the roundabout to its kerb lane.
ROUNDABOUT_M = 30.0

#: A shape point is written where the street bows out farther than this, metres.
BOW_M = 0.7


@dataclass
class Sheet:
    """OSM nodes and ways under construction; ids count from 1."""

    bend: Bender
    nodes: list[XY] = field(default_factory=list)
    ways: list[tuple[list[int], dict[str, str]]] = field(default_factory=list)
    crossing: dict[int, int] = field(default_factory=dict)

    def add(self, point: XY) -> int:
        """Write a node at a point in metres (already bent) and return its OSM id."""
        self.nodes.append(point)
        return len(self.nodes)

    def street_node(self, number: int, flat: XY) -> int:
        """Return the OSM id of a crossing of the plan, written once."""
        if number not in self.crossing:
            self.crossing[number] = self.add(self.bend(flat))
        return self.crossing[number]


def osm_text(skeleton: Skeleton, scenes: Iterable[Scene], bend: Bender, plane: Plane) -> str:
    """Return the whole town as OSM XML."""
    sheet = Sheet(bend)
    arms = _roundabout(sheet, skeleton)
    for line in skeleton.plan.lines:
        sheet.ways.append((_course(sheet, skeleton, line, arms), _tags(line)))
    for scene in scenes:
        ring = [sheet.add(point) for point in scene.ring]
        sheet.ways.append(([*ring, ring[0]], {scene.key: scene.value, "name": scene.name}))
    return _xml(sheet, plane)


def _tags(line: Line) -> dict[str, str]:
    tags = {"highway": line.road_class, "name": line.name}
    if line.one_way:
        tags["oneway"] = "yes"
    if line.road_class in MAXSPEED:
        tags["maxspeed"] = MAXSPEED[line.road_class]
    if line.bridge:
        tags |= {"bridge": "yes", "layer": "1"}
    return tags


def _course(sheet: Sheet, skeleton: Skeleton, line: Line, arms: dict[int, int]) -> list[int]:
    """Return the OSM ids along a line: its crossings and the shape points between them."""
    shares = sorted(line.nodes)
    ids: list[int] = []
    for share, after in zip(shares, [*shares[1:], None], strict=True):
        number = line.nodes[share]
        if number == skeleton.centre:
            ids.append(arms[id(line)])
        else:
            ids.append(sheet.street_node(number, skeleton.plan.points[number]))
        if after is not None:
            inner = _shape(sheet.bend, line, share, after)
            if skeleton.centre in (number, line.nodes[after]):
                inner = [p for p in inner if _from_centre(sheet, skeleton, p) > ROUNDABOUT_M + 12]
            ids += [sheet.add(point) for point in inner]
    return ids


def _from_centre(sheet: Sheet, skeleton: Skeleton, point: XY) -> float:
    x, y = sheet.bend(skeleton.plan.points[skeleton.centre])
    return hypot(point[0] - x, point[1] - y)


def _shape(bend: Bender, line: Line, start: float, end: float) -> list[XY]:
    """Return the bent points between two shares, none where the street is straight."""
    steps = max(1, round((end - start) * line.length / 45))
    points = [bend(line.at(start + (end - start) * i / steps)) for i in range(steps + 1)]
    (ax, ay), (bx, by) = points[0], points[-1]
    span = hypot(bx - ax, by - ay) or 1.0
    bow = max(abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / span for x, y in points)
    return points[1:-1] if bow > BOW_M else []


def _roundabout(sheet: Sheet, skeleton: Skeleton) -> dict[int, int]:
    """Write the circle at the main crossing; return the OSM node of each arm by line."""
    cx, cy = sheet.bend(skeleton.plan.points[skeleton.centre])
    headings = {}
    for line in skeleton.plan.ends_at[skeleton.centre]:
        near = 0.1 if line.nodes[0.0] == skeleton.centre else 0.9
        x, y = sheet.bend(line.at(near))
        headings[id(line)] = atan2(y - cy, x - cx) % (2 * pi)
    stops = sorted([(angle, key) for key, angle in headings.items()], key=lambda stop: stop[0])
    circle, arms = [], {}
    for (angle, key), (after, _) in zip(stops, stops[1:] + stops[:1], strict=True):
        sweep = (after - angle) % (2 * pi)
        arms[key] = sheet.add(_on_circle(cx, cy, angle))
        between = [angle + sweep * i / 4 for i in range(1, 4)]
        circle += [arms[key], *(sheet.add(_on_circle(cx, cy, a)) for a in between)]
    tags = {"highway": "primary", "name": "中心广场", "junction": "roundabout", "oneway": "yes"}
    sheet.ways.append(([*circle, circle[0]], tags))
    return arms


def _on_circle(x: float, y: float, angle: float) -> XY:
    return x + ROUNDABOUT_M * cos(angle), y + ROUNDABOUT_M * sin(angle)


def _xml(sheet: Sheet, plane: Plane) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6" generator="mainbreak">']
    for number, point in enumerate(sheet.nodes, start=1):
        place = plane.to_place(point)
        lines.append(
            f'<node id="{number}" version="1" lat="{place.lat:.7f}" lon="{place.lon:.7f}"/>'
        )
    for number, (ids, tags) in enumerate(sheet.ways, start=1):
        lines.append(f'<way id="{number}" version="1">')
        lines += [f'<nd ref="{ref}"/>' for ref in ids]
        lines += [f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items()]
        lines.append("</way>")
    return "\n".join([*lines, "</osm>", ""])
