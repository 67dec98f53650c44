"""The weights of the plan as settings; what each means stands in docs/settings.md."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from domain.words import Priority

#: A larger price or time says no more, and sums stay exact. Source: mainbreak default.
MOST = 1e9

#: How to set one weight.
EXAMPLE = "such as MAINBREAK_WEIGHTS__TRAVEL=1"


def _number(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number <= MOST:
        raise ValueError(f"{value!r} is not a number from 0 to {MOST:.0f}; give one, such as 1.5")
    return number


def _numbers(value: Any) -> tuple[float, ...]:
    parts = value.strip(" []").split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or len(parts) != len(Priority):
        raise ValueError(
            f"{value!r} is not {len(Priority)} numbers; give those of P1 to P4, such as 5,1,0.3,0.1"
        )
    return tuple(_number(part) for part in parts)


#: Seconds of travel, or seconds; None where the default of dispatch counts.
One = Annotated[float, BeforeValidator(_number)] | None

#: The same for P1 to P4.
Four = Annotated[tuple[float, float, float, float], BeforeValidator(_numbers)] | None


class WeightSettings(BaseModel):
    """Those weights that an installation sets; the names are those of ``dispatch.Weights``.

    An empty value sets nothing: compose files hand on variables that nobody set as empty ones.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    travel: One = None
    customer: One = None
    burst: One = None
    leak: One = None
    lateness: Four = None
    miss: Four = None
    waiting: Four = None
    slack: Four = None
    slack_s: Four = None
    overtime: One = None
    break_late: One = None
    territory: One = None
    reserve: One = None
    interrupt: One = None
    divert: One = None
    churn: One = None
    unassigned: Four = None

    @model_validator(mode="before")
    @classmethod
    def _known_names(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            raise ValueError(f"{values!r} names no weight; set each by itself, {EXAMPLE}")
        unknown = sorted(values.keys() - cls.model_fields.keys())
        if unknown:
            known = ", ".join(cls.model_fields)
            raise ValueError(f"{unknown[0]!r} is no weight; the weights are {known}")
        return {name: value for name, value in values.items() if value != ""}
