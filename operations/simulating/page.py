"""The results as one page that opens from disk: the picture and the table."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from operations.simulating.measures import MEASURES
from operations.simulating.picture import figure, picture
from operations.simulating.policies import said
from operations.simulating.words import A_DAY, SAID

_STYLE = (
    "body{font:14px system-ui,'Noto Sans CJK SC',sans-serif;margin:2rem auto;max-width:70rem;"
    "padding:0 1rem;color-scheme:light dark}"
    "table{border-collapse:collapse}td,th{padding:.2rem .6rem;text-align:right}"
    "th:first-child,td:first-child{text-align:left}tr+tr{border-top:1px solid #8884}"
)


def page(means: Mapping[str, Mapping[str, float]], language: str, notes: list[str]) -> str:
    """Return the HTML of the means by policy and measure; ``notes`` stand below."""
    head = "".join(f"<th>{escape(said(name).in_language(language))}</th>" for name in means)
    rows = "".join(_row(measure, means, language) for measure in MEASURES)
    said_below = "".join(f"<p>{escape(one)}</p>" for one in notes)
    title = escape(A_DAY.in_language(language))
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>mainbreak simulate</title>'
        f"<style>{_STYLE}</style><h1>{title}</h1>{picture(means, language)}"
        f"<table><tr><th></th>{head}</tr>{rows}</table>{said_below}</html>\n"
    )


def _row(measure: str, means: Mapping[str, Mapping[str, float]], language: str) -> str:
    cells = "".join(f"<td>{figure(one[measure])}</td>" for one in means.values())
    return f"<tr><td>{escape(SAID[measure].in_language(language))}</td>{cells}</tr>"
