"""The page of a day in the browser, cut off from every network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request


@dataclass
class Console:
    """A page in the browser and everything it complained about or asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def hear(self) -> None:
        """Listen to errors, policy violations and requests beyond this disk."""
        self.page.on("console", lambda line: self._said(line.type, line.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)

    def inked(self, pane: str) -> int:
        """Return how many pixels a pane's canvases have drawn."""
        script = """pane => {
            const sheet = document.createElement("canvas");
            let inked = 0;
            for (const canvas of document.querySelectorAll(`.leaflet-${pane}-pane canvas`)) {
                Object.assign(sheet, { width: canvas.width, height: canvas.height });
                const context = sheet.getContext("2d", { willReadFrequently: true });
                context.drawImage(canvas, 0, 0);
                const { data } = context.getImageData(0, 0, sheet.width, sheet.height);
                for (let i = 3; i < data.length; i += 4) inked += data[i] > 40;
            }
            return inked;
        }"""
        return int(self.page.evaluate(script, pane))

    def text(self, selector: str) -> str:
        """Return the text of the first such element."""
        return self.page.locator(selector).first.inner_text()

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            self.complaints.append(f"asked for {request.url}")


Open = Callable[..., Console]

#: The first symbol of a day, or the sheet of findings.
DRAWN = ".leaflet-symbol-pane .symbol, .leaflet-symbol-pane canvas.leaflet-zoom-hide"


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a page from disk with the network cut; afterwards it must not have complained."""
    opened: list[Console] = []

    def opener(html: str, anchor: str = "", width: int = 1440, **options: Any) -> Console:
        file = tmp_path / f"map{len(opened)}.html"
        file.write_text(html, encoding="utf-8")
        size = {"width": width, "height": 900}
        context = chromium.new_context(
            viewport=size, offline=True, reduced_motion="reduce", **options
        )
        console = Console(context.new_page())
        console.hear()
        opened.append(console)
        console.page.goto(file.as_uri() + anchor)
        console.page.wait_for_selector("html[data-ready]", state="attached")
        console.page.wait_for_selector(DRAWN, state="attached")
        return console

    yield opener
    for console in opened:
        console.page.context.close()
        assert console.complaints == []
