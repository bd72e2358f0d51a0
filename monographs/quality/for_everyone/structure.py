"""Can everyone follow the leaflet's structure: by eye, by ear, by keyboard?

Sources: WCAG 2.2 success criteria 1.1.1 (text alternatives), 1.3.1 (headings), 2.4.4 (purpose of links),
2.4.6 (headings that say something).
"""

import html
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown_it.token import Token

from monographs.leaflets.content import Content, SectionContent
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.blocks import blocks, tokens
from monographs.quality.pieces.passages import label, passages
from monographs.text.markup.rules.cards import CARE_KINDS, CLOSES, OPENS
from monographs.text.markup.rules.lines import normal
from monographs.text.markup.rules.symbols import name_at

_VAGUE = frozenset(
    {
        "click", "click here", "click this link", "here", "this", "this link", "this page", "this site", "this website",
        "link", "more", "more info", "more information", "read more", "learn more", "find out more", "see more",
        "see here", "page", "website", "details", "more details", "read this", "download",
    }
)  # fmt: skip
_NO_DESCRIPTION = re.compile(
    r"(?:an? |the )?(?:image|picture|photo|photograph|figure|fig\.?|graphic|diagram|drawing|illustration|screenshot|alt"
    r"|alt text|untitled|unnamed|img|dsc|clip_image|whatsapp image)s?(?:[ _-]?\d{1,12}| of|[ _-]?\d[\d :.at_-]{1,30})?"
    r"|\d{1,12}|\S{1,200}\.(?:png|jpe?g|gif|webp|svg|avif|heic|bmp|tiff?)",
    re.IGNORECASE,
)
_BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def alternative_texts(content: Content) -> Iterator[Observation]:
    """Every image has words for those who cannot see it (WCAG 2.2, 1.1.1); a file's name is none (failure F30)."""
    instead = _("Say in the square brackets what the image shows, as in ![How to hold the inhaler](…).")
    for passage in passages(content):
        if passage.block.kind != "alt" or (not passage.text and name_at(passage.block.address)):
            continue  # of our own pictures the words beside them say it: `easy_read.symbols`
        if not any(character.isalnum() for character in passage.text):
            yield passage.observe(passage.block.address, _("This image has no alternative text."), instead)
        elif _NO_DESCRIPTION.fullmatch(passage.text.strip(" .:")):
            yield passage.observe(passage.text, _("This alternative text does not say what the image shows."), instead)


_TAG = re.compile(
    r"<!--.{0,200}?(?:-->|$)"
    r"|</?(?:a|abbr|b|big|br|center|code|del|div|em|figure|font|h[1-6]|hr|i|iframe|img|ins|li|mark|ol|p|pre|q"
    r"|s|script|section|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr|tt|u|ul|video)"
    r"\b[^<>]{0,200}/?>",
    re.IGNORECASE | re.DOTALL,
)

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def html_tags(content: Content) -> Iterator[Observation]:
    """HTML is shown to patients as it is typed, a note to colleagues in ``<!-- -->`` too."""
    for passage in passages(content):
        for found in _TAG.finditer(passage.text):
            yield passage.observe(
                found[0],
                _("Patients see this as it stands here: HTML is not obeyed, and nothing is hidden by it."),
                _("Use the buttons above the text instead, and leave notes to colleagues as remarks."),
            )
        for found in _ENTITY.finditer(passage.text):
            sign = html.unescape(found[0])
            if sign != found[0]:
                yield passage.observe(
                    found[0],
                    _("Patients see this as it stands here: it stands for no other sign."),
                    _("Type the sign itself: “%(sign)s”.") % {"sign": sign},
                )


def heading_levels(content: Content) -> Iterator[Observation]:
    """Within a section each heading is at most one level below the one before it (WCAG 2.2, 1.3.1).

    The highest level used in a section stands directly under the section's own heading, whichever it is.
    """
    for section in content.sections:
        headings = [block for block in blocks(section.body) if block.kind == "heading"]
        top = min((block.level for block in headings), default=1)
        above = top - 1
        for block in headings:
            if block.level > above + 1:
                yield Observation(
                    section.key,
                    label(section),
                    block.text,
                    _("This heading skips a level."),
                    _("Begin the heading with %(marks)s.") % {"marks": "#" * (above + 1)},
                )
            above = block.level


def empty_headings(content: Content) -> Iterator[Observation]:
    """Every heading, of a section or within one, has words (WCAG 2.2, 2.4.6)."""
    for passage in passages(content):
        if passage.block.kind == "heading" and passage.place != "title" and not passage.text:
            yield passage.observe("", _("This heading has no words."), _("Write the heading, or remove it."))


_LIKE_A_CARD = re.compile(rf"(?im)^(?::::|：：：|[:：]{{2,}}[ \t]*(?:{'|'.join(CARE_KINDS)})\b)")


def _care_cards(section: SectionContent) -> Iterator[Observation]:
    stream = tokens(section.body)
    for place, token in enumerate(stream):
        if token.type == "care_open" and stream[place + 1].type == "care_close":
            yield Observation(
                section.key,
                label(section),
                f"::: {token.info}",
                _("This care card is empty."),
                _("Write in the card when it applies, or remove it."),
            )
        elif token.type == "inline" and token.map and _LIKE_A_CARD.search(token.content):
            yield from _colons(section, token)


def _colons(section: SectionContent, token: Token) -> Iterator[Observation]:
    """Lines that were meant to open or close a card, and patients would see."""
    lines = normal(section.body).split("\n")
    first = token.map[0] if token.map else 0
    for number, line in enumerate(token.content.split("\n"), start=first):
        if _LIKE_A_CARD.match(line):
            message, instead = _broken_card(lines, number, line)
            yield Observation(section.key, label(section), line, message, instead)


def _broken_card(lines: list[str], number: int, line: str) -> tuple[str, str]:
    """What is wrong with a line of colons that makes no card, and what to do."""
    kinds = {"kinds": ", ".join(CARE_KINDS)}
    opening = OPENS.fullmatch(line)
    has_kind = line.startswith(":::") and line.lstrip(": ").startswith(CARE_KINDS)
    if CLOSES.fullmatch(line) or not (opening or has_kind):
        return (
            _("This line opens or closes no care card, so patients would see its colons."),
            _("Open a card by ::: and one of these words: %(kinds)s; close it by ::: alone.") % kinds,
        )
    if not opening:
        return (
            _("There are words behind the card's kind, so this is no care card, and patients would see its colons."),
            _("Leave only ::: and one of these words on the line: %(kinds)s. Write the rest on the next one.") % kinds,
        )
    last = _next_colons(lines, number)
    if last >= 0 and CLOSES.fullmatch(lines[last].strip(" \t")):
        return (
            _("This care card begins within a list and ends outside of it, so patients would see its colons."),
            _("Begin each line of the card at the margin, after an empty line."),
        )
    if last >= 0:
        places = {"first": number + 1, "last": last + 1}
        return (
            _("This care card, opened on line %(first)d, is not closed before line %(last)d begins another.") % places,
            _("Close it by a line with ::: alone. One card can't stand in another."),
        )
    return (
        _("This care card is not closed, so it is none, and patients would see its colons."),
        _("Close the card by a line with ::: alone."),
    )


def _next_colons(lines: list[str], number: int) -> int:
    """The next line of colons behind this one, or -1."""
    return next(
        (at for at in range(number + 1, len(lines)) if lines[at].lstrip(" \t").startswith(":::")),
        -1,
    )


def care_cards(content: Content) -> Iterator[Observation]:
    """Care cards have words, are closed, and are of a kind that exists."""
    for section in content.sections:
        if "::" in section.body or "：：" in section.body:
            yield from _care_cards(section)


def link_words(content: Content) -> Iterator[Observation]:
    """The words of a link say where it leads, also when they are read alone (WCAG 2.2, 2.4.4)."""
    instead = _("Write what the reader finds there, as in [NHS page on asthma](…).")
    for passage in passages(content):
        for link in passage.block.links:
            if not link.text:
                yield passage.observe(link.address, _("This link has no words."), instead)
            elif link.text.casefold().strip(" .…!:>»→") in _VAGUE:
                yield passage.observe(link.text, _("These words do not say where the link leads."), instead)
        for match in _BARE_ADDRESS.finditer(passage.text):
            yield passage.observe(
                match[0].rstrip(".,;:)>"), _("A bare web address is hard to read and to hear."), instead
            )


RULES = (
    Rule(
        "alternative-text",
        Severity.BLOCKS,
        gettext_lazy("An image without alternative text"),
        "WCAG 2.2, 1.1.1 Non-text Content",
        alternative_texts,
    ),
    Rule(
        "html-tag",
        Severity.BLOCKS,
        gettext_lazy("HTML that patients would see"),
        "House rule: text is Markdown",
        html_tags,
    ),
    Rule(
        "heading-levels",
        Severity.BLOCKS,
        gettext_lazy("A heading that skips a level"),
        "WCAG 2.2, 1.3.1 Info and Relationships (technique G141)",
        heading_levels,
    ),
    Rule(
        "empty-heading",
        Severity.BLOCKS,
        gettext_lazy("A heading without words"),
        "WCAG 2.2, 2.4.6 Headings and Labels",
        empty_headings,
    ),
    Rule(
        "care-card",
        Severity.BLOCKS,
        gettext_lazy("A care card that is empty or broken"),
        "House rule: a care card says when to act",
        care_cards,
    ),
    Rule(
        "link-words",
        Severity.WARNS,
        gettext_lazy("A link whose words do not say where it leads"),
        "WCAG 2.2, 2.4.4 Link Purpose (In Context)",
        link_words,
    ),
)
