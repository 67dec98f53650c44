"""The whole made town, step by step; the seed decides everything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

from data.pipes_network import names
from data.pipes_network.bursts import choose_bursts
from data.pipes_network.callers import Callers
from data.pipes_network.crews import make_crews
from data.pipes_network.day import make_day
from data.pipes_network.fittings import as_network, link_ids
from data.pipes_network.landmarks import make_places
from data.pipes_network.pipes import lay_pipes
from data.pipes_network.plane import dice
from data.pipes_network.premises import make_premises
from data.pipes_network.sites import place_sites
from data.pipes_network.sources import add_low_zone, add_sources, shut_some_loops
from data.pipes_network.street_choice import choose_streets
from data.pipes_network.works import Works
from domain.network import PipeNetwork
from domain.places import LonLat
from domain.progress import Progress, quiet
from domain.streets import StreetNetwork
from domain.town import Town

#: A pipe serves about so many premises.
PREMISES_PER_PIPE = 4


def make_town(  # noqa: PLR0913 - every one is a choice of the person who asks for a town
    streets: StreetNetwork,
    *,
    premises: int,
    tickets: int,
    crews: int,
    seed: int,
    day: date,
    zone: tzinfo,
    progress: Progress | None = None,
) -> Town:
    """Return a town of so many premises, tickets and crews laid along the streets.

    The same streets and the same numbers give the same town. Where the streets reach farther
    than the premises need, the densest connected part is built on.

    Raises
    ------
    ValueError
        If a number is below one, or there is no street to lay a pipe along.
    """
    if min(premises, tickets, crews) < 1:
        raise ValueError("a town needs at least one premises, one ticket and one crew")
    tell = progress or quiet
    tell(0.0, "choosing streets")
    works = _laid(streets, max(4, round(premises / PREMISES_PER_PIPE)), seed)
    tell(0.3, "setting isolation valves and hydrants")
    bare = as_network(dice(seed, "fittings"), works, names.TOWN)
    tell(0.45, "connecting premises")
    source = dice(seed, "premises")
    sites = place_sites(source, works, streets.areas, premises)
    homes, addresses = make_premises(source, works, sites)
    network = bare.with_premises(homes)
    places = make_places(works, homes, streets.areas)
    tell(0.7, "taking calls")
    drafts = {one: number for number, one in enumerate(link_ids(works))}
    bursts = choose_bursts(network, works, drafts, (day, zone, tickets))
    callers = Callers(dice(seed, "callers"), works.plane, network, addresses)
    calls, truth = make_day(callers, bursts, places, tickets, (day, zone))
    tell(0.95, "rostering crews")
    roster = make_crews(dice(seed, "crews"), crews, _depots(network), day, zone)
    tell(1.0, "town ready")
    return Town(names.TOWN, seed, network, places, roster, calls, truth)


def _laid(streets: StreetNetwork, pipes: int, seed: int) -> Works:
    """Return the drafts of all pipes, sources, PRVs, and which ends are normally closed."""
    works, backbone = lay_pipes(choose_streets(streets, pipes), pipes, seed)
    add_sources(works, backbone)
    add_low_zone(dice(seed, "zone"), works)
    shut_some_loops(dice(seed, "loops"), works)
    return works


def _depots(network: PipeNetwork) -> Sequence[LonLat]:
    """Return three depots at premises: west, east and in the middle of the town."""
    order = sorted(network.premises, key=lambda one: (one.location, one.id))
    return [order[round(share * (len(order) - 1))].location for share in (0.2, 0.8, 0.5)]
