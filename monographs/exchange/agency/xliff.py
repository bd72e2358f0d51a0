"""A translation as XLIFF 2.1: out with its numbers locked, and in again.

After OASIS XLIFF 2.1 (OASIS Standard, 13 February 2018), section 4.2: a leaflet is a ``file`` that may not be segmented
anew (``canResegment``), a section a ``group`` of ``unit``s. Each number is a ``ph`` that may be moved, never copied
nor deleted (``canCopy``, ``canDelete``), so that an agency's tool does not let anybody type over it; what it stands for
is in ``originalData``. ``mrk translate="no"`` was not taken: its text can be typed over.

Read by expat alone. A document type declaration is refused, so that no entity is ever resolved.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from django.utils.translation import gettext as _

from monographs.exchange.agency.segments import Lock, Piece, pieces_of
from monographs.leaflets.content import Content, MadeFrom
from monographs.refusals import Unacceptable
from monographs.text.markup.rules.lines import normal

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
VERSIONS = ("2.0", "2.1")
MOST_BYTES = 4_000_000
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ANNOTATIONS = {f"{{{NAMESPACE}}}{name}" for name in ("mrk", "sm", "em")}
"""What an agency's tool may put around words: comments and terms. They are passed over."""
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
"""Beside those that no leaflet has (`normal`)."""


@dataclass(frozen=True)
class Part:
    """One text of a leaflet: ``name`` is that of its unit, ``label`` where it stands, ``now`` what the draft says.

    ``pieces`` are those of the source's text.
    """

    name: str
    label: str
    pieces: tuple[Piece, ...]
    now: str = ""

    @property
    def has_words(self) -> bool:
        """A unit has a segment at least (XLIFF 2.1, ``unit``): what is all signs that stay has nothing to translate."""
        return not all(piece.is_kept for piece in self.pieces)


def parts_of(source: Content, draft: Content) -> list[tuple[str, list[Part]]]:
    """What is to be translated, by groups: title and key facts, then each section with its heading."""
    mine = {section.key: section for section in draft.sections}
    head = [
        _part("title", _("Title"), source.title, draft.title),
        _part("key-facts", _("Key facts"), "\n".join(source.key_facts), "\n".join(draft.key_facts)),
    ]
    groups = [("head", head)]
    for section in source.sections:
        if section.key not in mine or section.is_not_applicable:
            continue
        now = mine[section.key]
        heading = _part(f"heading.{section.key}", section.heading, section.heading, now.heading)
        body = _part(f"body.{section.key}", section.heading, section.body, now.body)
        groups.append((f"section.{section.key}", [heading, body]))
    return [(name, [part for part in parts if part.has_words]) for name, parts in groups]


def _part(name: str, label: str, text: str, now: str) -> Part:
    return Part(name, _in_xml(label), tuple(pieces_of(_in_xml(text))), _in_xml(now))


def _in_xml(text: str) -> str:
    """With one kind of line end, and U+FFFD for each sign that XML 1.0 (section 2.2, Char) cannot hold."""
    return _NO_CHARACTER.sub("\ufffd", normal(text))


def to_xliff(source: Content, draft: Content, *, number: int) -> bytes:
    """The source of a translation for an agency; ``number`` is that of the draft's revision, which is kept with it."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("xliff"), {"version": "2.1", "srcLang": source.language, "trgLang": draft.language})
    file = ET.SubElement(
        root, _tag("file"),
        {"id": "leaflet", "original": original_of(draft.made_from), "canResegment": "no", f"{_XML}space": "preserve"},
    )  # fmt: skip
    notes = ET.SubElement(file, _tag("notes"))
    ET.SubElement(notes, _tag("note"), {"id": "draft", "category": "revision"}).text = str(number)
    for name, parts in parts_of(source, draft):
        group = ET.SubElement(file, _tag("group"), {"id": name})
        for part in parts:
            _add_unit(group, part)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def original_of(made_from: MadeFrom) -> str:
    """How a file names the text that it was made from."""
    return f"leaflets/{made_from.leaflet}/revisions/{made_from.revision}"


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add_unit(group: ET.Element, part: Part) -> None:
    unit = ET.SubElement(group, _tag("unit"), {"id": part.name, "name": part.label or part.name})
    if part.now.strip():
        notes = ET.SubElement(unit, _tag("notes"))
        note = {"id": "now", "appliesTo": "target", "category": "present translation"}
        ET.SubElement(notes, _tag("note"), note).text = part.now
    locks = _locks(part.pieces)
    if locks:
        data = ET.SubElement(unit, _tag("originalData"))
        for place, text in enumerate(locks, 1):
            ET.SubElement(data, _tag("data"), {"id": f"d{place}"}).text = text
    place = 0
    for at, piece in enumerate(part.pieces, 1):
        kind = "ignorable" if piece.is_kept else "segment"
        segment = ET.SubElement(unit, _tag(kind), {"id": f"s{at}"} | ({} if piece.is_kept else {"state": "initial"}))
        place = _fill(ET.SubElement(segment, _tag("source")), piece, place)


def _fill(element: ET.Element, piece: Piece, place: int) -> int:
    """The runs of a piece; the number of the last lock so far."""
    last = None
    for run in piece.runs:
        if isinstance(run, Lock):
            place += 1
            shown = {"id": f"n{place}", "dataRef": f"d{place}", "disp": run.text, "equiv": run.text}
            last = ET.SubElement(element, _tag("ph"), {**shown, "canCopy": "no", "canDelete": "no"})
        elif last is None:
            element.text = (element.text or "") + run
        else:
            last.tail = (last.tail or "") + run
    return place


# --- In again ---


@dataclass(frozen=True)
class Returned:
    """What came back: by the names of parts the text in the other language, None of what is not translated yet, and
    of which draft it was made."""

    texts: Mapping[str, str | None]
    draft: str


def read_xliff(data: bytes, source: Content, draft: Content) -> Returned:
    """What an agency sends back. Raises Unacceptable for what is no XLIFF 2, of another leaflet, language or revision,
    or has a number or a source text that is not the one that went out."""
    root = _parsed(data)
    _check_is_ours(root, source, draft)
    file = root.find(_tag("file"))
    units = {unit.get("id"): unit for unit in file.iter(_tag("unit"))}
    texts = {
        part.name: _text_in(units.get(part.name), part) for _name, parts in parts_of(source, draft) for part in parts
    }
    note = file.find(f"{_tag('notes')}/{_tag('note')}[@id='draft']")
    return Returned(texts, (note.text or "").strip() if note is not None else "")


def _parsed(data: bytes) -> ET.Element:
    if len(data) > MOST_BYTES:
        raise Unacceptable(_("This file is too large to be a leaflet. Nothing was changed."))
    guard = expat.ParserCreate()
    guard.StartDoctypeDeclHandler = _refuse_doctype
    guard.EntityDeclHandler = _refuse_doctype
    try:
        guard.Parse(data, True)
        return ET.fromstring(data)  # noqa: S314 - no document type, so no entity: the guard has read it all
    except (expat.ExpatError, ET.ParseError, ValueError, LookupError) as error:
        raise Unacceptable(
            _("This is no XML that can be read (%(why)s). Nothing was changed.") % {"why": error}
        ) from error


def _refuse_doctype(*_declared: object) -> None:
    raise Unacceptable(_("This file has a document type declaration, which is never read. Nothing was changed."))


def _check_is_ours(root: ET.Element, source: Content, draft: Content) -> None:
    files = root.findall(_tag("file"))
    if root.tag != _tag("xliff") or root.get("version") not in VERSIONS or len(files) != 1:
        raise Unacceptable(_("This is no XLIFF 2.1 file of one leaflet. Nothing was changed."))
    languages = root.get("srcLang"), root.get("trgLang")
    if languages != (source.language, draft.language):
        words = {"was": " → ".join(map(str, languages)), "must": f"{source.language} → {draft.language}"}
        raise Unacceptable(
            _("This file is a translation %(was)s; this leaflet is one %(must)s. Nothing was changed.") % words
        )
    was, must = files[0].get("original"), original_of(draft.made_from)
    if was != must:
        raise Unacceptable(
            _("This file was made from “%(was)s”, but the draft is as of “%(must)s”. Nothing was changed.")
            % {"was": was, "must": must}
        )


def _text_in(unit: ET.Element | None, part: Part) -> str | None:
    """The part in the other language; None while a segment of it is not translated."""
    if unit is None:
        raise Unacceptable(_("“%(part)s” is missing in this file. Nothing was changed.") % {"part": part.label})
    found = [one for one in unit if one.tag in (_tag("segment"), _tag("ignorable"))]
    locks = {f"n{at}": text for at, text in enumerate(_locks(part.pieces), 1)}
    theirs = ["".join(_runs(one.find(_tag("source")), locks, part)) for one in found]
    if theirs != [piece.text for piece in part.pieces]:
        raise Unacceptable(
            _("The source text of “%(part)s” is not the one that went out. Nothing was changed.") % {"part": part.label}
        )
    parts = []
    for piece, one in zip(part.pieces, found, strict=True):
        target = one.find(_tag("target"))
        if piece.is_kept:
            parts.append(piece.text)
        elif target is None or not "".join(target.itertext()).strip() and target.find(_tag("ph")) is None:
            return None
        else:
            _check_locks(one, target, locks, part)
            parts.append(" ".join("".join(_runs(target, locks, part)).split("\n")).strip())
    return "".join(parts)


def _locks(pieces: tuple[Piece, ...]) -> list[str]:
    return [run.text for piece in pieces for run in piece.runs if isinstance(run, Lock)]


def _check_locks(segment: ET.Element, target: ET.Element, locks: Mapping[str, str], part: Part) -> None:
    went = sorted(one.get("id") for one in segment.find(_tag("source")).iter(_tag("ph")))
    came = sorted(one.get("id", "") for one in target.iter(_tag("ph")))
    if went == came:
        return
    lost = [locks[name] for name in went if name not in came] or [locks.get(name, name) for name in came]
    raise Unacceptable(
        _("“%(part)s”: the number “%(number)s” is not there once, as in the source. Nothing was changed.")
        % {"part": part.label, "number": lost[0]}
    )


def _runs(element: ET.Element | None, locks: Mapping[str, str], part: Part) -> Iterator[str]:
    """The words of a source or target with each lock as it went out, whatever the file says it stands for."""
    if element is None:
        return
    yield element.text or ""
    for child in element:
        if child.tag == _tag("ph"):
            if child.get("id") not in locks:
                raise Unacceptable(
                    _("“%(part)s” has a locked part that did not go out. Nothing was changed.") % {"part": part.label}
                )
            yield locks[child.get("id")]
        elif child.tag in _ANNOTATIONS:
            yield from _runs(child, locks, part)
        else:
            raise Unacceptable(
                _("“%(part)s” has markup that did not go out (%(tag)s). Nothing was changed.")
                % {"part": part.label, "tag": child.tag.rpartition("}")[2]}
            )
        yield child.tail or ""
