"""Which sentences of a leaflet name another medicine, or a class that it belongs to."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monographs.medicines.models import NameKind
from monographs.text.tokens.tokens import tokens
from monographs.together.classes import Spelling, classes_of, named_in, own_phrases, own_spellings, written_ways
from monographs.together.leaflets import Section
from monographs.together.names import names_to_find
from monographs.together.words import readings

_OWN = 0  # stands for the leaflet's own medicine, whose number is no matter
_SCRIPTS = {  # of languages that are not written in Latin letters
    "ar": "ARABIC", "fa": "ARABIC", "ur": "ARABIC", "zh": "CJK", "ja": "KATAKANA", "ko": "HANGUL", "he": "HEBREW",
    "el": "GREEK", "ru": "CYRILLIC", "uk": "CYRILLIC", "bg": "CYRILLIC", "sr": "CYRILLIC", "hi": "DEVANAGARI",
    "ne": "DEVANAGARI", "bn": "BENGALI", "ta": "TAMIL", "th": "THAI", "ka": "GEORGIAN", "hy": "ARMENIAN",
}  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A section that names a medicine: ``sentences`` that do, whole; ``classes`` as they are written there.
    ``is_to_be_read``: it is named where nothing can be quoted, so that the section must be read itself."""

    heading: str
    anchor: str
    sentences: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    is_to_be_read: bool = False


def same_language(one: str, other: str) -> bool:
    return one.partition("-")[0] == other.partition("-")[0]


def is_in_script_of(language: str, names: Iterable[tuple[str, str]]) -> bool:
    """Whether one of the names is in the letters of a language that has its own: then it is the name there."""
    script = _SCRIPTS.get(language.partition("-")[0], "none")
    return any(unicodedata.name(sign, "").startswith(script) for name, _kind in names for sign in name)


class Naming:
    """Looks for some medicines in one leaflet.

    ``own`` are the names of its own medicine, ``others`` by number the names and the class of each that is looked for;
    names are ``(name, kind)``. A class is told in one or more languages: ``(words, language)``, the site's as "en".
    """

    def __init__(
        self,
        *,
        own: Sequence[tuple[str, str]],
        others: dict[int, tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]],
        language: str,
    ):
        self._others, self._language = others, language
        names = [(medicine, *name) for medicine, (names, _classes) in others.items() for name in names]
        self._names = names_to_find(names, language)
        self._own = names_to_find([(_OWN, name, NameKind.GENERIC) for name, _kind in own], language)
        self._classes = own_spellings({each for _names, classes in others.values() for each in classes})
        self._keys = {
            medicine: frozenset().union(*(classes_of(*each) for each in classes))
            for medicine, (_names, classes) in others.items()
        }

    def in_sections(self, sections: Iterable[Section]) -> dict[int, list[Named]]:
        """By medicine each section that names it, in order; a sentence that was quoted before is not quoted again."""
        found: dict[int, list[Named]] = defaultdict(list)
        said: dict[int, set[str]] = defaultdict(set)
        for section in sections:
            for medicine, named in self._in_section(section).items():
                new = tuple(sentence for sentence in named.sentences if sentence not in said[medicine])
                said[medicine].update(new)
                if new or named.is_to_be_read:
                    found[medicine].append(Named(named.heading, named.anchor, new, named.classes, named.is_to_be_read))
        return found

    def _in_section(self, section: Section) -> dict[int, Named]:
        sentences: dict[int, list[str]] = defaultdict(list)
        classes: dict[int, list[str]] = defaultdict(list)
        to_be_read = set(self._in_text(section.heading))
        for said, line in section.lines:
            if not said:
                to_be_read |= self._maybe_in(line)
            for medicine, written in self._in_text(said).items():
                sentences[medicine].append(said)
                classes[medicine] += written
        return {
            medicine: Named(
                section.heading,
                section.anchor,
                tuple(dict.fromkeys(sentences[medicine])),
                tuple(dict.fromkeys(classes[medicine])),
                medicine in to_be_read,
            )
            for medicine in {*sentences, *to_be_read}
        }

    def _in_text(self, text: str) -> dict[int, list[str]]:
        """The medicines that a text names; of each that it names by a class alone the ways in which it does."""
        found: dict[int, list[str]] = {}
        classes: list[Spelling] = []
        for words in readings(text, self._language):
            found |= dict.fromkeys(self._named_by_name(words), [])
            classes += named_in(words, self._classes)
        for medicine, keys in self._keys.items():
            written = [each.written for each in classes if each.key in keys]
            if written and medicine not in found:
                found[medicine] = written
        return found

    def _named_by_name(self, words: list[str]) -> Iterator[int]:
        """A name inside the leaflet's own, or equal to it, is no other's: "insulin" in "insulin glargine"."""
        own = [place for place, _key in self._own.places(words)]
        for place, medicine in self._names.places(words):
            if not any(place.is_within(other) for other in own):
                yield medicine

    def _maybe_in(self, line: frozenset[str]) -> set[int]:
        """The medicines that a sentence may name of which only the tokens are known: it is too long to be quoted."""
        return {
            medicine
            for medicine in self._others
            if any(ways and line.issuperset(ways) for ways in self._tokens_of(medicine))
        }

    def _tokens_of(self, medicine: int) -> Iterator[list[str]]:
        names, classes = self._others[medicine]
        written = [name for name, _kind in names]
        written += written_ways(self._keys[medicine], self._language)
        written += [phrase for drug_class, _language in classes for phrase in own_phrases(drug_class)]
        return (tokens(each, self._language) for each in written)
