"""Words without their endings, for counting them: ``tabletki`` and ``tabletek`` are one more often than not.

By Snowball where it knows the language; elsewhere the first letters stand for the word, which is what most of its forms
have in common; in Welsh without the consonant that mutates. A sign of Chinese is a word by itself.
"""

import re
from functools import cache

import snowballstemmer

_SNOWBALL = {"en": "english", "es": "spanish", "pl": "polish", "ar": "arabic"}
_FIRST_LETTERS = {"ur": 4, "cy": 4}
_MUTATES = {"cy": re.compile(r"(?:ngh|mh|nh|ph|th|ch|ng|dd|rh|ll|gw|[cpbtdgmflrnw])(?=.)")}  # marw, farw, mharw


def stem(folded: str, language: str) -> str:
    """The stem of a folded word of a language; the word itself in a language that is not known here."""
    if language in _SNOWBALL:
        return _stemmer(language).stemWord(folded)
    if language in _MUTATES:
        folded = _MUTATES[language].sub("", folded, count=1) if _MUTATES[language].match(folded) else folded
    return folded[: _FIRST_LETTERS.get(language)]


@cache
def _stemmer(language: str):
    return snowballstemmer.stemmer(_SNOWBALL[language])
