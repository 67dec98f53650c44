"""Which layer is what and which field holds what: by the mapping file, else by usual names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from domain.errors import BadFile
from domain.places import Datum
from gis.reading.apart import Layer
from gis.reading.roles import AREA, LINE, POINT, ROLES, FieldRule, Measure, normal
from gis.reading.text_file import read_text

#: Metres in a unit. Source: the international foot and inch of 1959.
LENGTHS = {"m": 1.0, "km": 1000.0, "cm": 0.01, "mm": 0.001, "ft": 0.3048, "in": 0.0254}

#: Metres of water in a unit of pressure. Source: water of 1000 kg/m3 under 9.80665 m/s2, the
#: standard acceleration of gravity; a pound-force a square inch is 6894.757 Pa (NIST SP 811).
PRESSURES = {
    "m": 1.0,
    "mpa": 1e6 / 9806.65,
    "kpa": 1e3 / 9806.65,
    "bar": 1e5 / 9806.65,
    "psi": 6894.757 / 9806.65,
    "ft": 0.3048,
}

#: What each name of a shape begins with, as GDAL writes it, and shapely's number for it.
_SHAPES = {"Point": POINT, "MultiPoint": POINT, "LineString": LINE, "MultiLineString": LINE}
_SHAPES |= {"Polygon": AREA, "MultiPolygon": AREA}

#: What a utility may know its premises by, so that one field says both.
_ALSO_IDS = frozenset({"account", "meter"})

#: A unit at the end of a field's name: diameter_mm, 管径(mm), 管径mm, 压力(MPa).
_UNIT = re.compile(
    r"(?:[_(（]|(?<=[\u4e00-\u9fff]))(km|cm|mm|ft|in|mpa|kpa|bar|psi|m)[)）]?$", re.IGNORECASE
)

_WORDS_OF_ROLE = frozenset({"layer", "datum", "split"})


@dataclass(frozen=True)
class FieldPlan:
    """Which field of the file holds a value, in which unit (None: judge it), by which codes."""

    name: str
    measure: Measure
    unit: str | None = None
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RolePlan:
    """One layer in its role."""

    role: str
    layer: Layer
    fields: Mapping[str, FieldPlan]
    datum: Datum | None = None
    split: bool = False


@dataclass(frozen=True)
class MappingFile:
    """A mapping file's content; without a file it is empty and every name is a usual one."""

    file: Path | None
    content: Mapping[str, Any]

    @property
    def crs(self) -> str | None:
        """The CRS the mapping names, if it does."""
        crs = self.content.get("crs")
        if crs is not None and not isinstance(crs, str):
            self.fault("crs", "is no text", 'write it as crs = "EPSG:4547"')
        return crs

    def fault(self, key: str, problem: str, remedy: str) -> NoReturn:
        """Raise BadFile at one key of the mapping."""
        raise BadFile(self.file, problem, remedy, field=key)

    def role(self, role: str) -> Mapping[str, Any]:
        """Return what the mapping says about one role."""
        table = self.content.get(role, {})
        if not isinstance(table, dict):
            self.fault(role, "is no table", f"write it as [{role}]")
        for key in table:
            if key not in ROLES[role].fields and key not in _WORDS_OF_ROLE:
                self.fault(f"{role}.{key}", "is unknown", _one_of(*ROLES[role].fields, "layer"))
        return table


def read_mapping(file: Path | None) -> MappingFile:
    """Return the content of a mapping file, checked for keys nobody knows.

    Raises
    ------
    BadFile
        If it is no TOML, or has a key that is neither ``crs`` nor a role.
    """
    if file is None:
        return MappingFile(None, {})
    try:
        content = tomllib.loads(read_text(file, "a mapping in TOML"))
    except tomllib.TOMLDecodeError as fault:
        raise BadFile(
            file, f"is no TOML ({fault})", "mend that line; see docs/formats.md"
        ) from None
    found = MappingFile(file, content)
    for key in content:
        if key != "crs" and key not in ROLES:
            found.fault(key, "is unknown", _one_of("crs", *ROLES))
    return found


def plans(name: Path, layers: Sequence[Layer], mapping: MappingFile) -> list[RolePlan]:
    """Return the role of each layer that has one, pipes among them.

    Raises
    ------
    BadFile
        Naming the mapping's key where it names a layer or field that is not there; naming the
        file where no layer is one of pipes.
    """
    found = [
        _plan(role, layer, mapping.role(role), mapping)
        for role in ROLES
        for layer in _layers_of(role, mapping.role(role), layers, mapping)
    ]
    if not any(plan.role == "pipes" for plan in found):
        there = ", ".join(layer.name for layer in layers) or "none"
        raise BadFile(
            name,
            f"has no layer of pipes; its layers: {there}",
            "name it in --mapping as pipes.layer",
        )
    return found


def _layers_of(
    role: str, table: Mapping[str, Any], layers: Sequence[Layer], mapping: MappingFile
) -> list[Layer]:
    """Return the layers the mapping gives a role, else those with a usual name for it."""
    wanted = table.get("layer")
    if wanted is False:
        return []
    if wanted is not None:
        names = [wanted] if isinstance(wanted, str) else wanted
        by_name = {layer.name: layer for layer in layers}
        for one in names if isinstance(names, list) else [names]:
            if not isinstance(one, str) or one not in by_name:
                there = _one_of(*by_name)
                mapping.fault(f"{role}.layer", f"names a layer that is not there: {one}", there)
        return [by_name[one] for one in names]
    taken = {one for other in ROLES for one in _named(mapping.role(other).get("layer"))}
    usual = {normal(one) for one in ROLES[role].layers}
    fits = [one for one in layers if one.name not in taken and _shape_fits(role, one)]
    named = [one for one in fits if normal(one.name) in usual]
    lines = [one for one in fits if _SHAPES.get(one.shape.split(" ")[0]) == LINE]
    if role == "pipes" and not named and (len(lines) == 1 or len(layers) == 1):
        return lines or fits
    return named


def _named(layer: object) -> list[str]:
    return [layer] if isinstance(layer, str) else layer if isinstance(layer, list) else []


def _shape_fits(role: str, layer: Layer) -> bool:
    """Return True unless the layer's shapes are known to be of another kind than the role's."""
    shape = _SHAPES.get(layer.shape.split(" ")[0])
    return shape is None or shape in ROLES[role].shapes


def _plan(role: str, layer: Layer, table: Mapping[str, Any], mapping: MappingFile) -> RolePlan:
    by_normal: dict[str, str] = {}
    for one in layer.fields:
        by_normal.setdefault(normal(one), one)
    for one in layer.fields:
        by_normal.setdefault(normal(_UNIT.sub("", one)), one)
    fields, used = {}, set()
    for target, rule in ROLES[role].fields.items():
        given = table.get(target)
        if given is False:
            continue
        key = f"{role}.{target}"
        if given is not None:
            fields[target] = _given(key, given, rule, layer, mapping)
        else:
            usual = [by_normal[normal(one)] for one in rule.names if normal(one) in by_normal]
            usual = [one for one in usual if one not in used or target in _ALSO_IDS]
            if not usual:
                continue
            fields[target] = FieldPlan(
                usual[0], rule.measure, _unit_in(usual[0], rule.measure), _codes(rule)
            )
        used.add(fields[target].name)
    split = table.get("split", False)
    if not isinstance(split, bool):
        mapping.fault(f"{role}.split", "is neither true nor false", "write it without quotes")
    return RolePlan(role, layer, fields, _datum(role, table, mapping), split)


def _given(
    key: str, given: object, rule: FieldRule, layer: Layer, mapping: MappingFile
) -> FieldPlan:
    """Return what the mapping says about one field."""
    table = {"field": given} if isinstance(given, str) else given
    if not isinstance(table, dict) or not isinstance(table.get("field"), str):
        mapping.fault(key, "names no field", f'write it as {key} = "FIELD" or {{field = "FIELD"}}')
    name = table["field"]
    if name not in layer.fields:
        there = _one_of(*layer.fields)
        mapping.fault(key, f"names a field that layer {layer.name} has not: {name}", there)
    unit, units = table.get("unit"), units_of(rule.measure)
    if unit is not None and (not isinstance(unit, str) or unit.casefold() not in units):
        mapping.fault(f"{key}.unit", f"is an unknown unit: {unit}", _one_of(*units))
    unit = unit and unit.casefold()
    codes = dict(_codes(rule))
    for word, also in table.items():
        if word in {"field", "unit"}:
            continue
        known = [one for one, _ in rule.codes]
        if rule.measure is Measure.CODE and word not in known:
            mapping.fault(f"{key}.{word}", "is an unknown word", _one_of(*known))
        if rule.measure not in {Measure.CODE, Measure.TEXT} or not isinstance(also, list):
            mapping.fault(f"{key}.{word}", "is no list of codes", 'write it as ["1", "开"]')
        codes |= {normal(str(one)): word for one in also}
    return FieldPlan(name, rule.measure, unit or _unit_in(name, rule.measure), codes)


def _codes(rule: FieldRule) -> dict[str, str]:
    """Return the word each usual code stands for."""
    return {normal(one): word for word, also in rule.codes for one in (word, *also)}


def units_of(measure: Measure) -> Mapping[str, float]:
    """Return metres, of pressures metres of water, in each unit a field may have."""
    return PRESSURES if measure is Measure.PRESSURE else LENGTHS


def _unit_in(name: str, measure: Measure) -> str | None:
    """Return the unit a field's name ends with: ``diameter_mm``, ``管径(mm)``; a head is metres."""
    found = _UNIT.search(name)
    if found:
        unit = found[1].casefold()
        return unit if unit in units_of(measure) else None
    head = measure is Measure.PRESSURE and ("水头" in name or "head" in name.casefold())
    return "m" if head else None


def _datum(role: str, table: Mapping[str, Any], mapping: MappingFile) -> Datum | None:
    given = table.get("datum")
    if given is None:
        return None
    known = [one.value for one in Datum]
    if given not in known:
        mapping.fault(f"{role}.datum", f"is an unknown datum: {given}", _one_of(*known))
    return Datum(given)


def _one_of(*words: str) -> str:
    return f"use one of {', '.join(words) or 'none'}"
