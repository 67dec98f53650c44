"""The cookie of a page's session."""

from __future__ import annotations

from datetime import timedelta

from fastapi import Request, Response

from mainbreak.settings import Settings

NAME = "mainbreak_session"


def is_secure(request: Request, settings: Settings) -> bool:
    """Return True if browsers shall send the cookie over HTTPS only.

    As the setting says; unset, where this request came over HTTPS, which a trusted proxy tells.
    """
    if settings.secure_cookies is not None:
        return settings.secure_cookies
    return request.url.scheme == "https"


def give(response: Response, secret: str, lifetime: timedelta, *, secure: bool) -> None:
    """Put the cookie on the answer: for this site's own pages, and out of scripts' reach."""
    response.set_cookie(
        NAME,
        secret,
        max_age=int(lifetime.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=secure,
    )


def take_back(response: Response, *, secure: bool) -> None:
    """Tell the browser to forget the cookie."""
    response.delete_cookie(NAME, httponly=True, samesite="strict", secure=secure)
