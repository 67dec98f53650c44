"""Criticality as a page needs it: each pipe's segment, its premises out, the worst in lists."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from domain.critical_places import CriticalPlaces, CriticalSegment, CriticalValve
from domain.network import PipeNetwork
from maps.encode import place
from maps.network_data import link_indexes

#: So many of each are listed. Source: mainbreak default; nobody plans further in one year.
LISTED = 200

#: Shares of the pipes that lie below each class limit. Source: mainbreak default: one pipe in
#: twenty is of the worst class.
_SHARES = (0.5, 0.8, 0.95)


def criticality_data(network: PipeNetwork, places: CriticalPlaces) -> dict[str, Any]:
    """Return the tables of the layer; ranks are from 0, pipe rows those of ``pipe_data``."""
    rows = link_indexes(network)
    return {
        "segment": list(places.segment_of_link),
        "out": [one.loss.premises_out for one in places.segments],
        "limits": class_limits(places),
        "counts": [len(places.segments), len(places.valves)],
        "segments": [_segment(rows, one) for one in places.segments[:LISTED]],
        "valves": [_valve(rows, one) for one in places.valves[:LISTED]],
    }


def class_limits(places: CriticalPlaces) -> list[int]:
    """Return the least premises out of the second, third and fourth class, in two digits."""
    out = np.array([one.loss.premises_out for one in places.segments], dtype=np.int64)
    ranks = np.array(places.segment_of_link, dtype=np.int64)
    of_pipes: npt.NDArray[np.int64] = out[ranks[ranks >= 0]]
    if not len(of_pipes):
        return [1, 2, 3]
    limits: list[int] = []
    for quantile in np.quantile(of_pipes, _SHARES):
        least = limits[-1] + 1 if limits else 1
        limits.append(max(least, _two_digits(float(quantile))))
    return limits


def _two_digits(value: float) -> int:
    return int(float(f"{value:.1e}"))


def _segment(rows: dict[str, int], one: CriticalSegment) -> dict[str, Any]:
    loss, site = one.loss, one.site
    return {
        "pipe": rows[loss.pipe],
        "xy": place(one.location),
        "pipes": loss.pipes,
        "length": round(loss.length_m),
        "close": loss.close,
        "out": loss.premises_out,
        "critical": loss.critical_out,
        "risk": round(loss.risk, 1),
        "site": site
        and {
            "pipe": rows[site.pipe],
            "node": site.node,
            "xy": place(site.location),
            "risk": round(site.risk_after, 1),
        },
    }


def _valve(rows: dict[str, int], one: CriticalValve) -> dict[str, Any]:
    return {
        "id": one.loss.isolation_valve,
        "pipe": rows[one.pipe],
        "xy": place(one.location),
        "out": one.loss.premises_out,
        "more": one.more_at_most,
        "risk": round(one.loss.risk, 1),
    }
