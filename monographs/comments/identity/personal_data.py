"""What in a reader's words would tell strangers who somebody is: shown once before sending, marked for the moderator.

Each kind says "looks like", never "is": a nudge, no lock. Doses, hours, dates of a course, numbers of batches and books
are nobody's. Sources of the rules:

- NHS number: NHS Data Dictionary, NHS NUMBER (ten digits, the last of them modulo 11). The numbers of Scotland (CHI)
  and of Northern Ireland (H&C) are made so, too; so are ten-digit ISBNs and, by chance, one in eleven of ten digits.
- Telephone numbers: `text.amounts.telephones`, and of those what a numbering plan has (`phonenumbers`, as its leniency
  VALID). A number that many share (free, shared cost, premium, for a whole country) or a short one is nobody's.
- Postcodes: Royal Mail's areas and the letters of the second half (BS 7666-0:2006); of other countries the forms that
  can't be mistaken for an amount, or any code behind a word such as "postcode".
- Dates of birth: a date near a word for it, or one alone that is old enough (`AGE_OF_MAJORITY`) and not said to be of
  something else.
- Hospital numbers: what follows a word such as "hospital number" or "MRN".
"""

import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import phonenumbers
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.comments.identity.postcodes import named_postcodes, postcodes
from monographs.text.amounts.numbering_plans import ascii_digits
from monographs.text.amounts.telephones import Telephone, read

OLDEST, AGE_OF_MAJORITY = 1900, 16  # years: of a date without a word beside it
_NHS_COUNTRIES = {"GB", "GG", "IM", "JE"}
_PIECE = 20_000  # characters that are looked through for telephone numbers at a time
_FILE = Path(__file__).parent / "lists" / "personal_data.toml"
_SHARED = {
    phonenumbers.PhoneNumberType.TOLL_FREE,
    phonenumbers.PhoneNumberType.PREMIUM_RATE,
    phonenumbers.PhoneNumberType.SHARED_COST,
    phonenumbers.PhoneNumberType.UAN,
}


class Kind(TextChoices):
    """In the order in which they win where two want the same words."""

    EMAIL = "email", _("e-mail address")
    NHS_NUMBER = "nhs-number", _("NHS number")
    HOSPITAL_NUMBER = "hospital-number", _("hospital number")
    TELEPHONE = "telephone", _("telephone number")
    BIRTH_DATE = "birth-date", _("date of birth")
    POSTCODE = "postcode", _("postcode")


@dataclass(frozen=True)
class PersonalData:
    """``text[start:end]`` is ``words``, as typed."""

    kind: Kind
    words: str
    start: int
    end: int


def found_in(
    text: str, *, country: str = "GB", ours: Collection[str] = (), today: dt.date | None = None
) -> tuple[PersonalData, ...]:
    """What looks like somebody's own in ``text``, in order, nothing told twice.

    ``country`` (ISO 3166-1) says how numbers and postcodes are read; ``ours`` are the clinic's own telephone numbers,
    postcodes and e-mail addresses, which are nobody's. Never raises; takes time in proportion to the text.
    """
    settled, own = _settled(text), _own(tuple(ours))
    spans = [*_spans(Kind.EMAIL, _EMAIL, _WITHOUT_SPACES.sub("、", settled))]
    digits = len(_DIGIT.findall(settled))
    if digits:
        spans += _with_digits(text, settled, digits, country, today)
    taken, found = bytearray(len(text) + 1), []
    for kind, start, end in spans:
        if any(taken[start:end]) or _plain(text[start:end]) in own:
            continue
        taken[start:end] = b"\x01" * (end - start)
        found.append(PersonalData(kind, text[start:end], start, end))
    return tuple(sorted(found, key=lambda one: one.start))


def _with_digits(
    text: str, settled: str, digits: int, country: str, today: dt.date | None
) -> Iterator[tuple[Kind, int, int]]:
    """What has digits, in the order of the kinds; ``digits``: how many the text has."""
    masked = _NOBODYS.sub(_cover, settled)
    parted = _WITHOUT_SPACES.sub("、", masked)
    kinds: tuple[tuple[Kind, Callable[[], Iterable[tuple[int, int]]]], ...] = (
        (Kind.NHS_NUMBER, lambda: _nhs_numbers(parted) if country in _NHS_COUNTRIES else ()),
        (Kind.HOSPITAL_NUMBER, lambda: _hospital_numbers(masked) if _may_say("hospital", masked) else ()),
        (Kind.TELEPHONE, lambda: _telephones(_WITHOUT_SPACES.sub("、", text), country)),
        (Kind.BIRTH_DATE, lambda: _birth_dates(settled, today or timezone.localdate())),
        (Kind.POSTCODE, lambda: postcodes(parted, country)),
        (Kind.POSTCODE, lambda: named_postcodes(masked, _named("postcode")) if _may_say("postcode", masked) else ()),
    )
    for kind, find in kinds:
        if digits >= _FEWEST[kind]:
            yield from ((kind, start, end) for start, end in find())


def _spans(kind: Kind, pattern: re.Pattern, text: str) -> Iterator[tuple[Kind, int, int]]:
    return ((kind, *match.span()) for match in pattern.finditer(text))


@lru_cache(maxsize=10)
def _own(ours: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_plain, ours)) - {""}


def _plain(words: str) -> str:
    """For comparing with what is the clinic's own: of a number the digits (+44 as 0), else letters and digits."""
    if not any(sign.isalpha() for sign in words):
        digits = ascii_digits(re.sub(r"\(\s?0\s?\)", "", words))
        return re.sub(r"^(?:00)?44", "0", digits) if words.strip().startswith(("+", "00")) else digits
    return "".join(sign for sign in words.casefold() if not sign.isspace())


@lru_cache(maxsize=4096)
def _settled_sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.digit(sign))
    if category == "Pd" or sign == "−":
        return "-"
    if category == "Zs":
        return " "
    return {"＠": "@", "．": ".", "؍": "/", "／": "/", "⁄": "/", "∕": "/"}.get(sign, sign)


def _settled(text: str) -> str:
    """The text, of the same length: digits of any script as 0–9, one dash, one space."""
    return text if text.isascii() else "".join(map(_settled_sign, text))


def _cover(match: re.Match) -> str:
    return "\ufffc" * len(match[0])


@cache
def _listed(what: str) -> tuple[str, ...]:
    """The words of one list, the longest first."""
    lists = tomllib.loads(_FILE.read_text(encoding="utf-8"))[what]
    return tuple(sorted({word for words in lists.values() for word in words}, key=len, reverse=True))


@cache
def _named(what: str) -> str:
    """A pattern for any of the words of one list, the longest tried first."""
    return "|".join(map(_as_pattern, _listed(what)))


def _may_say(what: str, text: str) -> bool:
    """Whether a text may have any of the words of one list: that costs little to know, and to look for all of them at
    each of its letters very much."""
    text = _as_matched(text)
    return any(word in text for word in _first_words(what))


@cache
def _first_words(what: str) -> frozenset[str]:
    return frozenset(_as_matched(word.split()[0]) for word in _listed(what))


def _as_matched(text: str) -> str:
    """One text for all that `re.IGNORECASE` takes for the same; it knows no difference between i, İ and ı."""
    return text.translate({0x130: "i", 0x131: "i"}).casefold()


def _as_pattern(word: str) -> str:
    """A whole word or phrase; Chinese, which is written without spaces, anywhere."""
    body = r"\s{1,3}".join(re.escape(part) for part in word.split())
    return body if unicodedata.name(word[0], "").startswith("CJK") else rf"(?<![^\W_]){body}(?![^\W_])"


# What has digits and is nobody's: numbers of books, batches, licences and laws, web addresses, sums.
_NOBODYS = re.compile(
    r"\bISBN(?:-1[03])?(?:\s(?:number|no\.?))?[\s:#]{0,3}[\dX][\dX -]{8,20}"
    r"|\b(?:batch|lot|charge|lote|lotto|seria|serial|barcode|GTIN|PL|EU|PIP|order|tracking|invoice|ref|reference|version)\b"
    r"(?:\s?(?:numbers?|no\.?|nr\.?|code|is|was|del?|/))*[\s:#.]{0,3}(?=[\w/-]*\d)[\w/-]{3,30}(?:\s\d{1,6}){0,3}"
    r"|(?:https?://|www\.)\S{1,2000}|[£$€¥]\s?\d[\d.,]{0,20}",
    re.IGNORECASE,
)
# Chinese and Japanese are written without spaces, so nothing parts a number from the words around it.
_WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_DIGIT = re.compile(r"\d")
_FEWEST = {Kind.NHS_NUMBER: 10, Kind.HOSPITAL_NUMBER: 4, Kind.TELEPHONE: 7, Kind.BIRTH_DATE: 3, Kind.POSTCODE: 1}
"""Digits that a text must have: most replies have one or two, and nothing has to be looked for in them."""
_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}+\s?(?:@|[(\[{]\s?(?:at|arroba|@)\s?[)\]}])\s?"
    r"[\w-]{1,63}+(?:\s?(?:\.|[(\[{]\s?(?:dot|punto|\.)\s?[)\]}])\s?(?!\d+\b)[\w-]{2,63}+){1,5}"
    r"|(?<![\w.+%-])[\w.+%-]{2,64}+\s(?:at|@)\s(?:gmail|hotmail|yahoo|outlook|icloud|live|aol|protonmail|btinternet)"
    r"(?:\s?(?:\.|\sdot\s)\s?(?:com|co\.uk|co dot uk|net|uk|org|me))?(?!\w)",
    re.IGNORECASE,
)

# --- NHS numbers ---

_TEN_DIGITS = re.compile(r"(?<![\w.,/:+£$€-])(?<!\d{3}\s)\d(?:[ .-]{0,2}\d){9}(?![\w/%:]|[.,-]\d|\s?-\s?\d|\s\d{3})")
_USUAL_GROUPS = {(10,), (3, 3, 4), (4, 3, 3), (3, 4, 3), (6, 4), (5, 5), (3, 7), (6, 3, 1), (3, 3, 3, 1)}
_SAYS_NHS = re.compile(
    r"(?:\bnhs|\bchi|\bh&c|health(?:\s(?:and|&)\scare)?\snum\w*|\bGIG|الرقم الصحي|این ایچ ایس)\b.{0,25}$", re.I | re.S
)
_A_UNIT = re.compile(r"\s?(?:mg|ml|mcg|µg|g|kg|iu|units?|tablets?|%|people|patients|times|steps|days?|pages?)\b", re.I)


def _nhs_numbers(text: str) -> Iterator[tuple[int, int]]:
    for match in _TEN_DIGITS.finditer(text):
        groups = tuple(len(group) for group in re.split(r"\D+", match[0]))
        is_named = _SAYS_NHS.search(text[max(0, match.start() - 45) : match.start()]) is not None
        is_written_so = groups in _USUAL_GROUPS or is_named
        if is_written_so and looks_like_nhs_number(match[0]) and not _A_UNIT.match(text, match.end()):
            yield match.span()


def looks_like_nhs_number(written: str) -> bool:
    """Whether the ten digits end in their check digit (modulo 11), however they are parted; the same digit ten times
    does and was never given to anybody."""
    digits = [int(digit) for digit in ascii_digits(written)]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    return sum(digit * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0


# --- Hospital numbers ---


@cache
def _hospital() -> re.Pattern:
    return re.compile(
        rf"(?:{_named('hospital')})(?:\s?(?:numbers?|no\.?|nr\.?|id|is|was|es|to|yw|هو|ہے|是|为|[:#=.،：]))*[\s\"'(]{{0,3}}"
        r"(?P<number>[A-Za-z]{0,4}[-/ ]?\d(?:[-/ ]?[A-Za-z]{0,2}\d){3,14}[A-Za-z]?)(?![\w@])",
        re.IGNORECASE,
    )


def _hospital_numbers(text: str) -> Iterator[tuple[int, int]]:
    """A date or a telephone number of the place is none."""
    for match in _hospital().finditer(text):
        number = match["number"]
        is_telephone = re.fullmatch(r"0[\d -]{9,14}", number) is not None
        if not is_telephone and not _DATE_ALONE.fullmatch(number):
            yield match.span("number")


# --- Telephone numbers ---


# What the reader of telephone numbers must find for one that is not short: digits, between them nothing but signs, and
# not more together than a number has. (Of very many it may take the first away, as a batch's, and read the others.)
_SEVEN_DIGITS = re.compile(r"(?<!\d)(?!\d{16,20}(?!\d))\d(?:[\W_]{0,12}\d){6}")


def _telephones(text: str, country: str) -> Iterator[tuple[int, int]]:
    if not _SEVEN_DIGITS.search(text):
        return
    for start, piece in _pieces(text):
        for telephone in read(piece, country).telephones:
            if _is_somebodys(telephone, country):
                yield start + telephone.start, start + telephone.end


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text in parts that the reader of telephone numbers takes, parted between words where there are any."""
    place = 0
    while place < len(text):
        end = place + _PIECE
        if end < len(text):
            end = max(text.rfind("\n", place + 1, end), text.rfind(". ", place + 1, end)) + 1 or end
        yield place, text[place:end]
        place = end


def _is_somebodys(telephone: Telephone, country: str) -> bool:
    """Whether it may ring with one person: valid, of full length, and not shared by a whole country."""
    if not telephone.is_known or len(telephone.dialled.lstrip("+")) < 7:
        return False
    try:
        number = phonenumbers.parse(telephone.dialled, country)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) not in _SHARED


# --- Dates of birth ---

_WORD = r"[^\W\d_]{3,12}\.?"
_OF = r"(?:\s?(?:of|de|del|يوم|من)\s|\s?[-/.,]\s?|\s)"
_DATE_FORM = (
    r"\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:\d{4}|\d{2})|(?:19|20)\d\d\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.|º|er|af|ail|ydd|fed)?{_OF}{_WORD}{_OF}(?:\d{{4}}|['’]\d\d)"
    rf"|{_WORD}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|(?:19|20)\d\d\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日?"
)
_DATE = re.compile(rf"(?<![\d/.,-])(?<![^\W\u4e00-\u9fff])(?:{_DATE_FORM})(?![\w]|[/-]\d|\.\d)", re.IGNORECASE)
_DATE_ALONE = re.compile(_DATE_FORM, re.IGNORECASE)
_IN_A_ROW = r"\d{2}[ ]?\d{2}[ ]?(?:(?:19|20)\d\d|\d{2})"
_REACH = 30  # characters between a word and the date that it is said of
_MONTHS = (  # their first three letters, in the languages of the site
    "jan feb mar apr may jun jul aug sep oct nov dec ene abr ago dic sty lut kwi maj cze lip sie wrz paź lis gru ion "
    "chw maw ebr mai meh gor aws med hyd tac rha mär okt dez fév avr aoû déc gen mag giu lug set ott fev out "
)


@cache
def _birth() -> tuple[re.Pattern, re.Pattern, re.Pattern]:
    """Words before a date, words behind it, and words that make it a date of something else."""
    words = _named("birth")
    before = re.compile(rf"(?:{words})[^\n]{{0,{_REACH}}}$", re.IGNORECASE)
    behind = re.compile(rf"[\s(,\[-]{{1,4}}(?:{words})", re.IGNORECASE)
    other = re.compile(rf"(?:{_named('not_birth')})[^\n]{{0,{_REACH}}}$", re.IGNORECASE)
    return before, behind, other


@cache
def _birth_in_a_row() -> re.Pattern:
    return re.compile(rf"(?:{_named('birth')})[\s:=.-]{{0,4}}(?:is\s|on\s)?({_IN_A_ROW})(?!\d)", re.IGNORECASE)


def _birth_dates(text: str, today: dt.date) -> Iterator[tuple[int, int]]:
    if _may_say("birth", text):
        yield from (match.span(1) for match in _birth_in_a_row().finditer(text))
    before, behind, other = _birth()
    for match in _DATE.finditer(text):
        ahead = text[max(0, match.start() - _REACH - 25) : match.start()]
        is_said = before.search(ahead) or behind.match(text, match.end())
        is_of_a_person = not other.search(ahead) and _is_old_enough(match[0], today)
        if (is_said and _may_be_a_day(match[0])) or is_of_a_person:
            yield match.span()


def _may_be_a_day(written: str) -> bool:
    """Whether the numbers can be a day and a month, or there is a month's word."""
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    if len(numbers) == 2:
        return 1 <= min(numbers) <= 31
    first, second, third = numbers[:3]
    day_and_month = (second, third) if first > 31 else (first, second)
    return 1 <= min(day_and_month) <= 12 and max(day_and_month) <= 31


def _is_old_enough(written: str, today: dt.date) -> bool:
    """Whether a date with its year in full, and with a month's word if there is a word, is of a grown-up's birth."""
    year = re.search(r"(?:19|20)\d\d", written)
    word = re.search(r"[^\W\d_]{3,}", written)
    is_month = not word or not word[0].isascii() or f"{word[0][:3].casefold()} " in _MONTHS
    return bool(year) and is_month and _may_be_a_day(written) and OLDEST <= int(year[0]) <= today.year - AGE_OF_MAJORITY
