"""What a person reads after an import: what was found, stored, lost and put aside."""

from __future__ import annotations

from pathlib import Path

from mainbreak.console import say
from operations.import_network import NetworkImport
from operations.import_people import Intake

#: Rejected rows shown; the first ones tell what is wrong with the file.
MOST_SHOWN = 10


def report_network(file: Path, found: NetworkImport) -> None:
    """Say what a network file held and what became of the premises."""
    network, middle = found.network, found.middle
    kilometres = sum(link.length_m for link in network.links) / 1000
    say(
        f"{file.name}: {len(network.nodes)} nodes, {len(network.links)} links "
        f"({kilometres:.1f} km), {len(network.isolation_valves)} isolation valves found, "
        f"{len(network.hydrants)} hydrants, {len(network.premises)} premises; "
        f"the middle lies at {middle.lon:.5f},{middle.lat:.5f}."
    )
    if found.kept_premises:
        say(f"{found.kept_premises} premises stored before were kept and connected again.")
    if found.lost_premises:
        say(f"Warning: {found.lost_premises} premises stored before are gone; import theirs again.")
    if found.unconnected_premises:
        say(f"Warning: {found.unconnected_premises} premises have no pipe near; see check.")


def report_rows(what: str, intake: Intake) -> None:
    """Say how many rows of a CSV file were stored, and why the first others were not."""
    say(
        f"{intake.stored} {what} stored in place of {intake.replaced}, "
        f"{len(intake.rejected)} rows rejected."
    )
    for one in intake.rejected[:MOST_SHOWN]:
        say(f"  {one.file}, row {one.row}, field {one.field}: {one.reason}. {one.detail}")
    if len(intake.rejected) > MOST_SHOWN:
        say(f"  and {len(intake.rejected) - MOST_SHOWN} more.")
