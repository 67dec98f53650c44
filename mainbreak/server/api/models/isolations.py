"""Isolations: what to shut, what runs dry, who is out."""

from __future__ import annotations

from domain.isolation import Isolation
from mainbreak.server.api.models.base import Ids, Said, View
from mainbreak.server.api.models.incidents import AtBody


class IsolationBody(AtBody):
    """A burst to think through; nothing is stored.

    ``inoperable`` and ``closed`` are isolation valves that stand differently from what is known;
    ``with_outages`` are outages, or pipes of other bursts, that happen at the same time.
    """

    inoperable: Ids = ()
    closed: Ids = ()
    with_outages: Ids = ()


class TankFedView(View):
    """A part that afterwards lives on these tanks; ``hours`` is null if a volume is unknown."""

    tanks: list[str]
    premises_count: int
    hours: float | None


class IsolationView(View):
    """An isolation, all by id; ``close`` stands in the order to shut."""

    burst: list[str]
    close: list[str]
    optional: list[str]
    segment_pipes: list[str]
    unintended_pipes: list[str]
    premises: list[str]
    premises_count: int
    critical_premises: list[str]
    premises_in_segment: list[str]
    hydrants_out: list[str]
    resupply: list[str]
    dry_before_pipes: list[str]
    only_combined_pipes: list[str]
    segment_length_m: float
    segment_volume_l: float
    tank_fed: list[TankFedView]
    warnings: list[Said]

    @classmethod
    def of(cls, one: Isolation) -> IsolationView:
        """Return an isolation as it is sent."""
        return cls(
            burst=list(one.burst),
            close=list(one.close),
            optional=list(one.optional),
            segment_pipes=list(one.segment_pipes),
            unintended_pipes=list(one.unintended_pipes),
            premises=list(one.premises),
            premises_count=one.premises_count,
            critical_premises=list(one.critical_premises),
            premises_in_segment=list(one.premises_in_segment),
            hydrants_out=list(one.hydrants_out),
            resupply=list(one.resupply),
            dry_before_pipes=list(one.dry_before_pipes),
            only_combined_pipes=list(one.only_combined_pipes),
            segment_length_m=one.segment_length_m,
            segment_volume_l=one.segment_volume_l,
            tank_fed=[
                TankFedView(
                    tanks=list(part.tanks), premises_count=part.premises_count, hours=part.hours
                )
                for part in one.tank_fed
            ],
            warnings=[Said.of(warning) for warning in one.warnings],
        )
