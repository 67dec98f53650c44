"""How alike two engines' seconds are, over the same crews and places.

No engine's seconds are the truth, so ours are held against how far OSRM and Valhalla, two grown
engines with profiles of their own, are from each other on the same pairs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

from benchmarks.lines import Line
from domain.streets import FloatArray

OURS, OSRM, VALHALLA = "mainbreak", "OSRM", "Valhalla"

#: One engine's seconds by seed, each from crews (rows) to places (columns).
Tables = list[FloatArray]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two engines' seconds have in common; ``ratio_*`` is of the first to the second."""

    correlation: float
    log_correlation: float
    rank_correlation: float
    same_nearest: float
    ratio_p5: float
    ratio_p50: float
    ratio_p95: float
    pairs: int


def agreement(tables: Mapping[str, Tables]) -> Iterator[Line]:
    """Yield each figure of each pairing; ours also as a share of what the two peers differ by.

    Pairs that any engine knows no way for are left out of all.
    """
    known = [
        np.logical_and.reduce([np.isfinite(one) for one in seed])
        for seed in zip(*tables.values(), strict=True)
    ]
    cut = {
        name: [np.where(seen, table, np.nan) for seen, table in zip(known, own, strict=True)]
        for name, own in tables.items()
    }
    peers = likeness(cut[OSRM], cut[VALHALLA])
    yield from _lines(f"{OSRM} beside {VALHALLA}", peers)
    for name in (OSRM, VALHALLA):
        for line in _lines(f"{OURS} beside {name}", likeness(cut[OURS], cut[name])):
            yield line | _against(line, peers)


def likeness(ones: Tables, others: Tables) -> Likeness:
    """Return the likeness over all seeds; ``nan`` marks a pair to leave out of both."""
    one, other = (
        np.concatenate([t.ravel() for t in ones]),
        np.concatenate([t.ravel() for t in others]),
    )
    seen = np.isfinite(one) & np.isfinite(other) & (one > 0) & (other > 0)
    one, other = one[seen], other[seen]
    low, middle, high = np.percentile(one / other, [5, 50, 95])
    return Likeness(
        correlation=float(np.corrcoef(one, other)[0, 1]),
        log_correlation=float(np.corrcoef(np.log(one), np.log(other))[0, 1]),
        rank_correlation=_over(ones, others, _ranks),
        same_nearest=_over(ones, others, _nearest),
        ratio_p5=float(low),
        ratio_p50=float(middle),
        ratio_p95=float(high),
        pairs=int(seen.sum()),
    )


def _over(
    ones: Tables, others: Tables, of: Callable[[FloatArray, FloatArray], list[float]]
) -> float:
    """Return the mean of what every seed's two tables give."""
    return float(np.mean([x for a, b in zip(ones, others, strict=True) for x in of(a, b)]))


def _ranks(one: FloatArray, other: FloatArray) -> list[float]:
    """Return each crew's Spearman correlation over the places."""
    return [
        float(stats.spearmanr(a, b, nan_policy="omit").statistic)
        for a, b in zip(one, other, strict=True)
    ]


def _nearest(one: FloatArray, other: FloatArray) -> list[float]:
    """Return for each place 1 if both engines name the same nearest crew, else 0."""
    served = np.isfinite(one).any(axis=0)
    nearest = [np.nanargmin(table[:, served], axis=0) for table in (one, other)]
    return [float(same) for same in nearest[0] == nearest[1]]


def _lines(case: str, found: Likeness) -> Iterator[Line]:
    units = {
        "correlation": "",
        "log_correlation": "",
        "rank_correlation": "",
        "same_nearest": "share of places",
        "ratio_p50": "",
    }
    for metric, unit in units.items():
        yield {
            "case": case,
            "metric": metric.replace("_", " "),
            "value": round(getattr(found, metric), 5),
            "unit": unit,
            "pairs": found.pairs,
        } | (_spread(found) if metric == "ratio_p50" else {})


def _spread(found: Likeness) -> Line:
    return {"p5": round(found.ratio_p5, 4), "p95": round(found.ratio_p95, 4)}


def _against(line: Line, peers: Likeness) -> Line:
    """Return how far ours is from perfect likeness over how far the peers are from it."""
    metric = line["metric"].replace(" ", "_")
    theirs = getattr(peers, metric)
    ours_off, theirs_off = (_off(metric, value) for value in (line["value"], theirs))
    return {
        "peer": f"{OSRM} beside {VALHALLA}",
        "peer_value": round(theirs, 5),
        "ratio": round(ours_off / theirs_off, 4) if theirs_off else None,
    }


def _off(metric: str, value: float) -> float:
    return abs(math.log(value)) if metric.startswith("ratio") else 1.0 - value
