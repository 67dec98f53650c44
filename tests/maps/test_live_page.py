"""The console as text: links to our own files only, nothing inline, no data."""

from __future__ import annotations

import re

import pytest

from maps.assets import STATIC
from maps.layers import LIVE_LAYERS
from maps.live_page import BASE, live_page


@pytest.fixture(scope="module")
def page() -> str:
    """Return the console's page."""
    return live_page("zh-CN")


def test_nothing_is_inline(page: str) -> None:
    """No script, style, handler or data stands in the page: a strict policy blocks nothing."""
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    assert re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL).count("") == page.count(
        "<script"
    )


def test_every_link_is_a_shipped_file(page: str) -> None:
    """Scripts and styles lie under the server's own folder and are there."""
    links = re.findall(r'<(?:script src|link rel="stylesheet" href)="([^"]*)"', page)
    assert len(links) > 40
    for link in links:
        assert link.startswith(f"{BASE}/")
        assert (STATIC / link.removeprefix(f"{BASE}/")).is_file()
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", page)


def test_folium_names_the_layers(page: str) -> None:
    """Each layer class leaves its name, from the ground up, for the scripts to draw."""
    assert tuple(re.findall(r'<template data-layer="(\w+)">', page)) == LIVE_LAYERS


def test_the_language_is_the_servers() -> None:
    """Before the scripts run the page says which language it is in, and what it needs in both."""
    page = live_page("en")
    assert '<html lang="en">' in page
    noscript = re.search(r"<noscript>(.*?)</noscript>", page)
    assert noscript
    assert re.search(r"[\u4e00-\u9fff].*scripts", noscript[1])
