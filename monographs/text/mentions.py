"""What a reader could be harmed by if it were wrong: the doses, numbers, frequencies, routes and negations in a text.

A mention knows how it is written (``5mg``) and what it means, so that ``5mg``, ``5 mg`` and
``5.0 milligrams`` are one and the same, and ``5 mg`` and ``5 micrograms`` are not. The words are
English; digits of every script, the Arabic abbreviations of units and the negations of some languages
are read too. Where a way of writing is ambiguous (``1.000``) it means only itself: a needless alert is
cheaper than a missed one.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

_DECIMAL_COMMA = {
    "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "it", "lt", "lv", "nb", "nl", "no", "pl", "pt",
    "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "vi",
}  # fmt: skip
_FUNCTION_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "a an the of to at in on with and or but you your it its is are be been was were may might can will would "
        "should must this that these those if for from by as so than then there their they them we our i he she his "
        "her who which what when while also any has have had do does did into up out about per",
    )
)

# Units: spellings of each, those that measure a medicine first.
_DOSE_UNITS = {
    "mg": "mg mgs milligrams? milligrammes? ملغ ملغم ملجم مجم مغ",
    "microgram": "micrograms? microgrammes? mcg µg ug ميكروغرام ميكروجرام مكغ",
    "nanogram": "nanograms? ng",
    "g": "g gm grams? grammes? غرام جرام غ",
    "kg": "kg kgs kilograms? kilos?",
    "ml": "mls? millilitres? milliliters? cc مل",
    "litre": "l litres? liters?",
    "unit": "units? u",
    "international unit": r"iu international\s+units?",
    "mmol": "mmol millimoles?",
    "mEq": "meq",
    "%": "% ٪ percent per\\s+cent",
    "tablet": "tablets? tabs? caplets? pills?",
    "capsule": "capsules? caps?",
    "puff": "puffs? inhalations?",
    "drop": "drops?",
    "spray": "sprays?",
    "spoonful": "spoonfuls? spoons?",
    "teaspoon": "teaspoons? teaspoonfuls?",
    "tablespoon": "tablespoons? tablespoonfuls?",
    "sachet": "sachets?",
    "patch": "patch patches",
    "suppository": "suppository suppositories",
    "pessary": "pessary pessaries",
    "lozenge": "lozenges?",
    "injection": "injections?",
    "ampoule": "ampoules?",
    "vial": "vials?",
    "application": "applications?",
    "dose": "doses?",
}
_OTHER_UNITS = {
    "second": "seconds? secs?",
    "minute": "minutes? mins?",
    "hour": "hours? hrs? h",
    "day": "days?",
    "week": "weeks?",
    "month": "months?",
    "year": "years?",
    "°C": "°c ℃",
    "°F": "°f ℉",
    "mmHg": "mmhg",
    "cm": "cm centimetres? centimeters?",
    "m²": "m² m2",
}
_ROUTES = {
    "mouth": r"by\s+mouth oral(?:ly)?",
    "swallow": "swallow(?:ed|ing|s)?",
    "tongue": r"(?:under|beneath|below)\s+(?:the|your)\s+tongue sublingual(?:ly)?",
    "cheek": r"(?:inside|in)\s+(?:the|your)\s+cheek buccal(?:ly)?",
    "inhaled": r"inhal(?:e|ed|es|ing|ation) breath(?:e|ed|ing)\s+(?:it\s+)?in",
    "vein": r"in(?:to|side)?\s+(?:a|the|your)\s+veins? intravenous(?:ly)? iv",
    "muscle": r"in(?:to)?\s+(?:a|the|your)\s+muscles? intramuscular(?:ly)?",
    "under the skin": r"under\s+(?:the|your)\s+skin subcutaneous(?:ly)?",
    "skin": r"(?:on|onto|to|through)\s+(?:the|your)\s+(?:affected\s+)?skin topical(?:ly)? transdermal(?:ly)?",
    "spine": r"in(?:to)?\s+(?:the|your)\s+(?:spine|spinal\s+fluid) intrathecal(?:ly)?",
    "rectum": r"rectal(?:ly)? in(?:to)?\s+(?:the|your)\s+(?:rectum|bottom|back\s+passage|anus)",
    "vagina": r"vaginal(?:ly)? in(?:to)?\s+(?:the|your)\s+vagina",
    "eye": r"in(?:to)?\s+(?:the|your|each|both)\s+(?:affected\s+)?eyes?",
    "ear": r"in(?:to)?\s+(?:the|your|each|both)\s+(?:affected\s+)?ears?",
    "nose": r"(?:in(?:to)?|up)\s+(?:the|your|each|both)\s+(?:nose|nostrils?) nasal(?:ly)?",
    "injected": r"inject(?:ed|ing|s)?",
}
_NEGATIONS = {
    "do not": r"(?:do|does|did)\s+not (?:do|does|did)n't dont",
    "cannot": r"cannot can\s+not can't",
    "must not": r"must\s+not mustn't",
    "should not": r"should\s+not shouldn't",
    "may not": r"may\s+not",
    "will not": r"will\s+not won't",
    "not": "not [a-z]+n't",
    "never": "never",
    "without": "without",
    "no": r"no(?:\s+longer)?",
    "none": "none nobody nothing neither nor",
    "unless": "unless",
    "avoid": "avoid(?:s|ed|ing|ance)?",
    "stop": "stop(?:s|ped|ping)?",
    "only": "only",
    "except": r"except(?:ing)? excluding apart\s+from other\s+than",
    "instead of": r"instead\s+of rather\s+than",
    "hardly": "hardly barely scarcely",
    "unsafe": "unsafe unsuitable",
}

# Words that forbid or except in other languages, each meaning itself.
_OTHER_NEGATIONS = {
    "ar": "لا ولا فلا لم لن ليس ليست بدون دون تجنب تجنبي توقف توقفي ممنوع إلا فقط غير",
    "de": "nicht kein keine keinen keiner keinem nie niemals ohne außer nur vermeiden vermeide",
    "es": "no nunca ni sin evite evita evitar suspenda excepto salvo solo sólo solamente",
    "fr": "ne pas jamais sans aucun aucune sauf évitez évite éviter arrêtez arrêter seulement uniquement",
    "it": "non mai senza eviti evita evitare tranne eccetto solo soltanto",
    "pl": "nie nigdy bez unikaj unikać tylko oprócz",
    "pt": "não nunca sem evite evita evitar exceto só somente apenas",
    "ur": "نہ نہیں مت بغیر صرف",
}

_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
}  # fmt: skip
_TEENS = {
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORD_VALUES = _ONES | _TEENS | _TENS
_GLYPHS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3),
           "⅛": Fraction(1, 8)}  # fmt: skip

_END = r"(?![^\W_])"  # no letter or digit follows


def _any(*spellings: str) -> str:
    """A pattern for any of the given space-separated lists of spellings, the longest tried first."""
    return "(?:" + "|".join(sorted(" ".join(spellings).split(" "), key=len, reverse=True)) + ")"


_WORD_NUMBER = (
    rf"(?:{_any(*_TENS)}(?:[\s-]{_any(*list(_ONES)[1:10])})?|{_any(*_TEENS)}|{_any(*_ONES)}|(?={_any(*_SCALES)}))"
    rf"(?:\s?{_any(*_SCALES)})?{_END}"
)
_DIGITS = (
    r"(?:(?<![^\s(])-)?(?:\d+\s\d+/\d+(?![\d/])|\d+(?:[/:]\d+)+|\d{1,3}(?:[\u2009\u202f]\d{3})+(?!\d)"
    r"|\d+(?:[.,]\d+)*\s?[½¼¾⅓⅔⅛]|\d+(?:[.,]\d+)*|(?<!\d)\.\d+|[½¼¾⅓⅔⅛])"
)
_HALF = (
    rf"(?:(?:an?\s+)?(?:half|quarter|two[\s-]thirds|three[\s-]quarters|double)|(?:a|one)[\s-]third(?=\s+of)){_END}"
    r"(?:\s+(?:of\s+)?an?(?=\s))?"
)
_NUMBER = rf"(?>(?:{_HALF}|(?:{_DIGITS}|{_WORD_NUMBER})(?:\s+and\s+an?\s+(?:half|quarter){_END})?))"
_JOIN = r"(?:\s*[-–—×]\s*|\s+(?:to|or|and|x)\s+)"
_RANGE = rf"{_NUMBER}(?:{_JOIN}{_NUMBER})?"
_LIMIT = (
    r"(?:(?:(?:more|less|fewer|greater|higher|lower|longer|older|younger)\s+than|up\s+to|at\s+least|at\s+most"
    r"|under|over|above|below)\s+|[<>≤≥±]=?\s*)"
)
_UNIT = rf"{_any(*_DOSE_UNITS.values(), *_OTHER_UNITS.values())}{_END}"
_UNITS = rf"[\s-]?{_UNIT}(?:\s?(?:/|per(?=\s))\s?(?:{_DIGITS}\s?)?{_UNIT})*"
_AMOUNT = rf"{_LIMIT}?{_NUMBER}(?:{_UNITS})?(?:{_JOIN}{_NUMBER}(?:{_UNITS})?)?"
_PERIOD = _any(
    "minutes? mins? hours? hrs? days? weeks? fortnights? months? years? mornings? afternoons? evenings? nights? "
    "meals? mealtimes? doses?"
)
_PACE = _any("hourly daily nightly weekly fortnightly monthly yearly")
_WEEKDAY = _any("mondays? tuesdays? wednesdays? thursdays? fridays? saturdays? sundays? weekdays? weekends?")
_LATIN = (  # OD and QD in capitals only: "od" is a word elsewhere
    _any(
        r"bd b\.d\. tds t\.d\.s\. qds q\.d\.s\. bid b\.i\.d\. tid t\.i\.d\. qid q\.i\.d\. prn p\.r\.n\. nocte mane stat"
    )
    + r"|(?-i:[OQ]D|[OQ]\.D\.)"
)
_FREQUENCY = "|".join(
    [
        rf"(?:(?:on|every|each)\s+)?(?:an?\s+)?{_WEEKDAY}{_END}",
        rf"(?:on\s+)?alternat(?:e|ing)\s+{_PERIOD}{_END}",
        rf"(?:{_LATIN}){_END}",
        rf"every\s+(?:(?:other|second|third|few)\s+|{_RANGE}[\s-]*)?{_PERIOD}{_END}",
        rf"{_LIMIT}?(?:once|twice|thrice|{_RANGE}\s*(?:times|x(?=\s+(?:a|per|daily))))"
        rf"(?:[\s-]+(?:(?:an?|per|each|every|in)\s+(?:{_NUMBER}\s+)?{_PERIOD}|{_PACE}))?{_END}",
        rf"(?:{_RANGE}[\s-])?{_PACE}{_END}",
        rf"{_LIMIT}?{_NUMBER}\s+(?:in|out\s+of)\s+(?:every\s+)?{_NUMBER}(?!\s*{_UNIT})",
        rf"(?:an?|per|each)\s+(?:minute|hour|day|week|month|night){_END}",
        r"(?:at\s+(?:night|bedtime|noon|midday|mealtimes|once)|(?:in|before)\s+(?:the\s+(?:morning|evening|afternoon)|bed)"
        r"|(?:before|after|with|between)\s+(?:food|meals?|eating|breakfast|lunch|dinner|supper)|on\s+an\s+empty\s+stomach"
        r"|(?:as|when|if)\s+(?:needed|required|necessary)|now|today|immediately|(?:straight|right)\s+away|urgently"
        r"|as\s+soon\s+as\s+possible|always|(?:very\s+)?(?:rare|rarely|common|commonly)|uncommon|uncommonly|often"
        rf"|sometimes|occasionally){_END}",
    ]
)
_ROUTE = rf"{_any(*_ROUTES.values())}{_END}"
_NEGATION = rf"{_any(*_NEGATIONS.values())}{_END}"
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_WORD = rf"[^\W\d_](?:[^\W_]|[{_MARKS}])*(?:['-](?:[^\W\d_]|[{_MARKS}])+)*"

_ITEM = re.compile(
    rf"(?P<frequency>{_FREQUENCY})|(?P<amount>{_AMOUNT})|(?P<route>{_ROUTE})|(?P<negation>{_NEGATION})|(?P<word>{_WORD})",
    re.IGNORECASE,
)
_ONE_NUMBER = re.compile(_NUMBER, re.IGNORECASE)
_ONE_UNIT = re.compile(_UNIT, re.IGNORECASE)
_DASH = re.compile(r"[-–—]")
_ONE_LIMIT = re.compile(_LIMIT, re.IGNORECASE)


def _by_spelling(table: dict[str, str]) -> list[tuple[str, re.Pattern]]:
    return [(name, re.compile(_any(spellings), re.IGNORECASE)) for name, spellings in table.items()]


_UNIT_SPELLINGS = _by_spelling(_DOSE_UNITS | _OTHER_UNITS)
_ROUTE_SPELLINGS = _by_spelling(_ROUTES)
_NEGATION_SPELLINGS = _by_spelling(_NEGATIONS)

_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_LOOKALIKES = str.maketrans({"’": "'", "‘": "'", "μ": "µ", "⁄": "/", "−": "-", "‑": "-", "٫": ".", "٬": ","})
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
    """A sentence, or a line that is none (a heading, a table row), and what it consists of: words and mentions."""

    text: str
    items: tuple[str | Mention, ...]

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
            elif item not in _FUNCTION_WORDS:
                bag[item] += 2
        return bag


def is_content_word(item: str | Mention) -> bool:
    """Whether the item is a word that carries meaning: neither a mention nor "the", "of", "you"."""
    return isinstance(item, str) and item not in _FUNCTION_WORDS


def sentences(text: str, *, language: str = "en") -> list[Sentence]:
    """The sentences of a plain text, in order. A line always ends one.

    ``language`` decides which words beside the English ones negate, and how a comma in a number is read: ``1,000``
    is a thousand in English; in a language with a decimal comma it could be either, and means only itself.
    """
    visible = text.translate(_INVISIBLE)
    parts = (_WIDE_SPACE.sub(" ", part).strip() for part in _SENTENCE_END.split(visible))
    return [Sentence(part, tuple(_items(part, language))) for part in parts if part]


def _items(text: str, language: str):
    comparable = "".join(_comparable(character) for character in text).translate(_LOOKALIKES)
    for match in _ITEM.finditer(comparable):
        kind, written = match.lastgroup, match[0]
        phrase = text[match.start() : match.end()].strip()
        if kind == "amount":
            yield _amount(phrase, written, language)
        elif kind == "frequency":
            yield _frequency(phrase, written, language)
        elif kind in {"route", "negation"}:
            table = _ROUTE_SPELLINGS if kind == "route" else _NEGATION_SPELLINGS
            yield Mention(kind, phrase, (kind, _named(written, table)))
        elif any(character.isdigit() for character in written):
            yield Mention("number", phrase, ("number", written.casefold()))
        elif written.casefold() in _OTHER_NEGATIONS.get(language.split("-")[0], "").split():
            yield Mention("negation", phrase, ("negation", written.casefold()))
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


def _amount(phrase: str, written: str, language: str) -> Mention:
    limit = _ONE_LIMIT.match(written)
    rest = written[limit.end() :] if limit else written
    numbers = tuple(_value(match[0], language) for match in _ONE_NUMBER.finditer(rest))
    between = _ONE_NUMBER.sub(" ", rest)
    units = dict.fromkeys(_named(match[0], _UNIT_SPELLINGS) for match in _ONE_UNIT.finditer(between))
    unit = "/".join(units)
    is_dose = any(name in _DOSE_UNITS for name in units)
    joins = "".join(_ONE_UNIT.sub("", between).casefold().split()).replace("per", "/")
    joins = _DASH.sub("to" if len(numbers) > 1 else "", joins)
    meaning = ("amount", " ".join(limit[0].casefold().split()) if limit else "", numbers, joins, unit)
    is_weak = not unit and not limit and rest.strip().casefold() == "one"
    return Mention("dose" if is_dose else "number", phrase, meaning, unit, is_weak)


def _frequency(phrase: str, written: str, language: str) -> Mention:
    meant = _ONE_NUMBER.sub(lambda match: f"{_value(match[0], language)} ", written.casefold())
    meant = " ".join(re.sub(r"[-–—]", " ", meant).split())
    for word, times in (("once", 1), ("twice", 2), ("thrice", 3)):
        meant = re.sub(rf"^(.*\bthan |up to |at \w+ )?{word}\b", rf"\g<1>{times} times", meant)
    meant = re.sub(r"(?<=[a-z])\.", "", meant)
    meant = re.sub(r"\b(?:an?|per|each)\b", "a", meant)
    meant = re.sub(r"(?<=times )every\b", "a", meant)
    for pace, period in (("hourly", "hour"), ("daily", "day"), ("nightly", "night"), ("weekly", "week"),
                         ("fortnightly", "fortnight"), ("monthly", "month"), ("yearly", "year")):  # fmt: skip
        meant = re.sub(rf"(?<=times ){pace}\b", f"a {period}", meant)
    meant = re.sub(r"(minute|hour|day|week|fortnight|month|year|morning|evening|night|meal)s\b", r"\1", meant)
    return Mention("frequency", phrase, ("frequency", meant), is_weak=written.casefold() == "once")


def _value(written: str, language: str) -> Fraction | str:
    """The number that is written, or the writing itself where that is not one plain number."""
    text = " ".join(written.casefold().split())
    if len(text) > 40:
        return text
    if text[0].isalpha():
        return _word_value(text)
    whole, _, part = text.partition(" and a")
    if part:
        value = _value(whole, language)
        return value + Fraction(1, 2 if "half" in part else 4) if isinstance(value, Fraction) else text
    if text[-1] in _GLYPHS:
        value = _value(text[:-1].strip(), language) if text[:-1].strip() else Fraction(0)
        return value + _GLYPHS[text[-1]] if isinstance(value, Fraction) else text
    if match := re.fullmatch(r"(?:(\d+) )?([1-9])/([2-9]|10)", text):
        top, bottom = int(match[2]), int(match[3])
        return int(match[1] or 0) + Fraction(top, bottom) if top < bottom else text
    text = re.sub(r"(?<=\d)[\u2009\u202f ](?=\d{3})", "", text)
    thousands = re.fullmatch(r"-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", text)
    if thousands and language.split("-")[0] not in _DECIMAL_COMMA:
        return Fraction(text.replace(",", ""))
    if thousands or re.fullmatch(r"-?[1-9]\d{0,2}(?:\.\d{3})+", text):
        return text
    if re.fullmatch(r"-?\d*[.,]?\d+", text):
        return Fraction(text.replace(",", "."))
    return text


def _word_value(text: str) -> Fraction | str:
    """Numbers in words: ``"twenty-four"`` → 24, ``"two and a half"`` → 5/2, ``"half a"`` → 1/2."""
    whole, _, part = text.partition(" and a")
    if part and whole.split("-")[0].split()[0] in _WORD_VALUES:
        value = _word_value(whole)
        return value + Fraction(1, 2 if "half" in part else 4)
    if "double" in text:
        return "double"
    if "quarters" in text:
        return Fraction(3, 4)
    if "third" in text:
        return Fraction(2 if "two" in text else 1, 3)
    if "half" in text or "quarter" in text:
        return Fraction(1, 2 if "half" in text else 4)
    value = 0
    for word in text.replace("-", " ").split():
        value = (value or 1) * _SCALES[word] if word in _SCALES else value + _WORD_VALUES[word]
    return Fraction(value)
