"""The body of a section, put together from an unmarked text block by block."""

from monographs.exchange.blocks import BULLET, NUMBER, Block
from monographs.exchange.escaping import escape_heading, escape_text


class Body:
    """Collects blocks as Markdown: paragraphs and lists as typed, sub-headings as ``###``.

    Numbered lines become a list only where Markdown would show the numbers that were typed; other
    numbers stay text. Items of one list stay together even where the page left lines empty between them.
    """

    def __init__(self):
        self._pieces: list[str] = []
        self._last = ""  # "paragraph", "bullets" or "numbers"
        self._number = 0
        self._delimiter = ""

    @property
    def markdown(self) -> str:
        """The body so far."""
        return "".join(self._pieces)

    def add_subheading(self, text: str) -> None:
        """Add a sub-heading as typed; its closing colon is dropped."""
        self._append(f"### {escape_heading(text.strip().rstrip(':：').rstrip())}", "paragraph")

    def add(self, block: Block) -> None:
        """Add a block of text and list items; the lines of a paragraph stay lines."""
        items: list[tuple[str, list[str]]] = []
        number, delimiter, last = self._number, self._delimiter, self._last
        for line in block.lines:
            numbered = NUMBER.match(line)
            if bullet := BULLET.match(line):
                last = "bullets"
                items.append(("- ", [line[bullet.end() :]]))
            elif numbered and _counts_on(numbered, number, delimiter, last):
                last, number, delimiter = "numbers", int(numbered.group(1)), numbered.group(2)
                items.append((f"{number}{delimiter} ", [line[numbered.end() :]]))
            elif items and (not items[-1][0] or _continues_item(line)):
                items[-1][1].append(line.strip())
            else:
                last = "paragraph"
                items.append(("", [line.strip()]))
        for marker, lines in items:
            text = escape_text("\n".join(lines)).replace("\n", "\n" + " " * len(marker))
            self._append(marker + text, {"": "paragraph", "- ": "bullets"}.get(marker, "numbers"))
        self._number, self._delimiter = number, delimiter

    def _append(self, piece: str, what: str) -> None:
        is_next_item = what == self._last != "paragraph"
        self._pieces += ["\n" if is_next_item else "\n\n" if self._pieces else "", piece]
        self._last = what


def _counts_on(numbered, number: int, delimiter: str, last: str) -> bool:
    """Whether Markdown would number this line as typed: the next of a list, or the first of a new one."""
    if last == "numbers":
        return int(numbered.group(1)) == number + 1 and numbered.group(2) == delimiter
    return int(numbered.group(1)) in (1, number + 1)


def _continues_item(line: str) -> bool:
    return line[0].isspace() or not (line[0].isupper() or NUMBER.match(line))
