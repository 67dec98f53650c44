"""Pipe networks drawn as text, so that a test shows the street plan it talks about.

::

    R--%a--?b
        |   =
        %   |
        c>--d

A letter is a node: ``R`` and ``S`` are reservoirs, ``T`` a tank, others junctions. A run of
``-`` or ``|`` between two nodes is a pipe, named by them in reading order: ``Ra``, ``ab``, ``ac``.
Signs inside a run:

* beside a node, an isolation valve at that end, named ``Ra.a``: ``%`` operable, ``?`` inoperable,
  ``#`` closed and operable, ``!`` closed and inoperable, ``;`` of unknown state
* ``=`` the pipe's status is closed
* ``>`` a check valve, water runs in reading order; ``<`` against it
* ``)`` the link is a pump, ``(`` a closed one, ``}`` a PRV, ``~`` a GPV
* ``@`` alone: an isolation valve that is the link; ``&`` a closed one, ``$`` an inoperable one

A step of one sign is 1e-4 degrees, about ten metres.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.network import (
    Hydrant,
    IsolationValve,
    Link,
    LinkKind,
    Node,
    NodeKind,
    Operability,
    PipeNetwork,
    Position,
    Premises,
)
from domain.places import LonLat

STEP = 1e-4
WEST, NORTH = 114.3, 30.6
KINDS = {"R": NodeKind.RESERVOIR, "S": NodeKind.RESERVOIR, "T": NodeKind.TANK}
AT_END = {
    "%": (Position.OPEN, Operability.OPERABLE),
    "?": (Position.OPEN, Operability.INOPERABLE),
    ";": (Position.OPEN, Operability.UNKNOWN),
    "#": (Position.CLOSED, Operability.OPERABLE),
    "!": (Position.CLOSED, Operability.INOPERABLE),
}
OWN = {
    "@": (Position.OPEN, Operability.OPERABLE),
    "&": (Position.CLOSED, Operability.OPERABLE),
    "$": (Position.OPEN, Operability.INOPERABLE),
}
LINK_KINDS = {")": LinkKind.PUMP, "(": LinkKind.PUMP, "}": LinkKind.PRV, "~": LinkKind.GPV}


def draw(
    picture: str, *, premises: str = "", at_nodes: str = "", hydrants: str = ""
) -> PipeNetwork:
    """Return the drawn network; ``premises`` and ``hydrants`` name pipes, ``at_nodes`` nodes."""
    rows = picture.strip("\n").splitlines()
    nodes = tuple(
        Node(sign, KINDS.get(sign, NodeKind.JUNCTION), _place(row, column))
        for row, line in enumerate(rows)
        for column, sign in enumerate(line)
        if _is_node(sign)
    )
    at = {node.id: node.position for node in nodes}
    runs = [*_runs(rows, vertical=False), *_runs(_turned(rows), vertical=True)]
    links = tuple(_link(run, at) for run in runs)
    middle = {link.id: _middle(link) for link in links}
    return PipeNetwork(
        nodes=nodes,
        links=links,
        isolation_valves=tuple(valve for run in runs for valve in _valves(run, at)),
        hydrants=tuple(Hydrant(f"H{name}", name, middle[name]) for name in hydrants.split()),
        premises=(
            *(Premises(name, middle[name], link=name) for name in premises.split()),
            *(Premises(name, at[name], node=name) for name in at_nodes.split()),
        ),
    )


def _is_node(sign: str) -> bool:
    return sign.isalpha()


def _place(row: int, column: int) -> LonLat:
    return LonLat(round(WEST + column * STEP, 7), round(NORTH - row * STEP, 7))


def _turned(rows: list[str]) -> list[str]:
    width = max(len(line) for line in rows)
    return ["".join(line.ljust(width)[column] for line in rows) for column in range(width)]


def _runs(rows: list[str], *, vertical: bool) -> Iterator[str]:
    """Yield each run with its two nodes, such as ``a%--b``."""
    across = "-" if vertical else "|"
    for line in rows:
        run = ""
        for sign in line:
            if _is_node(sign):
                if len(run) > 1:
                    yield run + sign
                run = sign
            elif sign in {" ", across} or not run:
                run = ""
            else:
                run += sign


def _link(run: str, at: dict[str, LonLat]) -> Link:
    inner = run[1:-1]
    start, end = (run[-1], run[0]) if "<" in inner else (run[0], run[-1])
    kind = next((LINK_KINDS[sign] for sign in inner if sign in LINK_KINDS), LinkKind.PIPE)
    return Link(
        id=run[0] + run[-1],
        kind=LinkKind.TCV if inner in OWN else kind,
        start=start,
        end=end,
        path=(at[start], at[end]),
        length_m=10.0 * (len(run) - 1),
        diameter_m=0.1,
        open=not set(inner) & {"=", "("},
        check_valve=bool(set(inner) & {"<", ">"}),
    )


def _valves(run: str, at: dict[str, LonLat]) -> Iterator[IsolationValve]:
    name, inner = run[0] + run[-1], run[1:-1]
    if inner in OWN:
        yield IsolationValve(name, name, None, at[run[0]], *OWN[inner])
        return
    for node, sign in ((run[0], inner[0]), (run[-1], inner[-1])):
        if sign in AT_END:
            yield IsolationValve(f"{name}.{node}", name, node, at[node], *AT_END[sign])


def _middle(link: Link) -> LonLat:
    one, other = link.path
    return LonLat((one.lon + other.lon) / 2, (one.lat + other.lat) / 2)
