"""A day as people type it, read the one way it can be read, or refused; and a day in words.

Taken are ISO 8601 (``2028-06-01``), the month as a word in the active language or in English, in any order
(``1 June 2028``, ``1 de junio de 2028``, ``June 1st, 2028``), and numbers alone where only one day can be meant
(``13/6/2028``, ``2028年6月13日``), in the digits of any script. What some readers take for another day (``1/6/2028``:
the first of June in Britain, the sixth of January in the United States) is refused in a sentence that names both, and
so is a year of two digits.
"""

import datetime as dt
import re
import unicodedata
from functools import lru_cache

from django.utils import dateformat, dates, translation
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monographs.text.letters.folding import fold
from monographs.text.letters.signs import UNSEEN

FIRST_YEAR, LAST_YEAR = 1900, 2199
_LONGEST = 60  # characters
_CHINESE = re.compile(r"\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]?\s*(?:星期([一二三四五六日天]))?\s*")
_CHINESE_WEEKDAYS = "一二三四五六日"
_NUMBERS = re.compile(r"\s*(\d+)[\s/.\-]+(\d+)[\s/.\-]+(\d+)\s*[.,]?\s*")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_SAYS_NOTHING = frozenset(  # "of", "de", the endings of ordinals, "year", "A.D." in the site's languages
    fold(
        "of the st nd rd th er re de del do da di le il el dnia roku r am den dem o a ain af eg ail fed ydd ed y "
        "من شهر يوم عام سنة م سال ء کے کو"
    ).split()
)
# Names of months beside those that Django knows: of the Levant, of the Maghreb.
_MORE_MONTHS = {
    "ar": (
        "كانون الثاني,جانفي", "شباط,فيفري", "آذار", "نيسان,أفريل", "أيار,ماي", "حزيران,جوان", "تموز,جويلية,يوليوز",
        "آب,أوت,غشت", "أيلول,شتنبر", "تشرين الأول", "تشرين الثاني,نونبر", "كانون الأول,دجنبر",
    ),
}  # fmt: skip


class NotADay(ValueError):
    """What was typed names no day, or may name two; the text is a sentence for the person who typed it.

    ``code`` is "ambiguous", "short-year" or "invalid".
    """

    def __init__(self, sentence: str, code: str):
        super().__init__(sentence)
        self.code = code


def in_words(day: dt.date) -> str:
    """``"1 June 2028"``, in the active language (``clinicinfo.formats``); `read_day` reads it as the same day."""
    return _in_words(day.year, day.month, day.day, _language())


@lru_cache(maxsize=2_000)
def _in_words(year: int, month: int, day: int, language: str) -> str:
    return dateformat.format(dt.date(year, month, day), get_format("DATE_FORMAT", lang=language))


def with_weekday(day: dt.date) -> str:
    """``"Thursday, 1 June 2028"``, in the active language."""
    weekday = dateformat.format(day, "l")
    return f"{in_words(day)}{weekday}" if _language().startswith("zh") else f"{weekday}, {in_words(day)}"


def read_day(written: str) -> dt.date:
    """The day that is meant. Raises `NotADay`, whose text says what to type instead."""
    text = _digits_as_ascii(written.translate(UNSEEN)).strip()
    if len(text) > _LONGEST:
        raise _invalid(f"{text[:_LONGEST]}…")
    if match := _NUMBERS.fullmatch(text):
        return _read_numbers(text, *match.groups())
    if match := _CHINESE.fullmatch(text):
        return _read_chinese(text, *match.groups())
    return _read_words(text)


def begins_with_month(text: str, language: str) -> bool:
    """Whether the text begins with the whole name of a month in ``language`` or in English: "December: 10 mg"."""
    word = _TOKEN.match(text)
    return bool(word) and fold(word[0]) in _names(language).whole


def _language() -> str:
    return translation.get_language() or "en"


def _digits_as_ascii(text: str) -> str:
    """A digit of any script as 0–9, every dash as a hyphen, Arabic's sign of a date as a stroke."""
    settled = []
    for character in text:
        if unicodedata.category(character) == "Nd":
            settled.append(str(unicodedata.digit(character)))
        elif unicodedata.category(character) == "Pd" or character == "−":
            settled.append("-")
        else:
            settled.append("/" if character in "؍／⁄∕" else character)
    return "".join(settled)


def _invalid(text: str) -> NotADay:
    example = dt.date(2028, 6, 1)
    return NotADay(
        _("“%(written)s” is not a date. Type it as %(iso)s or as %(words)s.")
        % {"written": text, "iso": example.isoformat(), "words": in_words(example)},
        "invalid",
    )


def _day(year: str | int, month: str | int, day: str | int) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _checked(text: str, day: dt.date | None) -> dt.date:
    """The day, if it is one of the calendar and of our time."""
    if not day:
        raise NotADay(_("“%(written)s” is no day of the calendar. Check it.") % {"written": text}, "invalid")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        years = {"written": text, "first": FIRST_YEAR, "last": LAST_YEAR}
        raise NotADay(_("“%(written)s”: the year must be one from %(first)d to %(last)d.") % years, "invalid")
    return day


def _read_numbers(text: str, first: str, second: str, third: str) -> dt.date:
    if len(first) == 4 and max(len(second), len(third)) < 3:
        return _checked(text, _day(first, second, third))
    if max(len(first), len(second)) > 2 or len(third) not in {1, 2, 4}:
        raise _invalid(text)
    if len(third) < 4:
        orders = (f"20{third:0>2}", second, first), (f"20{third:0>2}", first, second), (f"20{first:0>2}", second, third)
        raise _short_year(text, [day for order in orders if (day := _day(*order))])
    readings = {day for order in ((third, second, first), (third, first, second)) if (day := _day(*order))}
    if len(readings) < 2:
        return _checked(text, next(iter(readings), None))
    european, american = _day(third, second, first), _day(third, first, second)
    raise NotADay(
        _(
            "“%(written)s” can be read as %(first)s or as %(second)s. Type the month as a word, or the year first: "
            "%(first_iso)s or %(second_iso)s."
        )
        % {
            "written": text,
            "first": in_words(european),
            "second": in_words(american),
            "first_iso": european.isoformat(),
            "second_iso": american.isoformat(),
        },
        "ambiguous",
    )


def _short_year(text: str, readings: list[dt.date]) -> NotADay:
    """A year of two digits is taken for a day, and a day for a year."""
    days = [in_words(day) for day in dict.fromkeys(readings)]
    if not days:
        return _invalid(text)
    sentence = ngettext(
        "“%(written)s” has no year of four digits; it may mean %(days)s. Type the date in full, such as %(iso)s.",
        "“%(written)s” has no year of four digits; it can be read as %(days)s. Type the date in full, such as %(iso)s.",
        len(days),
    )
    spoken = days[0] if len(days) == 1 else _("%(some)s or %(last)s") % {"some": ", ".join(days[:-1]), "last": days[-1]}
    return NotADay(sentence % {"written": text, "days": spoken, "iso": readings[0].isoformat()}, "short-year")


def _read_words(text: str) -> dt.date:
    """A day with its month as a word: two numbers, of which the one with four digits is the year."""
    tokens = _TOKEN.findall(fold(text))
    numbers = [token for token in tokens if token.isdigit()]
    words = [token for token in tokens if not token.isdigit() and token not in _SAYS_NOTHING]
    weekday, month = _weekday_and_month(words)
    if not month or len(numbers) != 2 or max(map(len, numbers)) > 4:
        raise _invalid(text)
    numbers.sort(key=len)
    day, year = numbers
    if len(year) < 4 or len(day) > 2:
        first, second = (token for token in tokens if token.isdigit())
        orders = (f"20{second:0>2}", month, first), (f"20{first:0>2}", month, second)
        raise _short_year(text, [found for order in orders if len(year) < 3 and (found := _day(*order))])
    return _on_its_weekday(text, _checked(text, _day(year, month, day)), weekday)


def _read_chinese(text: str, year: str, month: str, day: str, weekday: str | None) -> dt.date:
    """``2028年6月1日``, which says of each number what it is."""
    number = _CHINESE_WEEKDAYS.index(weekday.replace("天", "日")) if weekday else None
    return _on_its_weekday(text, _checked(text, _day(year, month, day)), number)


def _on_its_weekday(text: str, found: dt.date, weekday: int | None) -> dt.date:
    if weekday is not None and found.weekday() != weekday:
        raise NotADay(_("“%(written)s”: that day is a %(weekday)s. Check the date.")
                      % {"written": text, "weekday": dateformat.format(found, "l")}, "invalid")  # fmt: skip
    return found


def _weekday_and_month(words: list[str]) -> tuple[int | None, int | None]:
    """What the words name, a weekday (0 for Monday) before the month or none; (None, None) for anything else."""
    names = _names(_language())
    if month := names.month(" ".join(words)):
        return None, month
    for place in range(1, len(words)):
        month = names.month(" ".join(words[place:]))
        weekday = names.weekdays.get(" ".join(words[:place]))
        if month and weekday is not None:
            return weekday, month
    return None, None


class _Names:
    """Folded names of the months (1–12), whole and short, and of the weekdays (0–6)."""

    def __init__(self):
        self.whole: dict[str, int] = {}
        self.short: dict[str, set[int]] = {}
        self.weekdays: dict[str, int] = {}

    def month(self, word: str) -> int | None:
        """The one month of that name, or whose names alone begin so (three letters or more): no "jui" in French."""
        if word in self.whole:
            return self.whole[word]
        begun = {number for name, number in self.whole.items() if name.startswith(word)} | self.short.get(word, set())
        return next(iter(begun)) if len(begun) == 1 and len(word) > 2 else None


@lru_cache(maxsize=32)
def _names(language: str) -> _Names:
    """The names in a language and in English; where the two share one, the language's own counts."""
    names = _Names()
    for code in ("en", language):
        with translation.override(code):
            for number in range(1, 13):
                for whole in (dates.MONTHS[number], dates.MONTHS_ALT[number]):
                    names.whole[fold(str(whole))] = number
                for short in (dates.MONTHS_AP[number], dates.MONTHS_3[number]):
                    names.short.setdefault(fold(str(short)).strip("."), set()).add(number)
            for number in range(7):
                for name in (dates.WEEKDAYS[number], dates.WEEKDAYS_ABBR[number]):
                    names.weekdays[" ".join(_TOKEN.findall(fold(str(name))))] = number
    for number, more in enumerate(_MORE_MONTHS.get(language.split("-")[0], ()), 1):
        names.whole.update({fold(name): number for name in more.split(",")})
    return names
