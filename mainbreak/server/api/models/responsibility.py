"""Whose a fault is: what somebody decided, and what the calls suggest."""

from __future__ import annotations

from collections.abc import Iterable

from domain.incidents import Incident, Responsibility
from domain.responsibility import suggest_of_calls
from mainbreak.server.api.models.base import Body, Said, Text, View


class ResponsibilityBody(Body):
    """A decision with its reason; ``responsibility`` null takes one back."""

    responsibility: Responsibility | None
    reason: Text


class SuggestionView(View):
    """Whose the fault seems to be by what callers said; nobody decided it."""

    responsibility: Responsibility
    reason: Said


class ResponsibilityView(View):
    """Whose an incident is and why, null while nobody decided; and what is suggested."""

    decided: Responsibility | None
    reason: str
    suggestion: SuggestionView | None

    @classmethod
    def of(cls, incident: Incident, texts: Iterable[str]) -> ResponsibilityView:
        """Return it from an incident and the words of its calls."""
        found = suggest_of_calls(incident.symptom, texts)
        return cls(
            decided=incident.responsibility,
            reason=incident.responsibility_reason,
            suggestion=found and SuggestionView(responsibility=found[0], reason=Said.of(found[1])),
        )
