"""The end of a web address for a name: ASCII that can be read out, typed from paper, and never mixes two strengths up.

Numbers are kept as they are told: ``Co-codamol 8/500`` → ``co-codamol-8-500``, ``Hydrocortisone 2.5%`` →
``hydrocortisone-2-point-5-percent``, ``50 µg`` → ``50-microgram``; so two names whose numbers differ have two
addresses. Letters of other scripts are spelt with Latin ones: an address of Arabic letters and digits is drawn in
another order than it is typed (Unicode TR9), and is sent as ``%D8%A8…``. The tables in `transliteration` serve the
scripts of the site's languages; any other letter gives the last words of its Unicode name, which never changes
(Unicode Character Encoding Stability Policies: name stability).
"""

import hashlib
import re
import unicodedata

from monographs.text.amounts.numbers import keep_groups
from monographs.text.letters.signs import UNSEEN
from monographs.text.letters.transliteration import LETTERS

LONGEST = 170  # characters: with the language and edition behind them a leaflet's address stays below 200

_VOWEL_MARKS = re.compile("[\u064b-\u065f\u0670]")  # of Arabic
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’ʼ‘`´](?=[^\W\d_])")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_MINUS = re.compile(r"(?<![^\s(])-(?=[\d.,])")
_RANGE = re.compile(r"(?<=\d)\s*-\s*(?=\d)")
_TWO = re.compile(r"(?<=\d)\s+(?=[\d.])")
_MICRO = re.compile(
    r"(?:µ|μ(?=(?:g|m|l|s|kat)))(?P<gram>g(?:rams?)?(?![^\W_]))?|(?<=\d)\s?(?P<short>mcg|ug)(?![^\W_])|㎍"
)
_GROUPS = re.compile(
    r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])|(?<![\d.,])[1-9]\d{0,2}(?:(?:\u202f\d{3})+|(?: 000)+)(?!\d)"
)
_POINT = re.compile(r"(?:(?<=\d)|(?<![^\s(/+\-]))[.,·∙⋅٫](?=\d)")
_SIGNS = {
    "%": "percent", "٪": "percent", "‰": "per-mille", "+": "plus", "&": "and", "<": "less-than", ">": "more-than",
    "≤": "up-to", "≥": "at-least", "±": "plus-or-minus", "×": "x", "°": "degrees", "~": "about", "=": "is",
    "^": "to-the", "*": "times", ":": "to",
}  # fmt: skip
_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_ONLY_BETWEEN_NUMBERS = frozenset("^*:=~")


def address(name: str) -> str:
    """The name in lower-case letters, digits and single hyphens; "" where it has neither letter nor digit.

    The same name always gives the same address, however it is capitalised or accented.
    """
    if not any(character.isalnum() for character in name):
        return ""
    text = unicodedata.normalize("NFC", _DASHES.sub("-", _VOWEL_MARKS.sub("", name.casefold().translate(UNSEEN))))
    text = keep_groups("".join(_plain(character) for character in text))
    text = _APOSTROPHE.sub("", text)
    text = _MICRO.sub(_microgram, text)
    text = _GROUPS.sub(lambda number: re.sub("[,\u202f ]", "", number[0]), text)
    text = _MINUS.sub(" minus ", _TWO.sub(" and ", _RANGE.sub(" to ", text)))
    text = _POINT.sub(" point ", text)
    spelt = "".join(_spelt(text, place) for place in range(len(text)))
    whole = "-".join(re.findall("[a-z0-9]+", spelt))
    if len(whole) <= LONGEST:
        return whole
    mark = hashlib.sha256(whole.encode()).hexdigest()[:12]  # two long names may differ at their ends only
    return f"{whole[: LONGEST - 13].rstrip('-')}-{mark}"


def _plain(character: str) -> str:
    """A digit of any script as 0–9, a sign of full width as that of the keyboard."""
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0).casefold()
    return str(unicodedata.digit(character)) if unicodedata.category(character) == "Nd" else character


def _microgram(found: re.Match) -> str:
    return " microgram " if found["gram"] or found["short"] or found[0] == "㎍" else " micro"


def _spelt(text: str, place: int) -> str:
    """One character in Latin letters; what parts words as a space, a sign that says something as its word."""
    character = text[place]
    if character in _KEPT:
        return character
    if character in _SIGNS:
        stands_between = text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()
        return f" {_SIGNS[character]} " if stands_between or character not in _ONLY_BETWEEN_NUMBERS else " "
    if character in LETTERS:  # "" for some; two numbers stay two, also where what parts them is not spelt
        return LETTERS[character] or (" " if text[place - 1 : place].isdigit() else "")
    category = unicodedata.category(character)
    if category in {"No", "Nl"}:
        return _number(text, place)
    if category[0] == "M":
        return "" if unicodedata.combining(character) else _named(character)
    if category[0] == "L":
        return _letter(character)
    return " "


def _number(text: str, place: int) -> str:
    """``½`` → "1 over 2", a raised digit → "to the 5", a lowered one as it is: ``B₁₂`` → ``b12``."""
    character = text[place]
    plain = unicodedata.normalize("NFKC", character).casefold()
    kind = unicodedata.decomposition(character).partition(" ")[0]
    if "\u2044" in plain:
        words = plain.replace("\u2044", " over ")
        return f" and {words} " if text[:place].rstrip()[-1:].isdigit() else f" {words} "
    if kind == "<sub>":
        return plain
    if kind == "<super>":
        is_first = unicodedata.decomposition(text[place - 1 : place] or " ").partition(" ")[0] != "<super>"
        return f" to the {plain}" if is_first and text[place - 1 : place].isalnum() else plain
    if plain.isascii() and plain.isalnum():
        return f" {plain} "
    return f" {_named(character)} "


def _letter(character: str) -> str:
    """``é`` → e, ``ﬁ`` → fi; a letter of a script without a table by its Unicode name."""
    plain = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    if plain and all(part in LETTERS or part.isascii() for part in plain.casefold()):
        return "".join(LETTERS.get(part, part) for part in plain.casefold())
    return _named(character)


def _named(character: str) -> str:
    """What a Unicode name ends in: "DEVANAGARI LETTER KA" → ka; a Chinese sign by its number, in letters.

    No letter is spelt with a digit, so that all digits of an address are the name's own.
    """
    if character in "ーｰ":
        return ""
    name = unicodedata.name(character, "")
    last = re.sub(r"^.*?(?:LETTER|SYLLABLE|SIGN|CHARACTER|LIGATURE|IDEOGRAPH|NUMERAL|NUMBER|DIGIT)[\s-]", "", name)
    spelt = "".join(part for part in last.lower() if part in _KEPT and not part.isdigit())
    if not spelt or "IDEOGRAPH" in name:
        return " u" + "".join(chr(ord("a") + int(digit, 16)) for digit in f"{ord(character):x}") + " "
    return spelt
