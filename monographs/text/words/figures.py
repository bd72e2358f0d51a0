"""The numbers of a text whatever its language: what a translation must have in common with its source.

Digits of every script are read as what they mean in the text's language (`amounts.numbers.value`), with the measure or
the span of time behind them; numbers in words as far as `amounts.number_words` knows them. Signs that part groups or
decimals, the place of a unit and the word for it may differ; the value and the unit may not.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from monographs.text.amounts.number_words import numbers_in_words
from monographs.text.amounts.numbers import DIGITS, END, value
from monographs.text.amounts.units import MEASURES, OTHER_UNITS, any_of
from monographs.text.words.mentions import comparable

# Spellings of the site's languages beside those of `units`, whose words the checks of doses read.
_ALSO = {
    "mg": "miligram miligramy miligramau mililigram مليغرام مليجرام ملغرام ملیگرام ملی\\s+گرام",
    "microgram": "mikrogram mikrogramy microgramau ميكروغرامات مائیکروگرام",
    "g": "gram gramy gramów gramau غرامات جرامات گرام",
    "kg": "kilogram kilogramy kilogramów kilogramau کلوگرام",
    "ml": "mililitr mililitry mililitrów mililitrau mililitro میلی\\s+لیٹر ملی\\s+لیٹر ميليلتر",
    "litre": "litr litry litrów litrau لترات لیٹر",
    "%": "por\\s+ciento procent y\\s+cant بالمئة بالمائة في\\s+المئة في\\s+المائة فیصد",
    "unit": "jednostka jednostki jednostek uned یونٹ",
    "hour": "godzina godziny godzin awr گھنٹے گھنٹہ گھنٹوں",
    "day": "dzień dni diwrnod niwrnod ddiwrnod دن دنوں",
    "week": "tydzień tygodnie tygodni wythnos أسبوعا أسبوعًا ہفتے ہفتہ ہفتوں",
    "month": "mes miesiąc miesiące miesięcy mis شهرا شهرًا مہینے مہینہ ماہ",
    "year": "rok lata lat blwyddyn flynedd blwydd سال عاما عامًا عام أعوام",
    "minute": "minutos? minuta minuty minut munud منٹ",
    "°C": "°\\s?C درجة\\s+مئوية درجات\\s+مئوية",
}
_UNSPACED = {
    "mg": "毫克", "microgram": "微克", "kg": "千克 公斤", "g": "克", "ml": "毫升", "litre": "升", "%": "％",
    "hour": "小时 个小时", "day": "天 日", "week": "周 个星期 星期", "month": "个月", "year": "岁 年", "minute": "分钟",
}  # fmt: skip
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
_TABLE = {
    name: " ".join(filter(None, (MEASURES.get(name), OTHER_UNITS.get(name), _ALSO.get(name))))
    for name in dict.fromkeys((*MEASURES, *OTHER_UNITS, *_ALSO))
}
_SPELT = [(name, re.compile(any_of(words), re.IGNORECASE)) for name, words in _TABLE.items()] + [
    (name, re.compile(any_of(words))) for name, words in _UNSPACED.items()
]
_FIGURE = re.compile(
    rf"(?P<number>{DIGITS})(?:[\s-]?(?P<unit>{any_of(*_TABLE.values())}{END}|{any_of(*_UNSPACED.values())}))?",
    re.IGNORECASE,
)
_SAME_UNIT = re.compile(r"\s*[-–—]\s*|\s+\S{1,5}\s+|\s?[至到]\s?")  # between the two numbers of a range


@dataclass(frozen=True)
class Figure:
    """A number as it is ``written`` and what it means; ``unit`` is the name of its measure or span of time, or "".

    The unit behind a range may be that of both numbers, so the first may have it (``is_guessed``).
    """

    value: Fraction | str
    unit: str
    written: str
    is_word: bool = False
    is_guessed: bool = False

    @property
    def is_measured(self) -> bool:
        """Whether its unit is of a kind that no language leaves out."""
        return bool(self.unit) and self.unit not in _TIMES


def figures(text: str, language: str) -> list[Figure]:
    """All numbers of a plain text, those in digits in order, then those in words."""
    read = comparable(text)
    found = list(_FIGURE.finditer(read))
    written = [_name(match["unit"]) for match in found]
    units = list(written)
    for place in range(len(found) - 2, -1, -1):
        between = read[found[place].end() : found[place + 1].start()]
        if not units[place] and _SAME_UNIT.fullmatch(between):
            units[place] = units[place + 1]
    digits = [
        Figure(value(match["number"], language), unit, match[0], is_guessed=unit != own)
        for match, unit, own in zip(found, units, written, strict=True)
    ]
    return digits + [Figure(amount, "", word, True) for amount, word in numbers_in_words(text, language)]


def _name(written: str | None) -> str:
    return next((name for name, pattern in _SPELT if written and pattern.fullmatch(written)), "")


def lost(
    source: Iterable[Figure], other: Iterable[Figure], *, words_too: bool, as_often: bool = True
) -> Iterator[Figure]:
    """The figures of ``source`` that ``other`` does not have: each of those in digits as often as it stands there (or,
    unless ``as_often``, at all), in digits or in a word; with ``words_too`` those in words (but one) if it is not there
    at all; and those of which the unit is not there."""
    there = _There(other, as_often=as_often)
    for figure in source:
        if figure.is_word:
            if words_too and not there.has_word(figure):
                yield figure
        elif not (there.has(figure) and there.has_unit(figure)):
            yield figure


class _There:
    """The figures of a text, of which each answers one that is asked for; unless ``as_often``, any number of them."""

    def __init__(self, figures: Iterable[Figure], *, as_often: bool):
        self._as_often = as_often
        self._by_value: dict[Fraction | str, list[Figure]] = {}
        self._asked: Counter[tuple] = Counter()
        for figure in figures:
            self._by_value.setdefault(figure.value, []).append(figure)

    def has_word(self, figure: Figure) -> bool:
        return figure.value == 1 or figure.value in self._by_value

    def has(self, figure: Figure) -> bool:
        return self._is_left((figure.value,), len(self._same(figure)))

    def has_unit(self, figure: Figure) -> bool:
        """Also where it has none that can be asked for, or one that a language leaves out and that is left out here."""
        if not figure.unit or figure.is_guessed:
            return True
        same = self._same(figure)
        is_left = self._is_left((figure.value, figure.unit), sum(one.unit == figure.unit for one in same))
        return is_left or not (figure.is_measured or all(one.unit for one in same))

    def _same(self, figure: Figure) -> list[Figure]:
        return self._by_value.get(figure.value, [])

    def _is_left(self, what: tuple, there: int) -> bool:
        self._asked[what] += 1
        return (self._asked[what] if self._as_often else 1) <= there
