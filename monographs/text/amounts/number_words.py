"""Small numbers in words, in each language of the site: for holding a translation against its source.

Each entry maps a value to its words, longest forms first where one begins with another. Twice is 2 and half is ½;
Arabic says two of a thing by the thing's own ending. The words for one are articles in most languages: they are known
so that "1" may be translated by them, and never asked for. Who must still check them: a pharmacist who speaks it.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

HALF = Fraction(1, 2)

NUMBER_WORDS: dict[str, dict[Fraction | int, str]] = {
    "en": {
        1: "one once", 2: "two twice", 3: "three thrice", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight",
        9: "nine", 10: "ten", 11: "eleven", 12: "twelve", HALF: "half",
    },
    "es": {
        1: "un una uno", 2: "dos", 3: "tres", 4: "cuatro", 5: "cinco", 6: "seis", 7: "siete", 8: "ocho", 9: "nueve",
        10: "diez", 11: "once", 12: "doce", HALF: "medio media mitad",
    },
    "pl": {
        1: "jeden jedna jedno jedną jednego jednej raz", 2: "dwa dwie dwóch dwu dwoma dwiema dwoje dwukrotnie",
        3: "trzy trzech trzema trzykrotnie", 4: "cztery czterech czterokrotnie", 5: "pięć pięciu", 6: "sześć sześciu",
        7: "siedem siedmiu", 8: "osiem ośmiu", 9: "dziewięć dziewięciu", 10: "dziesięć dziesięciu",
        11: "jedenaście jedenastu", 12: "dwanaście dwunastu", HALF: "pół połowa połowę połowy",
    },
    "cy": {
        1: "un unwaith", 2: "dau ddau dwy ddwy dwywaith ddwywaith", 3: "tri dri thri tair dair thair teirgwaith",
        4: "pedwar bedwar phedwar pedair bedair phedair pedwarwaith", 5: "pump bump phump pum", 6: "chwech chwe",
        7: "saith", 8: "wyth", 9: "naw", 10: "deg ddeg deng", 12: "deuddeg ddeuddeg deuddeng", HALF: "hanner",
    },
    "ur": {
        1: "ایک", 2: "دو", 3: "تین", 4: "چار", 5: "پانچ", 6: "چھ چھے", 7: "سات", 8: "آٹھ", 9: "نو", 10: "دس",
        11: "گیارہ", 12: "بارہ", HALF: "آدھا آدھی آدھے نصف",
    },
    "zh": {
        12: "十二", 11: "十一", 10: "十", 1: "一", 2: "二 两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八",
        9: "九", HALF: "半",
    },
    "ar": {
        1: "واحد واحدة مرة",
        2: "اثنان اثنين اثنتان اثنتين مرتين مرتان قرصين قرصان حبتين حبتان كبسولتين كبسولتان جرعتين جرعتان ملعقتين "
        "ملعقتان بختين بختان نفختين نفختان قطرتين قطرتان دقيقتين دقيقتان ساعتين ساعتان يومين يومان أسبوعين أسبوعان "
        "شهرين شهران سنتين سنتان عامين عامان دواءين دواءان منتجين منتجان علاجين غرامين لترين ليلتين وجبتين",
        3: "ثلاث ثلاثة", 4: "أربع أربعة", 5: "خمس خمسة", 6: "ست ستة", 7: "سبع سبعة", 8: "ثماني ثمانية ثمان",
        9: "تسع تسعة", 10: "عشر عشرة", HALF: "نصف",
    },
}  # fmt: skip
_BEFORE_ARABIC = "(?:[وفبلك]?ال|لل|[وفبلك])?"  # "and", "by", "for", "the" are written as part of the word


def knows_words(language: str) -> bool:
    """Whether numbers in words can be asked for in this language."""
    return language.split("-")[0] in NUMBER_WORDS


def numbers_in_words(text: str, language: str) -> Iterator[tuple[Fraction, str]]:
    """Each small number that a text says in words: its value and the word, in order."""
    code = language.split("-")[0]
    if code not in NUMBER_WORDS:
        return
    values, pattern = _known(code)
    for match in pattern.finditer(text.casefold()):
        yield values[match[1]], match[1]


@cache
def _known(code: str) -> tuple[dict[str, Fraction], re.Pattern]:
    values = {word: Fraction(value) for value, words in NUMBER_WORDS[code].items() for word in words.split()}
    any_word = "|".join(sorted(values, key=len, reverse=True))
    if code == "zh":  # words are not parted
        return values, re.compile(rf"({any_word})")
    before = _BEFORE_ARABIC if code == "ar" else ""
    return values, re.compile(rf"(?<!\w){before}({any_word})(?!\w)")
