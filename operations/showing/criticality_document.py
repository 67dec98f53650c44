"""Criticality as JSON writes it, and as rows of a table: docs/criticality.md tells every field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.critical_places import CriticalPlaces, CriticalSegment, CriticalValve, ValveSite
from domain.places import LonLat

#: Decimals of a degree: 11 mm.
_DECIMALS = 7

#: The columns of a sheet, in order; a cell that says nothing of its kind is empty.
COLUMNS = (
    "kind", "rank", "id", "pipe", "road", "dn", "lon", "lat", "premises_out", "critical_out",
    "more", "more_at_most", "risk", "pipes", "length_m", "close",
    "site_pipe", "site_node", "site_lon", "site_lat", "site_risk_after",
)  # fmt: skip


def criticality_document(places: CriticalPlaces, top: int | None = None) -> dict[str, Any]:
    """Return the worst ``top`` of both, worst first, and how many of each there are in all."""
    return {
        "segments_count": len(places.segments),
        "isolation_valves_count": len(places.valves),
        "segments": [
            segment_entry(rank, one) for rank, one in enumerate(places.segments[:top], start=1)
        ],
        "isolation_valves": [
            valve_entry(rank, one) for rank, one in enumerate(places.valves[:top], start=1)
        ],
    }


def segment_entry(rank: int, one: CriticalSegment) -> dict[str, Any]:
    """Return a segment; it has the name of its longest pipe."""
    loss = one.loss
    return {
        "rank": rank,
        "pipe": loss.pipe,
        **_place(one.road, one.dn, one.location),
        "pipes": loss.pipes,
        "length_m": loss.length_m,
        "close": loss.close,
        "premises_out": loss.premises_out,
        "critical_out": loss.critical_out,
        "risk": round(loss.risk, 3),
        "site": None if one.site is None else _site(one.site),
    }


def valve_entry(rank: int, one: CriticalValve) -> dict[str, Any]:
    """Return an isolation valve."""
    loss = one.loss
    return {
        "rank": rank,
        "id": loss.isolation_valve,
        "pipe": one.pipe,
        **_place(one.road, one.dn, one.location),
        "premises_out": loss.premises_out,
        "more": loss.more,
        "more_at_most": one.more_at_most,
        "risk": loss.risk,
    }


def sheet_rows(places: CriticalPlaces) -> Iterator[list[str]]:
    """Yield a row of ``COLUMNS`` for each segment, then for each isolation valve."""
    whole = criticality_document(places)
    for one in whole["segments"]:
        site = one.pop("site") or {}
        one |= {f"site_{name}": value for name, value in site.items()}
        yield _row({"kind": "segment", "id": one["pipe"], **one})
    for one in whole["isolation_valves"]:
        yield _row({"kind": "isolation_valve", **one})


def _row(entry: dict[str, Any]) -> list[str]:
    return [str(entry.get(name, "")) for name in COLUMNS]


def _place(road: str, dn: int, at: LonLat) -> dict[str, Any]:
    return {
        "road": road,
        "dn": dn,
        "lon": round(at.lon, _DECIMALS),
        "lat": round(at.lat, _DECIMALS),
    }


def _site(one: ValveSite) -> dict[str, Any]:
    place = _place(one.road, one.dn, one.location)
    return {"pipe": one.pipe, "node": one.node, **place, "risk_after": one.risk_after}
