"""Settings, from the environment: MAINBREAK_DATABASE_URL, MAINBREAK_ZONE and so on."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.sentences import LANGUAGES
from mainbreak.weight_settings import WeightSettings


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
    utility
        The name the pages show; theirs if empty.
    desk_phone
        The number a crew rings for help; none if empty.
    secure_cookies
        Whether browsers send the session's cookie over HTTPS only; unset, where it came so.
    trusted_proxies
        Addresses whose word on the client's address and scheme is taken, separated by commas.
    session_hours, token_days
        How long a log-in lasts: of a page, of a phone or program.
    weights
        What the plan minimises, weight by weight: MAINBREAK_WEIGHTS__TRAVEL and so on.
    """

    model_config = SettingsConfigDict(
        env_prefix="MAINBREAK_", env_nested_delimiter="__", frozen=True
    )

    database_url: str = "sqlite:///mainbreak.sqlite"
    zone: str = "Asia/Shanghai"
    language: str = "zh-CN"
    utility: str = ""
    desk_phone: str = ""
    secure_cookies: bool | None = None
    trusted_proxies: str = "127.0.0.1"
    session_hours: float = Field(12.0, gt=0, le=24 * 30)
    token_days: float = Field(30.0, gt=0, le=366)
    weights: WeightSettings = WeightSettings()

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
    def page_lifetime(self) -> timedelta:
        """How long a page's log-in lasts."""
        return timedelta(hours=self.session_hours)

    @property
    def token_lifetime(self) -> timedelta:
        """How long a token lasts."""
        return timedelta(days=self.token_days)

    @property
    def tzinfo(self) -> ZoneInfo:
        """The display zone."""
        return ZoneInfo(self.zone)
