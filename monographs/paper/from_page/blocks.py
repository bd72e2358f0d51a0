"""What an article is made of, whatever it becomes: a sheet of paper, a plain text, a book."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Words of one look. ``text`` has Unicode's isolates where the page has ``bdi``; "\\n" is a typed line end."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture within the words; ``alt`` is "" where it says nothing that they don't."""

    src: str
    alt: str


@dataclass(frozen=True)
class People:
    """So many of so many people, drawn below the words that say it; ``svg`` is the page's
    (`text.markup.finished.people`)."""

    svg: str


Inline = tuple[Run | Picture | People, ...]


@dataclass(frozen=True)
class Heading:
    """``level`` is 1 for the article's own title; no level below it is skipped."""

    level: int
    inline: Inline


@dataclass(frozen=True)
class Paragraph:
    """``look`` is "", "eyebrow", "small", "banner" or "strong" (a banner that warns)."""

    inline: Inline
    look: str = ""


@dataclass(frozen=True)
class Items:
    """A list. ``labels`` are the numbers as read ("1.", "2)"), empty for bullets."""

    items: tuple[tuple["Block", ...], ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Cells of the head and of each row; rows may be longer or shorter than the head."""

    head: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True)
class Box:
    """Blocks with a frame around them: "key-facts", "emergency", "today", "tell", "banner" or "strong"."""

    look: str
    blocks: tuple["Block", ...]


@dataclass(frozen=True)
class Address:
    """The paragraph that names this version's permanent address."""

    inline: Inline


@dataclass(frozen=True)
class Line:
    """A line across the column."""


@dataclass(frozen=True)
class Spoken:
    """Blocks in another language or direction than what stands around them."""

    language: str
    direction: str
    blocks: tuple["Block", ...]


Block = Heading | Paragraph | Items | Table | Box | Address | Line | Spoken


def words_of(inline: Inline) -> str:
    """Its words alone, pictures by their alternative text."""
    return "".join(_words_of_one(one) for one in inline)


def _words_of_one(one: Run | Picture | People) -> str:
    match one:
        case Run(text):
            return text
        case Picture(_src, alt):
            return f" {alt} "
    return ""
