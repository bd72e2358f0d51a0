"""The front matter of a Markdown leaflet: TOML 1.0 between two lines of ``+++``, read and written."""

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from monographs.exchange.draft import known_language
from monographs.leaflets.content import Content, SourceContent
from monographs.leaflets.sections import BY_KEY
from monographs.refusals import Unacceptable
from monographs.text.amounts.dates import read_day

FENCE = "+++"
BRAND = "brand"
NAME_KINDS = ("generic", BRAND, "synonym", "former")
CHANGE_SIZES = ("minor", "major")


@dataclass(frozen=True)
class FrontMatter:
    """The fields as the file gives them, "" or empty where it doesn't. Dates are ISO 8601 texts.

    ``names`` are (name, kind), ``codes`` (system, code); ``extras`` holds the ``[sample]`` table. ``class_language`` is
    that of ``drug_class`` where it is not in the site's.
    """

    medicine: str = ""
    drug_class: str = ""
    class_language: str = ""
    atc_code: str = ""
    title: str = ""
    language: str = ""
    edition: str = ""
    next_review_on: str = ""
    change_note: str = ""
    change_size: str = ""
    key_facts: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    sources: tuple[SourceContent, ...] = ()
    extras: dict = field(default_factory=dict)

    @property
    def brands(self) -> tuple[str, ...]:
        return tuple(name for name, kind in self.names if kind == BRAND)


def split_front_matter(text: str) -> tuple[str | None, list[str], int]:
    """The TOML (None without front matter), the lines after it, and the number of the first of these.

    Raises `Unacceptable` where the closing line is missing.
    """
    lines = text.split("\n")
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() != FENCE:
        return None, lines, 1
    for place in range(first + 1, len(lines)):
        if lines[place].rstrip() == FENCE:
            # Empty lines in place of what stands above keep TOML's line numbers those of the file.
            return "\n".join([""] * (first + 1) + [*lines[first + 1 : place], ""]), lines[place + 1 :], place + 2
    raise Unacceptable(
        _("The front matter that begins in line %(line)d does not end. Please close it with a line of +++.")
        % {"line": first + 1}
    )


def read_front_matter(toml: str) -> FrontMatter:
    """The fields of a leaflet's front matter.

    Raises `Unacceptable` with a sentence that names the line and the field, for broken TOML, an unknown
    field, a value of the wrong type, and a date, section kind, language, kind of name or size of change
    that does not exist.
    """
    try:
        if any(line.count(".") > _MOST_DOTS for line in toml.splitlines()):
            raise RecursionError
        data = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise Unacceptable(_("The front matter is not valid TOML: %(reason)s.") % {"reason": error}) from error
    except RecursionError as error:
        raise Unacceptable(_("The front matter is nested too deeply to be read.")) from error
    fields = {}
    for name, value in data.items():
        reader = _READERS.get(name)
        if not reader:
            raise _wrong(toml, name, _("there is no such field. The fields are %s.") % ", ".join(_READERS))
        try:
            fields[name] = reader(value)
        except ValueError as problem:
            raise _wrong(toml, name, str(problem)) from problem
    extras = {"sample": fields.pop("sample")} if "sample" in fields else {}
    return FrontMatter(**fields, extras=extras)


def write_front_matter(
    content: Content,
    *,
    names: tuple[tuple[str, str], ...],
    codes: tuple[tuple[str, str], ...],
    change_note: str,
    change_size: str,
    extras: dict,
) -> str:
    """The front matter with its two fences, ending in a line end; `read_front_matter` reads the same from it."""
    medicine = content.medicine
    fields = {
        "medicine": medicine.name,
        "drug_class": medicine.drug_class,
        "class_language": medicine.class_language,
        "atc_code": medicine.atc_code,
        "title": content.title,
        "language": content.language,
        "edition": content.edition,
        "next_review_on": content.next_review_on,
        "change_note": change_note,
        "change_size": change_size,
        "key_facts": list(content.key_facts),
        "names": [{"name": name, "kind": kind} for name, kind in _brands_as_read(names, medicine.brands)],
        "codes": [{"system": system, "code": code} for system, code in codes],
    }
    lines = [FENCE, *(f"{name} = {_toml(value, is_top=True)}" for name, value in fields.items() if value)]
    for source in content.sources:
        lines += ["", *_written_source(source)]
    for name, table in extras.items():
        lines += ["", f"[{_toml_key(name)}]"]
        lines += [f"{_toml_key(key)} = {_toml(value)}" for key, value in table.items()]
    return "\n".join([*lines, FENCE, ""])


def _brands_as_read(names: tuple[tuple[str, str], ...], brands: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The names, with the brands that the text has: where the list has others, these stand before the rest."""
    if tuple(name for name, kind in names if kind == BRAND) == brands:
        return names
    return (*((name, BRAND) for name in brands), *((name, kind) for name, kind in names if kind != BRAND))


def _written_source(source: SourceContent) -> list[str]:
    """The lines of its table; of the columns only the citation may stand there empty."""
    table = {"citation": source.citation, "url": source.url, "accessed_on": source.accessed_on}
    table["supports"] = list(source.supports)
    return [
        "[[sources]]",
        *(f"{name} = {_toml(value)}" for name, value in table.items() if value or name == "citation"),
    ]


def _wrong(toml: str, name: str, problem: str) -> Unacceptable:
    found = re.search(rf"^[ \t]*(?:\[+[ \t]*)?[\"']?{re.escape(name)}[\"']?[ \t]*[=.\]]", toml, re.MULTILINE)
    if not found:
        return Unacceptable(_("“%(field)s” in the front matter: %(problem)s") % {"field": name, "problem": problem})
    line = toml.count("\n", 0, found.start()) + 1
    return Unacceptable(
        _("Line %(line)d, “%(field)s” in the front matter: %(problem)s")
        % {"line": line, "field": name, "problem": problem}
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(_("this must be a text in quotation marks."))
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(_("this must be a list of texts in quotation marks."))
    return tuple(value)


def _date(value: object) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, str):
        raise ValueError(_("this must be a date such as 2026-03-31."))
    return read_day(value).isoformat() if value else ""


def _language(value: object) -> str:
    try:
        return known_language(_text(value))
    except Unacceptable as refusal:
        raise ValueError(str(refusal)) from refusal


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in choices:
            raise ValueError(_("this must be one of: %s.") % ", ".join(choices))
        return str(value)

    return read


def _kinds(value: object) -> tuple[str, ...]:
    kinds = _texts(value)
    for kind in kinds:
        if kind not in BY_KEY:
            raise ValueError(
                _("“%(kind)s” is not a kind of section. The kinds are %(kinds)s.")
                % {"kind": kind, "kinds": ", ".join(BY_KEY)}
            )
    return kinds


def _tables(readers: dict[str, Callable], needed: tuple[str, ...]) -> Callable[[object], tuple[dict, ...]]:
    """A reader of a list of tables, each with fields of ``readers`` only, the ``needed`` ones not empty."""

    def read(value: object) -> tuple[dict, ...]:
        if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
            raise ValueError(_("this must be a list of tables with the fields %s.") % ", ".join(readers))
        return tuple(read_one(number, table) for number, table in enumerate(value, start=1))

    def read_one(number: int, table: dict) -> dict:
        fields = {}
        for name, value in table.items():
            where = _("“%(field)s” of number %(number)d: ") % {"field": name, "number": number}
            if name not in readers:
                raise ValueError(where + _("there is no such field. The fields are %s.") % ", ".join(readers))
            try:
                fields[name] = readers[name](value)
            except ValueError as problem:
                raise ValueError(where + str(problem)) from problem
        for name in needed:
            if not fields.get(name, "").strip():
                raise ValueError(_("number %(number)d needs a “%(field)s”.") % {"number": number, "field": name})
        return fields

    return read


_MOST_DOTS = 500  # in a line: the parser's time for ``a.b.c… =`` grows with the square of the dots

_read_names = _tables({"name": _text, "kind": _one_of(NAME_KINDS)}, ("name", "kind"))
_read_codes = _tables({"system": _text, "code": _text}, ("system", "code"))
_read_sources = _tables({"citation": _text, "url": _text, "accessed_on": _date, "supports": _kinds}, ("citation",))


def _table(value: object) -> dict:
    if not isinstance(value, dict):
        raise ValueError(_("this must be a table."))
    return value


_READERS: dict[str, Callable] = {
    "medicine": _text,
    "drug_class": _text,
    "class_language": _language,
    "atc_code": _text,
    "title": _text,
    "language": _language,
    "edition": _text,
    "next_review_on": _date,
    "change_note": _text,
    "change_size": _one_of(CHANGE_SIZES),
    "key_facts": _texts,
    "names": lambda value: tuple((table["name"], table["kind"]) for table in _read_names(value)),
    "codes": lambda value: tuple((table["system"], table["code"]) for table in _read_codes(value)),
    "sources": lambda value: tuple(SourceContent(**table) for table in _read_sources(value)),
    "sample": _table,
}


def _toml(value: object, *, is_top: bool = False) -> str:
    """A value as TOML on one line; a list directly under a field (``is_top``) on one line an item."""
    if isinstance(value, str):
        quoted = json.dumps(value, ensure_ascii=False)
        return "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in quoted)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and is_top:
        return "[\n" + "".join(f"  {_toml(item)},\n" for item in value) + "]"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_toml_key(key)} = {_toml(item)}" for key, item in value.items()) + " }"
    return value.isoformat() if isinstance(value, date | time) else repr(value)


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml(key)
