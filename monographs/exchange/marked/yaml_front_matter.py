"""Front matter between two lines of ``---``, as other people's Markdown files have it (Jekyll, Hugo, Pandoc).

Of YAML 1.2 only what such files need is read: ``key: value``, ``key: [a, b]``, and lists of ``- item`` lines; a
value may stand in quotation marks. Nothing else is guessed at.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from monographs.exchange.draft import Remark, known_language
from monographs.refusals import Unacceptable

FENCE = "---"
_END = ("---", "...")
_FIELD = re.compile(r"(?P<key>[^\W\d][\w .-]*?)[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t]*$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.*?)[ \t]*$")
_NESTED = re.compile(r"[ \t]+\S")
_KNOWN = {
    "title": "title",
    **dict.fromkeys(("date", "updated", "lastmod", "last_modified_at", "last_updated"), "dated"),
    **dict.fromkeys(("language", "lang", "locale"), "language"),
    **dict.fromkeys(("medicine", "medication", "drug"), "medicine"),
}


@dataclass
class YamlFrontMatter:
    """What is read: "" where the file doesn't say it. ``dated`` is an ISO date; ``remarks`` tell the rest."""

    title: str = ""
    medicine: str = ""
    language: str = ""
    dated: str = ""
    remarks: list[Remark] = field(default_factory=list)


def begins_yaml(text: str) -> bool:
    """Whether a text begins with front matter of this kind, and not with a rule across the page."""
    lines = [line.rstrip() for line in text.lstrip("\ufeff").lstrip().split("\n")]
    if lines[0] != FENCE or len(lines) < 2:
        return False
    if lines[1] and any(line in _END for line in lines[1:]):
        return True
    first = next((line for line in lines[1:] if line.strip() and not line.lstrip().startswith("#")), "")
    return first in _END or bool(_FIELD.match(first)) and "" not in lines[1 : lines.index(first)]


def split_yaml(text: str) -> tuple[YamlFrontMatter, list[str], int]:
    """The front matter, the lines after it, and the number of the first of these.

    Raises `Unacceptable` with the line's number for what can't be read, for a field that is given twice, and where
    the closing line is missing.
    """
    lines = text.split("\n")
    start = next(place for place, line in enumerate(lines) if line.strip())
    end = next((place for place in range(start + 1, len(lines)) if lines[place].rstrip() in _END), None)
    if end is None:
        raise Unacceptable(
            _("The front matter that begins in line %(line)d does not end. Please close it with a line of ---.")
            % {"line": start + 1}
        )
    return _read(lines[start + 1 : end], start + 2), lines[end + 1 :], end + 2


def _read(lines: Sequence[str], first_line: int) -> YamlFrontMatter:
    front = YamlFrontMatter()
    seen: dict[str, int] = {}
    place = 0
    while place < len(lines):
        number, line = first_line + place, lines[place]
        place += 1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _FIELD.match(line)
        if not match:
            raise _wrong(number, line)
        below = place
        while below < len(lines) and (_ITEM.match(lines[below]) or _NESTED.match(lines[below])):
            below += 1
        nested, place = lines[place:below], below
        key = match["key"].casefold()
        if key in seen:
            raise Unacceptable(
                _("Line %(line)d: “%(key)s” stands in line %(first)d of the front matter already.")
                % {"line": number, "key": match["key"], "first": seen[key]}
            )
        seen[key] = number
        _take(front, number, match["key"], _value(match["value"] or "", number), nested)
    return front


def _take(front: YamlFrontMatter, number: int, key: str, value: str | list[str], nested: Sequence[str]) -> None:
    known = _KNOWN.get(key.casefold())
    if not known:
        front.remarks.append(_left_out(number, key, value, nested))
        return
    if nested or not isinstance(value, str):
        raise Unacceptable(
            _("Line %(line)d, “%(key)s” in the front matter: this must be one text in one line.")
            % {"line": number, "key": key}
        )
    if known == "dated" and value:
        value = _date(value, number, key)
        text = _("The file is dated %(date)s; no page shows it.") % {"date": value}
        front.remarks.append(Remark(number, text))
    elif known == "language" and value:
        value = known_language(value.split("_")[0] if len(value) > 8 else value)
    if not getattr(front, known):
        setattr(front, known, value)


def _left_out(number: int, key: str, value: str | list[str], nested: Sequence[str]) -> Remark:
    """What tells of a field that a leaflet has no place for, with all that it says."""
    values = value if isinstance(value, list) else [value]
    said = [*filter(None, values), *(line.strip(" \t-") for line in nested)]
    text = _("“%(key)s” of the front matter was left out: “%(value)s”.") % {"key": key, "value": ", ".join(said)}
    return Remark(number, text)


def _value(written: str, number: int) -> str | list[str]:
    """One value as text, or a list of texts."""
    if written.startswith("["):
        if not written.endswith("]") or "[" in written[1:] or "{" in written:
            raise _wrong(number, written)
        parts = re.findall(r"\"[^\"]*\"|'(?:[^']|'')*'|[^,]+", written[1:-1])
        return [_text(part.strip(), number) for part in parts if part.strip()]
    return _text(written, number)


def _text(written: str, number: int) -> str:
    if written[:1] in {'"', "'"}:
        quote = written[0]
        match = re.fullmatch(rf"{quote}((?:[^{quote}\\]|\\.|{quote}{quote})*){quote}(?:\s+#.*)?", written)
        if not match or (quote == '"' and re.search(r'\\[^"\\/]', match[1])):
            raise _wrong(number, written)
        return match[1].replace("''", "'") if quote == "'" else re.sub(r"\\(.)", r"\1", match[1])
    if written[:1] in set("|>&*!%@`{}"):
        raise _wrong(number, written)
    return re.sub(r"\s+#.*$", "", written)


def _date(written: str, number: int, key: str) -> str:
    try:
        return date.fromisoformat(re.sub(r"[ T]\d{1,2}:.*$", "", written)).isoformat()
    except ValueError as error:
        raise Unacceptable(
            _("Line %(line)d, “%(key)s” in the front matter: this must be a date such as 2026-03-31.")
            % {"line": number, "key": key}
        ) from error


def _wrong(number: int, line: str) -> Unacceptable:
    return Unacceptable(
        _(
            "Line %(line)d of the front matter can't be read: “%(text)s”. Only “key: value”, “key: [a, b]” and lists "
            "of “- item” lines can."
        )
        % {"line": number, "text": line.strip()[:60]}
    )
