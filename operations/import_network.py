"""Bring a pipe network in, whole or not at all: what came, what changed, what went.

Long work reads first and then writes in a turn of its own: ``plan_import`` compares the file with
what is stored, ``store_import`` writes the differences. ``import_network`` does both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gis
from domain.errors import BadFile
from domain.network import PipeNetwork, Premises
from domain.network_delta import NetworkDelta, network_delta
from domain.places import LonLat
from domain.sentences import Sentence
from operations.field_reports import FieldWins, field_wins
from operations.ground import GroundKeeper
from operations.incidents.keep_in_place import InPlace, keep_in_place
from operations.wrong_file import doubt_about, middle_of
from storage import UnitOfWork

_NOTHING = PipeNetwork((), ())

#: Network files seldom say who lives where, and an export of ours never does.
_PEOPLE = ("account", "name", "phone", "address", "meter")


@dataclass(frozen=True)
class NetworkImport:
    """What an import does, or did: see ``in_place``.

    Attributes
    ----------
    filed
        The file's network, with the stored premises if it has none of its own.
    stored
        The network as it was before; None if there was none.
    wins
        The file's network with the isolation valves as the field has them: what is stored.
    delta
        What differs from the stored network.
    doubt
        Why this is most likely the wrong file; None if nothing speaks against it.
    keeps_premises
        True if the file has no premises and the stored ones are connected again.
    version
        Network and isolation valves as they were numbered when this was worked out.
    in_place
        What became of the open incidents; None before it was stored.
    """

    file: Path
    notes: tuple[Sentence, ...]
    filed: PipeNetwork
    stored: PipeNetwork | None
    wins: FieldWins
    delta: NetworkDelta
    doubt: str | None
    keeps_premises: bool
    version: tuple[int, int]
    in_place: InPlace | None = None
    lost_callers: tuple[str, ...] = ()

    @property
    def network(self) -> PipeNetwork:
        """The network as it is stored."""
        return self.wins.network

    @property
    def kept_premises(self) -> int:
        """How many premises were stored before and kept."""
        return len(self.network.premises) if self.keeps_premises else 0

    @property
    def unconnected_premises(self) -> int:
        """How many premises have no pipe or node within reach."""
        return sum(not (one.link or one.node) for one in self.network.premises)

    @property
    def middle(self) -> LonLat | None:
        """The middle of the network's nodes, so that a wrong CRS is seen at once."""
        return middle_of(self.network)

    @property
    def changes_nothing(self) -> bool:
        """True if the file says what is stored, and what the last file said."""
        known = self.stored is not None and self.stored.name == self.network.name
        return known and self.delta.is_empty and not self.wins.is_news


def plan_import(work: UnitOfWork, file: Path, **reading: Any) -> NetworkImport:
    """Return what an import of the file would do; nothing is stored.

    Parameters
    ----------
    reading
        As of ``gis.read_network``.

    Raises
    ------
    BadFile
        If the file is not what it claims.
    """
    read = gis.read_network(file, **reading)
    stored = work.network.load() if work.network.exists() else None
    filed, keeps = read.network, not read.network.premises
    if keeps and stored is not None and stored.premises:
        filed = gis.connect_premises(filed, stored.premises)
    elif stored is not None:
        filed = filed.with_premises(_as_known(one, stored) for one in filed.premises)
    return _planned(work, file, read.notes, filed, stored, keeps)


def _as_known(one: Premises, stored: PipeNetwork) -> Premises:
    """Return the premises with what is known of its people where the file leaves it empty."""
    known = stored.premises_by_id.get(one.id)
    if known is None:
        return one
    told = {name: getattr(one, name) or getattr(known, name) for name in _PEOPLE}
    return replace(one, **told)


def _planned(
    work: UnitOfWork,
    file: Path,
    notes: tuple[Sentence, ...],
    filed: PipeNetwork,
    stored: PipeNetwork | None,
    keeps_premises: bool,
) -> NetworkImport:
    before = stored or _NOTHING
    wins = field_wins(work, before, filed)
    delta = network_delta(before, wins.network)
    return NetworkImport(
        file=file,
        notes=notes,
        filed=filed,
        stored=stored,
        wins=wins,
        delta=delta,
        doubt=doubt_about(work, before, wins.network, delta),
        keeps_premises=keeps_premises,
        version=(work.network.version(), work.network.valves_version()),
        lost_callers=_lost_callers(work, delta),
    )


def _lost_callers(work: UnitOfWork, delta: NetworkDelta) -> tuple[str, ...]:
    """Return the open tickets whose premises goes."""
    went = {one.id for one in delta.premises.went}
    if not went:
        return ()
    return tuple(one.id for one in work.tickets.open_located() if one.place.premises in went)


def store_import(work: UnitOfWork, plan: NetworkImport, *, force: bool = False) -> NetworkImport:
    """Store what differs and commit; return the import as it was done.

    Raises
    ------
    BadFile
        If the file is doubted and ``force`` is not given, or another network was stored since
        the import was planned.
    """
    plan = _as_it_stands(work, plan)
    if plan.doubt and not force:
        raise BadFile(plan.file, plan.doubt, "if it is the right file, import it with --force")
    if plan.changes_nothing:
        return replace(plan, in_place=InPlace())
    if plan.stored is None:
        work.network.save(plan.network)
    else:
        work.network.change(plan.delta, plan.network, plan.wins.kept)
    in_place = InPlace()
    if work.incidents.active():
        in_place = keep_in_place(work, GroundKeeper().of(work))
    work.commit()
    return replace(plan, in_place=in_place)


def _as_it_stands(work: UnitOfWork, plan: NetworkImport) -> NetworkImport:
    """Return the plan with what crews turned since it was made."""
    network, valves = plan.version
    if work.network.version() != network:
        raise BadFile(
            plan.file, "another network or other premises were stored meanwhile", "import again"
        )
    if work.network.valves_version() == valves or plan.stored is None:
        return plan
    stored = plan.stored.with_isolation_valves(work.network.isolation_valves_changed_since(valves))
    return _planned(work, plan.file, plan.notes, plan.filed, stored, plan.keeps_premises)


def import_network(
    work: UnitOfWork, file: Path, *, force: bool = False, **reading: Any
) -> NetworkImport:
    """Make the stored network the file's, in one transaction; nothing is written twice.

    Premises in the file win over stored ones; a file without premises keeps the stored ones.
    """
    return store_import(work, plan_import(work, file, **reading), force=force)
