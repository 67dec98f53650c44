"""When a crew arrives, as it is sent."""

from __future__ import annotations

from datetime import datetime, tzinfo

from domain.eta import Eta, EtaSource, said
from mainbreak.server.api.models.base import Said, Stamp, View


class EtaView(View):
    """When a crew arrives: likely at ``p50``, nine times in ten by ``p90``.

    ``as_of`` is when what it rests on was so, ``source`` what that is, ``said`` the words an agent
    reads aloud.
    """

    p50: Stamp
    p90: Stamp
    as_of: Stamp
    source: EtaSource
    said: Said

    @classmethod
    def of(cls, eta: Eta | None, now: datetime, zone: tzinfo) -> EtaView | None:
        """Return an ETA as it is sent, None for none."""
        if eta is None:
            return None
        words = Said.of(said(eta, now, zone))
        return cls(p50=eta.p50, p90=eta.p90, as_of=eta.as_of, source=eta.source, said=words)
