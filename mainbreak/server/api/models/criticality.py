"""Criticality as the office sees it: what each burst or stuck isolation valve would cost."""

from __future__ import annotations

from mainbreak.server.api.models.base import View


class Located(View):
    """Where it is: the road and the nominal diameter of its pipe, WGS-84 degrees."""

    road: str
    dn: int
    lon: float
    lat: float


class SiteView(Located):
    """Where one more isolation valve would leave the least risk: on this pipe, at this node."""

    pipe: str
    node: str
    risk_after: float


class SegmentView(Located):
    """A segment, named by its longest pipe; ``risk`` is premises out times kilometres."""

    rank: int
    pipe: str
    pipes: int
    length_m: float
    close: int
    premises_out: int
    critical_out: int
    risk: float
    site: SiteView | None


class SegmentPage(View):
    """Segments, worst first, and the cursor of the next page."""

    count: int
    items: tuple[SegmentView, ...]
    next: str | None


class StuckView(Located):
    """An isolation valve; ``more`` premises are out if it sticks, on the other side at most."""

    rank: int
    id: str
    pipe: str
    premises_out: int
    more: int
    more_at_most: int
    risk: float


class StuckPage(View):
    """Isolation valves, worst first, and the cursor of the next page."""

    count: int
    items: tuple[StuckView, ...]
    next: str | None
