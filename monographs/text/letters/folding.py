"""The one folding of names and of what people type to find them: what search, suggestions and the A–Z compare.

Sources: Unicode Standard Annex 15 (NFKC) and chapter 9.2 (Arabic letters and their forms); for Persian and Urdu letters
that are typed for Arabic ones, Unicode's notes on U+0649, U+06A9 and U+06CC; for Latin letters that are no letter with
an accent, `transliteration.LATIN`. A change here needs a migration that folds the stored rows anew
(`medicines.names.fold_anew`); `verify_history` names the first row that was folded otherwise.
"""

import re
import unicodedata

from django.db import models

from monographs.text.letters.signs import UNSEEN
from monographs.text.letters.transliteration import LATIN

_APOSTROPHES = "'`´‘’‛′‵ʹʻʼʽʾʿˈ＇՚"
_TRADE_MARKS = "®™℠©℗"
_NOTHING = frozenset(_APOSTROPHES + _TRADE_MARKS + "ـ")  # and the Arabic tatweel; besides them, what is unseen
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹘﹣－⁃־", "-"),
        **{
            "ٱ": "ا",
            "ى": "ي",
            "ی": "ي",
            "ے": "ي",
            "ې": "ي",
            "ک": "ك",
            "ڪ": "ك",
            "ة": "ه",
            "ە": "ه",
            "ہ": "ه",
            "ھ": "ه",
        },
        **{"٪": "%", "٫": ".", "٬": ",", "،": ",", "\u2044": "/", "\u2215": "/"},
        **LATIN,
    }
)
_PUNCTUATION = r"\s()\[\]{}\"“”„‟«»‹›;:!?¡¿؟؛*•·…_\\|~。、！？"
_BEFORE = re.compile(rf"^(?:[{_PUNCTUATION}]|[-.,/](?!\d))+")
_BEHIND = re.compile(rf"[{_PUNCTUATION}\-.,/]+$")
_PLAIN = re.compile(r"[ -&(-_{-~a-z]*")  # signs that folding leaves as they are inside a text: ASCII but ' and `


def fold(text: str) -> str:
    """One spelling for all that mean the same name: ``fold(" (Méthadone®) ") == "methadone"``.

    Lower case without accents, whether a letter has one or is one (ł, ø, æ); no apostrophes (St John's, Johns), unseen
    signs, trade marks or punctuation around it; one hyphen, one space; digits of any script as 0–9; one form of each
    Arabic letter, without vowel signs. Two texts whose numbers differ never fold alike: ``10⁵`` is "10^5", ``1½`` is
    "1 1/2", and what is left out between two digits leaves a space. Folding what is folded changes nothing.
    """
    text = text.casefold()
    if not _PLAIN.fullmatch(text):
        text = _apart(text).translate(_ALIKE).casefold()
        text = unicodedata.normalize("NFC", "".join(sign for sign in text if not _is_accent(sign)))
    return _BEHIND.sub("", _BEFORE.sub("", " ".join(text.split())))


def _apart(text: str) -> str:
    """NFKD, where a raised, ringed or vulgar number beside another number stays another number."""
    found, kind_before, has_gap = "", "", False
    for character in text:
        if character in _NOTHING or ord(character) in UNSEEN:
            has_gap = True
            continue
        plain = _ascii_digit(character) or unicodedata.normalize("NFKD", character)
        kind = unicodedata.decomposition(character).partition(" ")[0]
        goes_on = kind == kind_before and kind in {"", "<super>", "<sub>"} and not has_gap
        if plain[:1].isdigit() and found[-1:].isdigit() and not goes_on:
            found += "^" if kind == "<super>" else " "
        found += plain
        kind_before, has_gap = kind, False
    return unicodedata.normalize("NFKD", found)  # marks of several letters in their one order


def _ascii_digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() and not character.isascii() else ""


def _is_accent(sign: str) -> bool:
    """Whether a mark only colours its letter: accents, Arabic and Hebrew points; not what parts ガ from カ or joins
    letters of India, which are letters to their readers (canonical classes 6 to 9 and 84 to 132)."""
    place = unicodedata.combining(sign)
    return place == 1 or 10 <= place <= 36 or place >= 200 or unicodedata.category(sign) == "Me"


class FoldedField(models.CharField):
    """A column that keeps the folded form of another, whichever way the row is saved."""

    def __init__(self, *args, source: str = "", **kwargs):
        self.source = source
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance, add):
        value = fold(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
