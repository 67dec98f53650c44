"""A crew's phone in the browser: the page at 360x740, its network, what lies in its outbox."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Route, expect

from domain.users import Role
from tests.mobile_api.field import SHUT
from tests.web.visit import Visit, Visits

BATCH = "**/api/mobile/reports/batch"


class Handset:
    """One phone of crew C2; buttons are pressed by what they say."""

    def __init__(self, phones: Visits, language: str = "zh-CN", **options: Any) -> None:
        self.seen: Visit = phones.visit(Role.CREW, language, width=360, **options)
        self.seen.forgiven = ("Failed to load resource",)  # the browser's word for: no network
        self.page = self.seen.page
        self.page.set_viewport_size({"width": 360, "height": 740})
        self.seen.open("/crew")

    def press(self, name: str) -> None:
        """Press the first button or link of this name."""
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        button.or_(link).first.click()

    def go(self, screen: str) -> None:
        """Go to a screen by its address."""
        self.page.evaluate("screen => { window.location.hash = screen; }", screen)
        self.page.wait_for_selector(f'#screen[data-of="{screen}"]')

    def shows(self, text: str, where: str = "#screen") -> None:
        """Wait until a part of the page shows this text."""
        expect(self.page.locator(where)).to_contain_text(text)

    def line(self, text: str) -> None:
        """Wait until the line to the server says this."""
        self.shows(text, "#line")

    def cut(self) -> None:
        """Take the network away."""
        self.page.context.set_offline(True)

    def join(self) -> None:
        """Give the network back."""
        self.page.context.set_offline(False)

    def hold_reports(self) -> None:
        """Let everything through but reports."""
        self.page.route(BATCH, lambda route: route.abort())

    def lose_answers(self, times: int) -> None:
        """Let reports reach the server, and lose its answer so many times."""
        left = [times]

        def lose(route: Route) -> None:
            if left[0] <= 0:
                route.continue_()
                return
            left[0] -= 1
            route.fetch()
            route.abort()

        self.page.unroute(BATCH)
        self.page.route(BATCH, lose)

    def sync(self) -> None:
        """Send now, and wait until nothing waits."""
        self.go("outbox")
        self.press("现在同步")
        self.line("全部发出")

    def waiting(self) -> list[str]:
        """Return the kinds of the reports that wait in the phone's storage, oldest first."""
        script = "() => mainbreak.crew.outbox.waiting().map((item) => item.kind)"
        found: list[str] = self.page.evaluate(script)
        return found

    def drive_there(self) -> None:
        """Accept the burst, set out and arrive."""
        self.go(f"visit/{SHUT}.1")
        for name in ("接受", "出发", "我到了"):
            self.press(name)

    def small(self) -> list[str]:
        """Return controls under 48 px and texts under 14 px; the map draws its own."""
        script = """() => {
            const seen = (node) => node.checkVisibility() && !node.closest("#map, .unseen");
            const all = (what) => [...document.querySelectorAll(what)].filter(seen);
            const low = all("a, button, summary, .choice, textarea").filter((node) => {
                const { width, height } = node.getBoundingClientRect();
                return Math.min(width, height) < 47.5;
            });
            const written = (node) => [...node.childNodes]
                .some((one) => one.nodeType === 3 && one.data.trim());
            const size = (node) => parseFloat(getComputedStyle(node).fontSize)
                * (node.closest("svg") ? 36 / 28 : 1);
            const text = all("body *").filter((node) => written(node) && size(node) < 13.9);
            return [...low, ...text].map((node) => node.outerHTML.slice(0, 120));
        }"""
        found: list[str] = self.page.evaluate(script)
        return found
