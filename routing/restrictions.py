"""Turn restrictions as an OSM file writes them: what binds a utility's vehicle, and between what.

Source of what each tag and role means: OSM wiki, Relation:restriction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import osmium

from routing.osm_file import osm_source

#: The most particular key wins, as with access; hgv, psv, bicycle and the like bind others.
_KEYS = (
    "restriction:motorcar",
    "restriction:motor_vehicle",
    "restriction:vehicle",
    "restriction",
)
_EXEMPT = frozenset({"motorcar", "motor_vehicle", "vehicle"})

#: Bound to hours or days: a time of arrival is not known when a drive is looked for.
_TIMED = ("hour_on", "hour_off", "day_on", "day_off")

_TURNS = frozenset({"left_turn", "right_turn", "straight_on", "u_turn"})
_SEVERAL_FROM, _SEVERAL_TO = "no_entry", "no_exit"
KINDS = frozenset({f"{do}_{turn}" for do in ("no", "only") for turn in _TURNS}) | {
    _SEVERAL_FROM,
    _SEVERAL_TO,
}

Member = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Restriction:
    """One turn that is forbidden, or the only one allowed; OSM ids.

    ``via_node`` is None where ``via_ways`` leads from one street to the other. Only ``no_entry``
    has several ``from_ways``, only ``no_exit`` several ``to_ways``.
    """

    kind: str
    from_ways: tuple[int, ...]
    to_ways: tuple[int, ...]
    via_node: int | None = None
    via_ways: tuple[int, ...] = ()

    @property
    def is_only(self) -> bool:
        """True if it bans every turn but its own."""
        return self.kind.startswith("only_")

    @property
    def ways(self) -> frozenset[int]:
        """All ways it names."""
        return frozenset((*self.from_ways, *self.via_ways, *self.to_ways))


def read_restrictions(path: Path) -> tuple[list[Restriction], int]:
    """Return the restrictions that bind, in file order, and how many more make no sense.

    Raises
    ------
    RuntimeError
        Whatever osmium finds wrong with the file.
    """
    found, senseless = list[Restriction](), 0
    relations = osmium.FileProcessor(osm_source(path), osmium.osm.RELATION)
    for one in relations.with_filter(osmium.filter.TagFilter(("type", "restriction"))):
        kind = binding_kind(dict(one.tags))
        if kind is None or not isinstance(one, osmium.osm.Relation):
            continue
        read = restriction_of(kind, [(m.type, m.ref, m.role) for m in one.members])
        if read is None:
            senseless += 1
        else:
            found.append(read)
    return found, senseless


def binding_kind(tags: Mapping[str, str]) -> str | None:
    """Return what a restriction says to our vehicle, None if it does not bind it at all hours."""
    exempt = {word.strip() for word in tags.get("except", "").split(";")}
    if exempt & _EXEMPT or any(key in tags for key in _TIMED):
        return None
    return next((tags[key].strip() for key in _KEYS if key in tags), None)


def restriction_of(kind: str, members: Iterable[Member]) -> Restriction | None:
    """Return the restriction between members (type ``n``, ``w`` or ``r``, id, role), else None.

    None if the kind is unknown, a member is missing, or there are more than the kind allows.
    """
    by_role: dict[str, list[tuple[str, int]]] = {"from": [], "via": [], "to": []}
    for type_, ref, role in members:
        if role in by_role:
            by_role[role].append((type_, ref))
    from_ways, to_ways = _ways(by_role["from"]), _ways(by_role["to"])
    via_ways = _ways(by_role["via"])
    via_nodes = [ref for type_, ref in by_role["via"] if type_ == "n"]
    makes_sense = (
        kind in KINDS
        and len(from_ways) == len(by_role["from"])
        and len(to_ways) == len(by_role["to"])
        and (len(from_ways) == 1 or (len(from_ways) > 1 and kind == _SEVERAL_FROM))
        and (len(to_ways) == 1 or (len(to_ways) > 1 and kind == _SEVERAL_TO))
        and len(via_nodes) + len(via_ways) == len(by_role["via"])
        and ((len(via_nodes) == 1) != bool(via_ways))
        and len(via_nodes) <= 1
    )
    if not makes_sense:
        return None
    return Restriction(kind, from_ways, to_ways, via_nodes[0] if via_nodes else None, via_ways)


def _ways(members: Iterable[tuple[str, int]]) -> tuple[int, ...]:
    return tuple(ref for type_, ref in members if type_ == "w")
