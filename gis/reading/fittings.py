"""What sits on pipes as points: isolation valves, pumps, control valves and check valves.

One at a pipe's end belongs to that end. One in the middle cuts the pipe there, so that what lies
on either side of it is told apart (docs/decisions/, "A valve in the middle of a pipe cuts it").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.network import IsolationValve, LinkKind, Operability, Position
from domain.places import LonLat
from domain.sentences import Sentence
from gis.reading.along import Cut, Lines, Spot, cut_pipes, grouped, new_node
from gis.reading.columns import Columns
from gis.reading.joining import Draft, Ground

#: Pipes this much farther than the nearest are as near, metres. Source: mainbreak default.
AS_NEAR_M = 0.01


@dataclass(frozen=True, slots=True)
class Device:
    """A pump or control valve drawn as a point on the pipe it is to stand in."""

    id: str
    kind: str
    place: LonLat
    pipe: int
    open: bool
    diameter_m: float


def put_on_pipes(
    ground: Ground,
    lines: Lines,
    valves: Sequence[tuple[IsolationValve, int | None]],
    devices: Sequence[Device],
) -> list[IsolationValve]:
    """Cut the pipes where they must be, lay the devices, and return the valves on their pipe ends.

    A valve comes with the number of its pipe, None if it knows its link and node already.
    """
    loose = [(valve, pipe) for valve, pipe in valves if pipe is not None]
    spots = lines.spots([valve.location for valve, _ in loose], [pipe for _, pipe in loose])
    at_devices = lines.spots([one.place for one in devices], [one.pipe for one in devices])
    cuts: list[tuple[int, Cut]] = []
    cut_at: dict[str, str] = {}
    for (valve, pipe), spot in zip(loose, spots, strict=True):
        if spot.in_the_middle:
            name = f"{ground.drafts[pipe].id}@{valve.id}"
            node = new_node(ground, name, lines.lines[pipe], spot.along_m)
            cut_at[valve.id] = node
            cuts.append((pipe, Cut(spot.along_m, node, node)))
    laid = [
        _laid(ground, lines, device, spot, cuts)
        for device, spot in zip(devices, at_devices, strict=True)
    ]
    parts = cut_pipes(ground, lines, grouped(cuts)) if cuts else {}
    at_end = {draft.end: draft.id for some in parts.values() for draft in some}
    whole = dict(_whole(ground, parts, len(lines.lines)))
    ground.drafts.extend(laid)
    placed = {
        valve.id: (at_end[cut_at[valve.id]], cut_at[valve.id])
        if valve.id in cut_at
        else _end(parts.get(spot.pipe) or [whole[spot.pipe]], spot)
        for (valve, _), spot in zip(loose, spots, strict=True)
    }
    return [
        replace(valve, link=placed[valve.id][0], node=placed[valve.id][1])
        if valve.id in placed
        else _renamed(valve, parts, lines)
        for valve, _ in valves
    ]


def _whole(ground: Ground, parts: dict[int, list[Draft]], count: int) -> list[tuple[int, Draft]]:
    """Return the pipes that were not cut, with the numbers they had before."""
    uncut = [number for number in range(count) if number not in parts]
    cut = {id(draft) for some in parts.values() for draft in some}
    return list(zip(uncut, (one for one in ground.drafts if id(one) not in cut), strict=True))


def _end(parts: list[Draft], spot: Spot) -> tuple[str, str]:
    """Return the link and node at the end of a pipe that is nearer."""
    return (parts[0].id, parts[0].start) if spot.at_start else (parts[-1].id, parts[-1].end)


def _renamed(valve: IsolationValve, parts: dict[int, list[Draft]], lines: Lines) -> IsolationValve:
    """Return a valve that knows its node, on the part of its pipe that ends there."""
    cut = parts.get(lines.number.get(valve.link, -1))
    if not cut:
        return valve
    on = cut[0] if valve.node == cut[0].start else cut[-1]
    return replace(valve, link=on.id)


def _laid(
    ground: Ground, lines: Lines, device: Device, spot: Spot, cuts: list[tuple[int, Cut]]
) -> Draft:
    """Return a device as a link along its pipe's drawn direction, and make room for it."""
    pipe, line = ground.drafts[device.pipe], lines.lines[device.pipe]
    name = f"{device.id}@{pipe.id}"
    if spot.in_the_middle:
        start = new_node(ground, name, line, spot.along_m)
        end = new_node(ground, name, line, spot.along_m)
        cuts.append((device.pipe, Cut(spot.along_m, start, end)))
    elif spot.at_start:
        start, end = pipe.start, new_node(ground, name, line, 0.0)
        pipe.start = end
    else:
        start, end = new_node(ground, name, line, line.length), pipe.end
        pipe.end = start
    path = [ground.nodes[start].position, ground.nodes[end].position]
    return Draft(
        device.id,
        device.kind,
        start,
        end,
        path,
        0.0,
        device.diameter_m or pipe.diameter_m,
        device.open,
    )


def isolation_valves(columns: Columns) -> list[IsolationValve]:
    """Return the isolation valves of a layer with the link and node they name, if they name any."""
    links, nodes = columns.texts("link"), columns.texts("node")
    positions = columns.words("position", "open")
    operabilities = columns.words("operability", "operable")
    accessible = columns.flags("accessible", usual=True)
    return [
        IsolationValve(name, link, node or None, place, Position(position), Operability(can), reach)
        for name, link, node, place, position, can, reach in zip(
            columns.ids("V"),
            links,
            nodes,
            columns.places(),
            positions,
            operabilities,
            accessible,
            strict=True,
        )
    ]


def pipes_of_valves(
    columns: Columns, ground: Ground, lines: Lines, notes: list[Sentence]
) -> list[tuple[IsolationValve, int | None]]:
    """Return each valve with the number of the pipe it sits on, None if its end is known."""
    drafts, valves = ground.drafts, isolation_valves(columns)
    nearest = iter(_nearest_pipes(lines, ground, [one for one in valves if not one.link], notes))
    found: list[tuple[IsolationValve, int | None]] = []
    for index, valve in enumerate(valves):
        if not valve.link:
            found.append((valve, next(nearest)))
            continue
        pipe = lines.number.get(valve.link)
        if pipe is None:
            problem = f"names a pipe that does not exist: {valve.link}"
            columns.fault(index, columns.field("link"), problem, "add the pipe or correct the name")
        draft = drafts[pipe]
        if valve.node not in {None, draft.start, draft.end}:
            problem = f"{valve.node} is at neither end of the pipe {valve.link}"
            columns.fault(index, columns.field("node"), problem, "name its start or its end")
        own = draft.kind != LinkKind.PIPE
        found.append((valve, None if own or valve.node else pipe))
    return found


def _nearest_pipes(
    lines: Lines, ground: Ground, valves: Sequence[IsolationValve], notes: list[Sentence]
) -> list[int]:
    """Return the pipe of each valve: the nearest; of those that meet at it, the largest.

    Where two pipes meet it does not matter which of them the valve is on: it cuts the water
    either way. Where more meet it does, so the note says how many were a guess.
    """
    places = [valve.location for valve in valves]
    nearest: list[int] = lines.nearest(places).tolist()
    at: dict[str, list[int]] = defaultdict(list)
    for number, draft in enumerate(ground.drafts):
        at[draft.start].append(number)
        at[draft.end].append(number)
    asked: list[tuple[int, int, float]] = []
    for index, spot in enumerate(lines.spots(places, nearest)):
        draft = ground.drafts[spot.pipe]
        meeting = at[draft.start if spot.at_start else draft.end]
        if not spot.in_the_middle and len(meeting) >= 3:
            asked.extend((index, pipe, spot.off_m) for pipe in meeting)
    rivals = lines.spots([places[one] for one, _, _ in asked], [pipe for _, pipe, _ in asked])
    for (index, _, off_m), rival in zip(asked, rivals, strict=True):
        if rival.off_m <= off_m + AS_NEAR_M:
            nearest[index] = _larger(ground.drafts, nearest[index], rival.pipe)
    if asked:
        notes.append(_guessed(len({index for index, _, _ in asked})))
    return nearest


def _larger(drafts: Sequence[Draft], one: int, other: int) -> int:
    """Return the number of the wider pipe, of two as wide the lower one."""
    return min(one, other, key=lambda number: (-drafts[number].diameter_m, number))


def _guessed(count: int) -> Sentence:
    return Sentence(
        zh=f"{count} 个阀门位于三根以上管线的交点且没有写明所属管线，"
        "已归到最近（同样近时取最大）的管线。",
        en=f"{count} isolation valves lie where three pipes or more meet and name none; each was "
        "put on the nearest one, of equally near ones on the largest.",
    )
