"""The neutral shape that every format reads: what a file says, and what went where.

A reader turns a file into an `ImportedLeaflet`; nothing here or in the readers touches the database.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf.locale import LANG_INFO
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from monographs.leaflets.content import Content
from monographs.leaflets.sections import BY_KEY, OTHER
from monographs.refusals import Unacceptable
from monographs.text.letters.settling import settle_signs

TITLE = "title"
"""The ``kind`` of the placement that tells where the title was found; not a kind of section."""

_LONGEST_KEY = 50


@dataclass(frozen=True)
class Placement:
    """Where one part of the file went, for the table that the import prints.

    ``line`` counts from 1 in the file, ``kind`` is a section kind or `TITLE`, ``words`` counts the
    part's text without its heading, ``note`` says in a few words why it stands there.
    """

    line: int
    heading: str
    kind: str
    words: int
    note: str = ""


@dataclass(frozen=True)
class Remark:
    """What the importer should know about a line of the file: what was changed, put elsewhere or left out."""

    line: int
    text: str


@dataclass(frozen=True)
class ImportedLeaflet:
    """What a file says. ``names`` are (name, kind) and ``codes`` (system, code) of the medicine.

    ``extras`` holds what a file says beyond the leaflet (the ``[sample]`` table); ``dated`` is the date that
    the file gives itself (ISO 8601, or ""). ``placed`` and ``remarks`` are in the order of the file, while the
    sections of ``content`` may have been put into another order.
    """

    content: Content
    names: tuple[tuple[str, str], ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    change_note: str = ""
    change_size: str = ""
    extras: dict = field(default_factory=dict)
    dated: str = ""
    placed: tuple[Placement, ...] = ()
    remarks: tuple[Remark, ...] = ()


def count_words(text: str) -> int:
    """How many runs of non-space characters hold a letter or digit: ``"5 mg - now" → 3``."""
    return sum(1 for word in text.split() if any(character.isalnum() for character in word))


def default_heading(kind: str, language: str) -> str:
    """The heading that a section of this kind has where the author gave none, in the leaflet's language."""
    with translation.override(language):
        return str(BY_KEY[kind].heading)


def in_language(message: str, language: str) -> str:
    """A marked message (``gettext_noop``) in the leaflet's language: headings speak to patients, notes to staff."""
    with translation.override(language):
        return _(message)


def section_keys(sections: Iterable[tuple[str, str, str]]) -> list[str]:
    """The key of each (kind, heading, given key) in turn, each key once.

    A given key stays. Otherwise the key is the kind as a slug (``side_effects`` → ``side-effects``),
    for `OTHER` the slug of the heading; a repeated one gets ``-2``, ``-3``. The same sections always
    get the same keys. Raises `Unacceptable` where one key is given twice.
    """
    sections = list(sections)
    taken: set[str] = set()
    for _kind, heading, given in sections:
        if given and given in taken:
            raise Unacceptable(
                _("The key “%(key)s” is given to two sections; the second is “%(heading)s”.")
                % {"key": given, "heading": heading}
            )
        taken.add(given)
    keys = []
    counts: Counter[str] = Counter()
    for kind, heading, given in sections:
        key = given or _free_key(kind, heading, taken, counts)
        taken.add(key)
        keys.append(key)
    return keys


def _free_key(kind: str, heading: str, taken: set[str], counts: Counter[str]) -> str:
    """The next free key; ``counts`` remembers how far each base has been numbered."""
    base = slugify(heading).replace("_", "-") if kind == OTHER else kind.replace("_", "-")
    base = base[:_LONGEST_KEY].strip("-") or OTHER
    while True:
        counts[base] += 1
        suffix = f"-{counts[base]}" if counts[base] > 1 else ""
        key = base[: _LONGEST_KEY - len(suffix)].rstrip("-") + suffix
        if key not in taken:
            return key


def known_language(code: str) -> str:
    """The language code as the site writes it: ``"pt_BR"`` → ``"pt-br"``. Raises `Unacceptable` for an unknown one."""
    tidy = code.strip().lower().replace("_", "-")
    if tidy not in LANG_INFO:
        raise Unacceptable(
            _("“%(code)s” is not a language this site knows. Give a code such as en, ar, fr, es, de, cy or pl.")
            % {"code": code}
        )
    return tidy


def tidy_lines(text: str) -> str:
    """One kind of line end, no byte order mark, the signs of word processors settled; lists are left to the readers.

    Carriage returns, Unicode's line and paragraph separators and page breaks all end a line.
    """
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028]", "\n", text)
    return settle_signs(text.replace("\u2029", "\n\n"))


def tidy_pages(text: str) -> tuple[list[str], set[int]]:
    """The lines of a text as `tidy_lines` has them, and the places (from 0) of those that begin a page."""
    lines: list[str] = []
    starts: set[int] = set()
    for page in text.split("\f"):
        starts |= {len(lines)} if lines else set()
        lines += tidy_lines(page).split("\n")
    return lines, {next((n for n in range(start, len(lines)) if lines[n].strip()), start) for start in starts}
