"""The words of the pages: gettext catalogues under ``i18n/``, one a page and language.

A msgid is a key such as ``bar.now``, a msgstr the phrase with ``{blanks}``. Babel reads them once.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from domain.sentences import Language

FOLDER = Path(__file__).resolve().parent / "i18n"

#: Gettext's name of each language.
LOCALES = {Language.CHINESE: "zh_CN", Language.ENGLISH: "en"}


#: Which catalogues a page speaks from.
PAGES = {
    "day": ("common", "day"),
    "check": ("common", "check"),
    "console": ("common", "day", "console", "plan", "critical", "closures"),
    "criticality": ("common", "check", "critical"),
    "desk": ("common", "desk"),
    "crew": ("common", "crew", "closures"),
    "outages": ("common", "outages"),
    "login": ("common", "login"),
}


class UnknownWords(LookupError):
    """A page asked for a catalogue that is not shipped, or one of them is not whole."""


def page_words(page: str) -> dict[str, dict[str, str]]:
    """Return all phrases of a page, by language tag and key: what its scripts are given.

    Raises
    ------
    UnknownWords
        If there is no such page, or one of its catalogues is not whole.
    """
    if page not in PAGES:
        raise UnknownWords(f"no page {page!r}")
    return catalogue(*PAGES[page])


def catalogue(*names: str) -> dict[str, dict[str, str]]:
    """Return the phrases of the named catalogues together, by language tag and key.

    Raises
    ------
    UnknownWords
        If there is no such catalogue, a phrase is empty, or two catalogues know the same key.
    """
    return {language.value: _together(language, names) for language in Language}


def _together(language: Language, names: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        phrases = phrases_of(language, name)
        if twice := found.keys() & phrases.keys():
            raise UnknownWords(f"{name}.po repeats {', '.join(sorted(twice))}")
        found |= phrases
    return found


@cache
def phrases_of(language: Language, name: str) -> dict[str, str]:
    """Return one catalogue's phrases by key, in the file's order; treat it as read-only."""
    file = FOLDER / LOCALES[language] / f"{name}.po"
    if not file.is_file():
        raise UnknownWords(f"no {file.name} in {LOCALES[language]}")
    with file.open("rb") as stream:
        messages = read_po(stream, locale=LOCALES[language], abort_invalid=True)
    found = {str(one.id): str(one.string) for one in messages if one.id}
    if empty := sorted(key for key, phrase in found.items() if not phrase):
        raise UnknownWords(f"{file.name} in {LOCALES[language]} lacks {', '.join(empty)}")
    return found
