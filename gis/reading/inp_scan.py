"""Look an EPANET INP over before wntr does, so that a fault has a row and a field.

wntr reports a missing node or a bad number by whatever exception happens to come up; a person
who must mend the file needs the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from domain.errors import BadFile
from domain.sentences import Sentence
from gis.reading.text_file import read_any_text

NODE_SECTIONS = ("JUNCTIONS", "RESERVOIRS", "TANKS")

#: Columns of the link sections, as the EPANET 2.2 manual names them.
LINK_COLUMNS = {
    "PIPES": ("ID", "Node1", "Node2", "Length", "Diameter", "Roughness"),
    "PUMPS": ("ID", "Node1", "Node2"),
    "VALVES": ("ID", "Node1", "Node2", "Diameter", "Type"),
}
NUMBERS = frozenset({"Length", "Diameter", "Roughness", "X-Coord", "Y-Coord"})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section: its row in the file, from 1, and its fields."""

    number: int
    fields: tuple[str, ...]


Sections = dict[str, list[Row]]

#: What a file without units means, as EPANET reads it. Source: EPANET 2.2 manual, [OPTIONS].
UNITS_LINE = "[OPTIONS]\nUNITS GPM\n"

NO_UNITS = Sentence(
    zh="文件没有写明单位（UNITS），按 EPANET 的默认值 GPM（英尺、英寸）读取。",
    en="The file names no UNITS; it was read in EPANET's default GPM (feet, inches).",
)


@dataclass(frozen=True)
class InpText:
    """A file that passed: text, sections, whether it names its units, placed nodes, and notes."""

    text: str
    sections: Sections
    units: bool
    placed: frozenset[str]
    notes: tuple[Sentence, ...]


def scan(file: Path) -> InpText:
    """Return the text of a file that can be what it claims: a whole EPANET network.

    Raises
    ------
    BadFile
        With the row and the field, wherever there is one.
    """
    text, note = read_any_text(file, "an EPANET INP")
    _check_end(file, text)
    sections = _sections(file, text)
    _check_whole(file, sections)
    nodes = _node_ids(file, sections)
    _check_links(file, sections, nodes)
    placed = _placed(file, sections)
    if nodes - placed:
        _check_not_cut_off(file, text, nodes - placed)
    units = any(row.fields[0].upper() == "UNITS" for row in sections.get("OPTIONS", []))
    notes = tuple(one for one in (note, None if units else NO_UNITS) if one)
    return InpText(text, sections, units, frozenset(placed & nodes), notes)


def _check_end(file: Path, text: str) -> None:
    if "[END]" not in text.upper() and not text.endswith("\n"):
        raise BadFile(
            file,
            "stops in the middle of a line without [END]: it is cut off",
            "copy the whole file again",
            row=text.count("\n") + 1,
        )


def _sections(file: Path, text: str) -> Sections:
    """Return the rows of each section by its name without brackets, upper case."""
    found: Sections = {}
    rows: list[Row] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        content = line.split(";", 1)[0].strip()
        if content.startswith("["):
            rows = found.setdefault(content.strip("[] \t").upper(), [])
        elif content and rows is not None:
            rows.append(Row(number, tuple(content.split())))
        elif content:
            raise BadFile(
                file, "is not an EPANET INP: text before any [SECTION]", "give an INP", row=number
            )
    return found


def _check_whole(file: Path, sections: Sections) -> None:
    for names in (NODE_SECTIONS, tuple(LINK_COLUMNS)):
        if not any(sections.get(name) for name in names):
            said = ", ".join(f"[{name}]" for name in names)
            raise BadFile(file, f"has no rows in {said}", "give a whole EPANET INP")


def _node_ids(file: Path, sections: Sections) -> set[str]:
    ids: set[str] = set()
    for name in NODE_SECTIONS:
        for row in sections.get(name, []):
            if row.fields[0] in ids:
                _fault(file, name, row, "ID", f"the node {row.fields[0]} occurs twice")
            ids.add(row.fields[0])
    return ids


def _check_links(file: Path, sections: Sections, nodes: set[str]) -> None:
    ids: set[str] = set()
    for section, columns in LINK_COLUMNS.items():
        for row in sections.get(section, []):
            _check_columns(file, section, row, columns)
            if row.fields[0] in ids:
                _fault(file, section, row, "ID", f"the link {row.fields[0]} occurs twice")
            ids.add(row.fields[0])
            for column, node in zip(("Node1", "Node2"), row.fields[1:3], strict=True):
                if node not in nodes:
                    _fault(file, section, row, column, f"names a node that does not exist: {node}")


def _placed(file: Path, sections: Sections) -> set[str]:
    """Return the ids that have coordinates."""
    for name in ("COORDINATES", "VERTICES"):
        for row in sections.get(name, []):
            _check_columns(file, name, row, ("ID", "X-Coord", "Y-Coord"))
    return {row.fields[0] for row in sections.get("COORDINATES", [])}


def _check_not_cut_off(file: Path, text: str, unplaced: set[str]) -> None:
    """Pass a file that ends with [END]: it leaves out places on purpose."""
    if "[END]" not in text.upper():
        raise BadFile(
            file,
            f"has no coordinates for {len(unplaced)} nodes, the first is {min(unplaced)}, "
            "and no [END]: it may be cut off",
            "copy the whole file again, or add a last line [END] if it is whole",
            field="Node",
        )


def _check_columns(file: Path, section: str, row: Row, columns: tuple[str, ...]) -> None:
    if len(row.fields) < len(columns):
        missing = columns[len(row.fields)]
        _fault(file, section, row, missing, "the row ends before this field")
    for column, text in _numbers(columns, row):
        try:
            float(text)
        except ValueError:
            _fault(file, section, row, column, f"is not a number: {text}")


def _numbers(columns: tuple[str, ...], row: Row) -> Iterator[tuple[str, str]]:
    pairs = zip(columns, row.fields, strict=False)
    return ((column, text) for column, text in pairs if column in NUMBERS)


def _fault(file: Path, section: str, row: Row, column: str, problem: str) -> NoReturn:
    remedy = f"correct this row of section [{section}]"
    raise BadFile(file, problem, remedy, row=row.number, field=column)
