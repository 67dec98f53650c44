"""What people, phones and gateways send that nobody planned for."""

from __future__ import annotations

from tests.web.office import FIRST, Json

#: A character of four bytes, the dearest there is.
EMOJI = "💧"

LONG = "水管爆了，" * 2_000
SQL = "人民路18号'; DROP TABLE ticket; --"
HTML = '<img src=x onerror="document.title=666"><script>document.title=666</script>人民路18号'
LEFTWARD = "\u202e人民路18号\u202c\u200f\ufeff"
CONTROLS = "".join(map(chr, [*range(1, 32), 127, *range(0x80, 0xA0), 0xFFFE, 0xFFFF]))

#: Calls whose every word the database holds as it was sent.
KEPT: dict[str, Json] = {
    "nothing at all": {},
    "empty texts": {"text": "", "address": "", "phone": "", "account": ""},
    "blanks only": {"text": " \t\n\u3000", "address": "\u3000"},
    "10,000 characters": {"text": LONG},
    "10,000 characters without a blank": {"text": "a" * 10_000, "address": "1" * 10_000},
    "10,000 emoji": {"text": EMOJI * 10_000, "address": EMOJI * 10_000},
    "10,000 characters in every field": dict.fromkeys(
        ("text", "address", "phone", "account"), LONG
    ),
    "emoji": {"text": f"没水了{EMOJI}{EMOJI}👩‍👩‍👧‍👦🏳️‍🌈", "address": f"{EMOJI}人民路18号"},
    "control characters": {"text": CONTROLS, "address": CONTROLS, "phone": CONTROLS},
    "marks of direction": {"text": LEFTWARD, "address": LEFTWARD},
    "SQL": {"address": SQL, "text": SQL, "phone": SQL, "account": SQL},
    "HTML": {"address": HTML, "text": HTML, "phone": HTML, "account": HTML},
    "a template": {"text": "{{7*7}} ${7*7} #{7*7} %s %(x)s {0}", "address": "../../etc/passwd"},
    "a phone with letters": {"phone": "138OO138ooo转abc", "text": "没水"},
    "a phone of thousands of digits": {"phone": "1" * 5_000, "text": "没水"},
    "a service's phone": {"phone": "12345", "text": "没水"},
    "nowhere": {"position": {"lon": 0, "lat": 0}, "text": "没水"},
    "another continent": {"position": {"lon": -0.1276, "lat": 51.5072}, "text": "没水"},
    "the pole": {"position": {"lon": 180, "lat": -90}, "text": "没水"},
    "coordinates in words, nowhere": {"text": "0,0", "address": "nan,nan"},
    "coordinates in words, too large": {"text": "1e999,1e999", "address": "999.999,-999.999"},
    "a short link": {"text": "https://surl.amap.com/abc", "address": "https://j.map.baidu.com/1/a"},
    "a broken link": {"text": "https://[uri.amap.com/marker?position=%FF%FE", "address": "geo:;;;"},
    "tens of thousands of numbers": {"text": "1.234,5.678;" * 1_500},
    "brackets that never close": {"text": "(（[【{" * 2_000, "address": "(" * 5_000},
}

#: Calls with signs that no database holds, and what is stored instead.
MENDED: dict[str, tuple[bytes, Json]] = {
    "NUL": (rb'{"text": "a\u0000b", "phone": "\u0000"}', {"text": "a\ufffdb", "phone": "\ufffd"}),
    "half a character": (rb'{"text": "\ud83d\ude00\ud83d!"}', {"text": "😀\ufffd!"}),
    "halves the wrong way round": (rb'{"address": "\ude00\ud83d"}', {"address": "\ufffd\ufffd"}),
}

#: Positions that are off the globe: kept as words, behind what was said.
OFF_THE_GLOBE: dict[str, tuple[float, float]] = {
    "swapped": (FIRST.location.lat, FIRST.location.lon),
    "metres instead of degrees": (12_678_123.5, 3_540_321.25),
    "thousands too large": (113_900.0, 30_300.0),
}

#: Bodies that are no call: what is wrong is said, in one sentence.
REFUSED: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"text=hello", "JSON"),
    "half of it": (b'{"text": "no wat', "JSON"),
    "nothing": (b"", "required"),
    "a list": (b"[]", "valid"),
    "a number": (b"17", "valid"),
    "NaN": (b'{"position": {"lon": NaN, "lat": 30.3}}', "NaN"),
    "infinity": (b'{"position": {"lon": Infinity, "lat": 30.3}}', "Infinity"),
    "1e999": (b'{"position": {"lon": 1e999, "lat": 30.3}}', "position.lon"),
    "words as a number": (b'{"position": {"lon": "east", "lat": 30.3}}', "position.lon"),
    "no such datum": (b'{"position": {"lon": 1, "lat": 2, "datum": "mars"}}', "position.datum"),
    "half a position": (b'{"position": {"lon": 113.9}}', "position.lat"),
    "a number as words": (b'{"text": 17}', "text"),
    "an object as words": (b'{"address": {"road": "x"}}', "address"),
    "words as a list": (b'{"phone": ["138"]}', "phone"),
    "no UTF-8": (b'{"text": "\xc3\x28"}', "UTF-8"),
    "too deep": (b'{"text": ' + b"[" * 60 + b"]" * 60 + b"}", "deep"),
    "no such field": (b'{"adress": "x"}', "adress"),
    "longer than a field": (b'{"text": "' + b"x" * 20_001 + b'"}', "20000"),
    "longer than a body": (b'{"text": "' + b"x" * 1_000_000 + b'"}', "1000000 bytes"),
}
