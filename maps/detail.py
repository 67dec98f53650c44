"""How much a page shows. A page that grows too large loses detail in one fixed order."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Detail:
    """What is drawn beyond the day itself, and how finely; tolerances are metres."""

    wet_premises: bool = True
    street_tolerance_m: float = 0.0
    minor_streets: bool = True
    idle_isolation_valves: bool = True
    streets: bool = True
    pipe_tolerance_m: float = 0.0


def _order() -> tuple[Detail, ...]:
    full = Detail()
    no_wet = replace(full, wet_premises=False)
    thin = replace(no_wet, street_tolerance_m=5.0)
    no_minor = replace(thin, minor_streets=False)
    no_idle = replace(no_minor, idle_isolation_valves=False)
    no_streets = replace(no_idle, streets=False)
    return (
        full,
        no_wet,
        thin,
        no_minor,
        no_idle,
        no_streets,
        replace(no_streets, pipe_tolerance_m=5.0),
    )


#: Tried from first to last: premises that keep their water go first, then fine street geometry,
#: service roads, hydrants and isolation valves that no plan turns, all streets, fine pipe geometry.
#: What the day is about (incidents, outages, crews, routes) is never dropped.
DETAILS = _order()
