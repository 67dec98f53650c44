"""Callers' writing brought into one shape: width, case, script, separators."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

#: Longer texts are read up to here: no address needs more, and the rest costs time only.
#: Source: mainbreak default.
LONGEST = 300

_SEPARATORS = re.compile(r"[\s,.;:!?，。；：！？、()（）\[\]【】「」\"'“”‘’·/\\|~…<>《》]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_DASH = re.compile(r"[-‐‑‒–—―−－﹣]+")


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def plain(text: str) -> str:
    """Return the text in NFKC, lower case and simplified script, separators as one space.

    Control signs go; what is longer than ``LONGEST`` is cut.
    """
    wide = _CONTROL.sub(" ", unicodedata.normalize("NFKC", text[:LONGEST]))
    lower = _DASH.sub("-", wide.casefold())
    return _SEPARATORS.sub(" ", _to_simplified().convert(lower)).strip()


def normal(text: str) -> str:
    """Return the text in NFKC, lower case, without spaces and punctuation; the script stays."""
    wide = _CONTROL.sub("", unicodedata.normalize("NFKC", text).casefold())
    return _SEPARATORS.sub("", wide)
