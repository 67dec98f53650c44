"""What people said, as far as a database can keep it."""

from __future__ import annotations

import re

#: What no database stores as text: NUL, and halves of surrogate pairs.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(said: str) -> str:
    """Return a text with each sign that no database keeps replaced by U+FFFD.

    Emoji cut in half by a form's limit, and what a broken cable sends, must not lose the rest.

    >>> storable("没水" + chr(0) + "了") == "没水" + chr(0xFFFD) + "了"
    True
    """
    return _UNSTORABLE.sub("\ufffd", said)
