"""Every error mainbreak raises on purpose.

::

    MainbreakError              a sentence a person can act on
    |-- BadInput                the input is bad; the command line exits with 1
    |   |-- BadFile             the file cannot be what it claims; nothing was written
    |   |-- NothingImported     a step before this one has not been done yet
    |   `-- UnknownId           an id that the network, the plan or the day does not hold
    `-- IllegalMove             a state cannot follow the state before it

A *row* that cannot be used is not an error but a value: see ``domain.rejection``.
"""

from __future__ import annotations


class MainbreakError(Exception):
    """A sentence a person can act on; its text is one line and is shown as it is."""


class BadInput(MainbreakError):
    """The input is bad, and the text says where and what to do about it."""


class BadFile(BadInput):
    """The file cannot be what it claims.

    Parameters
    ----------
    file
        The file as the user named it.
    problem
        What is wrong, without the file's name.
    remedy
        What to do about it.
    row, field
        Where in the file, if it has rows and fields; rows count from 1, the header is row 1.
    """

    def __init__(
        self,
        file: object,
        problem: str,
        remedy: str,
        *,
        row: int | None = None,
        field: str | None = None,
    ) -> None:
        where = str(file)
        if row is not None:
            where += f", row {row}"
        if field is not None:
            where += f", field {field}"
        advice = remedy[:1].upper() + remedy[1:].rstrip(".")
        text = f"{where}: {problem.rstrip('.')}. {advice}."
        super().__init__(" ".join(text.split()))
        self.file, self.problem, self.remedy = str(file), problem, remedy
        self.row, self.field = row, field


class NothingImported(BadInput):
    """A step before this one has not been done yet, such as importing a network."""


class UnknownId(BadInput):
    """An id that the network, the plan or the day does not hold."""

    def __init__(self, kind: str, wanted: str, remedy: str) -> None:
        advice = remedy[:1].upper() + remedy[1:].rstrip(".")
        super().__init__(f"no {kind} with the id {wanted!r}. {advice}.")
        self.kind, self.wanted = kind, wanted


class IllegalMove(MainbreakError):
    """A state cannot follow the state before it."""

    def __init__(self, thing: str, before: str, after: str, allowed: tuple[str, ...]) -> None:
        next_states = ", ".join(allowed) or "nothing"
        super().__init__(f"{thing} cannot go from {before} to {after}; allowed: {next_states}.")
        self.before, self.after, self.allowed = before, after, allowed
