"""Doubt a network file that would pull the ground from under the day."""

from __future__ import annotations

from domain.network import PipeNetwork
from domain.network_delta import NetworkDelta
from domain.places import LonLat
from operations.calling.place_of_call import metres_from
from storage import UnitOfWork

#: A file without so great a share of the stored links is likely another one.
#: Source: mainbreak default; a year's renewals are 1 to 2 % of a network.
MOST_LINKS_LOST = 0.1

#: The middle of a network moves a little as it grows, and far with a wrong file or CRS, metres.
#: Source: mainbreak default.
MIDDLE_MOVES_M = 1000.0


def middle_of(network: PipeNetwork) -> LonLat | None:
    """Return the mean place of the nodes, so that a wrong CRS is seen at once."""
    places = [node.position for node in network.nodes]
    if not places:
        return None
    return LonLat(
        sum(one.lon for one in places) / len(places),
        sum(one.lat for one in places) / len(places),
    )


def doubt_about(
    work: UnitOfWork, stored: PipeNetwork, network: PipeNetwork, delta: NetworkDelta
) -> str | None:
    """Return why the file is most likely the wrong one, None if nothing speaks against it.

    Only while something hangs on the stored network: open incidents, or isolation valves that
    the field has reported.
    """
    open_incidents, reported = len(work.incidents.active()), len(work.network.words_of_last_file())
    if not (open_incidents or reported):
        return None
    hangs = f"{open_incidents} open incidents and {reported} reported isolation valves hang on it"
    moved, gone = _moved_m(stored, network), len(delta.links.went)
    if moved > MIDDLE_MOVES_M:
        return f"the middle of the network would move by {moved / 1000:.1f} km; {hangs}"
    if gone > MOST_LINKS_LOST * len(stored.links):
        return f"{gone} of {len(stored.links)} links would go; {hangs}"
    return None


def _moved_m(stored: PipeNetwork, network: PipeNetwork) -> float:
    before, after = middle_of(stored), middle_of(network)
    return metres_from(before, [after])[0] if before and after else 0.0
