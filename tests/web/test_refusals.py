"""What is refused about tickets and incidents is known to the console, which says it in Chinese."""

from __future__ import annotations

import re

import pytest

from maps.assets import STATIC
from tests.web.office import ELSEWHERE, Office
from tests.web.test_console import on_site

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)

#: The patterns of ``live/refusals.js``, each as a line ``[/.../, (...`` of it.
SCRIPT = (STATIC / "js/live/refusals.js").read_text("utf-8")
PATTERNS = [re.compile(one) for one in re.findall(r"^ *\[/(.+)/, \(", SCRIPT, re.MULTILINE)]


def refused(office: Office, path: str, body: object) -> str:
    """Return the sentence by which a command is refused."""
    answer = office.post(path, body)
    assert answer.status_code in {409, 422}, answer.text
    return str(answer.json()["detail"])


def test_every_refusal_has_a_phrase(office: Office) -> None:
    """Each pattern fits a sentence of the server, and each sentence is fitted by one."""
    assert len(PATTERNS) == 8
    begun, _ = on_site(office)
    other = office.call(premises=ELSEWHERE.id, text="水表漏水")["incident"]["id"]
    lost = office.call(text="没水", incident=begun)["ticket"]["id"]
    first, second, _ = (one["id"] for one in office.story(begun)["tickets"])
    gone = office.call(premises=ELSEWHERE.id, text="井盖没了")
    office.done(f"/api/incidents/{gone['incident']['id']}/dismiss", {})
    said = [
        refused(office, f"/api/incidents/{begun}/merge", {"into": other}),
        refused(office, f"/api/incidents/{begun}/split", {"tickets": [first, second, lost]}),
        refused(office, f"/api/incidents/{begun}/split", {"tickets": [lost]}),
        refused(office, f"/api/incidents/{begun}/split", {"tickets": [first, second]}),
        refused(office, f"/api/tickets/{gone['ticket']['id']}/attach", {"incident": begun}),
        refused(office, f"/api/incidents/{other}/merge", {"into": gone["incident"]["id"]}),
        refused(office, f"/api/incidents/{other}/unmerge", {}),
    ]
    for sentence in said:
        assert any(pattern.search(sentence) for pattern in PATTERNS), sentence
    unfit = [one for one in PATTERNS if not any(one.search(sentence) for sentence in said)]
    assert len(unfit) == 2, unfit  # both begun, and nothing left of a merge to take back
