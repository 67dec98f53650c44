"""The one browser of all tests: Debian's chromium, headless; nothing in it asks a foreign host."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Yield the browser; a second one in the same process would not start."""
    from tests.conftest import missing

    if not CHROMIUM.exists():
        missing(request, "chromium not found: apt-get install chromium fonts-noto-cjk")
    if find_library("atomic") is None:
        missing(request, "playwright's driver needs libatomic: apt-get install libatomic1")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        yield browser
        browser.close()
