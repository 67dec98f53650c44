"""Customers that an agent looks up."""

from __future__ import annotations

from domain.masking import masked_account, masked_name, masked_phone
from domain.network import Premises
from domain.words import PremisesKind
from mainbreak.server.api.models.base import DIGITS, Body, Text, View

#: Whose names are people's; shops, schools and hospitals are called by theirs in public.
_PRIVATE = frozenset({PremisesKind.HOME, PremisesKind.OTHER})


class FindBody(Body):
    """A phone, an account, a name or an address; in the body, for it is personal data."""

    text: Text


class CustomerView(View):
    """A premises and who lives there, as far as an agent needs it."""

    premises: str
    name: str
    account: str
    phone: str
    address: str
    lon: float
    lat: float
    kind: PremisesKind
    critical: bool

    @classmethod
    def of(cls, one: Premises) -> CustomerView:
        """Return a premises, its people masked."""
        return cls(
            premises=one.id,
            name=masked_name(one.name) if one.kind in _PRIVATE else one.name,
            account=masked_account(one.account),
            phone=masked_phone(one.phone),
            address=one.address,
            lon=round(one.location.lon, DIGITS),
            lat=round(one.location.lat, DIGITS),
            kind=one.kind,
            critical=one.critical,
        )


class Customers(View):
    """Who the text can mean, best first."""

    items: list[CustomerView]
