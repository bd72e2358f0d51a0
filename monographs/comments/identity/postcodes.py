"""Postcodes in what a reader wrote: British ones, and those of other countries whose form says so by itself."""

import re
from collections.abc import Iterator
from functools import lru_cache

# The areas of the United Kingdom and the Crown dependencies (Royal Mail, PAF; Office for National Statistics).
_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX "
    "FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE "
    "NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ "
    "TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE "
)
_BRITISH = re.compile(
    rf"(?<![^\W_])(?P<first>(?:{'|'.join(sorted(_AREAS.split(), key=len, reverse=True))})\d[A-Z\d]?)[ -]{{0,2}}"
    r"(?P<second>\d[ABD-HJLNP-UW-Z]{2})(?![^\W_])",
    re.IGNORECASE,
)
_BRITISH_END = re.compile(r"\d[ABD-HJLNP-UW-Z]{2}(?![^\W_])", re.IGNORECASE)  # quickly found, and seldom there
# "vitamin B12 5 µg", "E45 2 BD": vitamins and creams that look like the first half, and what behind them is a dose.
_VITAMIN = re.compile(r"B(?:1|2|3|5|6|7|9|12)|E45", re.IGNORECASE)
_A_DOSE = re.compile(r"\d(?:UG|BD|TD|QD|DS|SP|TB)", re.IGNORECASE)
_ORDINAL = re.compile(r"1st|2nd|3rd|\dth")
_OTHERS = {
    "AU": r"(?:NSW|VIC|QLD|TAS|ACT|NT|SA|WA)\s\d{4}",
    "CA": r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d",
    "IE": r"(?:[AC-FHKNPRTV-Y]\d{2}|D6W)[ -]?(?=[0-9AC-FHKNPRTV-Y]{0,3}\d)[0-9AC-FHKNPRTV-Y]{4}",
    "NL": r"[1-9]\d{3}\s?(?!MG|ML|KG|CM|IU|IE|MM)[A-Z]{2}",
    "PL": r"\d{2}-\d{3}(?=\s[A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]{2})",
    "PT": r"[1-9]\d{3}-\d{3}(?=\s[A-ZÁÂÃÇÉÍÓÚ][a-záâãçéíóú]{2})",
    "US": r"\d{5}-\d{4}|(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|"
    r"T[NX]|UT|V[AT]|W[AIVY]),?\s\d{5}",
    "DE": r"D-\d{5}", "AT": r"A-\d{4}(?=\s[A-Z])", "CH": r"CH-\d{4}", "FR": r"F-\d{5}", "ES": r"E-\d{5}",
}  # fmt: skip


def postcodes(text: str, country: str) -> Iterator[tuple[int, int]]:
    """Where British postcodes stand, and those of ``country`` (ISO 3166-1), as start and end."""
    for match in _BRITISH.finditer(text) if _BRITISH_END.search(text) else ():
        first, second = match["first"], match["second"]
        is_dose = _VITAMIN.fullmatch(first) and _A_DOSE.fullmatch(second)
        if not is_dose and not (_ORDINAL.fullmatch(second) and not first.islower()):
            yield match.span()
    if pattern := _other(country):
        yield from (match.span() for match in pattern.finditer(text))


def named_postcodes(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Codes of any form that stand behind one of the words, a pattern."""
    return (match.span(1) for match in _behind_a_word(words).finditer(text))


@lru_cache(maxsize=64)
def _other(country: str) -> re.Pattern | None:
    return re.compile(rf"(?<![\w/.,-])(?:{_OTHERS[country]})(?![\w/-]|\.\d)") if country in _OTHERS else None


@lru_cache(maxsize=4)
def _behind_a_word(named: str) -> re.Pattern:
    return re.compile(
        rf"(?:{named})(?:\s(?:is|es|to|yw|est|ist|è|é|هو|ہے))?[\s:：]{{0,3}}"
        r"((?=[A-Z]{0,2}\d)[A-Z\d]{2,5}(?:[ -][A-Z\d]{2,4}(?<=\d)|[ -](?=\d)[A-Z\d]{2,4})?)(?![\w])",
        re.IGNORECASE,
    )
