"""What the terminal shows: the progress bar, and tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

OUT = Console()
ERR = Console(stderr=True)


@contextmanager
def progress_bar() -> Iterator[Callable[[float, str], None]]:
    """Yield a function (fraction, what is being done) that moves a bar on standard error.

    Where standard error is no terminal there is no bar, only what went wrong.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as bar:
        task = bar.add_task("starting", total=1.0)

        def tell(fraction: float, what: str) -> None:
            bar.update(task, completed=fraction, description=what)

        yield tell


def show_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; numbers are right-aligned."""
    table = Table(title=title, title_justify="left")
    for index, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[index], int | float) for row in rows)
        table.add_column(column, justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    OUT.print(table)


def show_json(document: object) -> None:
    """Print a document as JSON and nothing else on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=1))


def say(text: str) -> None:
    """Print one line as it is, without wrapping or markup."""
    OUT.print(text, markup=False, highlight=False, soft_wrap=True)
