"""A leaflet's text as lines, each with what stands above it: the heading, the list's lead, the table's head.

"Take 5 mg" under "Adults" is another advice than under "Children": what compares two texts has to know.
"""

from dataclasses import dataclass
from html.parser import HTMLParser

from monographs.text.amounts.dates import begins_with_month
from monographs.text.markup.markdown import render
from monographs.text.markup.rules.lines import begins_with_amount

_HEADINGS = {"h3", "h4", "h5", "h6"}
_CELLS = {"td", "th"}
_BLOCKS = {"p", "li", "ul", "tr", "div", "table", "hr"} | _CELLS | _HEADINGS
_SENTENCE_ENDS = tuple(".!?:;…؟۔؛。！？：；")
_BOLD_LINE = 7  # a paragraph that is all bold serves as the lowest heading


@dataclass(frozen=True)
class Line:
    """A block of plain text (a cell of a table is one) and its labels, the outermost first.

    A cell's labels are the first cell of its row and the head of its column.
    """

    text: str
    labels: tuple[str, ...] = ()


def outline(source: str, *, language: str = "en") -> list[Line]:
    """The words of a Markdown text as `markdown.plain` has them, line by line, cell by cell, each with its labels.

    Where a sentence runs over a typed line end (no end mark before it, a small letter behind it), the lines are one.
    The number of a list's item is left out, so that a step put in before it changes no other, except before an amount
    and the name of a month: ``1. 5 tablets`` can be read as one number, ``1. December: 10 mg`` is a day.
    """
    reader = _Reader(language)
    reader.feed(render(source, language=language))
    reader.close()
    reader.end_line()
    return reader.lines


class _Reader(HTMLParser):
    """Reads the sanitised HTML that `render` writes, and nothing else."""

    def __init__(self, language: str):
        super().__init__()
        self._language = language
        self.lines: list[Line] = []
        self._text = self._bold = ""
        self._bold_depth = 0
        self._number = ""  # of the list's item whose words are to come
        self._is_number = False
        self._may_go_on = False  # a line was broken in the middle of a sentence
        self._headings: list[tuple[int, str]] = []
        self._outside: list[list[tuple[int, str]]] = []  # the headings around a care card
        self._leads: list[str] = []
        self._columns: list[str] = []  # the heads of the table's columns
        self._row: list[str] = []  # the cells of the row so far
        self._last = ""  # the line just before, while nothing but a list may follow

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.end_line()
        if tag == "br":
            self._break_line()
        elif tag == "span":
            self._is_number = True
        elif tag == "ul":
            self._leads.append(self._last)
        elif tag == "div":
            self._outside.append(list(self._headings))
        elif tag == "img":
            self.handle_data(f" {dict(attrs).get('alt') or ''} ")
        elif tag == "tr":
            self._row = []
        elif tag == "strong":
            self._bold_depth += 1

    def handle_endtag(self, tag: str) -> None:
        words = " ".join(self._text.split())
        level = self._level(tag, words)
        if level:
            self._headings = [heading for heading in self._headings if heading[0] < level]
        if tag in _BLOCKS:
            self.end_line(self._cell_labels() if tag == "td" else ())
        if tag in _CELLS:
            self._row.append(words)
        if tag == "thead":
            self._columns = self._row
        elif level:
            self._headings.append((level, words))
            self._last = ""
        elif tag == "ul":
            self._leads.pop()
            self._last = ""
        elif tag == "div":
            self._headings = self._outside.pop()
            self._last = ""
        elif tag == "table":
            self._columns, self._last = [], ""
        elif tag == "strong":
            self._bold_depth -= 1
        elif tag == "p" and not words.endswith((":", "：")) and not self._leads:
            self._last = ""

    def handle_data(self, data: str) -> None:
        if self._is_number:
            self._number, self._is_number = data, False
            return
        if self._number and data.strip():
            words = data.lstrip()
            is_counted = begins_with_amount(words) or begins_with_month(words, self._language)
            data = f"{self._number} {words}" if is_counted else data
            self._number = ""
        if self._may_go_on and data.strip():
            if not data.lstrip()[0].islower():
                self.end_line()
            self._may_go_on = False
        self._text += data
        if self._bold_depth:
            self._bold += data

    def _break_line(self) -> None:
        if self._text.rstrip().endswith(_SENTENCE_ENDS):
            self.end_line()
        else:
            self._may_go_on = True
            self._text += " "
            self._bold += " "

    def end_line(self, own_labels: tuple[str, ...] = ()) -> None:
        """What was read since the last line becomes one, unless it is blank."""
        words = " ".join(self._text.split())
        self._text = self._bold = ""
        self._may_go_on = False
        if words:
            labels = [text for _level, text in self._headings] + self._leads
            self.lines.append(Line(words, tuple(label for label in (*labels, *own_labels) if label)))
            self._last = words

    def _cell_labels(self) -> tuple[str, ...]:
        return (*self._row[:1], *self._columns[len(self._row) : len(self._row) + 1])

    def _level(self, tag: str, words: str) -> int:
        """How high the element that ends stands as a heading, 3 the highest; 0 for one that is none or blank."""
        if words and tag in _HEADINGS:
            return int(tag[1])
        is_bold_line = tag == "p" and not self._leads and words == " ".join(self._bold.split())
        return _BOLD_LINE if words and is_bold_line else 0
