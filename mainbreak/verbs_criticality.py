"""`mainbreak criticality`: where the next isolation valve should be built or repaired."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from domain.critical_places import CriticalPlaces, CriticalSegment, CriticalValve, ValveSite
from domain.sentences import Sentence
from mainbreak.bootstrap import Home
from mainbreak.console import progress_bar, say, show_json, show_table
from mainbreak.options import AsJson
from operations.showing.critical_places import critical_places
from operations.showing.criticality_document import criticality_document

#: The share of the bar that the figures take; the rest is writing.
_FIGURES = 0.8

_SEGMENTS = Sentence("关阀单元，按风险（停水户 × 公里）", "Segments by risk (premises x km)")
_STUCK = Sentence("阀门，按关不动的代价", "Isolation valves by what it costs if they stick")
_SITES = Sentence("在哪里加一个阀门最见效", "Where one more isolation valve helps most")
_SEGMENT_COLUMNS = {
    "zh-CN": ("名次", "最长管道", "道路", "DN", "米", "关阀", "停水户", "重点", "风险"),
    "en": ("rank", "pipe", "road", "DN", "m", "close", "premises", "critical", "risk"),
}
_STUCK_COLUMNS = {
    "zh-CN": ("名次", "阀门", "道路", "DN", "停水户", "最多多停", "风险"),
    "en": ("rank", "isolation valve", "road", "DN", "premises", "more", "risk"),
}
_SITE_COLUMNS = {
    "zh-CN": ("名次", "管道", "节点端", "道路", "DN", "现在风险", "加后风险"),
    "en": ("rank", "on pipe", "at node", "road", "DN", "risk now", "risk after"),
}
_COUNTS = Sentence(
    "共 {segments} 个关阀单元，{valves} 个可操作的阀门。",
    "{segments} segments and {valves} isolation valves that can be turned in all.",
)


def criticality(
    context: typer.Context,
    top: Annotated[int, typer.Option(min=1, help="How many of each to show, worst first.")] = 10,
    out: Annotated[
        Path | None, typer.Option(help="Write all of them as .csv, .geojson or .gpkg.")
    ] = None,
    map_file: Annotated[
        Path | None, typer.Option("--map", help="Write a page with map and lists.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what each burst and each stuck isolation valve would cost: where to build or repair."""
    home: Home = context.obj
    language = home.settings.language
    if out is not None:
        from operations.write_criticality import check_ending

        check_ending(out)
    with home.work() as work:
        network = work.network.load()
    with progress_bar() as tell:
        places = critical_places(network, lambda done, what: tell(_FIGURES * done, what))
        if out is not None:
            tell(_FIGURES, f"writing {out.name}")
            from operations.write_criticality import write_figures

            write_figures(network, places, out)
        if map_file is not None:
            tell(0.9, f"writing {map_file.name}")
            # Loads folium, which takes a second that only a map is worth.
            from operations.write_criticality import write_map

            write_map(network, places, map_file, language)
    if as_json:
        show_json(criticality_document(places, top))
    else:
        _show(places, top, language)


def _show(places: CriticalPlaces, top: int, language: str) -> None:
    ranked = list(enumerate(places.segments[:top], start=1))
    segments = [_segment(rank, one) for rank, one in ranked]
    show_table(_SEGMENTS.in_language(language), _SEGMENT_COLUMNS[language], segments)
    valves = [_valve(rank, one) for rank, one in enumerate(places.valves[:top], start=1)]
    show_table(_STUCK.in_language(language), _STUCK_COLUMNS[language], valves)
    if sites := [_site(rank, one, one.site) for rank, one in ranked if one.site is not None]:
        show_table(_SITES.in_language(language), _SITE_COLUMNS[language], sites)
    counts = _COUNTS.in_language(language)
    say(counts.format(segments=len(places.segments), valves=len(places.valves)))


def _segment(rank: int, one: CriticalSegment) -> tuple[object, ...]:
    loss = one.loss
    size = (one.dn, round(loss.length_m), loss.close)
    return rank, loss.pipe, one.road, *size, loss.premises_out, loss.critical_out, _risk(loss.risk)


def _valve(rank: int, one: CriticalValve) -> tuple[object, ...]:
    loss = one.loss
    figures = (loss.premises_out, one.more_at_most, _risk(loss.risk))
    return rank, loss.isolation_valve, one.road, one.dn, *figures


def _site(rank: int, one: CriticalSegment, site: ValveSite) -> tuple[object, ...]:
    risks = (_risk(one.loss.risk), _risk(site.risk_after))
    return rank, site.pipe, site.node, site.road, site.dn, *risks


def _risk(value: float) -> float:
    return round(value, 1)
