"""Texts as people type and paste them, and worse; and how a page is read for what it gives back."""

import html.parser
import json
from pathlib import Path
from urllib.parse import quote_from_bytes

from django.db import connection

from monographs.text.letters.settling import settle, settle_facts, settle_line

_PASTED = Path(__file__).parent.parent / "text" / "markup" / "typed.jsonl"
PASTED = tuple(json.loads(line)["typed"] for line in _PASTED.read_text(encoding="utf-8").splitlines() if line.strip())
# Markdown at its worst: as long or as odd to a database as what stands below.
MARKED_UP = (
    "*" * 3_000, "_" * 3_000, "[" * 3_000, "> " * 1_000, "::: emergency\n" * 200, "|a" * 500, "= 5 mg\n===",
    "5 mg\n---\nand 10 mg", "---\ntitle: x\n---\nTake 5 mg", "$(rm -rf /)`id`", "Take 5 mg" + " " * 2_000 + "daily",
)  # fmt: skip
NASTY = (
    "\x00", "Take \x005 mg", "\ud800", "Take 5 \udfff mg", "\u202eTake 5 mg", "\u2066Take\u2069 5 mg",
    "Take 5\x0cmg\x0cdaily", "Take\x1b[31m 5 mg", "\ufffe\uffff", "\U0010ffff", "Z" + "\u0301" * 500 + "oë",
    "\u200b\u200b\u2800", "\r\rTake 5 mg\rdaily\r\n", "\t\tTake 5 mg", "{{ x }}{% y %}%s%(x)s{0}",
    "Take 5 mg &amp; <b>rest</b> &#0; &#xD800;", "'; DROP TABLE x; --", "\\u0000\\x00\\", "Ω≈ç√∫ 你好 مرحبا",
    "1" * 3_000, "\u2028Take\u2029 5\x85mg\x0b",
)  # fmt: skip
# What is ordinary writing to one database is to the other; signs that one may refuse or keep otherwise, and more of
# them than a column has room for, meet both.
TEXTS = (*PASTED, *MARKED_UP, *NASTY) if connection.vendor == "sqlite" else NASTY
NO_SPACE = "5 MB without a space"
HUGE = {"stars": "*" * 100_000, "5 MB": "Take 5 mg. " * 480_000, NO_SPACE: "5" * 5_000_000}


def posted(fields: dict) -> str:
    """A body as a browser sends it, for values that are no proper text as well."""
    pairs = [(name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])]
    return "&".join(f"{_quoted(str(name))}={_quoted(str(value))}" for name, value in pairs)


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


def as_kept(text: str) -> str:
    """What may be kept of a text: no NUL, signs and lists settled, nothing at the ends of lines; else all of it."""
    text = settle(_proper(text).replace("\r\n", "\n"))
    return "\n".join(line.rstrip() for line in text.replace("\r", "\n").split("\n")).strip()


def as_line(text: str) -> str:
    """The same for a field of one line."""
    return " ".join(settle_line(_proper(text)).split())


def as_facts(text: str) -> str:
    """The same for key facts, one a line, where bullets and empty lines are dropped."""
    return "\n".join(" ".join(line.split()) for line in settle_facts(_proper(text)).split("\n") if line.strip())


def _proper(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\x00", "")


class _Fields(html.parser.HTMLParser):
    def __init__(self, page: str):
        super().__init__()
        self.values: list[str] = []
        self._area: str | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag == "input":
            self.values.append(dict(attrs).get("value") or "")
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data):
        if self._area is not None:
            self._area += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area is not None:
            self.values.append(self._area.removeprefix("\r\n").removeprefix("\n"))
            self._area = None


def fields_on(page: str) -> set[str]:
    """What stands in the fields of a page; JSON in a field is looked into."""
    found = set()
    for value in _Fields(page).values:
        found.add(value)
        if value.startswith('[["') and value.endswith('"]]'):
            found |= {pair[1] for pair in json.loads(value)}
    return found
