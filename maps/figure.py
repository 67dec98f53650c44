"""Folium pages that ask nobody else: everything inside, or everything from our own server."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from branca.element import CssLink, Figure, JavascriptLink

from maps.assets import UnknownAsset, digest, text_of

_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E"
    "%3Cpath d='M2 14h20M12 14v8' stroke='%230A5AA8' stroke-width='6'/%3E"
    "%3Cpath d='M12 10V2M7 9 4 4M17 9l3-5' stroke='%23B3231A' stroke-width='3'/%3E%3C/svg%3E"
)

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
{policy}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="icon" href="{icon}">
{styles}
</head>
<body>
{body}
{scripts}
</body>
</html>
"""

_POLICY = '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'


class OwnFigure(Figure):
    """A branca figure whose links name files under ``static/``.

    A folium class that links to anything else, such as its content network, or that brings a
    script of its own, makes ``render`` raise ``UnknownAsset``: what the page does is in
    ``static/js`` alone.
    """

    def __init__(self, title: str, language: str) -> None:
        super().__init__(title=title)
        self.language = language

    def render(self, **kwargs: object) -> str:
        """Return the whole page as text."""
        for child in self._children.values():
            child.render(**kwargs)
        if self.script.render(**kwargs).strip():
            raise UnknownAsset("a part of the page brings a script of its own")
        styles, scripts = list(self._named(CssLink)), list(self._named(JavascriptLink))
        return _PAGE.format(
            language=escape(self.language),
            title=escape(self.title or ""),
            icon=_ICON,
            body=self.html.render(**kwargs),
            **self.brought(styles, scripts),
        )

    def brought(self, styles: list[str], scripts: list[str]) -> dict[str, str]:
        """Return ``policy``, ``styles`` and ``scripts`` of the page; the lists name files."""
        raise NotImplementedError

    def _named(self, kind: type[CssLink] | type[JavascriptLink]) -> Iterator[str]:
        """Yield the linked files of a kind, in the order they were asked for."""
        for link in self.header._children.values():
            if isinstance(link, kind):
                text_of(link.url)
                yield link.url


class OfflineFigure(OwnFigure):
    """The page holds its styles and scripts, and a policy under which nothing else may act."""

    def brought(self, styles: list[str], scripts: list[str]) -> dict[str, str]:
        """Return the files' texts as elements."""
        style_texts = [_closed(text_of(name)) for name in styles]
        script_texts = [_closed(text_of(name)) for name in scripts]
        return {
            "policy": _POLICY.format(policy=_policy(style_texts, script_texts)),
            "styles": "\n".join(f"<style>{one}</style>" for one in style_texts),
            "scripts": "\n".join(f"<script>{one}</script>" for one in script_texts),
        }


class ServedFigure(OwnFigure):
    """The page links to its styles and scripts where the server keeps them; it holds none.

    The policy is the server's header: scripts and styles from itself, nothing inline.
    """

    def __init__(self, title: str, language: str, base: str) -> None:
        super().__init__(title, language)
        self.base = base

    def brought(self, styles: list[str], scripts: list[str]) -> dict[str, str]:
        """Return links to the files under the figure's base."""
        return {
            "policy": "",
            "styles": "\n".join(f'<link rel="stylesheet" href="{self.base}/{n}">' for n in styles),
            "scripts": "\n".join(f'<script src="{self.base}/{n}"></script>' for n in scripts),
        }


def _policy(styles: list[str], scripts: list[str]) -> str:
    """Return a content security policy under which exactly these texts may act."""

    def sources(texts: list[str]) -> str:
        return " ".join(f"'{digest(text.encode(), 'sha256')}'" for text in texts)

    return (
        f"default-src 'none'; script-src {sources(scripts)}; style-src {sources(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _closed(text: str) -> str:
    """Return the text if it cannot end its own element early."""
    if "</script" in text.lower() or "</style" in text.lower() or "<!--" in text:
        raise UnknownAsset("a script or style would end its own element")
    return text
