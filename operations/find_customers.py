"""Find a customer by what a caller can say: phone, account, name or address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.network import Premises
from gis.locating.writing import normal
from operations.ground import Ground

#: A tail shorter than this would find half the town; a person reads no more answers than that.
#: Source: mainbreak default.
SHORTEST_TAIL, MOST = 4, 20

_NOT_DIGITS = re.compile(r"\D+")


def find_customers(ground: Ground, text: str) -> tuple[Premises, ...]:
    """Return the premises the text can mean: whole numbers before tails, names, then addresses."""
    wanted = normal(text)
    if not wanted:
        return ()
    found: dict[str, Premises] = {}
    for matches in (_by_whole, _by_tail, _by_name, _by_address):
        for one in matches(ground, text):
            found.setdefault(one.id, one)
            if len(found) == MOST:
                return tuple(found.values())
    return tuple(found.values())


def _by_whole(ground: Ground, text: str) -> Iterator[Premises]:
    account, phone = normal(text), _digits(text)
    for one in ground.network.premises:
        is_account = bool(one.account) and normal(one.account) == account
        if is_account or (len(phone) > SHORTEST_TAIL and _digits(one.phone) == phone):
            yield one


def _by_tail(ground: Ground, text: str) -> Iterator[Premises]:
    tail = normal(text)
    if len(tail) < SHORTEST_TAIL or not any(sign.isdigit() for sign in tail):
        return
    for one in ground.network.premises:
        if normal(one.account).endswith(tail) or _digits(one.phone).endswith(tail):
            yield one


def _by_name(ground: Ground, text: str) -> Iterator[Premises]:
    name = normal(text)
    return (one for one in ground.network.premises if one.name and normal(one.name) == name)


def _by_address(ground: Ground, text: str) -> Iterator[Premises]:
    for one in ground.gazetteer.locate(text):
        if one.premises is not None:
            yield ground.network.premises_by_id[one.premises]


def _digits(phone: str) -> str:
    """Return the digits of a phone number without China's country code."""
    digits = _NOT_DIGITS.sub("", phone)
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
