"""Is what was typed what patients read?

The word account (`text.markup.account`) says where it is not, and where it could be meant in two ways. What goes
wrong blocks; what is read as typed, but beside a number could be a sign or markup, is asked about.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from monographs.leaflets.content import Content
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.passages import label
from monographs.text.markup.account.account import account
from monographs.text.markup.account.discrepancy import Discrepancy, Kind
from monographs.text.markup.account.doubts import raw_doubts

_BLOCKING = frozenset(
    {Kind.LOST, Kind.ADDED, Kind.JOINED, Kind.LEFT_OVER, Kind.NO_LINK, Kind.ONLY_MARKS, Kind.OTHER_MARKS, Kind.MINUS}
)

_Told = tuple[str, str]
"""What is wrong, and what to write instead."""


def _unlike(found: Discrepancy) -> _Told:
    return (
        _("You typed “%(typed)s”; patients would read “%(read)s”.") % {"typed": found.typed, "read": found.read},
        _("Put a space between the words and the marks, or leave the marks out."),
    )


def _left_over(found: Discrepancy) -> _Told:
    return (
        _("Patients would see the stars or underscores in “%(read)s”: they begin or end no bold words.")
        % {"read": found.read},
        _("Put ** before the first word and behind the last one, with a space outside, or remove them."),
    )


def _no_link(found: Discrepancy) -> _Told:
    return (
        _("Patients would see these brackets as typed: “%(read)s” is no link.") % {"read": found.read},
        _("Write a link as [words](https://…), without a title, or put a space between ] and (."),
    )


def _only_marks(found: Discrepancy) -> _Told:
    return (
        _("Patients would see this line of marks: “%(read)s”.") % {"read": found.read},
        _("Remove the line. A heading begins with ##; a dividing line is --- between two empty lines."),
    )


def _other_marks(found: Discrepancy) -> _Told:
    return (
        _("Patients would see the marks in “%(read)s”: nothing is struck out, raised or coloured here.")
        % {"read": found.read},
        _("Remove them. Bold is **words**; what does not hold any more, delete."),
    )


def _minus(found: Discrepancy) -> _Told:
    return (
        _("You typed “%(typed)s”; patients would read “%(read)s” behind a bullet, without a minus.")
        % {"typed": found.typed, "read": found.read},
        _("Write “minus %(words)s”, or begin the item with a word, as in “at %(words)s”.") % {"words": found.instead},
    )


def _sign(found: Discrepancy) -> _Told:
    return (
        _("“%(typed)s” begins with a sign next to a number. Is it a list, a minus, or “more than”?")
        % {"typed": found.typed},
        _("For a list, end the line above with a colon. Otherwise write the sign as a word, such as “to” or “over”."),
    )


def _star(found: Discrepancy) -> _Told:
    return (
        _("You typed “%(typed)s”; patients would read “%(read)s” in italics, without the stars.")
        % {"typed": found.typed, "read": found.read},
        _("Use bold for words that matter: “%(words)s”. For a footnote, write the note where it belongs.")
        % {"words": found.instead},
    )


def _times(found: Discrepancy) -> _Told:
    return (
        _("You typed “%(typed)s”: patients see a star, which few read as “times”.") % {"typed": found.typed},
        _("Write “%(words)s”, or better the whole amount.") % {"words": found.instead},
    )


def _raised(found: Discrepancy) -> _Told:
    return (
        _("You typed “%(typed)s”: patients see the ^, and few know that the number behind it is meant to stand raised.")
        % {"typed": found.typed},
        _("Write “%(words)s”, or say the number in words.") % {"words": found.instead},
    )


def _columns(found: Discrepancy) -> _Told:
    return (
        _("This line stands in columns; patients would read it as a sentence: “%(read)s”.") % {"read": found.read},
        _("Make a table of it, or put a colon, a comma or words between."),
    )


def _item_number(found: Discrepancy) -> _Told:
    return (
        _("The number that “%(typed)s” begins with can be read as a dose, a date, or the end of what stands before.")
        % {"typed": found.typed},
        _("Begin the item with a word, as in “1. Take 5 tablets”, and end the line above by a colon; or use bullets."),
    )


def _numbering(found: Discrepancy) -> _Told:
    return (
        _("The numbers of this list jump: “%(read)s”. Patients read them as typed.") % {"read": found.read},
        _("Number the items one by one, or use bullets where the order does not matter."),
    )


def _cells(found: Discrepancy) -> _Told:
    return (
        _("The row “%(read)s” has more or fewer cells than the head of its table.") % {"read": found.read},
        _("Give each row as many cells as the head; leave a cell empty by two pipes with a space between."),
    )


def _row_outside(found: Discrepancy) -> _Told:
    return (
        _("“%(typed)s” stands outside of the table, so patients see its pipes.") % {"typed": found.typed},
        _("Begin and end each row with a pipe, leave no line between rows, and an empty line below the table."),
    )


def _open_table(found: Discrepancy) -> _Told:
    return (
        _("The rows of this table have no pipes at their ends, so a sentence can become its last row: “%(typed)s”.")
        % {"typed": found.typed},
        _("Begin and end each row with a pipe, and leave an empty line below the table."),
    )


def _footnote(found: Discrepancy) -> _Told:
    return (
        _("Patients would read “%(read)s” behind a bullet. If its star belongs to a footnote, nobody would find it.")
        % {"read": found.read},
        _("Write a footnote's star as \\*, or say it where it belongs. Begin the items of a list with a hyphen."),
    )


def _lines(found: Discrepancy) -> _Told:
    return (
        _("A line ends with a number and the next begins with one: “%(typed)s”.") % {"typed": found.typed},
        _("Write both on one line with a word between, or leave an empty line."),
    )


def _margin(found: Discrepancy) -> _Told:
    return (
        _("“%(typed)s” stands directly under a list, but not in it.") % {"typed": found.typed},
        _("Leave an empty line before it, or begin it with two spaces if it belongs to the last item."),
    )


_TOLD: dict[Kind, Callable[[Discrepancy], _Told]] = {
    Kind.LOST: _unlike, Kind.ADDED: _unlike, Kind.JOINED: _unlike, Kind.LEFT_OVER: _left_over,
    Kind.NO_LINK: _no_link, Kind.ONLY_MARKS: _only_marks, Kind.MINUS: _minus,
    Kind.SIGN: _sign, Kind.STAR: _star, Kind.TIMES: _times, Kind.RAISED: _raised,
    Kind.COLUMNS: _columns, Kind.ITEM_NUMBER: _item_number,
    Kind.NUMBERING: _numbering, Kind.CELLS: _cells, Kind.ROW_OUTSIDE: _row_outside, Kind.LINES: _lines,
    Kind.MARGIN: _margin, Kind.OTHER_MARKS: _other_marks, Kind.OPEN_TABLE: _open_table, Kind.FOOTNOTE: _footnote,
}  # fmt: skip


@lru_cache(maxsize=4)  # both rules ask
def _typed(content: Content, language: str | None) -> tuple[tuple[str, str, Discrepancy], ...]:
    """Place, its label in the active language and what was found there, of all that patients read."""
    return tuple(_found(content))


def _found(content: Content) -> Iterator[tuple[str, str, Discrepancy]]:
    for found in raw_doubts(content.title):
        yield "title", _("Title"), found
    for number, fact in enumerate(content.key_facts, start=1):
        for found in account(fact, language=content.language, is_line=True):
            yield "key_facts", _("Key fact %(number)d") % {"number": number}, found
    for section in content.sections:
        for found in raw_doubts(section.heading):
            yield section.key, label(section), found
        for found in account(section.body, language=content.language):
            yield section.key, label(section), found
    for number, source in enumerate(content.sources, start=1):
        for found in raw_doubts(source.citation):
            yield "sources", _("Source %(number)d") % {"number": number}, found


def _told(content: Content, *, blocking: bool) -> Iterator[Observation]:
    for place, where, found in _typed(content, get_language()):
        if (found.kind in _BLOCKING) == blocking:
            message, instead = _TOLD[found.kind](found)
            yield Observation(place, where, " ".join((found.typed or found.read).split()), message, instead)


def read_otherwise(content: Content) -> Iterator[Observation]:
    """Words, digits and signs that patients would not read as typed; marks that would stand on the page."""
    yield from _told(content, blocking=True)


def in_doubt(content: Content) -> Iterator[Observation]:
    """What is read as typed, but can be meant in two ways: a sign, a row, a number of a list."""
    yield from _told(content, blocking=False)


IN_DOUBT = "typed-in-doubt"
RULES = (
    Rule(
        "typed-is-read",
        Severity.BLOCKS,
        gettext_lazy("Words or signs that patients would not read as typed"),
        "House rule: what is typed is what is read",
        read_otherwise,
    ),
    Rule(
        IN_DOUBT,
        Severity.WARNS,
        gettext_lazy("A sign, a number or a row that can be meant in two ways"),
        "House rule: what is typed is what is read",
        in_doubt,
    ),
)
