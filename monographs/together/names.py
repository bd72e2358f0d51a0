"""The names of medicines, to be found in sentences: generic names, brands, synonyms, former names."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from monographs.medicines.models import NameKind
from monographs.text.words.lexicon import is_everyday
from monographs.together.words import Phrases, readings

_SHORTEST = 3  # letters of a name, but of Chinese ones
_SHORTEST_CHANGED = 5  # letters of a name that changes in a sentence
_LIST = Path(__file__).parent / "lists" / "inflections.txt"


def names_to_find(names: Iterable[tuple[int, str, str]], language: str) -> Phrases[int]:
    """``(medicine, name, kind)`` as phrases that lead to the medicine's number.

    A brand that is an everyday word ("Relief") tells nothing by itself and is left out; a generic name never is.
    """
    return Phrases(
        (words, medicine)
        for medicine, name, kind in names
        if kind == NameKind.GENERIC or not is_everyday(name)
        for written in (name, *_changed(name, language))
        for words in readings(written, language)
        if not name.isascii() or len("".join(words)) >= _SHORTEST
    )


def _changed(name: str, language: str) -> Iterator[str]:
    """A name as it may be written within a sentence, where that changes it ("ibuprofenu", "بالإيبوبروفين")."""
    rules = _rules().get(language.partition("-")[0], ())
    if len(name) < _SHORTEST_CHANGED or not rules:
        return
    lower = name.casefold()
    for place, letters, ways in rules:
        if place == "beginning" and lower.startswith(letters):
            yield from (f"{way}{lower[len(letters) :]}" for way in ways)
        elif place == "end" and lower.endswith(letters) and lower[-1:].isalpha():
            yield from (f"{lower[: len(lower) - len(letters)]}{way}" for way in ways)


@cache
def _rules() -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
    """By language where a name changes, which letters, and into what."""
    found: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, place, letters, ways = (part.strip().replace('""', "") for part in line.split("|"))
            found.setdefault(language, []).append((place, letters, tuple(way.strip() for way in ways.split(","))))
    return found
