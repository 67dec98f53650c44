"""The command line: `mainbreak [--db URL] VERB`.

Exit 0 is good, 1 bad input with one line that says where and what to do, 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from domain.errors import BadInput, MainbreakError
from domain.sentences import Language
from mainbreak import (
    verbs_calibrate,
    verbs_check,
    verbs_criticality,
    verbs_day,
    verbs_export,
    verbs_import,
    verbs_learn,
    verbs_network,
    verbs_outage,
    verbs_planned,
    verbs_server,
    verbs_simulate,
)
from mainbreak.bootstrap import Home
from mainbreak.settings import Settings
from mainbreak.weight_settings import EXAMPLE

app = typer.Typer(
    help="From a list of calls to a plan on a map, for water utilities.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(verbs_import.app, name="import")
app.add_typer(verbs_export.app, name="export")
app.command()(verbs_calibrate.calibrate)
app.command()(verbs_learn.learn)
app.command()(verbs_check.check)
app.command()(verbs_criticality.criticality)
app.command()(verbs_network.locate)
app.command()(verbs_network.isolate)
app.command()(verbs_outage.outage)
app.command()(verbs_day.plan)
app.command()(verbs_day.town)
app.command()(verbs_simulate.simulate)
app.command()(verbs_day.demo)
app.command()(verbs_server.serve)
app.add_typer(verbs_planned.app, name="planned")
app.add_typer(verbs_server.user, name="user")


#: Exit code of a run ended by Ctrl+C: 128 and SIGINT's number, as shells have it.
STOPPED = 130


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mainbreak {version('mainbreak')}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    db: Annotated[
        str | None, typer.Option(help="Database URL; else MAINBREAK_DATABASE_URL.")
    ] = None,
    language: Annotated[
        Language | None, typer.Option("--lang", help="Of what is written and said.")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Read the settings; options win over the environment."""
    given: dict[str, Any] = {"database_url": db, "language": language}
    try:
        settings = Settings(**{name: value for name, value in given.items() if value})
    except ValidationError as error:
        first = error.errors()[0]
        name = "MAINBREAK_" + "__".join(str(part) for part in first["loc"]).upper()
        said = first["msg"].removeprefix("Value error, ")
        raise BadInput(f"setting {name}: {said}.") from error
    except SettingsError as error:
        raise BadInput(
            f"setting MAINBREAK_WEIGHTS: not JSON; set each weight by itself, {EXAMPLE}."
        ) from error
    context.obj = Home(settings)


def main() -> None:
    """Run the command line; no error of the input or the machine ends in a traceback."""
    try:
        app()
    except MainbreakError as error:
        _fail(str(error))
    except SystemExit as stop:
        if stop.code == STOPPED:
            print("mainbreak: stopped; what was not finished is not written.", file=sys.stderr)
        raise
    except OSError as error:
        _fail(f"{error.filename or 'the machine'}: {error.strerror or error}.")
    except Exception as error:
        if os.environ.get("MAINBREAK_DEBUG"):
            raise
        kind = type(error).__name__
        _fail(f"a fault of mainbreak itself ({kind}: {error}); MAINBREAK_DEBUG=1 shows where.")


def _fail(text: str) -> None:
    print("mainbreak: " + " ".join(text.split()), file=sys.stderr)
    sys.exit(1)
