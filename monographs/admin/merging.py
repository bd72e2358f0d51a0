"""Two people's texts of one leaflet laid side by side, part by part, and put together as one of them chooses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.translation import gettext as _

from monographs.leaflets.content import Content, SectionContent, SourceContent
from monographs.leaflets.sections import BY_KEY
from monographs.text.differences import Piece, compare_words

Choice = Literal["mine", "theirs", "merged", ""]
CHOICES = ("mine", "theirs", "merged")


@dataclass(frozen=True)
class Part:
    """One part of the leaflet that the two texts have differently.

    ``name`` is its field in the form; ``pieces`` lead from their text to mine; ``chosen`` is "" where both
    changed it and the person has to say. ``merged`` is the text that the person can edit, ``note`` says what
    differs beside the text.
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


def parts_of(base: Content | None, mine: Content, theirs: Content, posted: Mapping | None = None) -> list[Part]:
    """What the two texts do not share, in the order of the leaflet.

    Where only one of the two changed a part since ``base``, that change is chosen already. ``posted`` are
    choices and edited texts of an earlier round: ``choice-<name>`` and ``merged-<name>``.
    """
    found = []
    for name, label, value_in, one_line in _values(base, mine, theirs):
        values = [value_in(content) if content else None for content in (mine, theirs, base)]
        if values[0] == values[1]:
            continue
        chosen = "theirs" if base and values[0] == values[2] else "mine" if base and values[1] == values[2] else ""
        ours, others = _text_of(values[0]), _text_of(values[1])
        merged = ours or others
        if posted:
            said = posted.get(f"choice-{name}", "")
            chosen = said if said in CHOICES else ""
            merged = posted.get(f"merged-{name}", merged).replace("\r\n", "\n")
        pieces = tuple(compare_words(others, ours))
        note = _other_kind(values[0], values[1])
        found.append(Part(name, label, ours, others, pieces, chosen, merged, one_line, note))
    return found


def put_together(base: Content | None, mine: Content, theirs: Content, parts: list[Part]) -> Content:
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
        next_review_on=line("next_review_on", mine.next_review_on, theirs.next_review_on),
        sections=tuple(_sections(base, mine, theirs, chosen)),
        sources=_sources(mine, theirs, chosen.get("sources")),
    )


def _sections(base: Content | None, mine: Content, theirs: Content, chosen: dict[str, Part]) -> list[SectionContent]:
    ours = {section.key: section for section in mine.sections}
    others = {section.key: section for section in theirs.sections}
    together = []
    for key in _order(base, mine, theirs):
        part = chosen.get(f"section-{key}")
        if not part:
            section = others.get(key)
        elif part.chosen == "merged":
            section = _read_section(part.merged, ours.get(key) or others[key])
        else:
            section = (ours if part.chosen == "mine" else others).get(key)
        if section:
            together.append(section)
    return together


def _order(base: Content | None, mine: Content, theirs: Content) -> list[str]:
    """Their order, or mine if I moved a section; what only the other has stands behind what it stood behind."""
    leading, following = [section.key for section in theirs.sections], [section.key for section in mine.sections]
    if base:
        before = [section.key for section in base.sections if section.key in following]
        if before != [key for key in following if key in before]:
            leading, following = following, leading
    behind = ""
    for key in following:
        if key not in leading:
            leading.insert(leading.index(behind) + 1 if behind else 0, key)
        behind = key
    return leading


def _sources(mine: Content, theirs: Content, part: Part | None) -> tuple[SourceContent, ...]:
    if not part or part.chosen == "theirs":
        return theirs.sources
    if part.chosen == "mine":
        return mine.sources
    return (*theirs.sources, *(source for source in mine.sources if source not in theirs.sources))


def _values(base: Content | None, mine: Content, theirs: Content):
    """(name, label, what to compare in a content, whether it is one line) for every part of the leaflet."""
    yield "title", _("Title"), lambda content: content.title, True
    yield "key_facts", _("Key facts"), lambda content: "\n".join(content.key_facts), False
    yield "next_review_on", _("Next review"), lambda content: content.next_review_on, True
    headings = {section.key: section.heading for content in (mine, theirs) for section in content.sections}
    for key in _order(base, mine, theirs):
        yield f"section-{key}", headings[key], lambda content, key=key: _section(content, key), False
    yield "sources", _("Sources"), lambda content: content.sources, False


def _section(content: Content, key: str) -> SectionContent | None:
    return next((section for section in content.sections if section.key == key), None)


def _text_of(value: str | SectionContent | tuple[SourceContent, ...] | None) -> str:
    """A part as one text: a section with its heading as first line, sources one a line, "" for what is not there."""
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
    return f"{line} [{', '.join(source.supports)}]" if source.supports else line


def _other_kind(ours: object, others: object) -> str:
    if not (isinstance(ours, SectionContent) and isinstance(others, SectionContent)) or ours.kind == others.kind:
        return ""
    kinds = {"theirs": BY_KEY[others.kind].heading, "mine": BY_KEY[ours.kind].heading}
    return _("Kind of section: theirs is “%(theirs)s”, mine is “%(mine)s”.") % kinds


def _read_section(text: str, like: SectionContent) -> SectionContent | None:
    """The other way round; kind, and whether it applies, stay as in ``like``. None for an empty text."""
    if not text.strip():
        return None
    first, _newline, body = text.strip().partition("\n")
    if not first.startswith("# "):
        return replace(like, body=text.strip())
    heading, body = first.removeprefix("# ").strip() or like.heading, body.strip("\n")
    if like.is_not_applicable:
        said = _("Does not apply: %(reason)s") % {"reason": ""}
        line, _newline, rest = body.partition("\n")
        if line.startswith(said):
            return replace(like, heading=heading, reason=line.removeprefix(said).strip(), body=rest.strip("\n"))
        return replace(like, heading=heading, is_not_applicable=False, reason="", body=body)
    return replace(like, heading=heading, body=body)
