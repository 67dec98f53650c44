"""What mainbreak says to people, in both languages at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The product's languages, first home first."""

    CHINESE = "zh-CN"
    ENGLISH = "en"


LANGUAGES = tuple(one.value for one in Language)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same sentence in both languages of the product."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the Chinese sentence for a ``zh...`` language tag, else the English one."""
        return self.zh if language.startswith("zh") else self.en
