"""An easy-read leaflet held against the full one: what it says in numbers stands in the full one as well.

It may say less, say it again and in another order, so a number is looked for in the part of the same kind first, then
anywhere. The full leaflet's content is handed in: this room knows no database. Sources: Inclusion Europe 2009,
Information for all; ISMP, Guidelines for Optimizing Safe Implementation (instructions: verify doses).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from monographs.leaflets.content import Content
from monographs.quality.findings import Finding, Severity
from monographs.quality.pieces.passages import Passage, passages
from monographs.text.words.figures import Figure, figures, lost
from monographs.text.words.mention import Mention
from monographs.text.words.mentions import Reader
from monographs.text.words.often import often
from monographs.text.words.vocabulary import is_english

RULE = "easy-read-numbers"

_SIDES = re.compile("[<>≤≥]")


@dataclass
class _Said:
    """What a text says in numbers: its figures and, in English, how often, how much and up to how much."""

    language: str
    texts: list[str] = field(default_factory=list)

    @cached_property
    def figures(self) -> list[Figure]:
        return figures("\n".join(self.texts), self.language)

    @cached_property
    def mentions(self) -> list[Mention]:
        return list(_mentions(self.texts, self.language))

    @cached_property
    def frequencies(self) -> set[str]:
        """In the words that `Mention` means them by."""
        return {one.meaning[1] for one in self.mentions if often(one)}

    @cached_property
    def counted(self) -> set[tuple[str, str]]:
        return set().union(*(often(one) for one in self.mentions))

    @cached_property
    def amounts(self) -> list[Mention]:
        return [one for one in self.mentions if one.meaning[0] == "amount"]

    def lacks(self, passage: "_Said") -> Iterator[str]:
        """What the passage says that this text does not, as it is written there: "3 times a day" rather than "3"."""
        found = [one.phrase for one in passage.mentions if not (often(one) <= self.counted and self._is_given(one))]
        yield from found
        for figure in lost(passage.figures, self.figures, words_too=False, as_often=False):
            if not any(figure.written in phrase for phrase in found):
                yield figure.written

    def _is_given(self, mention: Mention) -> bool:
        """Whether each number of a dose stands there in its unit; of a range each end may stand somewhere else."""
        if mention.category != "dose":
            return True
        same_unit = [one for one in self.amounts if _units(one) & _units(mention)]
        return all(any(number in one.meaning[2] for one in same_unit) for number in mention.meaning[2])

    def says_otherwise(self, passage: "_Said") -> Iterator[str]:
        """What the passage says with numbers of this text, but as another range, limit or frequency."""
        for mention in passage.mentions:
            if often(mention):
                is_same = mention.meaning[1] in self.frequencies
            else:
                is_same = not _is_bounded(mention) or any(_bounds(one, mention) for one in self.amounts)
            if not is_same:
                yield mention.phrase


def easy_read_numbers(content: Content, full: Content) -> Iterator[Finding]:
    """What an easy-read leaflet says in numbers and the full one does not: blocks where it is said nowhere, warns where
    it is said of something else, or not in that way."""
    everything, of_kind = _Said(full.language), {}
    for passage in passages(full):
        everything.texts.append(passage.bare)
        of_kind.setdefault(passage.section_kind, _Said(full.language)).texts.append(passage.bare)
    for passage in passages(content):
        yield from _of_passage(passage, content.language, of_kind.get(passage.section_kind), everything)


def _of_passage(passage: Passage, language: str, same_part: _Said | None, everything: _Said) -> Iterator[Finding]:
    said = _Said(language, [passage.bare])
    if not said.figures and not said.mentions:
        return
    nowhere = list(dict.fromkeys(everything.lacks(said)))
    for written in nowhere:
        message = _("“%(section)s”: this easy-read leaflet says “%(number)s”, and the full leaflet does not.")
        instead = _("Take it from the full leaflet. If that is wrong, have it put right there first.")
        yield _finding(Severity.BLOCKS, passage, written, message, instead)
    elsewhere = same_part.lacks(said) if same_part and passage.section_kind else ()
    doubtful = dict.fromkeys((*elsewhere, *everything.says_otherwise(said)))
    for written in doubtful:
        if not any(one in written or written in one for one in nowhere):
            message = _("“%(section)s”: the full leaflet does not say “%(number)s” in this way, or says it elsewhere.")
            yield _finding(Severity.WARNS, passage, written, message, _("Check that both leaflets mean the same."))


def _finding(severity: Severity, passage: Passage, written: str, message: str, instead: str) -> Finding:
    words = {"section": passage.label, "number": written}
    return Finding(RULE, severity, passage.place, passage.label, written, message % words, instead)


def _mentions(texts: Iterable[str], language: str) -> Iterator[Mention]:
    if not is_english(language):
        return
    reader = Reader(language)
    for text in texts:
        for sentence in reader.sentences(text):
            yield from (one for one in sentence.mentions if one.meaning[0] == "amount" or often(one))


def _units(mention: Mention) -> set[str]:
    return set(mention.unit.split("/"))


def _is_bounded(mention: Mention) -> bool:
    return len(mention.meaning[2]) > 1 or bool(_SIDES.search(mention.meaning[1]))


def _bounds(known: Mention, mention: Mention) -> bool:
    """Whether it is the same amount, on the same side."""
    sides = set(_SIDES.findall(mention.meaning[1]))
    is_same = known.meaning[2] == mention.meaning[2] and bool(_units(known) & _units(mention))
    return is_same and sides <= set(_SIDES.findall(known.meaning[1]))
