"""The pages of docs/ say all there is: every verb, every option, every setting; none is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from mainbreak.cli import app
from mainbreak.settings import Settings
from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGE = DOCS / "command-line.md"
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")

#: A section of the page: its heading and all until the next one.
SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def verbs() -> Iterator[tuple[str, Any]]:
    """Yield each verb as it is typed, with its click command; "" is mainbreak itself.

    The commands are Any: click's classes lie in click or inside typer, by typer's version.
    """
    yield from _below("", typer.main.get_command(app))


def _below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield name, command
    for child, below in sorted(getattr(command, "commands", {}).items()):
        yield from _below(f"{name} {child}".strip(), below)


def options() -> Iterator[tuple[str, str]]:
    """Yield (verb, option) for each spelling of each option."""
    for verb, command in verbs():
        for parameter in command.params:
            spellings = (*parameter.opts, *parameter.secondary_opts)
            yield from ((verb, one) for one in spellings if one.startswith("-"))


def sections_of(verb: str) -> str:
    """Return the sections whose heading names the verb; imports share one, so do global options."""
    first = verb.partition(" ")[0]
    heading = {"": "For every verb", "import": "Bringing data in"}.get(first, first)
    found = [
        body
        for title, body in SECTION.findall(PAGE.read_text(encoding="utf-8"))
        if heading in (title, *title.split(", "))
    ]
    return "\n".join(found)


def in_code(text: str) -> str:
    """Return what stands in code style, blocks of code left out."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return "\n".join(re.findall(r"`([^`]+)`", prose))


def examples(text: str) -> str:
    """Return what stands in blocks of code."""
    return "\n".join(re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL))


def is_named(word: str, text: str) -> bool:
    """Return True if the text has the word, not as a part of a longer one."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def test_the_walk_finds_the_verbs() -> None:
    """An empty walk would make every test below pass."""
    found = {verb for verb, _ in verbs()}
    assert {"plan", "town", "demo", "check", "locate", "isolate", "import network"} <= found
    assert {("plan", "--seconds"), ("demo", "--no-browser"), ("", "--db")} <= set(options())


@pytest.mark.parametrize("verb", [verb for verb, _ in verbs() if verb])
def test_every_verb_is_told_with_an_example(verb: str) -> None:
    """A verb that no page tells is found by nobody."""
    section = sections_of(verb)
    assert section, f"no heading for {verb}"
    assert verb == "import" or f"mainbreak {verb}" in examples(section)


@pytest.mark.parametrize(("verb", "option"), list(options()))
def test_every_option_is_told_under_its_verb(verb: str, option: str) -> None:
    """An option stands in code style in the section of its verb."""
    assert is_named(option, in_code(sections_of(verb)))


def test_no_option_is_told_that_does_not_exist() -> None:
    """What was renamed or removed leaves the page too."""
    known = {option for _, option in options()} | {"--help"}
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", PAGE.read_text(encoding="utf-8")))
    assert told - known == set()


def defaults() -> Iterator[tuple[str, str]]:
    """Yield (verb, default) for each option that defaults to a number or to words."""
    for verb, command in verbs():
        for default in (parameter.default for parameter in command.params):
            if isinstance(default, str) and default:
                yield verb, default
            elif isinstance(default, int | float) and not isinstance(default, bool):
                yield verb, f"{default:g}"


def test_every_default_is_told() -> None:
    """A default stands in the section of its verb."""
    found = list(defaults())
    assert ("demo", "8000") in found
    assert [one for one in found if not is_named(one[1], sections_of(one[0]))] == []


def test_every_setting_is_told() -> None:
    """Settings of the class and those the code reads from the environment itself."""
    prefix = Settings.model_config["env_prefix"]
    names = {prefix + field.upper() for field in Settings.model_fields}
    for file in sorted((ROOT / "mainbreak").glob("*.py")):
        names |= set(re.findall(r"MAINBREAK_[A-Z_]+\b", file.read_text(encoding="utf-8")))
    names.discard(prefix)
    table = in_code(sections_of(""))
    assert {f"{prefix}DATABASE_URL", f"{prefix}DEBUG"} <= names
    assert sorted(name for name in names if not is_named(name, table)) == []


def links(page: Path) -> Iterator[Path]:
    """Yield the files a page links to."""
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            yield (page.parent / target).resolve()


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_every_page_is_linked(page: Path) -> None:
    """A page is linked from a README or from another page."""
    others = [other for other in (*READMES, *DOCS.glob("*.md")) if other != page]
    assert any(page.resolve() in links(other) for other in others)


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """A page that moves takes its links along."""
    assert [str(target) for target in links(page) if not target.exists()] == []
