"""Two people's texts of one leaflet laid side by side, part by part, and put together as one of them chooses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from django.utils.translation import gettext as _

from monographs.admin.writing.typed import day_of
from monographs.audit.chain import sha256
from monographs.exchange.draft import section_keys
from monographs.leaflets.content import Content, SectionContent, SourceContent
from monographs.leaflets.limits import LONGEST_SECTION
from monographs.leaflets.sections import BY_KEY, OTHER, fold_heading, spoken
from monographs.leaflets.settled import settled
from monographs.text.changes.differences import Piece, compare_words

Choice = Literal["mine", "theirs", "merged", ""]
CHOICES = ("mine", "theirs", "merged")
ORDER, SOURCES = "order", "sources"  # the names of two parts that are chosen as a whole


@dataclass(frozen=True)
class Part:
    """One part of the leaflet that the two texts have differently.

    ``name`` is its field in the form; ``pieces`` lead from their text to mine; ``chosen`` is "" where both
    changed it and the person has to say. ``merged`` is the text that the person can edit, ``note`` says what
    differs beside the text, or why it is asked again.
    """

    name: str
    label: str
    mine: str
    theirs: str
    pieces: tuple[Piece, ...]
    chosen: Choice
    merged: str
    is_one_line: bool = False
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it waits for a choice."""
        return not self.chosen

    @property
    def is_whole(self) -> bool:
        """Whether there is no text of it that could be put together by hand."""
        return self.name in (ORDER, SOURCES)

    @property
    def shown(self) -> str:
        """A fingerprint of ``merged`` as the page shows it: whoever edits it without choosing it is asked."""
        return _fingerprint(self.merged)


@dataclass(frozen=True)
class _Order:
    """In which order the sections stand that both texts have; ``text`` names them one a line."""

    keys: tuple[str, ...]
    text: str = field(compare=False)


def told_apart(base: Content | None, mine: Content, theirs: Content) -> Content:
    """``mine``, with a key of its own for a section that only looks like one which the other person began as well.

    Keys are made from kinds and headings, so two different new sections may have come to the same key.
    """
    known = {section.key for section in base.sections} if base else set()
    begun = {section.key: section for section in theirs.sections if base and section.key not in known}
    taken = known | {section.key for content in (mine, theirs) for section in content.sections}
    sections = []
    for section in mine.sections:
        other = begun.get(section.key)
        if other and not _is_same_subject(section, other):
            key = section_keys([*(("", "", key) for key in taken), (section.kind, section.heading, "")])[-1]
            taken.add(key)
            section = replace(section, key=key)
        sections.append(section)
    return replace(mine, sections=tuple(sections))


def _is_same_subject(one: SectionContent, other: SectionContent) -> bool:
    return one.kind == other.kind and (one.kind != OTHER or fold_heading(one.heading) == fold_heading(other.heading))


def parts_of(base: Content | None, mine: Content, theirs: Content, posted: Mapping | None = None) -> list[Part]:
    """What the two texts do not share, in the order of the leaflet.

    Where only one of the two changed a part since ``base``, that change is chosen already. ``posted`` are
    choices and edited texts of an earlier round: ``choice-<name>`` and ``merged-<name>``. All three are compared
    as they read once they are settled: that an older text has other signs for the same is no difference.
    """
    base, mine, theirs = (content and settled(content) for content in (base, mine, theirs))
    found = []
    for name, label, value_in, one_line in _values(base, mine, theirs):
        values = [value_in(content) if content else None for content in (mine, theirs, base)]
        if values[0] == values[1]:
            continue
        chosen = _chosen_by_base(*values) if base else ""
        ours, others = _text_of(values[0]), _text_of(values[1])
        merged = ours or others
        note = _other_kind(values[0], values[1])
        if posted:
            said = posted.get(f"choice-{name}", "")
            chosen = said if said in CHOICES and (name, said) != (ORDER, "merged") else ""
            merged = posted.get(f"merged-{name}", merged).replace("\r\n", "\n")
            is_edited = posted.get(f"shown-{name}") not in (None, _fingerprint(merged))
            if is_edited and chosen in ("mine", "theirs"):
                chosen = ""
                note = _("You changed the text put together, but chose another. Please choose once more.")
        found.append(Part(name, label, ours, others, _pieces(others, ours), chosen, merged, one_line, note))
    return found


def _chosen_by_base(mine: object, theirs: object, base: object) -> str:
    """The side that changed what the other left as it was; "" where both changed it."""
    return "theirs" if mine == base else "mine" if theirs == base else ""


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Word by word; of what no section would take, all that goes and all that comes: it would take minutes."""
    if max(len(before), len(after)) > LONGEST_SECTION:
        return tuple(Piece(kind, text) for kind, text in (("removed", before), ("added", after)) if text)
    return tuple(compare_words(before, after))


def _fingerprint(text: str) -> str:
    return sha256(text)[:16]


def put_together(mine: Content, theirs: Content, parts: list[Part]) -> Content:
    """The leaflet with every part as chosen. Parts that both have alike stay as they are."""
    chosen = {part.name: part for part in parts}

    def line(name: str, ours: str, others: str) -> str:
        part = chosen.get(name)
        if not part:
            return others
        return {"mine": ours, "theirs": others, "merged": part.merged.strip()}[part.chosen]

    facts = line("key_facts", "\n".join(mine.key_facts), "\n".join(theirs.key_facts))
    return replace(
        theirs,
        title=line("title", mine.title, theirs.title),
        key_facts=tuple(fact.strip() for fact in facts.splitlines() if fact.strip()),
        next_review_on=day_of(line("next_review_on", mine.next_review_on, theirs.next_review_on)),
        sections=tuple(_sections(mine, theirs, chosen)),
        sources=_sources(mine, theirs, chosen.get(SOURCES)),
    )


def _sections(mine: Content, theirs: Content, chosen: dict[str, Part]) -> list[SectionContent]:
    order = chosen.get(ORDER)
    first, second = (mine, theirs) if order and order.chosen == "mine" else (theirs, mine)
    ours = {section.key: section for section in mine.sections}
    others = {section.key: section for section in theirs.sections}
    together = []
    for key in _keys(first, second):
        part = chosen.get(f"section-{key}")
        if not part:
            section = others.get(key)
        elif part.chosen == "merged":
            section = _read_section(part.merged, [one[key] for one in (ours, others) if key in one])
        else:
            section = (ours if part.chosen == "mine" else others).get(key)
        if section:
            together.append(section)
    return together


def _keys(first: Content, second: Content) -> list[str]:
    """All sections in the order of ``first``; what only ``second`` has stands behind what it stood behind."""
    keys = [section.key for section in first.sections]
    behind = ""
    for section in second.sections:
        if section.key not in keys:
            keys.insert(keys.index(behind) + 1 if behind else 0, section.key)
        behind = section.key
    return keys


def _sources(mine: Content, theirs: Content, part: Part | None) -> tuple[SourceContent, ...]:
    if not part or part.chosen == "theirs":
        return theirs.sources
    if part.chosen == "mine":
        return mine.sources
    return (*theirs.sources, *(source for source in mine.sources if source not in theirs.sources))


def _values(
    base: Content | None, mine: Content, theirs: Content
) -> Iterator[tuple[str, str, Callable[[Content], object], bool]]:
    """(name, label, what to compare in a content, whether it is one line) for every part of the leaflet."""
    yield "title", _("Title"), lambda content: content.title, True
    yield "key_facts", _("Key facts"), lambda content: "\n".join(content.key_facts), False
    yield "next_review_on", _("Next review"), lambda content: content.next_review_on, True
    headings = {section.key: section.heading for content in (theirs, mine) for section in content.sections}
    shared = set.intersection(*({one.key for one in content.sections} for content in (base, mine, theirs) if content))

    def order(content: Content) -> _Order:
        keys = tuple(section.key for section in content.sections if section.key in shared)
        return _Order(keys, "\n".join(headings[key] for key in keys))

    yield ORDER, _("Order of the sections"), order, False
    for key in _keys(theirs, mine):
        yield f"section-{key}", headings[key], lambda content, key=key: _section(content, key), False
    yield SOURCES, _("Sources"), lambda content: content.sources, False


def _section(content: Content, key: str) -> SectionContent | None:
    return next((section for section in content.sections if section.key == key), None)


def _text_of(value: str | SectionContent | _Order | tuple[SourceContent, ...] | None) -> str:
    """A part as one text: a section with its heading as first line, sources one a line, "" for what is not there."""
    if isinstance(value, _Order):
        return value.text
    if isinstance(value, SectionContent):
        lines = [f"# {value.heading}", ""]
        if value.is_not_applicable:
            lines += [_("Does not apply: %(reason)s") % {"reason": value.reason}, ""]
        return "\n".join([*lines, value.body]).strip()
    if isinstance(value, tuple):
        return "\n".join(_source_line(source) for source in value)
    return value or ""


def _source_line(source: SourceContent) -> str:
    line = " ".join(part for part in (source.citation, source.url, source.accessed_on) if part)
    return f"{line} [{spoken(source.supports)}]" if source.supports else line


def _other_kind(ours: object, others: object) -> str:
    if not (isinstance(ours, SectionContent) and isinstance(others, SectionContent)) or ours.kind == others.kind:
        return ""
    kinds = {"theirs": BY_KEY[others.kind].heading, "mine": BY_KEY[ours.kind].heading}
    return _("Kind of section: theirs is “%(theirs)s”, mine is “%(mine)s”. A text put together keeps mine.") % kinds


def _read_section(text: str, candidates: list[SectionContent]) -> SectionContent | None:
    """The other way round; its kind is that of the first candidate. None for an empty text."""
    if not text.strip():
        return None
    like = candidates[0]
    first, _newline, body = text.strip().partition("\n")
    heading = like.heading
    if first.startswith("# "):
        heading, body = first.removeprefix("# ").strip() or heading, body.strip("\n")
    else:
        body = text.strip()
    section = replace(like, heading=heading, body=body, is_not_applicable=False, reason="")
    said = _("Does not apply: %(reason)s") % {"reason": ""}
    line, _newline, rest = body.partition("\n")
    if line.startswith(said.strip()) and any(one.is_not_applicable for one in candidates):
        reason = line.removeprefix(said.strip()).strip()
        return replace(section, is_not_applicable=True, reason=reason, body=rest.strip("\n"))
    return section
