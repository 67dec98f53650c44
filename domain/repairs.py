"""What would mend a finding of ``mainbreak check``, so that a machine can do it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import ClassVar

from domain.places import LonLat


@dataclass(frozen=True, slots=True)
class JoinNodes:
    """Put everything at node ``drop`` on node ``keep``, and forget ``drop``."""

    name: ClassVar[str] = "join_nodes"
    keep: str
    drop: str


@dataclass(frozen=True, slots=True)
class SplitPipeAt:
    """Cut the pipe where the node lies, so that they meet."""

    name: ClassVar[str] = "split_pipe_at"
    link: str
    node: str


@dataclass(frozen=True, slots=True)
class RemovePipe:
    """Forget a pipe; what sits on it goes to its ``twin``, None where there is no other."""

    name: ClassVar[str] = "remove_pipe"
    link: str
    twin: str | None


@dataclass(frozen=True, slots=True)
class SetLength:
    """State another length, metres."""

    name: ClassVar[str] = "set_length"
    link: str
    length_m: float


@dataclass(frozen=True, slots=True)
class SetDiameter:
    """State another diameter, metres."""

    name: ClassVar[str] = "set_diameter"
    link: str
    diameter_m: float


@dataclass(frozen=True, slots=True)
class MoveIsolationValve:
    """Put an isolation valve at another place; which pipe end it closes stays."""

    name: ClassVar[str] = "move_isolation_valve"
    isolation_valve: str
    location: LonLat


@dataclass(frozen=True, slots=True)
class ConnectPremises:
    """Let the pipe feed the premises."""

    name: ClassVar[str] = "connect_premises"
    premises: str
    link: str


Repair = (
    JoinNodes
    | SplitPipeAt
    | RemovePipe
    | SetLength
    | SetDiameter
    | MoveIsolationValve
    | ConnectPremises
)


def repair_document(repair: Repair) -> dict[str, object]:
    """Return a repair as JSON has it: ``do`` names it, the rest are its fields."""
    return {"do": repair.name, **asdict(repair)}
