"""Bodies of requests: not too long, and JSON that can be stored as it is.

What callers said is mended instead of refused: nobody's report is lost for half an emoji.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, NoReturn

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.said import storable
from mainbreak.server.problems import problem

#: Bytes of a body at the most. Source: mainbreak default; a phone's batch of a day takes a tenth.
MOST_BYTES = 1_000_000

#: Levels of a JSON body at the most. Source: mainbreak default; ours have four.
_DEEPEST = 20

#: What both databases and every client keep exactly.
_GREATEST = 2**63 - 1

#: Characters of a field's name that are told back; ours have fewer.
_MOST_SHOWN = 100

#: Bytes from which a body is looked at in a thread of its own, so that others need not wait.
_LARGE = 50_000


#: What takes a caller's words; there NUL and halves of characters become U+FFFD.
_MENDED = frozenset({"/api/tickets", "/api/locate", "/api/customers/find", "/api/answer"})


class _Unusable(ValueError):
    """A JSON body that cannot be kept as it is; ``field`` is where."""

    def __init__(self, detail: str, field: str = "") -> None:
        super().__init__(detail)
        self.field = field


class Bodies:
    """Refuses a body that is too long (413), or JSON with what no database keeps (422)."""

    def __init__(self, app: ASGIApp, most: int = MOST_BYTES) -> None:
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            body = None if _announced(headers) > self.most else await self._whole(receive)
        except ClientDisconnect:
            return
        if body is None:
            detail = f"The body is longer than {self.most} bytes. Send less at a time."
            await problem(413, detail, headers={"Connection": "close"})(scope, receive, send)
            return
        try:
            kind = headers.get("Content-Type", "")
            body = await _checked(body, kind, mend=scope.get("path") in _MENDED)
        except _Unusable as error:
            field = error.field or None
            await problem(422, str(error), field=field)(scope, receive, send)
            return
        await self.app(scope, _again(body, receive), send)

    async def _whole(self, receive: Receive) -> bytes | None:
        """Return the body, None if it is too long; half a body is none."""
        parts, size, more = [], 0, True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                raise ClientDisconnect
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self.most:
                return None
            more = message.get("more_body", False)
        return b"".join(parts)


def _announced(headers: Headers) -> int:
    length = headers.get("Content-Length", "0")
    return int(length[:18]) if length.isascii() and length.isdigit() else 0


def _again(body: bytes, receive: Receive) -> Receive:
    """Return a ``receive`` that hands out the body once, then what comes after it."""
    told = False

    async def replay() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


async def _checked(body: bytes, content_type: str, *, mend: bool) -> bytes:
    if len(body) < _LARGE:
        return check_json(body, content_type, mend=mend)
    return await asyncio.to_thread(check_json, body, content_type, mend=mend)


def check_json(body: bytes, content_type: str, *, mend: bool = False) -> bytes:
    """Return the body if it is no JSON, or JSON whose every value can be stored.

    With ``mend`` signs in texts that cannot be stored are replaced, not refused.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if not body or not (kind == "application/json" or kind.endswith("+json")):
        return body
    try:
        document = json.loads(body, parse_constant=_no_number)
    except RecursionError:
        raise _Unusable(f"The body nests deeper than {_DEEPEST} levels.") from None
    except _Unusable:
        raise
    except ValueError as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise _Unusable(f"The body is not JSON in UTF-8{where}.") from error
    mended = _mended(document) if mend else document
    _check_all(mended, [])
    return body if mended == document else json.dumps(mended).encode()


def _mended(document: Any) -> Any:
    """Return an object with the unstorable signs of its own texts replaced; all else as it is."""
    if not isinstance(document, dict):
        return document
    return {
        key: storable(value) if isinstance(value, str) else value for key, value in document.items()
    }


def _no_number(text: str) -> NoReturn:
    raise _Unusable(f"The body holds {text}, which is no number in JSON.")


def _check_all(value: Any, steps: list[object]) -> None:
    """Pass if every key and every scalar below can be stored; ``steps`` lead to the value.

    The steps are joined only for who is told: a long key above many values would be copied for
    each of them.
    """
    if len(steps) > _DEEPEST:
        raise _Unusable(f"The body nests deeper than {_DEEPEST} levels.")
    if isinstance(value, dict):
        for key in value:
            _check(key, steps)
    elif not isinstance(value, list):
        _check(value, steps)
        return
    for step, below in value.items() if isinstance(value, dict) else enumerate(value):
        steps.append(step)
        _check_all(below, steps)
        steps.pop()


def _check(value: Any, steps: list[object]) -> None:
    if isinstance(value, str):
        if "\x00" in value or not _is_unicode(value):
            raise _Unusable(
                f"{_shown(steps)}: it holds a character that cannot be stored (NUL, or half of "
                "one). Leave that out.",
                _shown(steps),
            )
    elif isinstance(value, int | float) and not -_GREATEST <= value <= _GREATEST:
        raise _Unusable(f"{_shown(steps)}: the number is too large.", _shown(steps))


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(steps: list[object]) -> str:
    field = ".".join(str(step)[:_MOST_SHOWN] for step in steps)[:_MOST_SHOWN]
    return field.encode(errors="replace").decode().replace("\x00", "?") or "body"
