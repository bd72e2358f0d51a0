"""The names of medicines, to be found in sentences: generic names, brands, synonyms, former names."""

from collections.abc import Iterable

from monographs.medicines.models import NameKind
from monographs.text.words.lexicon import is_everyday
from monographs.together.words import Phrases, readings

_SHORTEST = 3  # letters of a name, but of Chinese ones


def names_to_find(names: Iterable[tuple[int, str, str]], language: str) -> Phrases[int]:
    """``(medicine, name, kind)`` as phrases that lead to the medicine's number.

    A brand that is an everyday word ("Relief") tells nothing by itself and is left out; a generic name never is.
    """
    return Phrases(
        (words, medicine)
        for medicine, name, kind in names
        if kind == NameKind.GENERIC or not is_everyday(name)
        for words in readings(name, language)
        if not name.isascii() or len("".join(words)) >= _SHORTEST
    )
