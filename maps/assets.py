"""The files a page is made of; what is not listed here does not get into a page.

Files of others stand under ``static/vendor`` with their licence and their SHA-384 in
``manifest.json``; ``python -m maps.vendor`` refreshes them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static"
MANIFEST = STATIC / "vendor" / "manifest.json"

_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_OUTSIDE = re.compile(r"url\((?!#|data:)[^)]*\)")


class UnknownAsset(LookupError):
    """A page asked for a file that is not shipped, such as one from a content network."""


@cache
def text_of(name: str) -> str:
    """Return the text of a file under ``static/``, ready to stand inside a page.

    Pointers to further files (pictures, fonts, source maps) are taken out: a page asks for
    nothing.

    Raises
    ------
    UnknownAsset
        If there is no such file, or a vendored one is not what the manifest says.
    """
    file = (STATIC / name).resolve()
    if not file.is_relative_to(STATIC) or not file.is_file():
        raise UnknownAsset(f"{name} is not shipped with mainbreak")
    content = file.read_bytes()
    if name.startswith("vendor/"):
        _check(name.removeprefix("vendor/"), content)
    # A parser reads CRLF as LF, and the page's policy is over what it reads.
    text = content.decode().replace("\r\n", "\n")
    return _OUTSIDE.sub("none", _SOURCE_MAP.sub("", text))


def digest(content: bytes, algorithm: str) -> str:
    """Return ``sha384-...`` or the like, as integrity attributes and policies write it."""
    value = hashlib.new(algorithm, content).digest()
    return f"{algorithm}-{base64.b64encode(value).decode()}"


@cache
def _manifest() -> dict[str, str]:
    listed: dict[str, str] = json.loads(MANIFEST.read_text("utf-8"))
    return listed


def _check(name: str, content: bytes) -> None:
    if _manifest().get(name) != digest(content, "sha384"):
        raise UnknownAsset(f"vendor/{name} is not the file its manifest lists")
