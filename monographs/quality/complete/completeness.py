"""Is everything there that a leaflet must have, and in the order that patients know?

The required sections and their order are those of `monographs.leaflets.sections`, which follows the
EMA QRD product information template, annex III B (package leaflet).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content, SectionContent
from monographs.leaflets.sections import BY_KEY, ORDER, OTHER, REQUIRED_KINDS
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.blocks import Block, blocks, line, seen
from monographs.quality.pieces.passages import label
from monographs.remembered import remembered

FEWEST_KEY_FACTS = 3
MOST_KEY_FACTS = 6

_QRD = "EMA QRD product information template, annex III B"


def has_words(section: SectionContent) -> bool:
    """True where a section's body gives patients something to read: words, or an image."""
    return _has_words(section.body)


@remembered(1_000_000)  # asked of all sections whenever one has changed
def _has_words(body: str) -> bool:
    return _shows_something(blocks(body))


def _shows_something(found: Iterable[Block]) -> bool:
    return any(is_said(block.text) or block.kind == "alt" for block in found)


def is_said(text: str) -> bool:
    """True for anything but signs: a lone "-" or "..." says nothing."""
    return any(character.isalnum() for character in seen(text))


def required_sections(content: Content) -> Iterator[Observation]:
    """Each required kind has words, or is marked "does not apply" with a reason."""
    for kind in REQUIRED_KINDS:
        sections = [section for section in content.sections if section.kind == kind]
        if any(is_said(section.reason) if section.is_not_applicable else has_words(section) for section in sections):
            continue
        heading = str(BY_KEY[kind].heading)
        if not sections:
            yield Observation(
                "title",
                heading,
                "",
                _("The section “%(heading)s” is missing.") % {"heading": heading},
                _("Add the section, or mark it “does not apply” and give the reason."),
            )
        elif sections[0].is_not_applicable:
            yield Observation(
                sections[0].key,
                label(sections[0]),
                "",
                _("This section is marked “does not apply” without a reason."),
                _("Write why it does not apply to this medicine."),
            )
        else:
            yield Observation(
                sections[0].key,
                label(sections[0]),
                "",
                _("This section is required and has no text."),
                _("Write the section, or mark it “does not apply” and give the reason."),
            )


def hidden_text(content: Content) -> Iterator[Observation]:
    """Patients do not read the text of a section that does not apply, so it must not look as if they did."""
    for section in content.sections:
        if section.is_not_applicable and has_words(section):
            yield Observation(
                section.key,
                label(section),
                "",
                _("This section is marked “does not apply”, so patients do not read its text."),
                _("Delete the text, or take the mark away."),
            )


def empty_sections(content: Content) -> Iterator[Observation]:
    """A section that nobody requires shows patients a heading with nothing below it."""
    for section in content.sections:
        if section.kind not in REQUIRED_KINDS and not section.is_not_applicable and not has_words(section):
            yield Observation(
                section.key,
                label(section),
                "",
                _("This section has a heading and no text."),
                _("Write the section, or remove it."),
            )


def _rank(section: SectionContent) -> int:
    """The place of a section's kind; other information may stand anywhere among what comes last."""
    last = ORDER["more"]
    return last if section.kind == OTHER else ORDER.get(section.kind, last)


def _in_place(ranks: Sequence[int]) -> list[int]:
    """Indices of a longest run of sections that already stand in order (longest non-decreasing subsequence)."""
    tails: list[int] = []
    tail_ranks: list[int] = []
    before: list[int | None] = []
    for index, rank in enumerate(ranks):
        length = bisect_right(tail_ranks, rank)
        before.append(tails[length - 1] if length else None)
        tails[length:] = [index] if length == len(tails) else [index, *tails[length + 1 :]]
        tail_ranks[length:] = [rank] if length == len(tail_ranks) else [rank, *tail_ranks[length + 1 :]]
    kept = []
    index = tails[-1] if tails else None
    while index is not None:
        kept.append(index)
        index = before[index]
    return kept[::-1]


def section_order(content: Content) -> Iterator[Observation]:
    """Sections follow the order of `sections.ORDER`; only those that would have to move are named."""
    ranks = [_rank(section) for section in content.sections]
    kept = _in_place(ranks)
    for index in sorted(set(range(len(ranks))) - set(kept)):
        earlier = [place for place in kept if ranks[place] <= ranks[index]]
        if earlier:
            instead = _("Move it to stand after “%(heading)s”.") % {"heading": label(content.sections[earlier[-1]])}
        else:
            instead = _("Move it to stand before “%(heading)s”.") % {"heading": label(content.sections[kept[0]])}
        section = content.sections[index]
        yield Observation(
            section.key, label(section), "", _("This section is out of the order that patients know."), instead
        )


def _cited(content: Content) -> list:
    return [source for source in content.sources if is_said(source.citation)]


def sources(content: Content) -> Iterator[Observation]:
    """A leaflet names at least one source."""
    if not _cited(content):
        yield Observation(
            "sources",
            _("Sources"),
            "",
            _("The leaflet names no source."),
            _("Add at least one source that the text rests on."),
        )


def sections_without_source(content: Content) -> Iterator[Observation]:
    """Each section with words is supported by a source (one that supports all sections counts)."""
    cited = _cited(content)
    if not cited or any(not source.supports for source in cited):
        return
    supported = {kind for source in cited for kind in source.supports}
    for section in content.sections:
        if section.kind not in supported and not section.is_not_applicable and has_words(section):
            yield Observation(
                section.key,
                label(section),
                "",
                _("No source supports this section."),
                _("Add a source for it, or name this section in the source that supports it."),
            )


def key_facts(content: Content) -> Iterator[Observation]:
    """A leaflet has 3 to 6 key facts; blank lines do not count."""
    number = sum(1 for fact in content.key_facts if _shows_something(line(fact)))
    if number < FEWEST_KEY_FACTS:
        instead = _("Write at least %(number)d key facts.") % {"number": FEWEST_KEY_FACTS}
    elif number > MOST_KEY_FACTS:
        instead = _("Keep the %(number)d that matter most and move the others into their sections.") % {
            "number": MOST_KEY_FACTS
        }
    else:
        return
    yield Observation(
        "key_facts",
        _("Key facts"),
        "",
        _("The number of key facts is %(number)d; it should be from %(fewest)d to %(most)d.")
        % {"number": number, "fewest": FEWEST_KEY_FACTS, "most": MOST_KEY_FACTS},
        instead,
    )


RULES = (
    Rule(
        "required-section",
        Severity.BLOCKS,
        gettext_lazy("A required section is missing"),
        _QRD,
        required_sections,
        across_parts=True,
    ),
    Rule("hidden-text", Severity.BLOCKS, gettext_lazy("A section that does not apply has text"), _QRD, hidden_text),
    Rule(
        "section-order",
        Severity.BLOCKS,
        gettext_lazy("A section is out of order"),
        _QRD,
        section_order,
        across_parts=True,
    ),
    Rule("empty-section", Severity.WARNS, gettext_lazy("A section has no text"), _QRD, empty_sections),
    Rule(
        "key-facts",
        Severity.BLOCKS,
        gettext_lazy("Too few or too many key facts"),
        "House rule: three to six key facts",
        key_facts,
    ),
    Rule(
        "no-source",
        Severity.BLOCKS,
        gettext_lazy("The leaflet names no source"),
        "Patient Information Forum, PIF TICK criteria: evidence named",
        sources,
    ),
    Rule(
        "section-without-source",
        Severity.WARNS,
        gettext_lazy("A section rests on no source"),
        "Patient Information Forum, PIF TICK criteria: evidence named",
        sections_without_source,
        across_parts=True,
    ),
)
