"""An isolation as people's programs read it."""

from __future__ import annotations

from typing import Any

from domain.isolation import Isolation


def isolation_document(isolation: Isolation, language: str) -> dict[str, Any]:
    """Return an isolation as ``isolate --json`` and plan.json show it."""
    return {
        "burst": list(isolation.burst),
        "close": list(isolation.close),
        "optional": list(isolation.optional),
        "segment_pipes": list(isolation.segment_pipes),
        "unintended_pipes": list(isolation.unintended_pipes),
        "premises": list(isolation.premises),
        "premises_count": isolation.premises_count,
        "critical_premises": list(isolation.critical_premises),
        "hydrants_out": list(isolation.hydrants_out),
        "resupply": list(isolation.resupply),
        "dry_before_pipes": list(isolation.dry_before_pipes),
        "only_combined_pipes": list(isolation.only_combined_pipes),
        "segment_length_m": isolation.segment_length_m,
        "segment_volume_l": isolation.segment_volume_l,
        "tank_fed": [
            {
                "tanks": list(one.tanks),
                "premises_count": one.premises_count,
                "hours": one.hours,
            }
            for one in isolation.tank_fed
        ],
        "warnings": [one.in_language(language) for one in isolation.warnings],
    }
