"""Personal data as it may be shown: enough to recognise somebody, not enough to find them."""

from __future__ import annotations

import re

_NOT_DIGITS = re.compile(r"\D+")

#: What a text shows instead of a number that is nobody else's business.
HIDDEN = "***"

#: Phones, accounts and numbers of identity cards: seven digits or more, however they are grouped.
_LONG_NUMBER = re.compile(r"\+?\d(?:[\s\-.·–—_/()（）]{0,3}\d){6,}")

#: A place in degrees is no number of a person.
_DEGREES = re.compile(r"(?<!\d)-?\d{1,3}\.\d{2,}\s*[,，]\s*-?\d{1,2}\.\d{2,}(?!\d)")

#: Digits of an account that stay readable. Source: usage on bills and in hotline screens.
_TAIL = 4


def masked_phone(phone: str) -> str:
    """Return a phone number without its middle; all hidden if it is too short to hide a part.

    >>> masked_phone("+86 138 0013 5521"), masked_phone("02787654321"), masked_phone("110")
    ('138****5521', '027****4321', '***')
    """
    digits = _NOT_DIGITS.sub("", phone)
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) < 10:
        return "*" * len(digits)
    return f"{digits[:3]}****{digits[-4:]}"


def masked_name(name: str) -> str:
    """Return a name with its first sign and, from three signs on, its last; word by word.

    >>> masked_name("李小明"), masked_name("李明"), masked_name("Mary Ann"), masked_name("李")
    ('李*明', '李*', 'M*y A*n', '*')
    """
    return " ".join(_masked_word(word) for word in name.split())


def _masked_word(word: str) -> str:
    if len(word) < 2:
        return "*"
    return word[0] + "*" + (word[-1] if len(word) > 2 else "")


def masked_account(account: str) -> str:
    """Return the tail of an account number; all hidden if there would be no more than the tail.

    >>> masked_account("0032-1187"), masked_account("A-61"), masked_account("")
    ('****1187', '****', '')
    """
    if not account:
        return ""
    return "****" + (account[-_TAIL:] if len(account) > _TAIL + 1 else "")


def masked_text(text: str) -> str:
    """Return what somebody said without its long numbers.

    >>> masked_text("打 138.0013 5521，或 (027) 8765-4321；DN300 爆了，12 号楼 3 单元")
    '打 ***，或 (***；DN300 爆了，12 号楼 3 单元'
    >>> masked_text("113.94661,30.29508 附近，电话13800135521")
    '113.94661,30.29508 附近，电话***'
    """
    kept = _DEGREES.findall(text)
    parts = [_LONG_NUMBER.sub(HIDDEN, part) for part in _DEGREES.split(text)]
    return "".join(part + place for part, place in zip(parts, [*kept, ""], strict=True))
