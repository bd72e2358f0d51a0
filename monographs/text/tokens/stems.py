"""Stems of words, by the language they stand in. Names of medicines have none: *fusid* and *fusidate* share one."""

import threading
from functools import lru_cache
from importlib.metadata import version

import snowballstemmer

from monographs.remembered import MOST_REMEMBERED

ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip
"""Languages that have stems. In any other, such as Urdu, Welsh or Chinese, a word is found as it is written."""

_OF_OTHER_LETTERS = {"arabic"}  # it would look for long for what no Latin word has

SNOWBALL = version("snowballstemmer")
_mine = threading.local()  # a stemmer keeps the word it works on in itself


@lru_cache(maxsize=MOST_REMEMBERED)
def stem(word: str, language: str) -> str:
    """The stem of a folded word: ``stem("dizziness", "en") == "dizzi"``; "" in a language that has none."""
    algorithm = ALGORITHMS.get(language.partition("-")[0])
    if not algorithm:
        return ""
    if word.isascii() and algorithm in _OF_OTHER_LETTERS:
        return word
    stemmers = _mine.__dict__
    if algorithm not in stemmers:
        stemmers[algorithm] = snowballstemmer.stemmer(algorithm)
    return stemmers[algorithm].stemWord(word)
