"""The sections of a Markdown file in the making, and how a file without marks is divided into them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from monographs.exchange.draft import Remark
from monographs.exchange.escaping import escape_text, shown_heading
from monographs.exchange.unmarked.words.labels import is_contents_heading, is_document_line, tells_an_amount
from monographs.exchange.unmarked.words.medicine_name import kind_of

SECTION_LEVEL = 2
_HIGHEST, _LOWEST = 3, 6  # of sub-headings


@dataclass
class Piece:
    """A section as it stands in the file; ``kind`` is "" where no mark names it."""

    line: int
    heading: str
    lines: list[str]
    kind: str = ""
    key: str = ""
    is_not_applicable: bool = False
    level: int = SECTION_LEVEL


@dataclass(frozen=True)
class Part:
    """A block of a converted file: ``level`` is that of a heading, 0 for all else; ``markdown`` is ours."""

    line: int
    level: int
    markdown: str

    @property
    def heading(self) -> str:
        return shown_heading(self.markdown)


def pieces_of(parts: Iterable[Part], names: tuple[str, ...]) -> tuple[list[str], list[Piece], list[Remark]]:
    """The lines before the first heading, the sections, and what to tell of headings that became none.

    A heading of level 1 or 2 begins a section if it names a kind, or where no section is open that it could stand
    in. Another stays inside the section above it as a sub-heading, and those below it go down with it; so does one
    that has an amount.
    """
    parts = list(parts)
    levels = [part.level for part in parts if part.level and kind_of(part.heading, names)]
    top = max(SECTION_LEVEL, min(levels, default=SECTION_LEVEL))
    sorter = _Divider(names, top, has_kinds=bool(levels))
    first = next((part for part in parts if part.level), None)
    for part in parts:
        sorter.take(part, is_first=part is first)
    return sorter.before, sorter.pieces, sorter.remarks


class _Divider:
    def __init__(self, names: tuple[str, ...], top: int, *, has_kinds: bool):
        self.names = names
        self.top = top
        self.has_kinds = has_kinds
        self.before: list[str] = []
        self.pieces: list[Piece] = []
        self.remarks: list[Remark] = []
        self._lowered = 0  # by how much the headings below a sub-heading that was none go down
        self._section: tuple[int, str | None] | None = None  # level and kind of the open section

    def take(self, part: Part, *, is_first: bool) -> None:
        if not part.level:
            self._add(part.markdown)
        elif self._is_section(part, is_first=is_first):
            kind = kind_of(part.heading, self.names)
            is_title = is_first and part.level == 1 and not kind
            self.pieces.append(Piece(part.line, part.heading, [], level=part.level if is_title else SECTION_LEVEL))
            self._section = None if is_title else (part.level, kind)
            self._lowered = 0
        elif is_document_line(part.heading) and not self.pieces:
            self._add(escape_text(part.heading))
        else:
            self._add_subheading(part)

    def _is_section(self, part: Part, *, is_first: bool) -> bool:
        if part.level > self.top or is_contents_heading(part.heading):
            return False
        if kind_of(part.heading, self.names):
            return True
        if is_first and part.level == 1:
            return not is_document_line(part.heading)
        if tells_an_amount(part.heading):
            return False
        return not self.has_kinds or self._section is None or part.level < self._section[0]

    def _add_subheading(self, part: Part) -> None:
        if part.level <= self.top:
            self._lowered = _HIGHEST - part.level
            if self.pieces:
                note = _("“%(text)s” names no kind of section; it stays where it stands, under “%(heading)s”.")
                text = note % {"text": part.heading, "heading": self.pieces[-1].heading}
                self.remarks.append(Remark(part.line, text))
        elif not self._lowered:
            self._lowered = _HIGHEST - self.top - 1
        depth = max(_HIGHEST, min(_LOWEST, part.level + self._lowered))
        self._add(f"{'#' * depth} {part.markdown}")

    def _add(self, markdown: str) -> None:
        target = self.pieces[-1].lines if self.pieces else self.before
        target += ["", *markdown.split("\n")] if target else markdown.split("\n")
