"""Leaflets as Markdown files: ``#`` the title, ``##`` the sections, front matter for everything else.

A section's heading may end in a mark: ``{#dosage}`` names its kind, ``{#overdose .not-applicable}`` says
that the section does not apply and the text under it is the reason, ``key=…`` keeps the section's own key.
In a written file every section is marked; a ``##`` that belongs to a section's text ends in ``{.body}``. The text
of such a file is taken as it is. A file without any mark is somebody else's: `commonmark` puts it into our Markdown,
and `pieces` divides it.
"""

import re
from dataclasses import dataclass, field
from functools import partial

from django.utils.translation import gettext as _

from monographs.exchange.draft import (
    TITLE,
    ImportedLeaflet,
    Placement,
    Remark,
    count_words,
    default_heading,
    known_language,
    section_keys,
    tidy_lines,
)
from monographs.exchange.escaping import escape_heading, shown_heading
from monographs.exchange.marked.commonmark import Converter
from monographs.exchange.marked.front_matter import (
    FrontMatter,
    read_front_matter,
    split_front_matter,
    write_front_matter,
)
from monographs.exchange.marked.pieces import Part, Piece, pieces_of
from monographs.exchange.marked.yaml_front_matter import YamlFrontMatter, begins_yaml, split_yaml
from monographs.exchange.unmarked.words.medicine_name import kind_of, name_in_headings, name_in_title
from monographs.leaflets.content import Content, MedicineContent, SectionContent
from monographs.leaflets.sections import BY_KEY, OTHER
from monographs.refusals import Unacceptable
from monographs.text.markup.parser import leaflet_parser

_INTRODUCTION = "introduction"
_NOT_APPLICABLE = ".not-applicable"
_IN_BODY = " {.body}"
_MARKED = re.compile(r" {0,3}##(?:[ \t]+(?P<heading>.*?))?[ \t]+\{#(?P<kind>[A-Za-z][\w-]*)(?P<rest>[^{}]*)\}[ \t]*$")


_PARSER = leaflet_parser().enable("lheading")  # a file's underlined headings are sections; in a body they are text


@dataclass(frozen=True)
class _Heading:
    """A ``#`` or ``##`` heading: its lines from ``start`` to before ``end``, the last of them with text."""

    start: int
    end: int
    last_line: int
    level: int
    markdown: str


@dataclass(frozen=True)
class _Text:
    """What stands below the front matter: the title's line is 0 if the text has none."""

    name: str  # of the medicine
    title: str
    title_line: int
    before: list[str]  # the lines before the first heading
    opening: list[str]  # those directly under the title
    pieces: list[Piece]
    remarks: list[Remark] = field(default_factory=list)


def read_markdown(text: str, *, medicine: str = "", language: str = "en") -> ImportedLeaflet:
    """Read a Markdown file, with or without front matter, into a leaflet; sections stay in the file's order.

    ``medicine`` and ``language`` are used where the front matter does not name them. Raises `Unacceptable`
    for front matter that can't be read, a mark that names no kind, two titles that differ, a medicine that
    differs from ``medicine`` or is nowhere named, an unknown language and a file without words.
    """
    front, yaml, lines, first_line = _front(tidy_lines(text))
    if not front and not count_words("\n".join(lines)):
        raise Unacceptable(_("There are no words in this file."))
    front = front or FrontMatter()
    is_ours = any(_MARKED.match(line) for line in lines)
    read = _read_ours if is_ours else partial(_read_foreign, may_differ=bool(yaml.title))
    text_read = read(lines, first_line, front, medicine)
    name, title_line = text_read.name, text_read.title_line
    language = front.language or known_language(language)
    title = text_read.title or name[:1].upper() + name[1:]
    pieces = [*_introduction(text_read, first_line, language), *text_read.pieces]
    sections, placed = _sections(pieces, _names(name, medicine))
    content = Content(
        title=title,
        medicine=MedicineContent(name, front.brands, front.drug_class, front.atc_code, front.class_language),
        language=language,
        edition=front.edition or "standard",
        key_facts=front.key_facts,
        sections=sections,
        sources=front.sources,
        next_review_on=front.next_review_on,
    )
    note = _("the file's title") if title_line else _("the file has no title line")
    return ImportedLeaflet(
        content=content,
        names=front.names,
        codes=front.codes,
        change_note=front.change_note,
        change_size=front.change_size,
        extras=front.extras,
        dated=yaml.dated,
        placed=(Placement(title_line, title, TITLE, count_words(title), note), *placed),
        remarks=tuple(sorted([*yaml.remarks, *text_read.remarks], key=lambda remark: remark.line)),
    )


def write_markdown(
    content: Content,
    *,
    names: tuple[tuple[str, str], ...] = (),
    codes: tuple[tuple[str, str], ...] = (),
    change_note: str = "",
    change_size: str = "",
    extras: dict | None = None,
) -> str:
    """A leaflet as a Markdown file with front matter; `read_markdown` reads the same content from it.

    The same to the letter, provided that bodies have plain line ends and no empty lines at their ends, that
    headings are one line, and that a section has either a body or, not applicable, a reason.
    """
    front = write_front_matter(
        content, names=names, codes=codes, change_note=change_note, change_size=change_size, extras=extras or {}
    )
    parts = [front]
    for section, key in zip(content.sections, _keys_to_write(content.sections), strict=True):
        mark = [f"#{section.kind}"]
        mark += [_NOT_APPLICABLE] if section.is_not_applicable else []
        mark += [f"key={key}"] if key else []
        heading = " ".join(part for part in ("##", escape_heading(section.heading)) if part)
        parts.append(f"\n{heading} {{{' '.join(mark)}}}\n")
        text = section.reason if section.is_not_applicable else section.body
        if text:
            parts.append(f"\n{_protected(text)}\n")
    return "".join(parts)


def _read_ours(lines: list[str], first_line: int, front: FrontMatter, medicine: str) -> _Text:
    """A text with marked headings, taken as it is."""
    before, pieces = _pieces(lines, first_line)
    title, title_line, pieces, opening = _title(front, pieces)
    return _Text(_medicine(front, medicine, title, pieces), title, title_line, before, opening, pieces)


def _read_foreign(lines: list[str], first_line: int, front: FrontMatter, medicine: str, *, may_differ: bool) -> _Text:
    """A text without marks, put into our Markdown; ``may_differ`` as in `_title`."""
    converter = Converter(lines, first_line)
    parts = list(converter.parts())
    headings = [Piece(part.line, part.heading, []) for part in parts if part.level]
    name = _medicine(front, medicine, front.title or _first_title(parts), headings)
    before, pieces, told = pieces_of(parts, _names(name, medicine))
    title, title_line, pieces, opening = _title(front, pieces, may_differ=may_differ)
    return _Text(name, title, title_line, before, opening, pieces, [*converter.remarks, *told])


def _introduction(text: _Text, first_line: int, language: str) -> list[Piece]:
    """The words that stand under no section's heading as a section of their own; none without words."""
    before, opening = _trimmed(text.before), _trimmed(text.opening)
    words = "\n\n".join(filter(None, (before, opening)))
    line = first_line if before else text.title_line
    heading = default_heading(_INTRODUCTION, language)
    return [Piece(line, heading, words.split("\n"), kind=_INTRODUCTION, level=0)] if words else []


def _names(name: str, medicine: str) -> tuple[str, ...]:
    """The medicine's names that a heading may have: as the file says, and as the person who imports it does."""
    return tuple({name, medicine.strip() or name})


def _pieces(lines: list[str], first_line: int) -> tuple[list[str], list[Piece]]:
    """The lines before the first heading, and the sections; marked headings part first, whatever they stand in."""
    chunks: list[tuple[Piece | None, list[str], int]] = [(None, [], first_line)]
    for number, line in enumerate(lines, start=first_line):
        if match := _MARKED.match(line):
            chunks.append((_marked_piece(match, number), [], number + 1))
        else:
            chunks[-1][1].append(line)
    before: list[str] = []
    pieces: list[Piece] = []
    for piece, chunk, start in chunks:
        if piece:
            pieces.append(piece)
        target = piece.lines if piece else before
        headings = [heading for heading in _headings(chunk) if not chunk[heading.last_line].endswith(_IN_BODY)]
        unprotected = _unprotected(chunk)
        position = 0
        for heading in headings:
            target += unprotected[position : heading.start]
            shown = shown_heading(heading.markdown)
            pieces.append(Piece(start + heading.start, shown, [], level=heading.level))
            target, position = pieces[-1].lines, heading.end
        target += unprotected[position:]
    return before, pieces


def _marked_piece(match: re.Match, line: int) -> Piece:
    kind = match["kind"].replace("-", "_")
    if kind not in BY_KEY:
        raise Unacceptable(
            _("Line %(line)d: “%(kind)s” is not a kind of section. The kinds are %(kinds)s.")
            % {"line": line, "kind": match["kind"], "kinds": ", ".join(BY_KEY)}
        )
    piece = Piece(line, shown_heading(match["heading"] or ""), [], kind=kind)
    for word in match["rest"].split():
        if word == _NOT_APPLICABLE:
            piece.is_not_applicable = True
        elif word.startswith("key=") and word != "key=":
            piece.key = word.removeprefix("key=")
        else:
            raise Unacceptable(
                _("Line %(line)d: “%(word)s” means nothing in a heading's mark; only .not-applicable and key=… do.")
                % {"line": line, "word": word}
            )
    return piece


def _front(text: str) -> tuple[FrontMatter | None, YamlFrontMatter, list[str], int]:
    """The front matter of either kind (None without any), the lines below it and the number of their first."""
    if begins_yaml(text):
        yaml, lines, first_line = split_yaml(text)
        return FrontMatter(title=yaml.title, medicine=yaml.medicine, language=yaml.language), yaml, lines, first_line
    toml, lines, first_line = split_front_matter(text)
    return read_front_matter(toml) if toml is not None else None, YamlFrontMatter(), lines, first_line


def _first_title(parts: list[Part]) -> str:
    first = next((part for part in parts if part.level), None)
    return first.heading if first and first.level == 1 else ""


def _title(
    front: FrontMatter, pieces: list[Piece], *, may_differ: bool = False
) -> tuple[str, int, list[Piece], list[str]]:
    """The title ("" if none), its line (0 if not in the text), the other pieces, the lines under the title.

    Where the front matter's title ``may_differ``, another title in the text is a heading like any other.
    """
    first = pieces[0] if pieces else None
    if not first or first.level != 1 or (may_differ and front.title.strip() != first.heading):
        return front.title, 0, pieces, []
    if front.title and front.title.strip() != first.heading:
        raise Unacceptable(
            _("Line %(line)d has the title “%(heading)s”, the front matter “%(title)s”. Please keep one of them.")
            % {"line": first.line, "heading": first.heading, "title": front.title}
        )
    return front.title or first.heading, first.line, pieces[1:], first.lines


def _medicine(front: FrontMatter, medicine: str, title: str, pieces: list[Piece]) -> str:
    medicine, named = medicine.strip(), front.medicine.strip()
    if medicine and named and medicine.casefold() != named.casefold():
        raise Unacceptable(
            _("The file is about “%(named)s”, but --medicine says “%(medicine)s”.")
            % {"named": named, "medicine": medicine}
        )
    name = named or medicine or name_in_headings(piece.heading for piece in pieces) or name_in_title(title)
    if not name:
        raise Unacceptable(
            _(
                "Neither the front matter nor a heading says which medicine this text is about. "
                "Please give it with --medicine NAME and try again."
            )
        )
    return name


def _sections(pieces: list[Piece], names: tuple[str, ...]) -> tuple[tuple[SectionContent, ...], tuple[Placement, ...]]:
    kinds = [piece.kind or kind_of(piece.heading, names) or OTHER for piece in pieces]
    keys = section_keys((kind, piece.heading, piece.key) for kind, piece in zip(kinds, pieces, strict=True))
    sections, placed = [], []
    for piece, kind, key in zip(pieces, kinds, keys, strict=True):
        text = _trimmed(piece.lines)
        is_not_applicable = piece.is_not_applicable
        sections.append(
            SectionContent(
                key=key,
                kind=kind,
                heading=piece.heading,
                body="" if is_not_applicable else text,
                is_not_applicable=is_not_applicable,
                reason=text if is_not_applicable else "",
            )
        )
        placed.append(Placement(piece.line, piece.heading, kind, count_words(text), _note(piece, kind)))
    return tuple(sections), tuple(placed)


def _note(piece: Piece, kind: str) -> str:
    if piece.is_not_applicable:
        return _("marked as not applicable; the text is the reason")
    if piece.level == 0:
        return _("text before the first heading")
    if piece.kind:
        return _("marked with this kind")
    return _("no section kind has this heading") if kind == OTHER else _("the heading names this kind")


def _headings(lines: list[str]) -> list[_Heading]:
    """The headings of level 1 and 2 that stand in no list, quotation or care card."""
    tokens = _PARSER.parse("\n".join(lines))
    headings = []
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open" and opening.level == 0 and opening.tag in {"h1", "h2"}:
            start, end = opening.map
            is_underlined = opening.markup in {"=", "-"}
            last_line = end - 2 if is_underlined else start
            headings.append(_Heading(start, end, last_line, int(opening.tag[1]), inline.content))
    return headings


def _protected(text: str) -> str:
    """The text of a section, every heading in it that would begin a section marked as belonging to the body."""
    lines = text.split("\n")
    places = {heading.last_line for heading in _headings(lines)}
    return "\n".join(
        line + _IN_BODY if place in places or _is_like_marked(line) else line for place, line in enumerate(lines)
    )


def _unprotected(lines: list[str]) -> list[str]:
    places = {heading.last_line for heading in _headings(lines)}
    return [
        line.removesuffix(_IN_BODY) if place in places or _is_like_marked(line) else line
        for place, line in enumerate(lines)
    ]


def _is_like_marked(line: str) -> bool:
    while line.endswith(_IN_BODY):
        line = line.removesuffix(_IN_BODY)
    return bool(_MARKED.match(line))


def _trimmed(lines: list[str]) -> str:
    """The lines without the empty ones at both ends."""
    filled = [place for place, line in enumerate(lines) if line.strip()]
    return "\n".join(lines[filled[0] : filled[-1] + 1]) if filled else ""


def _keys_to_write(sections: tuple[SectionContent, ...]) -> list[str]:
    """For each section its key where reading would not find the same by itself, otherwise ""."""
    given = [""] * len(sections)
    while True:
        keys = section_keys((section.kind, section.heading, key) for section, key in zip(sections, given, strict=True))
        wrong = next((place for place, section in enumerate(sections) if section.key != keys[place]), None)
        if wrong is None:
            return given
        given[wrong] = sections[wrong].key
