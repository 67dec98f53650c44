"""The lines of the comparison as tables for docs/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.lines import Line

_PEERS = ("VROOM", "PyVRP")
_ENGINES = ("OR-Tools cold", "OR-Tools seeded", "own kernel alone")


def tables(lines: Iterable[Line]) -> str:
    """Return all tables that have a row, in markdown."""
    cases: dict[str, dict[str, Line]] = {}
    for line in lines:
        cases.setdefault(line["case"], {})[line["metric"]] = line
    days = {name: case for name, case in cases.items() if "cost beside VROOM" in case}
    files = {name: case for name, case in cases.items() if "distance beside PyVRP" in case}
    rest = {name: case for name, case in cases.items() if name not in days | files}
    parts = [_days(days), _engines(days), _files(files), _others(rest)]
    return "\n\n".join("\n".join(part) for part in parts if len(part) > 2)


def _days(cases: dict[str, dict[str, Line]]) -> list[str]:
    heads = "mainbreak, s", "ratio to VROOM", "ratio to PyVRP", "longest wall, s: each"
    rows = [_row("crews x orders, budget", *heads)]
    for name, case in cases.items():
        peers = [case[f"cost beside {peer}"] for peer in _PEERS]
        walls = [case["broken rules"]["longest_wall_s"]]
        walls += [one.get("peer_longest_wall_s", "-") for one in peers]
        own = f"{peers[0]['value']:,} ({_drops(case['broken rules']['dropped'])})"
        rows.append(_row(name, own, *map(_ratio, peers), ", ".join(map(str, walls))))
    return _ruled(rows)


def _engines(cases: dict[str, dict[str, Line]]) -> list[str]:
    rows = [_row("crews x orders, budget", *_ENGINES, "all")]
    for name, case in cases.items():
        beside = [case[one] for engine in _ENGINES if (one := f"cost beside {engine}") in case]
        if len(beside) < len(_ENGINES):  # OR-Tools alone is run at the short budget only
            continue
        told = [
            f"{one['peer_value']:,} ({_drops(one['peer_dropped'])})" if one["peer_value"] else "-"
            for one in beside
        ]
        rows.append(_row(name, *told, f"{beside[0]['value']:,}"))
    return _ruled(rows)


def _files(cases: dict[str, dict[str, Line]]) -> list[str]:
    rows = [_row("instance, budget", "distance", "ratio to PyVRP", "ratio to best known")]
    for name, case in cases.items():
        peer, best = case["distance beside PyVRP"], case.get("distance beside best known")
        told = f"{peer['value'] / 1000:.2f}" if peer["value"] else "-"
        rows.append(_row(name, told, _ratio(peer), f"{best['ratio']:.4f}" if best else "-"))
    return _ruled(rows)


def _others(cases: dict[str, dict[str, Line]]) -> list[str]:
    rows = [_row("case", "metric", "value", "unit")]
    for name, case in cases.items():
        rows += [_row(name, metric, one["value"], one["unit"]) for metric, one in case.items()]
    return _ruled(rows)


def _ratio(line: Line) -> str:
    if line["ratio"] is None:
        return "missing"
    ratios = line.get("ratios", [line["ratio"]])
    drops = f", {_drops(line['peer_dropped'])}" if "peer_dropped" in line else ""
    return f"{line['ratio']:.3f} [{min(ratios):.3f}-{max(ratios):.3f}]{drops}"


def _drops(dropped: list[int]) -> str:
    """Return how many orders were dropped, from the fewest to the most."""
    least, most = min(dropped), max(dropped)
    return f"{least} dropped" if least == most else f"{least}-{most} dropped"


def _row(*cells: Any) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _ruled(rows: list[str]) -> list[str]:
    return list(_with_rule(rows))


def _with_rule(rows: list[str]) -> Iterator[str]:
    yield rows[0]
    yield "|---" * (rows[0].count("|") - 1) + "|"
    yield from rows[1:]
