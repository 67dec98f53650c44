"""Settings, from the environment: MAINBREAK_DATABASE_URL, MAINBREAK_ZONE, MAINBREAK_LANGUAGE."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.sentences import LANGUAGES


class Settings(BaseSettings):
    """What an installation may set; every field has a default that works on one machine.

    Attributes
    ----------
    database_url
        SQLAlchemy URL; the default is a SQLite file in the working folder.
    zone
        Display zone, and the zone of times in files that carry none.
    language
        ``zh-CN`` or ``en``; what sentences in outputs are written in.
    """

    model_config = SettingsConfigDict(env_prefix="MAINBREAK_", frozen=True)

    database_url: str = "sqlite:///mainbreak.sqlite"
    zone: str = "Asia/Shanghai"
    language: str = "zh-CN"

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, OSError) as error:
            raise ValueError(f"{value!r} is not a zone such as Asia/Shanghai") from error
        return value

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise ValueError(f"the language is {' or '.join(LANGUAGES)}")
        return value

    @property
    def tzinfo(self) -> ZoneInfo:
        """The display zone."""
        return ZoneInfo(self.zone)
