"""Pictures and links that lead or show elsewhere than before, though the words around them may be the same.

A picture's address names its content (`admin.frame.images` makes it from the digest of the bytes), so another address
is another picture, and the same address the same one. Patients see these first and the comparison of words shows
nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Literal

from django.utils.translation import gettext as _

from monographs.leaflets.content import Content, SectionContent, SourceContent
from monographs.text.markup.markdown import render

Kind = Literal["picture", "link"]
What = Literal["exchanged", "renamed", "moved", "came", "went"]
_MOST_TO_ALIGN = 300  # pictures or links of one place; beyond that they are held against each other one by one
_HEADINGS = ("h3", "h4", "h5", "h6")
_BLOCKS = {"p", "li", "td", "th", "div", "tr", "ul", "ol", "table", "blockquote", "pre", "br", *_HEADINGS}


@dataclass(frozen=True)
class Target:
    """A picture or link: its address, its words (a picture's are its alternative text), and where it stands.

    ``headings`` are those above it, the highest first; ``beside`` the words of its line, or of the line before it.
    """

    kind: Kind
    address: str
    words: str
    headings: tuple[str, ...] = ()
    beside: str = ""

    @property
    def file_name(self) -> str:
        """``"3f…9a.png"``: what a picture's address ends in."""
        return self.address.rstrip("/").rpartition("/")[2]


@dataclass(frozen=True)
class TargetChange:
    """What happened to a picture or link in a place (a section's heading, "Key facts", "Sources").

    "exchanged": another address; "renamed": another alternative text; "moved": beside other words, under another
    heading or in another section; "came" and "went": ``before`` or ``after`` is None.
    """

    place: str
    what: What
    before: Target | None
    after: Target | None

    @property
    def kind(self) -> Kind:
        return (self.after or self.before).kind


def target_changes(
    old: Content,
    new: Content,
    sections: Iterable[tuple[SectionContent | None, SectionContent | None]],
    sources: Iterable[tuple[SourceContent | None, SourceContent | None]],
) -> tuple[TargetChange, ...]:
    """All of them, pictures first; ``sections`` and ``sources`` are the pairs that belong together."""
    places = [(_("Key facts"), _facts(old), _facts(new))]
    places += [
        ((after or before).heading, _targets(before, old.language), _targets(after, new.language))
        for before, after in sections
    ]
    found = [change for kind in ("picture", "link") for change in _of_kind(kind, places)]
    return (*found, *_source_changes(sources))


@dataclass(frozen=True)
class _Read:
    """What a text has: its pictures and links in their order, and the words of all its lines."""

    targets: tuple[Target, ...] = ()
    lines: frozenset[str] = frozenset()


def _targets(section: SectionContent | None, language: str) -> _Read:
    if section is None or section.is_not_applicable:
        return _Read()
    return _read(section.body, language)


def _facts(content: Content) -> _Read:
    return _read("\n\n".join(content.key_facts), content.language)


def _read(source: str, language: str) -> _Read:
    if "[" not in source and "<" not in source:
        return _Read()
    reader = _Reader()
    reader.feed(render(source, language=language))
    reader.close()
    reader.end_line()
    return _Read(tuple(reader.targets), frozenset(reader.lines))


class _Reader(HTMLParser):
    """Reads the sanitised HTML that `render` writes, and nothing else."""

    def __init__(self):
        super().__init__()
        self.targets: list[Target] = []
        self.lines: list[str] = []
        self._line = self._line_before = ""
        self._waiting: list[tuple[Kind, str, str]] = []
        self._headings: dict[str, str] = {}
        self._outside: list[tuple[dict[str, str], str]] = []  # the headings and the line around a care card
        self._link: str | None = None
        self._link_words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag in _BLOCKS:
            self.end_line()
        if tag == "img":
            self._waiting.append(("picture", named.get("src") or "", named.get("alt") or ""))
            self._link_words += named.get("alt") or ""
        elif tag == "a":
            self._link, self._link_words = named.get("href") or "", ""
        elif tag == "div":
            self._outside.append((self._headings, self._line_before))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link is not None:
            self._waiting.append(("link", self._link, " ".join(self._link_words.split())))
            self._link = None
        elif tag in _HEADINGS:
            kept = {level: words for level, words in self._headings.items() if level < tag}
            self._headings = {**kept, tag: " ".join(self._line.split())}
        if tag in _BLOCKS:
            self.end_line()
        if tag == "div" and self._outside:
            self._headings, self._line_before = self._outside.pop()

    def handle_data(self, data: str) -> None:
        self._line += data
        self._link_words += data

    def end_line(self) -> None:
        """What was read since the last line becomes one, and its pictures and links are known."""
        words = " ".join(self._line.split())
        for kind, address, own_words in self._waiting:
            headings = tuple(self._headings[level] for level in sorted(self._headings))
            self.targets.append(Target(kind, address, own_words, headings, words or self._line_before))
        if words:
            self.lines.append(words)
            self._line_before = words
        self._waiting, self._line = [], ""


def _of_kind(kind: Kind, places: Sequence[tuple[str, _Read, _Read]]) -> Iterator[TargetChange]:
    changes: list[TargetChange] = []
    for place, old, new in places:
        before = [target for target in old.targets if target.kind == kind]
        after = [target for target in new.targets if target.kind == kind]
        for one, other in _pairs(kind, before, after):
            what = _what_happened(one, other, new)
            if what:
                changes.append(TargetChange(place, what, one, other))
    yield from _across_places(changes)


def _pairs(
    kind: Kind, before: Sequence[Target], after: Sequence[Target]
) -> Iterator[tuple[Target | None, Target | None]]:
    """Which belong together, in their order: pictures of one address, links of the same words; else by their places."""
    olds = [target.address if kind == "picture" else target.words.casefold() for target in before]
    news = [target.address if kind == "picture" else target.words.casefold() for target in after]
    if sorted(olds) == sorted(news) and kind == "picture" or max(len(olds), len(news)) > _MOST_TO_ALIGN:
        blocks = [(0, len(olds), 0, len(news))]  # pictures that change places: what stood here, what stands here
    else:
        blocks = [block[1:] for block in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes()]
    for first, end, new_first, new_end in blocks:
        one, other = before[first:end], after[new_first:new_end]
        length = max(len(one), len(other))
        yield from zip([*one, *[None] * (length - len(one))], [*other, *[None] * (length - len(other))], strict=True)


def _what_happened(before: Target | None, after: Target | None, new: _Read) -> What | None:
    if not before or not after:
        return "came" if after else "went"
    if before.address != after.address:
        return "exchanged"
    if before.kind == "link":
        return None  # other words are shown where words are compared
    if before.words != after.words:
        return "renamed"
    return "moved" if _stands_elsewhere(before, after, new) else None


def _stands_elsewhere(before: Target, after: Target, new: _Read) -> bool:
    """Beside other words than before, which are still there: a line or heading that was edited is no move."""
    is_parted = before.beside != after.beside and before.beside in new.lines
    headings = set(before.headings) - set(after.headings)
    return is_parted or any(heading in new.lines for heading in headings)


def _across_places(changes: list[TargetChange]) -> Iterator[TargetChange]:
    """What went in one place and came in another is one change; a link that only moved is none."""
    gone_for = _gone_for(changes)
    used = {id(gone) for gone in gone_for.values()}
    for change in changes:
        gone = gone_for.get(id(change))
        if not gone and id(change) not in used:
            yield change
        elif gone and gone.before.address != change.after.address:
            yield TargetChange(change.place, "exchanged", gone.before, change.after)
        elif gone and change.kind == "picture":
            yield TargetChange(change.place, "moved", gone.before, change.after)


def _gone_for(changes: list[TargetChange]) -> dict[int, TargetChange]:
    """For each target that came (by the ``id`` of its change) the one that went for it, each of them once."""
    waiting: dict[tuple[str, str], list[TargetChange]] = {}
    for change in changes:
        for key in _keys(change.before) if change.what == "went" else ():
            waiting.setdefault(key, []).append(change)
    used: set[int] = set()
    found: dict[int, TargetChange] = {}
    for change in (change for change in changes if change.what == "came"):
        gone = next((one for key in _keys(change.after) for one in waiting.get(key, ()) if id(one) not in used), None)
        if gone:
            used.add(id(gone))
            found[id(change)] = gone
    return found


def _keys(target: Target) -> list[tuple[str, str]]:
    """By what a target is known again: a picture by its address, a link by its words, then by its address."""
    by_address = ("address", target.address)
    return [by_address] if target.kind == "picture" else [("words", target.words.casefold()), by_address]


def _source_changes(sources: Iterable[tuple[SourceContent | None, SourceContent | None]]) -> Iterator[TargetChange]:
    """A source that leads to another page than before; one that came or went is told among the sources."""
    for before, after in sources:
        if before and after and before.url != after.url:
            old, new = (Target("link", one.url, one.citation) if one.url else None for one in (before, after))
            what: What = "exchanged" if old and new else "came" if new else "went"
            yield TargetChange(_("Sources"), what, old, new)
