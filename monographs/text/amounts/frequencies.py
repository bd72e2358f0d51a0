"""How often something happens, as leaflets say it: "may affect up to 1 in 10 people".

The phrases are those of the EMA's QRD template, annex III B, section 4, in the languages of the pages, and the ways
that people write them. A rate that does not count people ("1 in 2 days") is none.
"""

import re
import unicodedata
from typing import NamedTuple

_NUMBER = r"\d{1,3}(?:[.,\u066c\u00a0\u202f ]\d{3})+(?!\d)|\d{1,5}(?!\d)"
_OF = rf"(?P<of>{_NUMBER})"


def _some(words: str) -> str:
    return rf"(?P<some>\d{{1,4}}|{words})"


_PHRASES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # English
        rf"(?P<more>(?<!no )(?<!not )\b(?:more than|over) )?\b{_some('one|two|three')}"
        rf"(?: (?:person|people|patients?))? (?:in|out of) (?:every |each |about )?{_OF} (?:\w+ ){{0,2}}?"
        r"(?:people|persons?|patients|adults|children|babies|women|men|users|of them)\b",
        # Spanish
        rf"(?P<more>(?<!no )\bmás de )?\b{_some('una?|uno')}(?: (?:persona|paciente))? de (?:cada )?{_OF} "
        r"(?:\w+ )?(?:personas|pacientes|adultos|niños|mujeres|hombres|usuarios)\b",
        # Polish
        rf"(?P<more>(?<!nie )\b(?:więcej|częściej) niż )?(?:u )?\b{_some('jedn(?:a|ą|ej|ego|ą)')}"
        rf"(?: (?:osob[aęy]|osób|pacjenta?))? na (?:każd(?:e|ych) )?{_OF} "
        r"(?:\w+ )?(?:osób|osoby|pacjentów|dorosłych|dzieci|kobiet|mężczyzn)\b",
        # Welsh
        rf"(?P<more>(?<!dim )\b(?:[mf]wy nag?|dros) )?\b{_some('un')}(?: person)? (?:o bob|ym mhob|mewn|allan o) {_OF} "
        r"(?:o )?(?:bobl|pobl|berson(?:au)?|gleifion|oedolion|blant|fenywod|ddynion)\b",
        # Arabic, without its vowel marks
        r"(?P<more>(?<!ليس )أكثر من )?(?:(?P<some>\d{1,4})(?: (?:شخص|أشخاص))?|شخصا? واحدا?) "
        r"(?:من (?:بين )?كل|من بين|من أصل|في كل|لكل) "
        rf"{_OF} (?:شخص|أشخاص|مريض|مرضى|طفل|أطفال|امرأة|نساء)",
        # Urdu
        rf"{_OF} (?:(?:افراد|لوگوں|اشخاص|مریضوں|بچوں) )?میں سے (?:زیادہ سے زیادہ |تقریبا )?{_some('ایک')}"
        r"(?P<more>(?: (?:فرد|شخص))? سے (?:زیادہ|زائد))?(?: تک)? (?:افراد|فرد|لوگ|لوگوں|شخص|اشخاص|مریض|مریضوں|بچے|کو)",
        # Chinese
        rf"{_OF} ?[个名位]? ?(?:人|患者|病人|使用者|用药者|儿童)(?:当中|之中|中|里)[^，。；\d]{{0,8}}?"
        rf"(?P<more>(?<!不)(?:超过|多于))? ?{_some('一')} ?[个名位]?(?:人|患者|例)",
        r"(?P<more>(?<!不)(?:超过|多于))? ?(?P<part>[十百千万])分之一的?(?:人|患者|病人|使用者|用药者|儿童)",
    )
)
_OTHERS = _PHRASES[4:]
# In each Latin one a word of its own stands before the number of people; in the others are letters of their own.
_BEFORE_PEOPLE = re.compile(
    r"(?:(?P<en>in|of|every|each|about)|(?P<es>de|cada)|(?P<pl>na|każde|każdych)|(?P<cy>bob|mhob|mewn|o)) \d\Z",
    re.IGNORECASE,
)
_LATIN = dict(zip(("en", "es", "pl", "cy"), _PHRASES, strict=False))
_SPACE_AND_DIGIT, _LONGEST_BEFORE = re.compile(r" \d"), len("każdych")
_OTHER_LETTERS = re.compile("[\u0600-\u06ff\u4e00-\u9fff]")
_WORDS = {"two": 2, "three": 3}
_PARTS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}
_A_DIGIT_OR_PART = re.compile(r"\d|分之")
_MARKS = {"Mn": "", "Cf": ""}


class Frequency(NamedTuple):
    """``some`` of ``of`` people; ``is_more``: at least as many, and it may be more."""

    some: int
    of: int
    is_more: bool = False


def frequencies(words: str) -> list[Frequency]:
    """All that a text says, in its order, each once: ``"May affect up to 1 in 1,000 people"`` → ``[(1, 1000)]``."""
    if not _A_DIGIT_OR_PART.search(words):
        return []
    words = _plain(words)
    phrases = [_LATIN[language] for language in _ways_to_count(words)]
    if not words.isascii() and _OTHER_LETTERS.search(words):
        phrases += _OTHERS
    found = sorted((match.start(), _read(match)) for phrase in phrases for match in phrase.finditer(words))
    return list(dict.fromkeys(one for _place, one in found if 0 < one.some <= one.of))


def _ways_to_count(words: str) -> set[str]:
    """Which of `_LATIN` can find something: the words before numbers are looked at, and no others."""
    found = (
        _BEFORE_PEOPLE.search(words, max(0, place.start() - _LONGEST_BEFORE), place.end())
        for place in _SPACE_AND_DIGIT.finditer(words)
    )
    return {before.lastgroup for before in found if before}


def _plain(words: str) -> str:
    """Digits of any script as 0–9, without signs that stand on letters or have no room, one space between words."""
    if words.isascii():  # then all that there can be is a space that is not one alone
        if words.isprintable() and "  " not in words:
            return words
    else:
        words = "".join(
            str(unicodedata.digit(sign)) if sign.isdigit() and not sign.isascii() else sign
            for sign in unicodedata.normalize("NFC", words)
            if unicodedata.category(sign) not in _MARKS
        )
    return re.sub(r"[^\S\u00a0\u202f]+|(?<!\d)[\u00a0\u202f]|[\u00a0\u202f](?!\d)", " ", words)


def _read(match: re.Match) -> Frequency:
    named = match.groupdict()
    if part := named.get("part"):
        return Frequency(1, _PARTS[part], bool(named["more"]))
    some = named.get("some") or "1"
    number = int(some) if some.isdecimal() else _WORDS.get(some.lower(), 1)
    return Frequency(number, int(re.sub(r"\D", "", named["of"])), bool(named["more"]))
