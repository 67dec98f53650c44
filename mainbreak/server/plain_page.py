"""The page a browser gets instead of one that is not there, or not for this user."""

from __future__ import annotations

from http import HTTPStatus

from domain.sentences import Sentence

_SAID = {
    HTTPStatus.FORBIDDEN: Sentence(
        "此页不对您的角色开放。", "This page is not open to users of your role."
    ),
    HTTPStatus.NOT_FOUND: Sentence("没有这个页面。", "There is no such page."),
}
_ELSE = Sentence("现在无法显示此页。", "This page cannot be shown now.")
_BACK = Sentence("返回首页", "To the first page")

_PAGE = """<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>mainbreak {status}</title>
<p>{zh}</p>
<p lang="en">{en}</p>
<p><a href="/">{back_zh} / <span lang="en">{back_en}</span></a></p>
</html>
"""


def plain_page(status: int) -> str:
    """Return the page that says in both languages why there is no other, and leads away."""
    said = _SAID.get(HTTPStatus(status), _ELSE)
    return _PAGE.format(status=status, zh=said.zh, en=said.en, back_zh=_BACK.zh, back_en=_BACK.en)
