"""HTML of an electronic leaflet as a person gets it who copies the page: lines, bullets, cells parted by tabs."""

import json
import re
import textwrap
from html.parser import HTMLParser
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "epi"
LEAFLETS = sorted(FOLDER.glob("gravitate-*.json"))
NO_DATA = "There is no folder ../shared/data/epi beside the project; no electronic leaflet was imported."

_BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "tr", "li"}


class _Flattener(HTMLParser):
    def __init__(self):
        super().__init__()
        self.blocks: list[str] = []
        self._text = ""
        self._lists: list[int | None] = []
        self._marker = ""
        self._cells: list[str] | None = None

    def handle_starttag(self, tag, attrs):
        if tag in _BLOCKS and self._cells is None:
            self._end_block()
        if tag in {"ul", "ol"}:
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li" and self._lists:
            if self._lists[-1] is not None:
                self._lists[-1] += 1
            self._marker = "• " if self._lists[-1] is None else f"{self._lists[-1]}. "
        elif tag == "tr":
            self._cells = []
        elif tag in {"td", "th"}:
            self._text = ""
        elif tag == "br":
            self._text += " " if self._cells is not None else "\n"

    def handle_endtag(self, tag):
        if tag in {"td", "th"} and self._cells is not None:
            self._cells.append(" ".join(self._text.split()))
            self._text = ""
        elif tag == "tr" and self._cells is not None:
            self._text, self._cells = "\t".join(self._cells), None
            self._end_block(is_row=True)
        elif tag in {"ul", "ol"} and self._lists:
            self._end_block()
            self._lists.pop()
        elif tag in _BLOCKS and self._cells is None:
            self._end_block()

    def handle_data(self, data):
        self._text += re.sub(r"[ \n\r\t\f]+", " ", data)

    def _end_block(self, *, is_row=False):
        text = self._text if is_row else "\n".join(" ".join(line.split(" ")).strip() for line in self._text.split("\n"))
        if text.strip():
            is_close = bool(self._marker) or is_row
            joint = "\n" if is_close and self.blocks and self._is_like(self.blocks[-1], is_row) else "\n\n"
            self.blocks.append((joint if self.blocks else "") + self._marker + text.strip("\n "))
            self._marker = ""
        self._text = ""

    def _is_like(self, last: str, is_row: bool) -> bool:
        return "\t" in last if is_row else bool(re.match(r"\s*(?:•|\d+\.) ", last))


def flat(html: str) -> str:
    """The words of an HTML text, blocks parted by empty lines, the items of a list and rows of a table by line ends."""
    flattener = _Flattener()
    flattener.feed(html)
    flattener.close()
    flattener._end_block()
    return "".join(flattener.blocks)


def sections(path: Path) -> list[tuple[str, str]]:
    """The (title, text) of each section of an electronic leaflet with words, in order."""
    bundle = json.loads(path.read_text(encoding="utf-8"))
    composition = next(
        entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "Composition"
    )
    found: list[tuple[str, str]] = []

    def walk(parts: list[dict]) -> None:
        for part in parts:
            text = flat(part.get("text", {}).get("div", ""))
            found.append((" ".join(part.get("title", "").split()), "" if text == "unavailable" else text))
            walk(part.get("section", []))

    walk(composition["section"])
    return found


def language(path: Path) -> str:
    """The language that the file's name ends in."""
    return path.stem.rsplit("-", 1)[-1]


def as_copied(path: Path) -> str:
    """The whole leaflet as one copied text."""
    return "\n\n".join(part for title, text in sections(path) for part in (title, text) if part) + "\n"


def as_printed(text: str, *, title: str, width: int = 80, page: int = 46) -> str:
    """The text as copied from a paged document: wrapped, with a head and a foot on each page."""
    lines: list[str] = []
    for line in text.split("\n"):
        marker = re.match(r"(?:• |\d+\. )?", line)[0]
        is_row = "\t" in line
        lines += (
            [line]
            if is_row or not line
            else textwrap.wrap(
                line, width, subsequent_indent=" " * len(marker), break_long_words=False, break_on_hyphens=False
            )
        )
    pages = [lines[start : start + page] for start in range(0, len(lines), page)]
    printed: list[str] = []
    for number, content in enumerate(pages, start=1):
        head = ["", title, ""] if number > 1 else []
        printed += [*head, *content, "", f"Revised 11/2024 · Page {number} of {len(pages)}"]
    return "\n".join(printed) + "\n"
