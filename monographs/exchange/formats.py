"""The list of formats that a leaflet can come in as, and the one way in: `read`."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.exchange.draft import ImportedLeaflet, known_language, tidy_lines
from monographs.exchange.marked.front_matter import FENCE
from monographs.exchange.marked.markdown import read_markdown
from monographs.exchange.marked.yaml_front_matter import begins_yaml
from monographs.exchange.unmarked.plain_text import read_plain_text
from monographs.refusals import Unacceptable

MAX_BYTES = 1_000_000


@dataclass(frozen=True)
class Format:
    """A format: the name that people read, its file name extensions (lower case, with the dot), its reader."""

    name: str
    extensions: tuple[str, ...]
    reader: Callable[..., ImportedLeaflet]


MARKDOWN = Format(gettext_lazy("Markdown"), (".md", ".markdown"), read_markdown)
PLAIN_TEXT = Format(gettext_lazy("plain text"), (".txt", ".text"), read_plain_text)
FORMATS = (MARKDOWN, PLAIN_TEXT)

_ALLOWED_CONTROLS = "\t\n\r\x0b\x0c\x85"
_OTHER_FILES = (("{\\rtf", "RTF"), ("%PDF-", "PDF"), ("<!doctype html", "HTML"), ("<html", "HTML"), ("<?xml", "XML"))


def read(data: bytes, *, filename: str, medicine: str = "", language: str = "en") -> ImportedLeaflet:
    """Read a file into a leaflet, in the format that its name and first line tell.

    Text is UTF-8, UTF-16 with a byte order mark, or else Windows-1252. Raises `Unacceptable` for a file
    that is empty, over `MAX_BYTES`, binary or in no known format, for an unknown ``language``, and for
    whatever the format's reader refuses. Nothing is stored.
    """
    if len(data) > MAX_BYTES:
        raise Unacceptable(
            _("“%(file)s” has %(size)s bytes; a leaflet may have at most %(most)s bytes.")
            % {"file": filename, "size": f"{len(data):,}", "most": f"{MAX_BYTES:,}"}
        )
    extension = PurePath(filename).suffix.lower()
    by_name = next((format_ for format_ in FORMATS if extension in format_.extensions), None)
    if extension and not by_name:
        raise _unknown_format(filename)
    if not data.strip():
        raise Unacceptable(_("“%(file)s” is empty.") % {"file": filename})
    text = decode(data, filename=filename)
    has_front_matter = text.lstrip().startswith(FENCE + "\n") or text.lstrip().startswith(FENCE + "\r")
    chosen = MARKDOWN if has_front_matter or begins_yaml(tidy_lines(text)) else by_name
    if not chosen:
        raise _unknown_format(filename)
    return chosen.reader(text, medicine=medicine, language=known_language(language))


def decode(data: bytes, *, filename: str) -> str:
    """The text of a file, without byte order mark. Raises `Unacceptable` where it is no text."""
    try:
        text = _decoded(data)
    except UnicodeDecodeError as error:
        raise _not_text(filename) from error
    start = text[:100].lstrip().lower()
    for beginning, name in _OTHER_FILES:
        if start.startswith(beginning.lower()):
            raise Unacceptable(
                _("“%(file)s” is %(format)s inside. Please save it as plain text or Markdown and try again.")
                % {"file": filename, "format": name}
            )
    if any(unicodedata.category(character) == "Cc" for character in set(text) - set(_ALLOWED_CONTROLS)):
        raise _not_text(filename)
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
        marks = sum(1 for character in text if ord(character) > 127)
        if marks * 3 > len(text):  # Windows-1252 is for Western European languages: mostly ASCII letters
            raise
        return text


def _not_text(filename: str) -> Unacceptable:
    return Unacceptable(
        _("“%(file)s” is not a text file. Please save it as plain text or Markdown in UTF-8 and try again.")
        % {"file": filename}
    )


def _unknown_format(filename: str) -> Unacceptable:
    known = ", ".join(f"{format_.name} ({', '.join(format_.extensions)})" for format_ in FORMATS)
    return Unacceptable(
        _("“%(file)s” is in no format that can be read. The formats are: %(known)s.")
        % {"file": filename, "known": known}
    )
