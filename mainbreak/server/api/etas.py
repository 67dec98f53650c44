"""The arrival times of the running day, as the office's answers carry them."""

from __future__ import annotations

from mainbreak.server.api.models.etas import EtaView
from mainbreak.server.home import LiveHome
from operations.arriving.arrival_times import arrival_times
from storage import UnitOfWork


def etas_of(home: LiveHome, work: UnitOfWork) -> dict[str, EtaView]:
    """Return by visit when its crew arrives; empty while nobody is on the way anywhere."""
    if not work.visits.active():
        return {}
    now, zone = home.clock(), home.settings.tzinfo
    found = arrival_times(work, home.ground(work), now)
    views = {visit: EtaView.of(eta, now, zone) for visit, eta in found.items()}
    return {visit: view for visit, view in views.items() if view is not None}
