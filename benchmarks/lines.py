"""One JSON object a line, with the target of ``targets.json`` and whether it holds."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

#: What was measured: case, metric, value, unit, and where they apply peer, peer_value, ratio.
Line = dict[str, Any]

_TARGETS = Path(__file__).with_name("targets.json")


def show(bench: str, lines: Iterable[Line]) -> None:
    """Print each line as it comes; a target is looked up by ``case: metric``, then by ``metric``.

    It is held against the line's ratio if it has one, else against its value.
    """
    targets = json.loads(_TARGETS.read_text(encoding="utf-8"))[bench]
    for line in lines:
        named = targets.get(f"{line['case']}: {line['metric']}", targets.get(line["metric"]))
        judged = {} if named is None else {"target": named, "holds": _holds(line, named)}
        print(json.dumps({"bench": bench} | line | judged, ensure_ascii=False), flush=True)


def figure(case: str, metric: str, value: float, unit: str) -> Line:
    """Return a line without a peer."""
    return {"case": case, "metric": metric, "value": round(value, 4), "unit": unit}


def _holds(line: Line, target: dict[str, float]) -> bool | None:
    value = line.get("ratio", line["value"])
    if value is None:
        return None
    return bool(target.get("least", -math.inf) <= value <= target.get("most", math.inf))
