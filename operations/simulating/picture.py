"""The means of simulated days as one SVG: a small chart a measure, a bar a policy."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from operations.simulating.policies import OURS, RIGHT, said
from operations.simulating.words import A_DAY, SAID

#: What is drawn, in the order of the panels.
PANELS = (
    "customer_minutes",
    "avoidable",
    "small_minutes",
    "long_minutes",
    "late_minutes",
    "misses_p1",
    "misses_p2",
    "misses_p3",
    "km",
)

_COLUMNS, _WIDE, _BAR, _TOP, _LEFT, _RIGHT = 3, 330, 17, 30, 8, 66

#: A grey a rival, blue for ours; with the right to interrupt the full colour, without it the pale.
_FULL, _PALE = "#5b6770", "#aab4bb"
_OUR_FULL, _OUR_PALE = "#0b6fb8", "#86bce3"

_STYLE = (
    "text{font:12px system-ui,'Noto Sans CJK SC',sans-serif;fill:#1c2429}"
    ".h{font-weight:600}.n{font-size:11px}"
    "@media(prefers-color-scheme:dark){text{fill:#e6ebee}}"
)


def picture(means: Mapping[str, Mapping[str, float]], language: str) -> str:
    """Return the SVG; ``means`` are by policy and measure."""
    names = list(means)
    high = _TOP + _BAR * len(names) + 18
    rows = -(-len(PANELS) // _COLUMNS)
    legend_top = rows * high + 8
    wide, tall = _COLUMNS * _WIDE, legend_top + _BAR * (-(-len(names) // 2)) + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" role="img">',
        f"<style>{_STYLE}</style><title>{escape(A_DAY.in_language(language))}</title>",
    ]
    for number, measure in enumerate(PANELS):
        row, column = divmod(number, _COLUMNS)
        values = [means[name][measure] for name in names]
        head = SAID[measure].in_language(language)
        parts.append(_panel(head, names, values, column * _WIDE, row * high))
    parts += _legend(names, language, wide // 2, legend_top)
    return "\n".join([*parts, "</svg>\n"])


def _panel(head: str, names: list[str], values: list[float], left: int, top: int) -> str:
    room = _WIDE - _LEFT - _RIGHT
    most = max([1e-9, *values])
    parts = [f'<g transform="translate({left + _LEFT},{top})">']
    parts.append(f'<text class="h" y="18">{escape(head)}</text>')
    for row, (name, value) in enumerate(zip(names, values, strict=True)):
        long = max(1.0, room * value / most)
        y = _TOP + row * _BAR
        parts.append(
            f'<rect x="0" y="{y}" width="{long:.1f}" height="{_BAR - 4}" fill="{_colour(name)}"/>'
            f'<text class="n" x="{long + 4:.1f}" y="{y + 11}">{figure(value)}</text>'
        )
    return "".join([*parts, "</g>"])


def _legend(names: list[str], language: str, half: int, top: int) -> list[str]:
    parts = []
    for number, name in enumerate(names):
        column, row = divmod(number, -(-len(names) // 2))
        x, y = column * half + _LEFT, top + row * _BAR
        text = escape(said(name).in_language(language))
        parts.append(
            f'<rect x="{x}" y="{y}" width="12" height="12" fill="{_colour(name)}"/>'
            f'<text x="{x + 18}" y="{y + 11}">{text}</text>'
        )
    return parts


def _colour(name: str) -> str:
    ours, full = name.startswith(OURS), name.endswith(RIGHT)
    if ours:
        return _OUR_FULL if full else _OUR_PALE
    return _FULL if full else _PALE


def figure(value: float) -> str:
    """Return a figure as tables and pictures show it."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}"
