"""A folium page that asks for nothing: everything inside, and a policy that forbids the rest."""

from __future__ import annotations

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
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
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


class OfflineFigure(Figure):
    """A branca figure whose links name files under ``static/`` and whose page holds them.

    A folium class that links to anything else, such as its content network, makes ``render``
    raise ``UnknownAsset``.
    """

    def __init__(self, title: str, language: str) -> None:
        super().__init__(title=title)
        self.language = language

    def render(self, **kwargs: object) -> str:
        """Return the whole page as text."""
        for child in self._children.values():
            child.render(**kwargs)
        styles, scripts = self._linked()
        scripts.append(self.script.render(**kwargs).strip())
        return _PAGE.format(
            language=escape(self.language),
            title=escape(self.title or ""),
            icon=_ICON,
            policy=_policy(styles, scripts),
            styles="\n".join(f"<style>{_closed(one)}</style>" for one in styles),
            body=self.html.render(**kwargs),
            scripts="\n".join(f"<script>{_closed(one)}</script>" for one in scripts),
        )

    def _linked(self) -> tuple[list[str], list[str]]:
        """Return the texts of all linked styles and scripts, in the order they were asked for."""
        styles, scripts = [], []
        for link in self.header._children.values():
            if isinstance(link, CssLink):
                styles.append(text_of(link.url))
            elif isinstance(link, JavascriptLink):
                scripts.append(text_of(link.url))
        return styles, scripts


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
