"""The office's page files: each is the same for everybody, what differs comes through the API."""

from __future__ import annotations

import re
from functools import cache

from fastapi.responses import HTMLResponse

from mainbreak.server.static import FOLDERS
from maps.words import page_words

#: Where a page says, in every language, what it needs; the words are the catalogue's.
_NO_SCRIPT = re.compile(r'<noscript data-words="([\w.]+)"></noscript>')


def page(name: str) -> HTMLResponse:
    """Return a page; a browser asks for it anew each time."""
    return HTMLResponse(_text_of(name), headers={"Cache-Control": "no-cache"})


@cache
def _text_of(name: str) -> str:
    words = page_words(name)

    def in_all_languages(found: re.Match[str]) -> str:
        parts = [f'<p lang="{tag}">{phrases[found[1]]}</p>' for tag, phrases in words.items()]
        return f'<noscript class="noscript">{"".join(parts)}</noscript>'

    text = (FOLDERS["office"] / f"{name}.html").read_text("utf-8")
    return _NO_SCRIPT.sub(in_all_languages, text)
