"""What a reader could be harmed by if it were wrong: the doses, numbers, frequencies, routes and negations in a text.

A mention knows how it is written (``5mg``) and what it means, so that ``5mg``, ``5 mg`` and
``5.0 milligrams`` are one and the same, and ``5 mg`` and ``5 micrograms`` are not. The words are
English; digits of every script and units are read everywhere, and of some languages the words that
negate, count and time (`vocabulary`). Elsewhere the word behind a number counts as its unit. Where a way
of writing is ambiguous (``1.000``) it means only itself: a needless alert is cheaper than a missed one.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from monographs.text.amounts.numbers import keep_groups, value
from monographs.text.letters.signs import TWINS, UNSEEN_IN_WORDS
from monographs.text.markup.outline import Line
from monographs.text.words.lexicon import Lexicon, lexicon
from monographs.text.words.mention import Mention, Sentence
from monographs.text.words.patterns import (
    DOSE_UNITS,
    ITEM,
    LIMIT_BEHIND_SPELLINGS,
    LIMIT_SPELLINGS,
    NEGATION_SPELLINGS,
    ONE_CLOCK,
    ONE_LIMIT,
    ONE_LIMIT_BEHIND,
    ONE_NUMBER,
    ONE_UNIT,
    ONE_WORD,
    ROUTE_SPELLINGS,
    TURN_SPELLINGS,
    UNIT_SPELLINGS,
)
from monographs.text.words.spelling import keys
from monographs.text.words.terms import with_terms
from monographs.text.words.vocabulary import is_english, other_category

_DASH = re.compile(r"[-–—]")
_LOOKALIKES = str.maketrans(
    {**dict.fromkeys("’‘‛´`ʼ′", "'"), "μ": "µ", "⁄": "/", "−": "-", "‑": "-", "٫": ".", "٬": ",",
     "⩽": "≤", "≦": "≤", "⩾": "≥", "≧": "≥",
     **TWINS}
)  # fmt: skip
_SENTENCE_END = re.compile(r"\n+|(?:(?<=[.!?؟。])|(?<=[.!?؟。][\"'”’)\]]))(?<![Mm](?:ax|in)\.)[^\S\n]++(?![a-z])")
_WORD_WITHIN = re.compile(r"[a-z]+(?=.*\bwhole$)|drops?|ointments?|gels?|lotions?|sprays?|creams?")
_WORD_DENIED = re.compile(r"(?<=^non-)[a-z]+|^[a-z]+(?=-free$)")
_OF_ROUTES = {"it", "them", "the", "your", "swallow", "swallows", "swallowed", "swallowing"}
_WIDE_SPACE = re.compile(r"[^\S\u2009\u202f]+")


_LOOSE_LIMITS = {"", "to", "by", "from", "about"}


class Reader:
    """Reads sentences of one language, each wording once.

    ``language`` decides which words beside the English ones count, and how a comma in a number is read: ``1,000``
    is a thousand in English; in a language with a decimal comma it could be either, and means only itself. ``names``
    are the names of medicines to know beside the lists of words, which are English.
    """

    def __init__(self, language: str = "en", names: frozenset[str] = frozenset()):
        self.language = language
        self.is_english = is_english(language)
        self.lexicon = lexicon(names) if self.is_english else Lexicon({}, lexicon(names).names)
        self._read: dict[str, tuple[str | Mention, ...]] = {}

    def sentences(self, text: str | Sequence[Line]) -> list[Sentence]:
        """The sentences of a plain text or an outline, in order. A line always ends one."""
        lines = [Line(text)] if isinstance(text, str) else text
        labels = {label: self._sentence(_tidy(label)) for line in lines for label in line.labels}
        return [
            self._sentence(part, tuple(labels[label] for label in line.labels))
            for line in lines
            for written in _SENTENCE_END.split(_tidy(line.text))
            if (part := _WIDE_SPACE.sub(" ", written).strip())
        ]

    def reread(self, sentence: Sentence, text: str) -> Sentence:
        """The sentence as if it were written like this, told as it is written."""
        return replace(sentence, items=self._items(text))

    def is_known(self, word: str) -> bool:
        """Whether a word is in any list or pattern, so that it is no typing error."""
        match = ITEM.fullmatch(word)
        return bool(match and match.lastgroup != "word") or self.lexicon.is_known(word)

    def _sentence(self, text: str, labels: tuple[Sentence, ...] = ()) -> Sentence:
        return Sentence(text, self._items(text), labels)

    def _items(self, text: str) -> tuple[str | Mention, ...]:
        if text not in self._read:
            self._read[text] = with_terms(_items(text, self.language), self.lexicon)
        return self._read[text]


def keys_in(text: str) -> frozenset[str]:
    """The keys of all words that a `Reader` may find in a text, and of parts of them: a phrase that begins with none of
    these is not found in it."""
    tidy = _tidy(text)
    words = {match[1] for written in (tidy, comparable(tidy)) for match in ONE_WORD.finditer(written)}
    return frozenset(key for word in words for part in (word, *re.split("['’]", word)) for key in keys(part))


def _tidy(text: str) -> str:
    """Without characters that cannot be seen, and each accented letter as one character."""
    return keep_groups(unicodedata.normalize("NFC", text.translate(UNSEEN_IN_WORDS)))


def comparable(text: str) -> str:
    """The text, letter by letter, with digits of every script as 0–9 and signs that look alike as one."""
    return "".join(_comparable(character) for character in text).translate(_LOOKALIKES)


def _items(text: str, language: str) -> Iterator[str | Mention]:
    read = comparable(text)
    for match in ITEM.finditer(read):
        kind, written = match.lastgroup, match[0]
        phrase = text[match.start() : match.end()].strip()
        if kind == "amount":
            yield _amount(phrase, written, language, read[match.end() :])
        elif kind == "frequency":
            yield _frequency(phrase, written, language)
        elif kind == "route":
            yield Mention(kind, phrase, (kind, _named(written, ROUTE_SPELLINGS)))
            yield from (word for word in _WORD_WITHIN.findall(written.casefold()) if word not in _OF_ROUTES)
        elif kind == "negation":
            yield Mention(kind, phrase, (kind, _named(written, NEGATION_SPELLINGS)))
            yield from _WORD_DENIED.findall(written.casefold())
        elif kind == "turn":
            yield _turn(phrase, written)
        elif kind in {"ordinal", "size"}:
            yield Mention("number", phrase, ("number", written.casefold()), is_weak=True)
        else:
            yield _word(phrase, written, kind == "roman", language)


def _word(phrase: str, written: str, is_roman: bool, language: str) -> str | Mention:
    """A word that is no pattern's: a number if it has digits ("B12"), what it says in ``language``, else itself."""
    said = written.casefold()
    if is_roman or any(unicodedata.category(character) in {"Nd", "Nl", "No"} for character in written):
        return Mention("number", phrase, ("number", said))
    category = other_category(said, language)
    return Mention(category, phrase, (category, said)) if category else said


def _comparable(character: str) -> str:
    """A digit of any script as 0–9; white space as one space; a letter or sign of another width or style as itself."""
    if character.isascii():
        return character
    if character in "º˚":
        return "°"
    if character.isspace():
        return character if character in "\u2009\u202f" else " "
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    plain = unicodedata.normalize("NFKC", character) if category != "No" else character
    return plain if len(plain) == 1 else character


def _named(written: str, table: list[tuple[str, re.Pattern]]) -> str:
    """What a spelling of the table means; one that is in none means only itself."""
    return next((name for name, pattern in table if pattern.fullmatch(written)), written.casefold())


def _amount(phrase: str, written: str, language: str, following: str) -> Mention:
    before, behind = ONE_LIMIT.match(written), ONE_LIMIT_BEHIND.search(written)
    rest = written[before.end() if before else 0 : behind.start() if behind else len(written)]
    numbers = tuple(value(match[0], language) for match in ONE_NUMBER.finditer(rest))
    between = ONE_NUMBER.sub(" ", rest)
    clock = tuple(match[0].replace(".", "").strip().casefold() for match in ONE_CLOCK.finditer(between))
    between = ONE_CLOCK.sub(" ", between)
    units = dict.fromkeys(_named(match[0], UNIT_SPELLINGS) for match in ONE_UNIT.finditer(between))
    unit = "/".join([*clock, *units])
    if not unit and not is_english(language) and (word := ONE_WORD.match(following)):
        phrase, unit = f"{phrase} {word[1]}", word[1].casefold()
    joins = "".join(ONE_UNIT.sub("", between).casefold().split()).replace("per", "/")
    joins = _DASH.sub("to" if len(numbers) > 1 else "", joins)
    limit = _limit(before, behind, is_range=len(numbers) > 1)
    is_weak = not unit and limit in _LOOSE_LIMITS and rest.strip().casefold() == "one"
    meaning = ("amount", "" if is_weak else limit, numbers, joins, unit)
    return Mention("number" if DOSE_UNITS.keys().isdisjoint(units) else "dose", phrase, meaning, unit, is_weak)


def _limit(before: re.Match | None, behind: re.Match | None, *, is_range: bool) -> str:
    """On which side of the number: ≤ for "up to" before it and for "or less" behind it."""
    limit = _named(before[0].strip(), LIMIT_SPELLINGS) if before else ""
    if limit == "from" and is_range:
        limit = ""
    return limit + (_named(behind[0].strip(" ,"), LIMIT_BEHIND_SPELLINGS) if behind else "")


def _turn(phrase: str, written: str) -> Mention:
    category, meaning = next(
        (category, name)
        for category, spellings in TURN_SPELLINGS
        for name, pattern in spellings
        if pattern.fullmatch(written)
    )
    return Mention(category, phrase, (category, meaning), is_weak=True)


def _frequency(phrase: str, written: str, language: str) -> Mention:
    meant = ONE_NUMBER.sub(lambda match: f"{value(match[0], language)} ", written.casefold())
    meant = re.sub(r"(?<=\d )\s*[-–—]\s*(?=\d)|(?<=day)(s?)\s*[-–—]\s*", r"\1 to ", meant)
    meant = " ".join(re.sub(r"[-–—]", " ", meant).split())
    meant = re.sub(r"\b(?:out of|in)(?: every)?(?= \d)", "in", meant)
    for word, times in (("once", 1), ("twice", 2), ("thrice", 3)):
        meant = re.sub(rf"^(.*\bthan |up to |at \w+ )?{word}\b", rf"\g<1>{times} times", meant)
    meant = re.sub(r"(?<=\d )[x×]", "times", meant)
    meant = re.sub(r"(?<=times)\s*/\s*", " a ", meant)
    meant = re.sub(r"(?<=[a-z])\.", "", meant)
    meant = re.sub(r"^each\b", "every", meant)
    meant = re.sub(r"^(\d+) hourly", r"every \1 hour", meant)
    meant = re.sub(r"\b(?:an?|per|each)\b", "a", meant)
    meant = re.sub(r"(?<=times )every\b", "a", meant)
    for pace, period in (("hourly", "hour"), ("daily", "day"), ("nightly", "night"), ("weekly", "week"),
                         ("fortnightly", "fortnight"), ("monthly", "month"), ("yearly", "year")):  # fmt: skip
        meant = re.sub(rf"(?<=times ){pace}\b", f"a {period}", meant)
    meant = re.sub(
        r"(minute|hour|day|week|fortnight|month|year|morning|afternoon|evening|night|meal|breakfast|dinner)s\b",
        r"\1",
        meant,
    )
    return Mention("frequency", phrase, ("frequency", meant), is_weak=written.casefold() == "once")
