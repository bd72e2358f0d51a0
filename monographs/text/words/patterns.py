"""How that which matters is written: the patterns that `mentions` reads a sentence by, and its tables of spellings."""

import re

from monographs.text.amounts.numbers import DIGITS, END, NUMBER
from monographs.text.amounts.units import FORMS, MEASURES, OTHER_UNITS, any_of
from monographs.text.words.vocabulary import LIMITS, LIMITS_BEHIND, NEGATIONS, ROUTES, TURNS

DOSE_UNITS = MEASURES | FORMS

_JOIN = r"(?:\s*[-–—×]\s*|\s+(?:to|or|and|x)\s+)"
_RANGE = rf"{NUMBER}(?:{_JOIN}{NUMBER})?"
_LIMIT_SIGNS = r"(?:[<>]=?|[≤≥±~≈])"
_LIMIT = rf"(?:{any_of(*(words for words in LIMITS.values()))}\s+|{_LIMIT_SIGNS}\s*)"
_LIMIT_BEHIND = rf"(?:,?\s+{any_of(*LIMITS_BEHIND.values())}{END})"
_UNIT = rf"{any_of(*DOSE_UNITS.values(), *OTHER_UNITS.values())}{END}"
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
_MONTH = any_of(
    "Jan(?:uary)? Feb(?:ruary)? Mar(?:ch)? Apr(?:il)? May June? July? Aug(?:ust)? Sept(?:ember)? Oct(?:ober)? "
    "Nov(?:ember)? Dec(?:ember)?"
)
_LATIN = (  # OD and QD in capitals only: "od" is a word elsewhere
    any_of(
        r"bd b\.d\. tds t\.d\.s\. qds q\.d\.s\. bid b\.i\.d\. tid t\.i\.d\. qid q\.i\.d\. prn p\.r\.n\. nocte mane stat"
    )
    + r"|(?-i:[OQ]D|[OQ]\.D\.)|q\.?\d+h"
)
_FREQUENCY = "|".join(
    [
        rf"(?:(?:on|every|each)\s+)?(?:an?\s+)?{_WEEKDAY}(?:(?:\s+to\s+|\s*[-–]\s*){_WEEKDAY})?{END}",
        rf"(?:on\s+)?alternat(?:e|ing)\s+{_PERIOD}{END}",
        rf"(?:{_LATIN}){END}",
        rf"{_LIMIT}?(?:every|each)\s+(?:(?:other|second|third|few)\s+|{_RANGE}[\s-]*)?{_PERIOD}{END}",
        rf"{_LIMIT}?(?:once|twice|thrice|{_RANGE}\s*(?:times|[x×](?=\s*(?:/|(?:a|per|daily){END}))))"
        rf"(?:(?:[\s-]+(?:an?|per|each|every|in)\s+|\s*/\s*)(?:{NUMBER}\s+)?{_PERIOD}|[\s-]+{_PACE})?{END}",
        rf"(?:several|another|many|some|a\s+few)\s+{_PERIOD}{END}",
        rf"(?<=\d )(?-i:{_MONTH}){END}|(?-i:{_MONTH})(?=\s\d)",
        rf"(?:{_RANGE}[\s-])?{_PACE}{END}",
        rf"{_LIMIT}?{NUMBER}\s+(?:in|out\s+of)\s+(?:every\s+)?{NUMBER}(?!\s*{_UNIT})",
        rf"(?:an?|per|each)\s+(?:minute|hour|day|week|month|night){END}",
        r"(?:at\s+(?:night|bedtime|noon|midday|midnight|mealtimes|breakfast|lunch|lunchtime|dinner|supper|teatime|once)"
        r"|(?:in|before)\s+(?:the\s+(?:mornings?|evenings?|afternoons?|night)|bed)"
        rf"|(?:before|after|with|between|during)\s+(?:(?:a|your|the|each|every)\s+)?{any_of(_MEALTIME)}"
        r"|on\s+an\s+empty\s+stomach"
        r"|(?:as|when|if)\s+(?:needed|required|necessary)|now|today|tomorrow|immediately|(?:straight|right)\s+away"
        r"|urgently|as\s+soon\s+as\s+possible|always|(?:very\s+)?(?:rare|rarely|common|commonly|often)"
        r"|uncommon|uncommonly"
        r"|sometimes|occasionally|seldom|usually|frequent|frequently|infrequently|regularly"
        rf"|mornings?|evenings?|afternoons?|nights?|day-?times?|night-?times?|midnight|noon|breakfast|lunch|dinner|supper|bedtime){END}",
    ]
)
_ROUTE = rf"(?:{any_of(*ROUTES.values())}){END}"
_NEGATION = rf"{any_of(*NEGATIONS.values())}{END}"
_TURN = rf"{any_of(*(words for of_one in TURNS.values() for words in of_one.values()))}{END}"
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_WORD = rf"[^\W\d_](?:[^\W_]|[{_MARKS}])*(?:['-](?:[^\W\d_]|[{_MARKS}])+)*"

ITEM = re.compile(
    rf"(?P<frequency>{_FREQUENCY})|(?P<amount>{_AMOUNT})|(?P<roman>(?:{_ROMAN}){END})|(?P<ordinal>{_ORDINAL}{END})"
    rf"|(?P<route>{_ROUTE})|(?P<negation>{_NEGATION})|(?P<turn>{_TURN})|(?P<size>[a-z]+-sized{END})"
    rf"|(?P<word>{_WORD})",
    re.IGNORECASE,
)
ONE_NUMBER = re.compile(NUMBER, re.IGNORECASE)
ONE_UNIT = re.compile(_UNIT, re.IGNORECASE)
ONE_LIMIT = re.compile(_LIMIT, re.IGNORECASE)
ONE_LIMIT_BEHIND = re.compile(rf"{_LIMIT_BEHIND}$", re.IGNORECASE)
ONE_CLOCK = re.compile(_CLOCK, re.IGNORECASE)
ONE_WORD = re.compile(rf"\s?({_WORD})")


def _by_spelling(table: dict[str, str]) -> list[tuple[str, re.Pattern]]:
    return [(name, re.compile(any_of(spellings), re.IGNORECASE)) for name, spellings in table.items()]


UNIT_SPELLINGS = _by_spelling(DOSE_UNITS | OTHER_UNITS)
ROUTE_SPELLINGS = _by_spelling(ROUTES)
NEGATION_SPELLINGS = _by_spelling(NEGATIONS)
LIMIT_SPELLINGS = _by_spelling(LIMITS)
LIMIT_BEHIND_SPELLINGS = _by_spelling(LIMITS_BEHIND)
TURN_SPELLINGS = [(category, _by_spelling(meanings)) for category, meanings in TURNS.items()]
