"""Pages of a running server in the browser; whatever one complains about fails the test."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser, Page, expect

from domain.users import Role
from mainbreak.server import LiveHome, cookies
from tests.web.house import log_in

#: Milliseconds a page may take for anything, on a machine with much else to do.
PATIENCE_MS = 20_000


class Visit:
    """One page, and what it said on its console or asked of foreign hosts."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.complaints: list[str] = []
        self.forgiven: tuple[str, ...] = ()
        page.on("console", lambda line: self._said(line.type, line.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def open(self, path: str) -> Self:
        """Open a path and wait until its scripts are done."""
        self.page.goto(self.server + path)
        self.page.wait_for_selector("html[data-ready]", state="attached")
        return self

    def text(self, selector: str) -> str:
        """Return the text of an element once it is to be seen."""
        found = self.page.locator(selector).first
        expect(found).to_be_visible()
        return found.inner_text()

    def overflows(self) -> bool:
        """Return True if the page is wider than its window."""
        script = "() => document.documentElement.scrollWidth > window.innerWidth"
        return bool(self.page.evaluate(script))

    def unnamed(self) -> list[str]:
        """Return the controls that a screen reader would have no name for."""
        script = """() => [...document.querySelectorAll("button, a, input, select, [role=tab]")]
            .filter((node) => node.checkVisibility() && !node.ariaLabel && !node.title
                && !node.innerText?.trim() && !(node.labels && node.labels.length))
            .map((node) => node.outerHTML)"""
        found: list[str] = self.page.evaluate(script)
        return found

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not any(part in text for part in self.forgiven):
            self.complaints.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.server, "data:")):
            self.complaints.append(f"asked for {url}")


class Visits:
    """Opens pages of one server; at the end none may have complained."""

    def __init__(self, browser: Browser, home: LiveHome, port: int) -> None:
        self._browser, self._home = browser, home
        self.server = f"http://127.0.0.1:{port}"
        self._opened: list[Visit] = []

    def visit(
        self, role: Role = Role.PUBLIC, language: str = "zh-CN", width: int = 1440, **options: Any
    ) -> Visit:
        """Return an empty page of somebody with this role, who reads this language."""
        size = {"width": width, "height": 900}
        context = self._browser.new_context(viewport=size, reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(f"localStorage.setItem('mainbreak.language', '{language}')")
        if role is not Role.PUBLIC:
            secret = log_in(self._home, role).secret
            context.add_cookies([{"name": cookies.NAME, "value": secret, "url": self.server}])
        visit = Visit(context.new_page(), self.server)
        self._opened.append(visit)
        return visit

    def __enter__(self) -> Self:
        """Begin; nothing is open yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close every page, then tell what they complained about."""
        for one in self._opened:
            one.page.context.close()
        if error is None:
            complaints = [text for one in self._opened for text in one.complaints]
            assert complaints == [], complaints  # said here: pytest rewrites no helper's assert
