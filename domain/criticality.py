"""What every burst and every stuck isolation valve would cost: where to build or repair next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SegmentLoss:
    """What a burst in one segment costs.

    Attributes
    ----------
    pipe
        Its longest pipe, which names it.
    pipes, length_m
        How many pipes it holds, and their metres.
    close
        How many isolation valves must be shut.
    premises_out, critical_out
        Premises without water while it is shut, beyond the segment too; the critical of them.
    """

    pipe: str
    pipes: int
    length_m: float
    close: int
    premises_out: int
    critical_out: int

    @property
    def risk(self) -> float:
        """Premises times kilometres: bursts come in proportion to length."""
        return self.premises_out * self.length_m / 1000.0


@dataclass(frozen=True, slots=True)
class StuckLoss:
    """What it costs if one isolation valve will not close when it must.

    Attributes
    ----------
    isolation_valve
        Its id.
    premises_out
        Premises without water if a pipe on either side bursts and this one is stuck.
    more
        How many more that is than with the worse of the two sides alone.
    risk
        Premises more on each side times that side's kilometres, summed over both.
    """

    isolation_valve: str
    premises_out: int
    more: int
    risk: float


@dataclass(frozen=True, slots=True)
class Criticality:
    """Every segment with a pipe, and every open isolation valve that can be turned; worst first."""

    segments: tuple[SegmentLoss, ...]
    stuck: tuple[StuckLoss, ...]
