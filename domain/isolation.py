"""The isolation of a burst: what to shut, what runs dry, who is out. Rules: docs/isolation.md."""

from __future__ import annotations

from dataclasses import dataclass

from domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class TankFed:
    """A part that no reservoir reaches any more, and the tanks that are left to it.

    ``hours`` is how long their water lasts at the usual demand, None if a volume is unknown.
    """

    tanks: tuple[str, ...]
    premises_count: int
    hours: float | None


@dataclass(frozen=True, slots=True)
class Isolation:
    """What shutting a burst takes and costs; fields but the last are ids in a stable order.

    Attributes
    ----------
    burst
        The links that burst.
    close
        Isolation valves to shut, in the order to shut them.
    optional
        Border isolation valves towards the unintended part: shutting them only limits drain-down.
    segment_pipes, segment_nodes
        The segment: what the reliable barriers around the burst enclose.
    unintended_pipes, unintended_nodes
        Outside the segment, had supply before, has none after.
    premises
        Premises out: wet before, now in the segment or unintended.
    critical_premises
        Those of them that are critical.
    premises_in_segment
        Those of them inside the segment: what the burst itself leaves dry or low.
    hydrants_out
        Hydrants on pipes without water.
    dry_before_pipes
        Pipes that supply did not reach even before; reported apart, counted nowhere.
    only_combined_pipes
        With several outages at once: pipes that lose supply only through the combination.
    resupply
        Closed isolation valves that could re-supply an unintended part if opened.
    warnings
        What a dispatcher must read, such as a source inside the segment.
    segment_length_m, segment_volume_l
        Metres of pipe in the segment and litres of water in them.
    tank_fed
        Parts that afterwards live on tanks alone, and for how long.
    """

    burst: tuple[str, ...]
    close: tuple[str, ...]
    optional: tuple[str, ...]
    segment_pipes: tuple[str, ...]
    segment_nodes: tuple[str, ...]
    unintended_pipes: tuple[str, ...]
    unintended_nodes: tuple[str, ...]
    premises: tuple[str, ...]
    critical_premises: tuple[str, ...]
    premises_in_segment: tuple[str, ...]
    hydrants_out: tuple[str, ...]
    dry_before_pipes: tuple[str, ...]
    only_combined_pipes: tuple[str, ...]
    resupply: tuple[str, ...]
    warnings: tuple[Sentence, ...]
    segment_length_m: float = 0.0
    segment_volume_l: float = 0.0
    tank_fed: tuple[TankFed, ...] = ()

    @property
    def premises_count(self) -> int:
        """How many premises are out."""
        return len(self.premises)
