"""Is an easy-read leaflet easy to read? Short sentences, each on its own line, a picture beside each point.

Source: Inclusion Europe, "Information for all: European standards for making information easy to read and understand"
(2009): sentences are short, each begins on a new line and has one idea, and pictures stand beside the text to explain
it. How short is not said there: 12 words are what we ask for, more than 20 are refused. What is asked of symbols holds
in every leaflet.
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown_it.token import Token

from monographs.leaflets.content import Content, SectionContent
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.blocks import tokens, words
from monographs.quality.pieces.passages import label, passages
from monographs.quality.pieces.sentences import sentences
from monographs.quality.plain_words.readability import sentences_longer_than
from monographs.text.markup.parser import read_line_tokens
from monographs.text.markup.rules.symbols import NAMES, name_at

MOST_WORDS = 12
REFUSED_ABOVE = 20
_POINTS = {"paragraph", "item"}
_LIKE_A_SYMBOL = "](symbol:"


def long_easy_sentences(content: Content) -> Iterator[Observation]:
    """A sentence has at most 12 words."""
    if content.is_easy_read:
        yield from sentences_longer_than(MOST_WORDS, content, up_to=REFUSED_ABOVE)


def far_too_long_sentences(content: Content) -> Iterator[Observation]:
    """None has more than 20."""
    if content.is_easy_read:
        yield from sentences_longer_than(REFUSED_ABOVE, content)


def lines_with_several_ideas(content: Content) -> Iterator[Observation]:
    """Each sentence begins on a line of its own."""
    for passage in passages(content) if content.is_easy_read else ():
        for line in passage.text.split("\n") if passage.block.kind in _POINTS else ():
            number = len(sentences(line))
            if number > 1:
                yield passage.observe(
                    line,
                    _("There are %(number)d sentences on this line.") % {"number": number},
                    _("Begin each sentence on a line of its own, with one idea in it."),
                )


def points_without_picture(content: Content) -> Iterator[Observation]:
    """Each point of a section has a picture or symbol; a section is told once how many have none."""
    for section in content.sections if content.is_easy_read else ():
        points = list(_points(section))
        bare = [said for said, has_picture in points if said and not has_picture]
        if bare:
            yield Observation(
                section.key,
                label(section),
                bare[0],
                _("%(count)d of %(all)d points have no picture.") % {"count": len(bare), "all": len(points)},
                _("Begin the point with a symbol, as in ![](symbol:clock). There are: %(names)s.")
                % {"names": ", ".join(NAMES)},
            )


def _points(section: SectionContent) -> Iterator[tuple[str, bool]]:
    """The words of each paragraph and item, and whether it has a picture; headings and cells are none."""
    before = ""
    for token in () if section.is_not_applicable else tokens(section.body):
        if token.type == "inline" and before == "paragraph_open":
            yield words(token.children), any(child.type == "image" for child in token.children or ())
        before = token.type


def symbols(content: Content) -> Iterator[Observation]:
    """A symbol is one of ours, and stands beside the words that it shows: alone it says nothing to who can't see it."""
    for passage in passages(content):
        if _LIKE_A_SYMBOL in passage.text:
            yield passage.observe(
                passage.text,
                _("There is no such symbol, so patients would see this as it is typed."),
                _("Use one of these: %(names)s.") % {"names": ", ".join(NAMES)},
            )
    instead = _("Write beside it what it shows.")
    for number, fact in enumerate(content.key_facts, start=1):
        for name in _alone(read_line_tokens(fact)):
            where = _("Key fact %(number)d") % {"number": number}
            yield Observation("key_facts", where, name, _("This symbol stands alone, without words."), instead)
    for section in content.sections:
        for name in _alone(tokens(section.body)):
            message = _("This symbol stands alone, without words.")
            yield Observation(section.key, label(section), name, message, instead)


def _alone(stream: Iterable[Token]) -> Iterator[str]:
    for token in stream:
        if token.type == "inline" and not words(token.children):
            images = (child for child in token.children or () if child.type == "image")
            yield from (name for image in images if (name := name_at(str(image.attrGet("src")))) and not image.content)


_EASY_READ = "Inclusion Europe 2009, Information for all: European standards for easy-to-read information"

RULES = (
    Rule(
        "easy-read-too-long",
        Severity.BLOCKS,
        gettext_lazy("Easy read: a sentence of more than 20 words"),
        _EASY_READ,
        far_too_long_sentences,
    ),
    Rule(
        "easy-read-sentence",
        Severity.WARNS,
        gettext_lazy("Easy read: a sentence of more than 12 words"),
        _EASY_READ,
        long_easy_sentences,
    ),
    Rule(
        "easy-read-line",
        Severity.WARNS,
        gettext_lazy("Easy read: several sentences on one line"),
        _EASY_READ,
        lines_with_several_ideas,
    ),
    Rule(
        "easy-read-picture",
        Severity.WARNS,
        gettext_lazy("Easy read: points without a picture"),
        _EASY_READ,
        points_without_picture,
    ),
    Rule(
        "symbol",
        Severity.BLOCKS,
        gettext_lazy("A symbol that is none of ours, or stands without words"),
        "WCAG 2.2, 1.1.1 Non-text Content",
        symbols,
    ),
)
