"""The pipe network as values: nodes, links, isolation valves, hydrants, premises.

Places are WGS-84 lon, lat; lengths and diameters are metres. A network never changes: a new
state of the field is a new network (``with_isolation_valves``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from domain.places import LonLat
from domain.words import PremisesKind


class NodeKind(StrEnum):
    """A junction passes water on; a reservoir or a tank supplies it."""

    JUNCTION = "junction"
    RESERVOIR = "reservoir"
    TANK = "tank"


class LinkKind(StrEnum):
    """What joins two nodes; the valve kinds are EPANET's control valves."""

    PIPE = "pipe"
    PUMP = "pump"
    PRV = "prv"
    PSV = "psv"
    PBV = "pbv"
    FCV = "fcv"
    TCV = "tcv"
    GPV = "gpv"


#: Link kinds that pass water from start to end only (docs/isolation.md, rule 4).
ONE_WAY_KINDS = frozenset({LinkKind.PUMP, LinkKind.PRV, LinkKind.PSV, LinkKind.PBV, LinkKind.FCV})


class Position(StrEnum):
    """Where an isolation valve stands now."""

    OPEN = "open"
    CLOSED = "closed"


class Operability(StrEnum):
    """Whether an isolation valve can be turned."""

    OPERABLE = "operable"
    INOPERABLE = "inoperable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Node:
    """Where links meet.

    ``elevation_m`` is metres above the datum of the source file; ``volume_m3`` the water a tank
    can give from its usual level, None if unknown or no tank. ``pressure_m`` is the usual
    pressure, metres of water above the node's elevation, by a hydraulic model or loggers; None if
    unknown.
    """

    id: str
    kind: NodeKind
    position: LonLat
    elevation_m: float = 0.0
    volume_m3: float | None = None
    pressure_m: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A pipe, pump or control valve from ``start`` to ``end`` (node ids).

    Attributes
    ----------
    path
        Its course, from start to end, both ends included; at least two places.
    length_m, diameter_m
        Metres. A pump has diameter 0.
    open
        False for a link whose status is closed: it carries no water.
    check_valve
        True for a pipe that passes water from start to end only.
    road
        Name of the road it lies under, if known.
    zone
        Pressure zone or district metered area, if known. A zone's border runs where it changes.
    roughness
        Hazen-Williams C of a pipe, without a unit: 150 is smooth, 60 old iron. None if unknown.
    """

    id: str
    kind: LinkKind
    start: str
    end: str
    path: tuple[LonLat, ...]
    length_m: float
    diameter_m: float
    open: bool = True
    check_valve: bool = False
    material: str = ""
    year: int | None = None
    road: str = ""
    zone: str = ""
    roughness: float | None = None

    @property
    def one_way(self) -> bool:
        """True if water passes from start to end only."""
        return self.check_valve or self.kind in ONE_WAY_KINDS

    @property
    def dn(self) -> int:
        """Nominal diameter in millimetres, as crews say it: DN400 is 400."""
        return round(self.diameter_m * 1000)


@dataclass(frozen=True, slots=True)
class IsolationValve:
    """A gate valve on one pipe end, or a link of its own.

    ``link`` is the pipe it sits on and ``node`` the junction at that end; with ``node`` None the
    isolation valve *is* the link (a TCV in an EPANET file). ``accessible`` is False for one that
    is paved over or flooded: it cannot be turned today, however good it is.
    """

    id: str
    link: str
    node: str | None
    location: LonLat
    position: Position = Position.OPEN
    operability: Operability = Operability.OPERABLE
    accessible: bool = True

    @property
    def is_open(self) -> bool:
        """True if water passes."""
        return self.position is Position.OPEN

    @property
    def can_turn(self) -> bool:
        """True if a crew can turn it today."""
        return self.accessible and self.operability is Operability.OPERABLE

    @property
    def is_reliable_barrier(self) -> bool:
        """True if closed, or open and certain to close (docs/isolation.md, rule 1)."""
        return not self.is_open or self.can_turn


@dataclass(frozen=True, slots=True)
class Hydrant:
    """A fire hydrant fed by the pipe ``link``."""

    id: str
    link: str
    location: LonLat


@dataclass(frozen=True, slots=True)
class Premises:
    """A place with a service connection, to a pipe (``link``) or to a node, never both.

    ``account``, ``name``, ``phone``, ``address`` and ``meter`` (the number on the meter) are
    personal data; empty if unknown.
    ``demand_m3_d`` is cubic metres a day, None if unknown.
    """

    id: str
    location: LonLat
    link: str | None = None
    node: str | None = None
    kind: PremisesKind = PremisesKind.HOME
    critical: bool = False
    account: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""
    demand_m3_d: float | None = None
    meter: str = ""


@dataclass(frozen=True)
class PipeNetwork:
    """Everything under the streets; ids are unique within each kind and links name real nodes."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    isolation_valves: tuple[IsolationValve, ...] = ()
    hydrants: tuple[Hydrant, ...] = ()
    premises: tuple[Premises, ...] = ()
    name: str = field(default="", compare=False)
    #: What others derive from all but how the isolation valves stand; networks that differ only
    #: in that share it, as the first of them stands.
    ground: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)
    #: The isolation valves that stand otherwise than in the first network on this ground.
    turned: dict[str, IsolationValve] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def node_by_id(self) -> dict[str, Node]:
        """Nodes by id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def link_by_id(self) -> dict[str, Link]:
        """Links by id."""
        return {link.id: link for link in self.links}

    @cached_property
    def isolation_valve_by_id(self) -> dict[str, IsolationValve]:
        """Isolation valves by id."""
        return {valve.id: valve for valve in self.isolation_valves}

    @cached_property
    def premises_by_id(self) -> dict[str, Premises]:
        """Premises by id."""
        return {one.id: one for one in self.premises}

    def with_isolation_valves(self, changed: Iterable[IsolationValve]) -> PipeNetwork:
        """Return this network with the given isolation valves in place of their namesakes."""
        rows, known = self._isolation_valve_rows, self.isolation_valves
        new = {valve.id: valve for valve in changed if valve.id in rows}
        valves = list(known)
        for name, valve in new.items():
            valves[rows[name]] = valve
        changed_network = replace(self, isolation_valves=tuple(valves))
        if all(_same_place(known[rows[name]], valve) for name, valve in new.items()):
            self._share_ground(changed_network, new)
        return changed_network

    @property
    def _isolation_valve_rows(self) -> dict[str, int]:
        if "rows" not in self.ground:
            self.ground["rows"] = {one.id: row for row, one in enumerate(self.isolation_valves)}
        rows: dict[str, int] = self.ground["rows"]
        return rows

    def _share_ground(self, other: PipeNetwork, turned: dict[str, IsolationValve]) -> None:
        """Give what was derived to a network that differs in these isolation valves only."""
        own, new = vars(self), vars(other)
        self.ground.setdefault("isolation_valves", self.isolation_valves)
        new["ground"] = self.ground
        new["turned"] = self.turned | turned
        for name in ("node_by_id", "link_by_id", "premises_by_id"):
            if name in own:
                new[name] = own[name]
        if "isolation_valve_by_id" in own:
            new["isolation_valve_by_id"] = own["isolation_valve_by_id"] | turned

    @property
    def first_isolation_valves(self) -> tuple[IsolationValve, ...]:
        """The isolation valves as they stood in the first network on this ground."""
        first: tuple[IsolationValve, ...] = self.ground.get("isolation_valves", ())
        return first or self.isolation_valves

    def with_premises(self, premises: Iterable[Premises]) -> PipeNetwork:
        """Return this network with these premises instead of its own."""
        return replace(self, premises=tuple(premises))


def _same_place(one: IsolationValve, other: IsolationValve) -> bool:
    """Return True if two isolation valves differ at most in how they stand."""
    return (one.link, one.node) == (other.link, other.node)
