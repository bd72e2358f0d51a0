"""Signs that turn, hide or imitate text: found in any text, named, and taken out where nobody needs them.

Unicode has letters that cannot be seen, marks that turn the order of what stands beside them, and letters of one
script that are drawn like those of another. In a leaflet each of them can change a dose for the eye and not for the
machine, or the other way round: ``5⟨U+202E⟩mg 05``. The tables are ``unseen_signs.txt`` and ``lookalikes.txt``.

What is allowed, because it does something for readers: joiners inside words of the scripts that are shaped by them
(Persian, Urdu, Hindi …; the rule of RFC 5892, appendix A, also between letters) and inside emoji; variation selectors
behind what they vary; the tags of the flags of England, Scotland and Wales. Marks of direction (U+200E, U+200F,
U+061C) are not: the page isolates doses and names by itself, and a mark can move a sign to the other side of a number.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext

MOST_MARKS = 3  # combining marks on one base: more than any living orthography sets on a letter (UTS #39, section 5.4)


@dataclass(frozen=True)
class Sign:
    """What was found from ``start`` to ``end`` in a text.

    ``kind`` is "turns" (order of drawing), "unseen", "marks" (a pile, or marks over digits), "letter" (one that looks
    like another script's), "control", or "unknown" (private, unassigned, lost in conversion). ``shown`` is the word
    around it with each such sign spelt out: ``T⟨U+0430 CYRILLIC SMALL LETTER A⟩ke``.
    """

    kind: str
    start: int
    end: int
    shown: str


def _rows(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


def _unseen() -> dict[str, str]:
    kinds = {}
    for codes, kind in _rows("unseen_signs.txt"):
        first, _dots, last = codes.partition("..")
        kinds.update(dict.fromkeys(map(chr, range(int(first, 16), int(last or first, 16) + 1)), kind))
    return kinds


_UNSEEN = _unseen()
UNSEEN = dict.fromkeys(map(ord, _UNSEEN))
"""For ``str.translate``: takes out every sign that nobody sees."""
UNSEEN_IN_WORDS = {code: None for code in UNSEEN if _UNSEEN[chr(code)] not in ("joins", "varies")}
"""The same, but for those that a word may need."""
TWINS = {twin: latin for latin, *twins in _rows("lookalikes.txt") for twin in twins}
"""Letters of other scripts, each with the Latin letter that it looks like."""

_FLAGS = re.compile("\U0001f3f4(?:" + "|".join(
    "".join(chr(0xE0000 + ord(letter)) for letter in flag) for flag in ("gbeng", "gbsct", "gbwls")
) + ")\U000e007f")  # fmt: skip
_SHAPED_BY_JOINERS = re.compile(
    "[\u0620-\u065f\u066e-\u06ef\u06fa-\u074f\u0750-\u077f\u0860-\u08ff\ufb50-\ufdff\ufe70-\ufefc"  # Arabic, Syriac
    "\u0900-\u0dff\u0e80-\u109f\u1780-\u17ff\u1800-\u18af\ua8e0-\ua8ff]"  # of India; Lao, Tibetan, Burmese, Khmer
)
_MARKS_OF_ANY_SCRIPT = "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_ANY_MARK = re.compile(f"[{_MARKS_OF_ANY_SCRIPT}]")
_PILE = re.compile(f"[{_MARKS_OF_ANY_SCRIPT}]+")
_STRIKES_OUT = re.compile("[\u0334-\u0338\u0489\u20d2\u20d3\u20d8-\u20da\u20e5-\u20eb]")
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS_OF_ANY_SCRIPT}])*")
_ALPHABETS = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "GOTHIC", "DESERET"}
_GREEK_FOR_ITSELF = set("αβγδεζηθκλμπστφχψωΓΔΘΛΞΠΣΦΨΩ")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_UNTIDY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # of ASCII: controls, and ends of lines that are no newline
_REPLACED = "\ufffd\ufffc"


def finds(text: str, *, most: int | None = None) -> list[Sign]:
    """Such signs in ``text`` in order, runs of one kind as one; all, or the first ``most``.

    Never raises; takes time in proportion to the text.
    """
    return [Sign(kind, start, end, _in_words(text, start, end, kind)) for start, end, kind in _places(text)[:most]]


def _places(text: str) -> list[tuple[int, int, str]]:
    if text.isascii() and not _CONTROLS.search(text):
        return []
    return _together([*_single(text), *_piles(text), *_imitations(text)])


def visible(text: str) -> str:
    """The whole text with each such sign spelt out, safe to show anywhere."""
    parts, place = [], 0
    for start, end, kind in _places(text):
        parts += [text[place:start], _spelt(text, start, end, kind)]
        place = end
    return "".join([*parts, text[place:]])


def cleaned(text: str) -> str:
    """What a reader wrote, without signs that turn, hide or pile up; letters as NFC; lines end with a newline.

    Two digits that only an unseen sign held apart get a space instead: they are no number that anybody wrote.
    """
    if text.isascii() and not _UNTIDY.search(text):
        return text
    text = unicodedata.normalize("NFC", re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text))
    parts, place = [], 0
    for start, end, kind in _places(text):
        if kind in ("letter", "unknown"):
            continue
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        parts += [text[place:start], " " if before.isnumeric() and after.isnumeric() else ""]
        place = end
    return unicodedata.normalize("NFC", "".join([*parts, text[place:]]))


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in it: spaces, unseen signs, marks on nothing."""
    return all(
        sign.isspace() or sign in _UNSEEN or _is_unknown(sign) or unicodedata.category(sign) in ("Cc", "Mn", "Me")
        for sign in text
    )


def imitations(text: str) -> list[Sign]:
    """The words that mix letters of two scripts which look alike, or are written whole in such letters."""
    return [sign for sign in finds(text) if sign.kind == "letter"]


def _single(text: str) -> list[tuple[int, int, str]]:
    flags = [(match.start(), match.end()) for match in _FLAGS.finditer(text)]
    in_flag = {place for start, end in flags for place in range(start, end)}
    found = []
    for match in _NOT_ASCII.finditer(text):
        sign, place = match[0], match.start()
        kind = _UNSEEN.get(sign)
        if kind is None:
            if _is_unknown(sign) or sign in _REPLACED:
                found.append((place, place + 1, "unknown"))
        elif not (place in in_flag or _is_needed(text, place, kind)):
            found.append((place, place + 1, "turns" if kind == "turns" else "unseen"))
    found += [(match.start(), match.end(), "control") for match in _CONTROLS.finditer(text)]
    return found


def _is_unknown(sign: str) -> bool:
    """Whether no font is bound to show it. Pictures newer than this Python's tables are no such thing."""
    return unicodedata.category(sign) in ("Co", "Cn", "Cs") and not "\U0001f000" <= sign <= "\U0001faff"


def _is_needed(text: str, place: int, kind: str) -> bool:
    before = text[max(place - 1, 0) : place]
    after = text[place + 1 : place + 2]
    if kind == "joins":
        return _joins(before, after)
    return kind == "varies" and _varies(text[place], before, after)


def _joins(before: str, after: str) -> bool:
    if not before:
        return False
    if unicodedata.combining(before) == 9:  # a virama: the joiner chooses the shape of the letter before it
        return True
    if after and _is_picture(before) and _is_picture(after):
        return True
    is_letter = before.isalnum() or unicodedata.category(before)[0] == "M"
    is_shaped = bool(_SHAPED_BY_JOINERS.match(after))
    return is_letter and is_shaped and unicodedata.category(after)[0] in "LM"


def _is_picture(sign: str) -> bool:
    return sign == "\ufe0f" or unicodedata.category(sign) == "So" or "\U0001f3fb" <= sign <= "\U0001f3ff"


def _varies(sign: str, before: str, after: str) -> bool:
    if not before:
        return False
    if "\u180b" <= sign <= "\u180f":
        return "\u1820" <= before <= "\u18aa"
    if sign in "\ufe0e\ufe0f":
        is_drawn = unicodedata.category(before) in ("So", "Sm", "Po") and not before.isascii()
        return is_drawn or before in "ℹ〰〽" or (before in "0123456789#*" and after == "\u20e3")
    return unicodedata.category(before) in ("Lo", "Sm") and not _is_alphabetic(before)


def _is_alphabetic(letter: str) -> bool:
    return _alphabet(letter) != ""


def _piles(text: str) -> list[tuple[int, int, str]]:
    keycaps = {match.end() - 1 for match in _KEYCAP.finditer(text)}
    found = []
    for match in _PILE.finditer(text):
        if match.start() in keycaps and len(match[0]) == 1:
            continue
        base = text[max(match.start() - 1, 0) : match.start()]
        is_lost = not base or base.isspace()
        if is_lost or base.isnumeric() or len(match[0]) > MOST_MARKS or _STRIKES_OUT.search(match[0]):
            found.append((match.start(), match.end(), "marks"))
    return found + _piles_of_a_script(text)


def _piles_of_a_script(text: str) -> list[tuple[int, int, str]]:
    """Marks that belong to one script are many there by right (Tibetan, Thai, Hebrew); not the same one thrice."""
    found, start = [], 0
    for place in range(1, len(text) + 1):
        if place < len(text) and text[place] == text[start]:
            continue
        sign = text[start]
        if place - start > 2 and not _ANY_MARK.match(sign) and unicodedata.category(sign) in ("Mn", "Me"):
            found.append((start + 1, place, "marks"))
        start = place
    return found


@lru_cache(maxsize=4096)
def _alphabet(letter: str) -> str:
    """The script of a letter that may be taken for a Latin one, "" for all others."""
    if not letter.isalpha() and unicodedata.category(letter) != "Nd":
        return ""
    first = unicodedata.name(letter, "").split(" ", 1)[0]
    if first == "MATHEMATICAL":
        return first
    return first if first in _ALPHABETS and letter.isalpha() and letter not in "ªº\u00b5" else ""


def _imitations(text: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    words = [(match.start(), match[0]) for match in _WORD.finditer(text)]
    for number, (start, word) in enumerate(words):
        if not word.isascii():
            neighbours = [words[near][1] for near in (number - 1, number + 1) if 0 <= near < len(words)]
            found += [(start + place, start + place + 1, "letter") for place in _strangers(word, neighbours)]
    return found


def _strangers(word: str, neighbours: list[str]) -> list[int]:
    """The places of the letters of a word that stand for others that look like them."""
    alphabets = _alphabets(word)
    if "MATHEMATICAL" in alphabets:
        return [place for place, letter in enumerate(word) if _alphabet(letter) == "MATHEMATICAL"]
    if len(alphabets) > 1:
        return [] if _is_greek_for_itself(word) else _away_from_home(word)
    if all(letter in TWINS or not letter.isalpha() for letter in word):
        is_among_its_like = any(alphabets & _alphabets(near) for near in neighbours)
        return [] if is_among_its_like else [place for place, letter in enumerate(word) if letter in TWINS]
    return _phonetic(word) if alphabets == {"LATIN"} else []


def _alphabets(word: str) -> set[str]:
    return {_alphabet(letter) for letter in word} - {""}


def _is_greek_for_itself(word: str) -> bool:
    """Whether a word is Latin with one Greek letter at an end that means itself: TNFα, βhCG, µmol, kΩ, pgf2α."""
    scripts = [_alphabet(letter) for letter in word]
    greek = [place for place, script in enumerate(scripts) if script == "GREEK"]
    latin = [place for place, script in enumerate(scripts) if script == "LATIN"]
    if _alphabets(word) != {"LATIN", "GREEK"} or len(greek) != 1 or word[greek[0]] not in _GREEK_FOR_ITSELF:
        return False
    is_apart = greek[0] < latin[0] or greek[0] > latin[-1]
    rest = "".join(word[place] for place in latin)
    is_of_a_word = word[greek[0]] != "μ" and rest.islower() and len(rest) > 2
    beside = word[greek[0] - 1] if greek[0] else word[1]
    return is_apart and (beside.isdecimal() or not is_of_a_word)


def _away_from_home(word: str) -> list[int]:
    """The places of the letters that are of another script than most of the word; half of it makes it Latin.

    Of two scripts with as many letters the word's first is its own.
    """
    scripts = [_alphabet(letter) for letter in word]
    counts = Counter(filter(None, scripts))
    home = "LATIN" if counts["LATIN"] >= len(word) / 2 else counts.most_common(1)[0][0]
    return [place for place, script in enumerate(scripts) if script not in ("", home)]


def _phonetic(word: str) -> list[int]:
    """Letters of phonetic writing, and Roman numerals of one sign, in a word that has none but ASCII beside them."""
    has_letters = any(letter.isascii() and letter.isalpha() for letter in word)
    places = [place for place, letter in enumerate(word) if letter in "ɑɡ" or (has_letters and letter in "ⅰⅴⅹⅼⅽⅾⅿ")]
    others = (letter for place, letter in enumerate(word) if place not in places)
    return places if places and all(letter.isascii() for letter in others) else []


def _together(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Neighbours of one kind as one; what overlaps is told once."""
    together: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(found):
        if together and together[-1][1] > start:
            continue
        if together and together[-1][1] == start and together[-1][2] == kind:
            together[-1] = (together[-1][0], end, kind)
        else:
            together.append((start, end, kind))
    return together


def _in_words(text: str, start: int, end: int, kind: str) -> str:
    """The word around, both sides up to a space and 20 letters; other such signs in it are left out."""
    before = re.split(r"\s", text[max(start - 20, 0) : start])[-1].translate(UNSEEN)
    after = re.split(r"\s", text[end : end + 20])[0].translate(UNSEEN)
    before, after = _CONTROLS.sub("", before), _CONTROLS.sub("", after)
    return f"{before}{_spelt(text, start, end, kind)}{after}"


def _spelt(text: str, start: int, end: int, kind: str) -> str:
    signs = text[start:end]
    named = [f"⟨U+{ord(sign):04X} {_name(sign)}⟩" for sign in signs[:MOST_MARKS]]
    more = len(signs) - len(named)
    return "".join(named) + (f"⟨+{more}⟩" if more > 0 else "")


def _name(sign: str) -> str:
    kinds = {"Cc": "CONTROL", "Co": "PRIVATE USE", "Cn": "UNASSIGNED", "Cs": "SURROGATE"}
    return unicodedata.name(sign, "") or kinds.get(unicodedata.category(sign), "WITHOUT A NAME")


def complaint(text: str) -> str:
    """One sentence for whoever typed a name or a line that has such a sign, naming it; "" for none."""
    for sign in finds(text, most=1):
        if sign.kind == "letter":
            sentence = gettext("A letter here only looks like the one that is meant: %(shown)s. Type the word again.")
        else:
            sentence = gettext(
                "There is a sign here that nobody sees or that changes others: %(shown)s. Type it again."
            )
        return sentence % {"shown": sign.shown}
    return ""
