"""Somebody decides whose a fault is, and says why."""

from __future__ import annotations

from dataclasses import replace

from domain.errors import BadInput
from domain.incidents import Incident, Responsibility
from domain.masking import masked_text
from domain.states import IncidentState
from storage import UnitOfWork

#: Characters of a reason at the most; what is longer is cut. Source: mainbreak default, a
#: paragraph: evidence has its own place.
LONGEST_REASON = 500


def decide_responsibility(
    work: UnitOfWork, incident_id: str, whose: Responsibility | None, reason: str
) -> Incident:
    """Return the incident with whose it is and why; appends ``incident.responsibility``.

    It can be decided again at any time, also when the incident is over, and taken back with
    ``whose`` None, which takes a reason too; the events keep every decision. Numbers of persons in
    the reason are hidden, spaces and line ends become single spaces.

    Raises
    ------
    UnknownId
        If there is no such incident.
    BadInput
        If there is no reason, or the incident is merged into another.
    """
    incident = work.incidents.get(incident_id)
    why = _kept(reason)
    if not why:
        raise BadInput("reason: say in a few words why, for whoever asks later.")
    if incident.state is IncidentState.MERGED:
        raise BadInput(
            f"incident {incident_id} is merged into {incident.merged_into}. Decide there."
        )
    kept = why if whose is not None else ""
    decided = replace(incident, responsibility=whose, responsibility_reason=kept)
    if decided == incident:
        return incident
    work.incidents.save([decided])
    payload: dict[str, object] = {
        "before": incident.responsibility and incident.responsibility.value,
        "after": whose and whose.value,
        "reason": why,
    }
    work.events.append("incident.responsibility", incident_id, payload)
    return decided


def _kept(reason: str) -> str:
    """Return a reason as it is stored: one line, bounded, without numbers of persons."""
    line = "".join(sign for sign in " ".join(reason.split()) if sign.isprintable())
    return masked_text(line)[:LONGEST_REASON].strip()
