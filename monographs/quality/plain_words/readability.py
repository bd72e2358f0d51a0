"""How hard is it to read: long sentences, long paragraphs, and a reading grade.

The grade is that of Kincaid, Fishburne, Rogers and Chissom (1975), Research Branch Report 8-75:
0.39 × words per sentence + 11.8 × syllables per word − 15.59, a US school grade. It was made for
English and is measured in English leaflets only. The medicine's own names count as one syllable each:
nobody can write a plainer word for them, and after the title every reader knows them.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content, SectionContent
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.blocks import Block
from monographs.quality.pieces.passages import is_english, key_fact_passages, label, passages, section_passages
from monographs.quality.pieces.sentences import sentences, word_list
from monographs.remembered import remembered
from monographs.text.letters.syllables import syllables

LONGEST_SENTENCE = 20
LONGEST_PARAGRAPH = 3
HIGHEST_GRADE = 8
HIGHEST_EASY_GRADE = 6
FEWEST_WORDS_FOR_GRADE = 100

_PROSE = {"paragraph", "item"}


def _prose(blocks: Iterable[Block]) -> list[str]:
    return [block.text for block in blocks if block.kind in _PROSE]


def grade(paragraphs: Iterable[str], names: Iterable[str] = ()) -> float | None:
    """The Flesch-Kincaid grade of English paragraphs; a list item counts as a paragraph.

    ``names`` count as one syllable a word. None below 100 words, the shortest text that the formula was made for.
    """
    return _grade([_counted(paragraphs, tuple(names))])


class _Counts(NamedTuple):
    """Sentences that have words, these words, and their syllables."""

    sentences: int
    words: int
    syllables: int


def _grade(found: Iterable[_Counts]) -> float | None:
    number, words, spoken = (sum(counts) for counts in zip(*found, strict=True))
    if words < FEWEST_WORDS_FOR_GRADE:
        return None
    return 0.39 * words / number + 11.8 * spoken / words - 15.59


def _counted(paragraphs: Iterable[str], names: tuple[str, ...]) -> _Counts:
    known = {word.casefold() for name in names for word in word_list(name)}
    number, found = 0, []
    for paragraph in paragraphs:
        for sentence in sentences(paragraph):
            words = word_list(sentence)
            number += bool(words)
            found += words
    found = " ".join(found).casefold().split(" ") if found else []  # no word has a space in it
    spoken = found if known.isdisjoint(found) else [word for word in found if word not in known]
    return _Counts(number, len(found), len(found) - len(spoken) + sum(map(syllables, spoken)))


@remembered(1_000_000)  # for the leaflet and for its section, and again when another section has changed
def _counted_in(_body: str, section: SectionContent, names: tuple[str, ...]) -> _Counts:
    return _counted(_prose(passage.block for passage in section_passages(section)), names)


def _of_section(section: SectionContent, content: Content) -> _Counts:
    return _counted_in(section.body, section, _names(content))


def _of_parts(content: Content) -> list[_Counts]:
    """Of all key facts together, then of each section."""
    facts = _counted(_prose(passage.block for passage in key_fact_passages(content)), _names(content))
    return [facts, *(_of_section(section, content) for section in content.sections)]


def leaflet_grade(content: Content) -> float | None:
    """The grade of all key facts and sections together; None where it can't be measured."""
    if not is_english(content):
        return None
    return _grade(_of_parts(content))


def _names(content: Content) -> tuple[str, ...]:
    return content.medicine.name, *content.medicine.brands


_LABELLED_LINE = re.compile(r"\n(?=[^\W_][^\n:.]{0,30}:\s)")  # "Week 1: 5 mg", "Week 2: 10 mg", each its own sentence


def long_sentences(content: Content) -> Iterator[Observation]:
    """A sentence has at most 20 words. Easy read has a rule of its own (`easy_read`)."""
    if not content.is_easy_read:
        yield from sentences_longer_than(LONGEST_SENTENCE, content)


def sentences_longer_than(most: int, content: Content, *, up_to: int = 10_000) -> Iterator[Observation]:
    """Sentences of more than ``most`` words, and of at most ``up_to``."""
    for passage in passages(content):
        if passage.block.kind == "heading":
            continue
        for sentence in (one for line in _LABELLED_LINE.split(passage.text) for one in sentences(line)):
            number = len(word_list(sentence))
            if most < number <= up_to:
                yield passage.observe(
                    sentence,
                    _("This sentence has %(number)d words.") % {"number": number},
                    _("Make two sentences of it, or a list; at most %(most)d words each.") % {"most": most},
                )


def long_paragraphs(content: Content) -> Iterator[Observation]:
    """A paragraph has at most 3 sentences."""
    for passage in passages(content):
        number = len(sentences(passage.text)) if passage.block.kind in _PROSE else 0
        if number > LONGEST_PARAGRAPH:
            yield passage.observe(
                passage.text,
                _("This paragraph has %(number)d sentences.") % {"number": number},
                _("Part it by an empty line, or make a list of it; at most %(most)d sentences each.")
                % {"most": LONGEST_PARAGRAPH},
            )


def reading_grade(content: Content) -> Iterator[Observation]:
    """The leaflet, and each section of 100 words or more, reads at US grade 8 or below; easy read at 6."""
    if not is_english(content):
        return
    highest = HIGHEST_EASY_GRADE if content.is_easy_read else HIGHEST_GRADE
    _facts, *of_sections = counted = _of_parts(content)
    whole = _grade(counted)
    instead = _("Use shorter sentences and everyday words; aim for grade %(most)d or below.") % {"most": highest}
    if whole is not None and whole > highest:
        message = _("The whole leaflet reads at school grade %(grade).1f.") % {"grade": whole}
        yield Observation("title", _("Whole leaflet"), "", message, instead)
    for section, of_section in zip(content.sections, of_sections, strict=True):
        measured = _grade([of_section])
        if measured is not None and measured > highest:
            message = _("This section reads at school grade %(grade).1f.") % {"grade": measured}
            yield Observation(section.key, label(section), "", message, instead)


_NHS = "NHS digital service manual, content style guide: how we write"

RULES = (
    Rule("long-sentence", Severity.WARNS, gettext_lazy("A sentence of more than 20 words"), _NHS, long_sentences),
    Rule("long-paragraph", Severity.WARNS, gettext_lazy("A paragraph of more than 3 sentences"), _NHS, long_paragraphs),
    Rule(
        "reading-grade",
        Severity.WARNS,
        gettext_lazy("Hard to read"),
        "Kincaid et al. 1975, Research Branch Report 8-75",
        reading_grade,
        across_parts=True,
    ),
)
