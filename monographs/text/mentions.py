"""What a reader could be harmed by if it were wrong: the doses, numbers, frequencies, routes and negations in a text.

A mention knows how it is written (``5mg``) and what it means, so that ``5mg``, ``5 mg`` and
``5.0 milligrams`` are one and the same, and ``5 mg`` and ``5 micrograms`` are not. The words are
English; digits of every script and units are read everywhere, and of some languages the words that
negate, count and time (`vocabulary`). Elsewhere the word behind a number counts as its unit. Where a way
of writing is ambiguous (``1.000``) it means only itself: a needless alert is cheaper than a missed one.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from monographs.text.numbers import DIGITS, END, NUMBER, value
from monographs.text.outline import Line
from monographs.text.units import FORMS, MEASURES, OTHER_UNITS, any_of
from monographs.text.vocabulary import FUNCTION_WORDS, NEGATIONS, ROUTES, other_category

_DOSE_UNITS = MEASURES | FORMS

_JOIN = r"(?:\s*[-–—×]\s*|\s+(?:to|or|and|x)\s+)"
_RANGE = rf"{NUMBER}(?:{_JOIN}{NUMBER})?"
_LIMIT = (
    r"(?:(?:(?:more|less|fewer|greater|higher|lower|longer|older|younger|later|earlier)\s+than|up\s+to|at\s+(?:least|most)"
    r"|(?:a\s+)?(?:maximum|max\.?|minimum|min\.?)(?:\s+(?:dose|of|is))*|exceed(?:ing|s)?"
    r"|under|over|above|below|within|after|before|until)\s+|[<>≤≥±]=?\s*)"
)
_LIMIT_BEHIND = (
    r"(?:,?\s+(?:(?:or|and)\s+(?:more|less|fewer|over|under|older|younger|above|below|up|upwards|longer|earlier|later)"
    rf"|at\s+(?:least|most)|maximum|max|minimum){END})"
)
_UNIT = rf"{any_of(*_DOSE_UNITS.values(), *OTHER_UNITS.values())}{END}"
_UNITS = rf"[\s-]?{_UNIT}(?:\s?(?:/|per(?=\s))\s?(?:{DIGITS}\s?)?{_UNIT})*"
_CLOCK = rf"\s?(?:[ap]\.m\.|[ap]m{END}|o'clock)"
_AMOUNT = rf"{_LIMIT}?{NUMBER}(?:{_CLOCK}|{_UNITS})?(?:{_JOIN}{NUMBER}(?:{_CLOCK}|{_UNITS})?)?{_LIMIT_BEHIND}?"
_ORDINAL = any_of(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth last next final previous"
)
_ROMAN = (  # not a lone I, V or X, unless the word before says that it counts; IV alone is a route
    r"(?:factor|stage|grade|type|class|phase|step|group|part)\s+(?-i:[IVX]{1,5})|(?-i:I{2,3}|VI{1,3}|IX|XI{1,3})"
)
_MEALTIME = "breakfasts? lunch(?:es)? dinners? suppers? teatimes? meals? mealtimes? food eating"
_PERIOD = any_of(
    "minutes? mins? hours? hrs? days? weeks? fortnights? months? years? mornings? afternoons? evenings? nights? "
    "breakfasts? lunch(?:es)? dinners? suppers? bedtimes? meals? mealtimes? doses?"
)
_PACE = any_of("hourly daily nightly weekly fortnightly monthly yearly annually")
_WEEKDAY = any_of("mondays? tuesdays? wednesdays? thursdays? fridays? saturdays? sundays? weekdays? weekends?")
_LATIN = (  # OD and QD in capitals only: "od" is a word elsewhere
    any_of(
        r"bd b\.d\. tds t\.d\.s\. qds q\.d\.s\. bid b\.i\.d\. tid t\.i\.d\. qid q\.i\.d\. prn p\.r\.n\. nocte mane stat"
    )
    + r"|(?-i:[OQ]D|[OQ]\.D\.)|q\.?\d+h"
)
_FREQUENCY = "|".join(
    [
        rf"(?:(?:on|every|each)\s+)?(?:an?\s+)?{_WEEKDAY}{END}",
        rf"(?:on\s+)?alternat(?:e|ing)\s+{_PERIOD}{END}",
        rf"(?:{_LATIN}){END}",
        rf"(?:every|each)\s+(?:(?:other|second|third|few)\s+|{_RANGE}[\s-]*)?{_PERIOD}{END}",
        rf"{_LIMIT}?(?:once|twice|thrice|{_RANGE}\s*(?:times|x(?=\s+(?:a|per|daily))))"
        rf"(?:[\s-]+(?:(?:an?|per|each|every|in)\s+(?:{NUMBER}\s+)?{_PERIOD}|{_PACE}))?{END}",
        rf"(?:{_RANGE}[\s-])?{_PACE}{END}",
        rf"{_LIMIT}?{NUMBER}\s+(?:in|out\s+of)\s+(?:every\s+)?{NUMBER}(?!\s*{_UNIT})",
        rf"(?:an?|per|each)\s+(?:minute|hour|day|week|month|night){END}",
        r"(?:at\s+(?:night|bedtime|noon|midday|midnight|mealtimes|breakfast|lunch|lunchtime|dinner|supper|teatime|once)"
        r"|(?:in|before)\s+(?:the\s+(?:mornings?|evenings?|afternoons?|night)|bed)"
        rf"|(?:before|after|with|between|during)\s+(?:(?:a|your|the|each|every)\s+)?{any_of(_MEALTIME)}"
        r"|on\s+an\s+empty\s+stomach"
        r"|(?:as|when|if)\s+(?:needed|required|necessary)|now|today|tomorrow|immediately|(?:straight|right)\s+away"
        r"|urgently|as\s+soon\s+as\s+possible|always|(?:very\s+)?(?:rare|rarely|common|commonly|often)|uncommon|uncommonly"
        r"|sometimes|occasionally|seldom|usually|frequent|frequently|infrequently|regularly"
        rf"|mornings?|evenings?|afternoons?|nights?|midnight|noon|breakfast|lunch|dinner|supper|bedtime){END}",
    ]
)
_ROUTE = rf"(?:{any_of(*ROUTES.values())}){END}"
_NEGATION = rf"{any_of(*NEGATIONS.values())}{END}"
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_WORD = rf"[^\W\d_](?:[^\W_]|[{_MARKS}])*(?:['-](?:[^\W\d_]|[{_MARKS}])+)*"

_ITEM = re.compile(
    rf"(?P<frequency>{_FREQUENCY})|(?P<amount>{_AMOUNT})|(?P<roman>(?:{_ROMAN}){END})|(?P<ordinal>{_ORDINAL}{END})"
    rf"|(?P<route>{_ROUTE})|(?P<negation>{_NEGATION})|(?P<word>{_WORD})",
    re.IGNORECASE,
)
_ONE_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_ONE_UNIT = re.compile(_UNIT, re.IGNORECASE)
_SPACES_AND_COMMAS = re.compile(r"[\s,]+")
_DASH = re.compile(r"[-–—]")
_ONE_LIMIT = re.compile(_LIMIT, re.IGNORECASE)
_ONE_LIMIT_BEHIND = re.compile(rf"{_LIMIT_BEHIND}$", re.IGNORECASE)
_ONE_CLOCK = re.compile(_CLOCK, re.IGNORECASE)
_ONE_WORD = re.compile(rf"\s?({_WORD})")


def _by_spelling(table: dict[str, str]) -> list[tuple[str, re.Pattern]]:
    return [(name, re.compile(any_of(spellings), re.IGNORECASE)) for name, spellings in table.items()]


_UNIT_SPELLINGS = _by_spelling(_DOSE_UNITS | OTHER_UNITS)
_ROUTE_SPELLINGS = _by_spelling(ROUTES)
_NEGATION_SPELLINGS = _by_spelling(NEGATIONS)

_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_LOOKALIKES = str.maketrans(
    {**dict.fromkeys("’‘´`ʼ′＇", "'"), "μ": "µ", "⁄": "/", "−": "-", "‑": "-", "٫": ".", "٬": ","}
)
_SENTENCE_END = re.compile(r"\n+|(?:(?<=[.!?؟。])|(?<=[.!?؟。][\"'”’)\]]))[^\S\n]++(?![a-z])")
_WIDE_SPACE = re.compile(r"[^\S\u2009\u202f]+")


@dataclass(frozen=True)
class Mention:
    """One mention, as written and as meant.

    ``category`` is dose, number, frequency, route or negation. ``meaning`` is what two mentions are compared by;
    ``unit`` is the part of it that names the unit, or "". A weak mention (a bare "one", "once") may be no quantity
    at all and matters only where another stands against it.
    """

    category: str
    phrase: str
    meaning: tuple
    unit: str = ""
    is_weak: bool = False


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a line that is none (a heading, a table row): the words and mentions that it consists of.

    ``labels`` are the lines that say what it holds for (`outline`), the outermost first.
    """

    text: str
    items: tuple[str | Mention, ...]
    labels: tuple["Sentence", ...] = ()

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """What it mentions, weak mentions aside."""
        return tuple(item for item in self.items if isinstance(item, Mention) and not item.is_weak)

    @property
    def lead(self) -> str:
        """Its labels in words, "Adults › Over 65", or ""."""
        return " › ".join(label.text.rstrip(":：") for label in self.labels)

    @property
    def told(self) -> str:
        """The sentence behind what it holds for: "Adults: Take 5 mg."."""
        return f"{self.lead}: {self.text}" if self.lead else self.text

    @cached_property
    def place(self) -> tuple:
        """Equal for two sentences that stand under the same labels."""
        return tuple(label.meaning for label in self.labels)

    @cached_property
    def meaning(self) -> tuple:
        """Equal for two sentences that differ in capitals, spacing, punctuation or the writing of a dose only."""
        return tuple(item if isinstance(item, str) else item.meaning for item in self.items)

    @cached_property
    def skeleton(self) -> tuple:
        """The same, with each mention replaced by its category."""
        return tuple(item if isinstance(item, str) else (item.category,) for item in self.items)

    @cached_property
    def bag(self) -> Counter:
        """Its content words, counting 2 each, and the categories of its mentions, counting 1 each."""
        bag: Counter = Counter()
        for item in self.items:
            if isinstance(item, Mention):
                bag[(item.category,)] += 1
            elif item not in FUNCTION_WORDS:
                bag[item] += 2
        return bag


def is_content_word(item: str | Mention) -> bool:
    """Whether the item is a word that carries meaning: neither a mention nor "the", "of", "you"."""
    return isinstance(item, str) and item not in FUNCTION_WORDS


def sentences(text: str | Sequence[Line], *, language: str = "en") -> list[Sentence]:
    """The sentences of a plain text or an outline, in order. A line always ends one.

    ``language`` decides which words beside the English ones count, and how a comma in a number is read: ``1,000``
    is a thousand in English; in a language with a decimal comma it could be either, and means only itself.
    """
    lines = [Line(text)] if isinstance(text, str) else text
    labels = {label: _sentence(label, language) for line in lines for label in line.labels}
    return [
        _sentence(part, language, tuple(labels[label] for label in line.labels))
        for line in lines
        for written in _SENTENCE_END.split(line.text.translate(_INVISIBLE))
        if (part := _WIDE_SPACE.sub(" ", written).strip())
    ]


def _sentence(text: str, language: str, labels: tuple[Sentence, ...] = ()) -> Sentence:
    return Sentence(text, tuple(_items(text, language)), labels)


def _items(text: str, language: str):
    comparable = "".join(_comparable(character) for character in text).translate(_LOOKALIKES)
    for match in _ITEM.finditer(comparable):
        kind, written = match.lastgroup, match[0]
        phrase = text[match.start() : match.end()].strip()
        if kind == "amount":
            yield _amount(phrase, written, language, comparable[match.end() :])
        elif kind == "frequency":
            yield _frequency(phrase, written, language)
        elif kind == "ordinal":
            yield Mention("number", phrase, ("number", written.casefold()), is_weak=True)
        elif kind in {"route", "negation"}:
            table = _ROUTE_SPELLINGS if kind == "route" else _NEGATION_SPELLINGS
            yield Mention(kind, phrase, (kind, _named(written, table)))
        elif kind == "roman" or any(character.isdigit() for character in written):
            yield Mention("number", phrase, ("number", written.casefold()))
        elif category := other_category(written.casefold(), language):
            yield Mention(category, phrase, (category, written.casefold()))
        else:
            yield written.casefold()


def _comparable(character: str) -> str:
    """A digit of any script as 0–9; white space as one space; anything else as it is."""
    if character.isascii():
        return character
    if character.isspace():
        return character if character in "\u2009\u202f" else " "
    return str(unicodedata.digit(character)) if unicodedata.category(character) == "Nd" else character


def _named(written: str, table: list[tuple[str, re.Pattern]]) -> str:
    return next(name for name, pattern in table if pattern.fullmatch(written))


def _amount(phrase: str, written: str, language: str, following: str) -> Mention:
    before, behind = _ONE_LIMIT.match(written), _ONE_LIMIT_BEHIND.search(written)
    rest = written[before.end() if before else 0 : behind.start() if behind else len(written)]
    numbers = tuple(value(match[0], language) for match in _ONE_NUMBER.finditer(rest))
    between = _ONE_NUMBER.sub(" ", rest)
    clock = tuple(match[0].replace(".", "").strip().casefold() for match in _ONE_CLOCK.finditer(between))
    between = _ONE_CLOCK.sub(" ", between)
    units = dict.fromkeys(_named(match[0], _UNIT_SPELLINGS) for match in _ONE_UNIT.finditer(between))
    unit = "/".join([*clock, *units])
    if not unit and language.split("-")[0] != "en" and (word := _ONE_WORD.match(following)):
        phrase, unit = f"{phrase} {word[1]}", word[1].casefold()
    is_dose = any(name in _DOSE_UNITS for name in units)
    joins = "".join(_ONE_UNIT.sub("", between).casefold().split()).replace("per", "/")
    joins = _DASH.sub("to" if len(numbers) > 1 else "", joins)
    limits = " ".join(_SPACES_AND_COMMAS.sub(" ", limit[0].casefold()).strip() for limit in (before, behind) if limit)
    meaning = ("amount", limits, numbers, joins, unit)
    is_weak = not unit and not limits and rest.strip().casefold() == "one"
    return Mention("dose" if is_dose else "number", phrase, meaning, unit, is_weak)


def _frequency(phrase: str, written: str, language: str) -> Mention:
    meant = _ONE_NUMBER.sub(lambda match: f"{value(match[0], language)} ", written.casefold())
    meant = " ".join(re.sub(r"[-–—]", " ", meant).split())
    for word, times in (("once", 1), ("twice", 2), ("thrice", 3)):
        meant = re.sub(rf"^(.*\bthan |up to |at \w+ )?{word}\b", rf"\g<1>{times} times", meant)
    meant = re.sub(r"(?<=[a-z])\.", "", meant)
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
