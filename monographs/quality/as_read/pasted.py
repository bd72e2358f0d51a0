"""What came with a pasted text and reads otherwise than it looks in the editor.

New texts are settled when they are saved (`text.letters.settling`). These rules are for what came another way, or
before: they say where settling would change something that patients see, and ask where it can't decide.
"""

import re
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.as_read.as_typed import TypedText, typed_texts
from monographs.quality.findings import Observation, Rule, Severity
from monographs.text.letters.pasted_lists import Line
from monographs.text.letters.settling import settle, settled_lines
from monographs.text.letters.signs import visible
from monographs.text.words import vocabulary

MOST = 20  # of one text
_LETTER_O = re.compile(r"[ \t\u00a0]*o[ \t\u00a0]+(?=\S)")
_WINGDING = re.compile(r"[ \t\u00a0]*[§Øü][ \t\u00a0]+(?=\S)")
_BULLET_INSIDE = re.compile(r"(?<=[^\s|])[ \t\u00a0]+[•▪‣●■◦\uf0b7\uf0a7][ \t\u00a0]*(?=[^\s|])")


def _unsettled(content: Content) -> Iterator[Observation]:
    for text in typed_texts(content):
        yield from islice(_unsettled_in(text), MOST)


def _unsettled_in(text: TypedText) -> Iterator[Observation]:
    lines = settled_lines(text.text)
    was_list = False
    for place, line in enumerate(lines):
        is_list = "list" in line.why and text.settle is settle
        if is_list and not was_list:
            yield text.observe(
                visible(line.typed),
                _("This is no list yet: patients would read its bullet as a part of the sentence."),
                _("Begin each item with a hyphen and a space: “%(line)s”.") % {"line": _shown(line)},
            )
        if "end" in line.why:
            yield _joined(text, line, lines[place + 1])
        if "sign" in line.why:
            yield text.observe(
                visible(line.typed),
                _("Some signs here are of another kind than they look, from a special font or of double width."),
                _("Write “%(line)s”.") % {"line": _shown(line)},
            )
        was_list = is_list or (was_list and not line.reads)


def _joined(text: TypedText, line: Line, below: Line) -> Observation:
    words = {"before": _shown(line)[-30:], "after": _shown(below)[:30]}
    return text.observe(
        f"{visible(line.typed)} {visible(below.typed)}",
        _("A line ends here with a sign that patients see as a box or not at all: words or numbers run together."),
        _("Press Enter between “%(before)s” and “%(after)s”.") % words,
    )


def _shown(line: Line) -> str:
    return visible((line.reads or "").strip())


def _unclear(content: Content) -> Iterator[Observation]:
    reads_o = vocabulary.is_english(content.language)  # a word in Welsh, Italian, Polish, Portuguese and Spanish
    for text in typed_texts(content):
        yield from islice(_drawn_alone(text), MOST)
        if text.settle is settle:
            yield from islice(_unclear_in(text, reads_o=reads_o), MOST)


def _drawn_alone(text: TypedText) -> Iterator[Observation]:
    """Ligatures and hyphens of their own kind, one time a text: all go in the same way."""
    found = [line for line in settled_lines(text.text) if "letters" in line.why and "sign" not in line.why]
    for line in found[:1]:
        yield text.observe(
            visible(line.typed),
            _("Some letters here are drawn as one, or a hyphen is not the keyboard’s; no search finds them."),
            _("Write “%(line)s”, or save this text again: saving puts it right.") % {"line": _shown(line)},
        )


def _unclear_in(text: TypedText, *, reads_o: bool) -> Iterator[Observation]:
    for line in settled_lines(text.text):
        is_bullet = "list" not in line.why and (
            _WINGDING.match(line.typed) or (reads_o and _LETTER_O.match(line.typed))
        )
        if "asks" in line.why or is_bullet:
            yield text.observe(
                visible(line.typed),
                _("This line begins with a sign that can be a bullet, a minus or a range."),
                _("For a list begin it with a hyphen and a space; otherwise write it in words: “minus”, “to”."),
            )
        elif _BULLET_INSIDE.search(line.typed):
            yield text.observe(
                visible(line.typed),
                _("A bullet stands within this line; here may be several items of a list."),
                _("Begin each item on a line of its own, with a hyphen and a space."),
            )
        elif "blank" in line.why:
            yield text.observe(
                "",
                _("A line holds nothing but no-break spaces, so it does not part what stands above and below."),
                _("Empty the line."),
            )


RULES = (
    Rule(
        name="pasted-signs",
        severity=Severity.BLOCKS,
        title=gettext_lazy("Pasted lists, line ends and special fonts are put right"),
        source="The Unicode Standard, section 5.8 (Newline Guidelines); CommonMark 0.31, section 5.2 (List items)",
        look=_unsettled,
    ),
    Rule(
        name="sign-at-line-start",
        severity=Severity.WARNS,
        title=gettext_lazy("No line begins with a sign that can be a bullet or a minus"),
        source="CommonMark 0.31, section 5.2 (List items)",
        look=_unclear,
    ),
)
