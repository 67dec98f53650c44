"""Which work a symptom calls for: kinds of work order, skills, people, minutes, urgency."""

from __future__ import annotations

from dataclasses import dataclass

from domain.words import Priority, Skill, Symptom, WorkOrderKind


@dataclass(frozen=True, slots=True)
class WorkRule:
    """What one work order needs. ``duration_s`` is seconds on site; a preset, not a promise."""

    kind: WorkOrderKind
    skills: frozenset[Skill]
    crew_size: int
    duration_s: int


def _rule(kind: WorkOrderKind, skill: Skill, crew_size: int, minutes: int) -> WorkRule:
    return WorkRule(kind, frozenset({skill}), crew_size, minutes * 60)


#: Source: mainbreak defaults, to be replaced by a utility's own figures.
RULES: dict[Symptom, WorkRule] = {
    Symptom.NO_WATER: _rule(WorkOrderKind.INSPECT, Skill.PIPE, 1, 30),
    Symptom.LOW_PRESSURE: _rule(WorkOrderKind.INSPECT, Skill.PIPE, 1, 30),
    Symptom.LEAK_ON_ROAD: _rule(WorkOrderKind.REPAIR, Skill.PIPE, 2, 90),
    Symptom.LEAK_AT_METER: _rule(WorkOrderKind.METER, Skill.METER, 1, 40),
    Symptom.WATER_QUALITY: _rule(WorkOrderKind.FLUSH, Skill.WATER_QUALITY, 1, 45),
    Symptom.HYDRANT_DAMAGED: _rule(WorkOrderKind.DEFECT, Skill.VALVE, 2, 60),
    Symptom.MANHOLE: _rule(WorkOrderKind.DEFECT, Skill.CIVIL, 2, 40),
    Symptom.OTHER: _rule(WorkOrderKind.INSPECT, Skill.PIPE, 1, 30),
}

#: A burst is isolated and then repaired; see ``burst_rules``.
BURSTS = frozenset({Symptom.BURST, Symptom.CONSTRUCTION_DAMAGE})

#: Symptoms that one burst explains; only these are grouped into one incident.
BURST_FAMILY = BURSTS | {Symptom.NO_WATER, Symptom.LOW_PRESSURE, Symptom.LEAK_ON_ROAD}

DEFAULT_PRIORITY: dict[Symptom, Priority] = {
    Symptom.BURST: Priority.P1,
    Symptom.CONSTRUCTION_DAMAGE: Priority.P1,
    Symptom.NO_WATER: Priority.P2,
    Symptom.LEAK_ON_ROAD: Priority.P3,
    Symptom.LOW_PRESSURE: Priority.P3,
    Symptom.LEAK_AT_METER: Priority.P3,
    Symptom.WATER_QUALITY: Priority.P3,
    Symptom.HYDRANT_DAMAGED: Priority.P3,
    Symptom.MANHOLE: Priority.P2,
    Symptom.OTHER: Priority.P4,
}

#: From DN400 on a repair takes the heavy gear and four people.
#: Source: mainbreak default; DN400 is where ui and pipe classes put a transmission main.
LARGE_MAIN_M = 0.4

#: From DN200 on a pipe is a distribution main. Source: mainbreak default.
MEDIUM_MAIN_M = 0.2

#: From DN600 on two crews mend a burst at once. Source: mainbreak default.
TWO_CREWS_M = 0.6

#: Work that a crew may leave half done for an emergency: nobody is drier or in more danger for it.
#: Source: mainbreak default.
_MAY_WAIT = frozenset(
    {
        WorkOrderKind.INSPECT,
        WorkOrderKind.METER,
        WorkOrderKind.FLUSH,
        WorkOrderKind.DEFECT,
        WorkOrderKind.INSTALL,
        WorkOrderKind.REINSTATE,
    }
)


def is_interruptible(kind: WorkOrderKind, symptom: Symptom, priority: Priority) -> bool:
    """Return True if work may be left half done; of repairs only those of small leaks (P3, P4)."""
    if kind is WorkOrderKind.REPAIR:
        return symptom not in BURSTS and priority >= Priority.P3
    return kind in _MAY_WAIT


def burst_rules(diameter_m: float, valves_to_close: int) -> tuple[WorkRule, ...]:
    """Return what isolating and then repairing a burst needs: two rules.

    A third one for mains that two crews mend at once: what the second crew needs.

    Parameters
    ----------
    diameter_m
        Of the burst pipe, metres.
    valves_to_close
        How many isolation valves must be shut; each takes ten minutes.
    """
    large = diameter_m >= LARGE_MAIN_M
    isolate_minutes = 10 + 10 * max(1, valves_to_close)
    repair_minutes = 300 if large else 180 if diameter_m >= MEDIUM_MAIN_M else 120
    repair_skills = {Skill.PIPE, Skill.LARGE_MAIN} if large else {Skill.PIPE}
    isolate = _rule(WorkOrderKind.ISOLATE, Skill.VALVE, 1, isolate_minutes)
    people = 4 if large else 3
    repair = WorkRule(WorkOrderKind.REPAIR, frozenset(repair_skills), people, repair_minutes * 60)
    if diameter_m < TWO_CREWS_M:
        return isolate, repair
    return isolate, repair, _rule(WorkOrderKind.REPAIR, Skill.PIPE, 2, repair_minutes)
