"""A translation held against the text that it was made from: every section is there, and every number in it.

The source's content is handed in: this room knows no database. Sources: ISMP, Guidelines for Optimizing Safe
Implementation (translated instructions: verify doses); EMA QRD, linguistic review of translated package leaflets.
"""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from monographs.leaflets.content import Content, SectionContent
from monographs.leaflets.sections import REQUIRED_KINDS
from monographs.quality.complete.completeness import has_words
from monographs.quality.findings import Finding, Observation, Severity
from monographs.quality.pieces.blocks import without_addresses
from monographs.quality.pieces.passages import label
from monographs.text.amounts.number_words import knows_words
from monographs.text.markup.markdown import plain_line, typed_words
from monographs.text.markup.rules.cards import OPENS
from monographs.text.words.figures import figures, lost

RULE = "translated-text"


def translated(content: Content, source: Content) -> Iterator[Finding]:
    """What differs between a translation and its source in structure and numbers. All of it blocks."""
    for seen in _seen(content, source):
        yield Finding(RULE, Severity.BLOCKS, seen.place, seen.label, seen.excerpt, seen.message, seen.instead)


def without_source(content: Content) -> Finding:
    """For a translation whose source cannot be found, so that nothing of it can be checked."""
    message = _("The text that this translation was made from is not there, so its numbers can't be checked.")
    return Finding(RULE, Severity.BLOCKS, "title", _("Title"), "", message, _("Ask the administrator."))


def _seen(content: Content, source: Content) -> Iterator[Observation]:
    yield from _numbers("title", _("Title"), (source.title, content.title), (source, content), is_line=True)
    facts = "\n".join(source.key_facts), "\n".join(content.key_facts)
    if facts[1]:  # that there are some is another rule
        yield from _numbers("key_facts", _("Key facts"), facts, (source, content), is_line=True)
    mine = {section.key: section for section in content.sections}
    for section in source.sections:
        if section.key in mine:
            yield from _pair(section, mine.pop(section.key), source, content)
        elif _is_read(section):
            message = _("The source has a section “%(section)s”, and the translation has none that belongs to it.")
            yield Observation(
                section.key, label(section), "", message % {"section": label(section)},
                _("Add it again from the translation's page."),
            )  # fmt: skip
    for section in mine.values():
        nothing = SectionContent(section.key, section.kind, "")
        yield from _pair(nothing, section, source, content)


def _pair(was: SectionContent, now: SectionContent, source: Content, content: Content) -> Iterator[Observation]:
    where = label(now)
    if was.is_not_applicable != now.is_not_applicable:
        message = _("“%(section)s” applies to this medicine in one of the two texts and not in the other.")
        yield Observation(now.key, where, "", message % {"section": where}, _("Mark it as the source does."))
        return
    if not _is_read(now):
        if _is_read(was) and now.kind not in REQUIRED_KINDS:
            message = _("“%(section)s” is not translated yet.") % {"section": where}
            yield Observation(now.key, where, "", message, _("Write it, from what stands beside it."))
        return
    if was.body == now.body and source.language != content.language:
        message = _("“%(section)s” is still in the language of the source.") % {"section": where}
        yield Observation(now.key, where, "", message, _("Translate it."))
        return
    yield from _numbers(now.key, where, (was.body, now.body), (source, content))
    if _cards(was.body) != _cards(now.body):
        message = _("The care cards of “%(section)s” are not those of the source: its telephone numbers would differ.")
        instead = _("Give each part the card that it has in the source, such as “::: emergency”.")
        yield Observation(now.key, where, "", message % {"section": where}, instead)


def _numbers(
    place: str, where: str, texts: tuple[str, str], of: tuple[Content, Content], *, is_line: bool = False
) -> Iterator[Observation]:
    """What stands in one of the texts, the source's first, and not in the other."""
    source, content = of
    theirs, ours = (
        figures(_words(text, one.language, is_line=is_line), one.language) for text, one in zip(texts, of, strict=True)
    )
    words_too = knows_words(source.language) and knows_words(content.language)
    for figure in lost(theirs, ours, words_too=words_too):
        words = {"section": where, "number": figure.written}
        yield Observation(
            place, where, "",
            _("“%(section)s”: the source says “%(number)s”, and the translation does not.") % words,
            _("Write the number as the source has it, in digits, with its unit."),
        )  # fmt: skip
    for figure in lost(ours, theirs, words_too=False):
        words = {"section": where, "number": figure.written}
        yield Observation(
            place, where, figure.written,
            _("“%(section)s”: the translation says “%(number)s”, and the source does not.") % words,
            _("Take the number from the source. If the source is wrong, have it put right there first."),
        )  # fmt: skip


def _words(text: str, language: str, *, is_line: bool) -> str:
    lines = (
        [plain_line(line, language=language) for line in text.split("\n")]
        if is_line
        else [typed_words(text, language=language)]
    )
    return without_addresses("\n".join(lines))


def _is_read(section: SectionContent) -> bool:
    return not section.is_not_applicable and has_words(section)


def _cards(body: str) -> Counter:
    return Counter(match[1] for line in body.split("\n") if (match := OPENS.fullmatch(line.strip(" \t>"))))
