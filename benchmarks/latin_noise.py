"""What a caller says of a street or an address in German or Portuguese, and an agent types.

Umlauts and accents are dropped (ü as u) or spelled out (ue), generic words and titles abbreviated
(Str., R., Av., Dr.), words change places, case is lost, the number goes before or after, and each
letter slips with rate ``p`` (``benchmarks.typing_slips``; digits with a tenth of it).
"""

from __future__ import annotations

import re
import unicodedata
from random import Random

from benchmarks.typing_slips import slip

_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})

#: What is written short, and how. Source: everyday writing in both languages.
_SHORT = {
    "Rua": ("R.", "R"),
    "Avenida": ("Av.", "Av", "Avda."),
    "Travessa": ("Tv.", "Trav.", "T."),
    "Praça": ("Pç.", "Pr.", "Pça."),
    "Praceta": ("Pct.", "Pcta."),
    "Largo": ("Lg.", "L."),
    "Estrada": ("Estr.", "Est."),
    "Calçada": ("Cç.", "Calç."),
    "Doutor": ("Dr.", "Dr"),
    "Professor": ("Prof.",),
    "Engenheiro": ("Eng.",),
    "General": ("Gen.",),
    "Santa": ("Sta.",),
    "Santo": ("Sto.",),
    "São": ("S.",),
    "Dom": ("D.",),
    "Platz": ("Pl.",),
    "Sankt": ("St.",),
}
_STREET = re.compile(r"([Ss])tra(?:ß|ss)e\b")

#: Shares. Source: made up; half of what can be said short is.
SHORT, MARKS_LOST, MARKS_SPELLED, MOVED, CASE_LOST = 0.5, 0.35, 0.25, 0.15, 0.4
NUMBER_FIRST, TOWN_DROPPED, POSTCODE_DROPPED = 0.2, 0.4, 0.5


def say_street(name: str, p: float, rng: Random) -> str:
    """Return what is typed for a street's name, each letter corrupted with rate ``p``."""
    return slip(_case(_street(name, rng), rng), p, rng)


def plain_name(name: str) -> str:
    """Return a street's name without what callers drop: marks, case, long forms, signs.

    Two streets whose plain names are equal cannot be told apart by what a caller says.
    """
    words = (_STREET.sub(r"\1tr", word) for word in name.split())
    short = " ".join(_SHORT.get(word, (word,))[0] for word in words)
    apart = unicodedata.normalize("NFD", short.replace("ß", "ss").casefold())
    return "".join(one for one in apart if one.isalnum() or one == " ")


def say_address(
    address: tuple[str, str, str, str], p: float, rng: Random, *, needs_town: bool
) -> str:
    """Return what is typed for (street, number, postcode, town).

    ``needs_town`` keeps the town or its postcode where the street and number alone fit several.
    """
    street, number, postcode, town = address
    said = _street(street, rng)
    gate = f"{number} {said}" if rng.random() < NUMBER_FIRST else f"{said} {number}"
    keeps_town = rng.random() >= TOWN_DROPPED
    keeps_postcode = rng.random() >= POSTCODE_DROPPED
    if needs_town and not (keeps_town and town) and not (keeps_postcode and postcode):
        keeps_town = keeps_postcode = True
    where = [postcode if keeps_postcode else "", _marks(town, rng) if keeps_town else ""]
    place = " ".join(one for one in where if one)
    text = rng.choice((", ", " ", ",")).join(one for one in (gate, place) if one)
    return slip(_case(text, rng), p, rng)


def _street(name: str, rng: Random) -> str:
    words = [_short(word, rng) for word in name.split()]
    if len(words) > 1 and rng.random() < MOVED:
        words = _moved(words, rng)
    return _marks(" ".join(words), rng)


def _short(word: str, rng: Random) -> str:
    if rng.random() >= SHORT:
        return word
    if _STREET.search(word):
        return _STREET.sub(rng.choice((r"\1tr.", r"\1tr", r"\1trasse")), word)
    return rng.choice(_SHORT.get(word, (word,)))


def _moved(words: list[str], rng: Random) -> list[str]:
    """Return the words with the first at the end (Cedofeita, Rua de) or two neighbours swapped."""
    if rng.random() < 0.5:
        return [*words[1:-1], words[-1] + ",", words[0]]
    at = rng.randrange(len(words) - 1)
    return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]


def _marks(text: str, rng: Random) -> str:
    """Return the text with its umlauts and accents dropped, spelled out, or as they are."""
    draw = rng.random()
    if draw < MARKS_SPELLED:
        text = text.translate(_SPELLED).replace("ß", "ss")
    if draw < MARKS_SPELLED + MARKS_LOST:
        apart = unicodedata.normalize("NFD", text.replace("ß", "ss"))
        return "".join(one for one in apart if not unicodedata.combining(one))
    return text


def _case(text: str, rng: Random) -> str:
    if rng.random() >= CASE_LOST:
        return text
    return text.upper() if rng.random() < 0.3 else text.lower()
