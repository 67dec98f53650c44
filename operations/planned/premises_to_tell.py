"""Whom to tell of a planned shut-off: exactly those it dries, the critical ones first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import gateways
from domain.masking import masked_account, masked_name, masked_phone
from domain.network import PipeNetwork, Premises
from domain.planned import Assessment
from domain.words import PremisesKind

#: The columns of the list as a file.
COLUMNS = ("premises", "critical", "kind", "road", "address", "name", "account", "phone")


@dataclass(frozen=True, slots=True)
class ToTell:
    """One premises on the list; ``road`` is the one its pipe lies under, empty if unknown.

    ``only_combined`` is True for one that only another shut-off of the same time dries as well.
    """

    premises: Premises
    road: str
    critical: bool
    only_combined: bool

    @property
    def key(self) -> tuple[bool, str, str]:
        """What the list is sorted by: critical first, then by road and id."""
        return not self.critical, self.road, self.premises.id

    def cells(self) -> tuple[str, ...]:
        """Return the row of the list, as ``COLUMNS`` names it."""
        one = self.premises
        marked = "yes" if self.critical else ""
        told = (one.kind.value, self.road, one.address, one.name, one.account, one.phone)
        return (one.id, marked, *told)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many premises, how many of them critical, and where and what they are."""

    premises: int
    critical: int
    by_road: tuple[tuple[str, int], ...]
    by_kind: tuple[tuple[PremisesKind, int], ...]


def premises_to_tell(network: PipeNetwork, found: Assessment) -> tuple[ToTell, ...]:
    """Return the list; a premises that the network does not hold any more is left out."""
    known, critical = network.premises_by_id, set(found.critical_premises)
    more = set(found.only_combined_premises)
    rows = [
        ToTell(known[name], _road(network, known[name]), name in critical, name in more)
        for name in found.premises
        if name in known
    ]
    return tuple(sorted(rows, key=lambda one: one.key))


def totals_of(rows: Sequence[ToTell]) -> Totals:
    """Return the totals of a list, the roads and kinds with most premises first."""
    return Totals(
        premises=len(rows),
        critical=sum(one.critical for one in rows),
        by_road=_counted(one.road for one in rows),
        by_kind=tuple(
            (PremisesKind(name), n) for name, n in _counted(one.premises.kind for one in rows)
        ),
    )


def masked(one: ToTell) -> ToTell:
    """Return the row as a list may show it: no whole phone, account or householder's name."""
    plain = one.premises
    at_home = plain.kind is PremisesKind.HOME
    hidden = replace(
        plain,
        name=masked_name(plain.name) if at_home else plain.name,
        account=masked_account(plain.account),
        phone=masked_phone(plain.phone),
    )
    return replace(one, premises=hidden)


def sheet_of(rows: Iterable[ToTell]) -> bytes:
    """Return the list as CSV for a spreadsheet."""
    return gateways.sheet(COLUMNS, [one.cells() for one in rows])


def write_list(path: Path, rows: Iterable[ToTell]) -> None:
    """Write the list as CSV for a spreadsheet, whole or not at all.

    Raises
    ------
    BadFile
        If the file cannot be written.
    """
    gateways.write_sheet(path, COLUMNS, [one.cells() for one in rows])


def _road(network: PipeNetwork, one: Premises) -> str:
    link = network.link_by_id.get(one.link or "")
    return link.road if link else ""


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counted = Counter(names)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
