"""How typing and reading can differ: one place of a text, as typed and as read."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What went wrong (the first three), what was meant as markup and is none, and what can be meant in two ways."""

    LOST = "typed words are not read"
    ADDED = "words are read that were not typed"
    JOINED = "what was apart is read as one"

    LEFT_OVER = "marks of bold or italics that mark nothing"
    NO_LINK = "brackets that make no link"
    ONLY_MARKS = "a line of marks alone"
    OTHER_MARKS = "marks of another kind of Markdown"
    MINUS = "a bullet before a temperature"

    SIGN = "a sign at the start of a line, next to a number"
    STAR = "italics next to a number"
    TIMES = "a star between two numbers"
    RAISED = "a number that is meant to stand raised"
    COLUMNS = "words set in columns by tabs or wide spaces"
    ITEM_NUMBER = "the number of an item before a number"
    NUMBERING = "numbers of a list that jump"
    CELLS = "a row with more or fewer cells than its head"
    ROW_OUTSIDE = "a row outside of a table"
    OPEN_TABLE = "a table without pipes at the ends of its rows"
    FOOTNOTE = "a star at the start of a line that may be a footnote's"
    LINES = "a number at the end of a line and one at the start of the next"
    MARGIN = "a line at the margin, directly under a list"


@dataclass(frozen=True)
class Discrepancy:
    """Something that was typed and is read otherwise, or can be.

    ``typed`` are the words as typed, ``read`` as patients read them, ``line`` counts from 1, ``instead`` is what could
    be written, or "" where it depends on what is meant.
    """

    kind: Kind
    typed: str
    read: str
    line: int
    instead: str = ""
