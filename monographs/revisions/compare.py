"""Two revisions of a leaflet side by side: what a second reader must see before signing.

Everything is compared as the patient reads it (plain text), what could harm is listed first, and what
the eye of a reader would not meet (a link's target, emphasis) is reported as well, so that nothing is hidden.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monographs.leaflets.content import Content, MadeFrom, MedicineContent, SectionContent, SourceContent
from monographs.leaflets.sections import spoken
from monographs.revisions.alerts import Alert, ToCheck, alerts_between, to_check
from monographs.revisions.matching import match_key_facts, match_sections, match_sources
from monographs.revisions.pictures import TargetChange, target_changes
from monographs.text.changes.differences import Piece, compare_words
from monographs.text.changes.safety import SafetyChange
from monographs.text.markup.markdown import plain, plain_line, render
from monographs.text.words.vocabulary import is_english

State = Literal["same", "changed", "added", "removed", "moved", "moved_and_changed"]
_TARGET = re.compile(r'(?:href|src)="([^"]*)"')


@dataclass(frozen=True)
class FieldChange:
    """A plain value that changed. ``name`` is the field's, ``label`` is for people; "" stands for no value."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class TextChange:
    """A text as pieces of plain text, and what the plain text does not show.

    ``markup_pieces`` compares the Markdown sources, empty where these are equal; ``links`` are the targets
    of links and images that came (before "") or went (after ""). ``markup_only``: patients read the same words.
    """

    pieces: tuple[Piece, ...]
    markup_pieces: tuple[Piece, ...] = ()
    links: tuple[FieldChange, ...] = ()
    markup_only: bool = False


@dataclass(frozen=True)
class SectionChange:
    """One section in both revisions. Places count from 0; None where the section isn't in that revision.

    ``fields`` are its key, its kind and whether it applies; ``reason_pieces`` why it does not.
    """

    key: str
    heading: str
    state: State
    old_place: int | None
    new_place: int | None
    heading_pieces: tuple[Piece, ...]
    body: TextChange
    reason_pieces: tuple[Piece, ...] = ()
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class KeyFactChange:
    """One key fact in both revisions."""

    state: State
    old_place: int | None
    new_place: int | None
    text: TextChange


@dataclass(frozen=True)
class SourceChange:
    """One source in both revisions; ``fields`` are its address, date of access and the sections it supports."""

    state: State
    before: SourceContent | None
    after: SourceContent | None
    citation_pieces: tuple[Piece, ...]
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Everything that two revisions of a leaflet share and do not share, in the order of the new one.

    ``targets`` are all pictures and links that changed; another picture, or another number to ring, is an alert, too.
    """

    alerts: tuple[Alert, ...]
    sections: tuple[SectionChange, ...]
    key_facts: tuple[KeyFactChange, ...]
    sources: tuple[SourceChange, ...]
    settings: tuple[FieldChange, ...]
    to_check: tuple[ToCheck, ...] = ()  # of a text that nothing came before
    language: str = "en"
    targets: tuple[TargetChange, ...] = ()
    class_languages: tuple[str, str] = ("", "")  # of the kind of medicine before and after, as `MedicineContent` has it

    @property
    def alerts_are_partial(self) -> bool:
        """Whether the language is one of which only digits, units and some words are known (`mentions`)."""
        return not is_english(self.language)

    @property
    def word_alerts(self) -> tuple[Alert, ...]:
        """The alerts about words, without those that ``targets`` shows."""
        return tuple(
            alert
            for alert in self.alerts
            if alert.change.category != "picture" and "tel:" not in (alert.change.before[:4], alert.change.after[:4])
        )

    @property
    def has_changes(self) -> bool:
        """False only where the two revisions are equal."""
        parts = (*self.sections, *self.key_facts, *self.sources)
        return bool(self.settings) or any(part.state != "same" for part in parts)

    @property
    def has_whole_parts(self) -> bool:
        """Whether a section or a key fact came or went as a whole, also because it applies now or no more."""
        applies = [field for section in self.sections for field in section.fields if field.name == "is_not_applicable"]
        return bool(applies) or any(part.state in ("added", "removed") for part in (*self.sections, *self.key_facts))


def compare(old: Content | None, new: Content, *, names: frozenset[str] = frozenset()) -> Comparison:
    """What changed from ``old`` to ``new``; without ``old``, everything is new.

    Labels and places are in the active language; texts are read in the language of each revision. ``names`` are those
    of all medicines that the site knows (`named.names_in`), so that none is exchanged unseen.
    """
    return _compared(old, new, names, get_language())


def compare_once(old: Content, new: Content, *, names: frozenset[str] = frozenset()) -> Comparison:
    """The same, made anew and not remembered: who asks for any two of many texts would push out what staff look at."""
    return _compared.__wrapped__(old, new, names, get_language())


@lru_cache(maxsize=32)
def _compared(old: Content | None, new: Content, names: frozenset[str], language: str | None) -> Comparison:
    """Remembered for the pairs looked at last: nothing but these four decides what it says."""
    is_first = old is None
    old = old or Content(title="", medicine=MedicineContent(name=""), language=new.language, edition="")
    sections = tuple(_section(old, new, *match) for match in match_sections(old, new))
    facts = tuple(_fact(old, new, *match) for match in match_key_facts(old, new))
    sources = tuple(_source(old, new, *match) for match in match_sources(old, new))
    pairs = [_both(old, new, part) for part in sections]
    targets = target_changes(old, new, pairs, [(source.before, source.after) for source in sources])
    return Comparison(
        alerts=(*_alerts_about(targets), *alerts_between(old, new, pairs, names=names)),
        sections=sections,
        key_facts=facts,
        sources=sources,
        settings=_changed_fields(_settings(old), _settings(new)),
        to_check=to_check(new, names=names) if is_first else (),
        language=new.language,
        targets=targets,
        class_languages=(old.medicine.class_language, new.medicine.class_language),
    )


def _state(old_place: int | None, new_place: int | None, has_moved: bool, is_changed: bool) -> State:
    if old_place is None:
        return "added"
    if new_place is None:
        return "removed"
    if has_moved:
        return "moved_and_changed" if is_changed else "moved"
    return "changed" if is_changed else "same"


def _alerts_about(targets: Sequence[TargetChange]) -> Iterator[Alert]:
    """What shows another picture, or rings another number, than before, whatever its words say.

    Where other alternative texts or web addresses could harm, their words and the list of ``targets`` say so.
    """
    for target in targets:
        before, after = (one.address if one else "" for one in (target.before, target.after))
        is_picture = target.kind == "picture" and target.what != "renamed"
        if is_picture or "tel:" in (before[:4], after[:4]):
            yield Alert(target.place, SafetyChange("picture" if is_picture else "number", before, after, "", ""))


def _both(old: Content, new: Content, section: SectionChange) -> tuple[SectionContent | None, SectionContent | None]:
    before = None if section.old_place is None else old.sections[section.old_place]
    after = None if section.new_place is None else new.sections[section.new_place]
    return before, after


def _text(
    old: str,
    new: str,
    old_language: str,
    new_language: str,
    *,
    shown: tuple[bool, bool] = (True, True),
    is_line: bool = False,
) -> TextChange:
    """``shown``: whether patients read the old and the new text, which they don't where a section does not apply.

    ``is_line`` says that the texts are single lines, as key facts are.
    """
    words = plain_line if is_line else plain
    before = words(old, language=old_language) if shown[0] else ""
    after = words(new, language=new_language) if shown[1] else ""
    if old == new and before == after:
        return TextChange(tuple(compare_words(before, after)))
    old_links, new_links = _targets(old), _targets(new)
    gone, come = _leftover(old_links, new_links), _leftover(new_links, old_links)
    links = [FieldChange("link", _("Link"), target, "") for target in gone]
    links += [FieldChange("link", _("Link"), "", target) for target in come]
    if len(gone) == len(come):
        links = [FieldChange("link", _("Link"), *both) for both in zip(gone, come, strict=True)]
    return TextChange(
        pieces=tuple(compare_words(before, after)),
        markup_pieces=tuple(compare_words(old, new)) if old != new else (),
        links=tuple(links),
        markup_only=before == after,
    )


def _targets(source: str) -> list[str]:
    return [unescape(target) for target in _TARGET.findall(render(source))]


def _leftover(targets: list[str], others: list[str]) -> list[str]:
    others = list(others)
    return [target for target in targets if target not in others or others.remove(target)]


def _changed_fields(old: list[tuple[str, str, str]], new: list[tuple[str, str, str]]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, label, before, after)
        for (name, label, before), (_name, _label, after) in zip(old, new, strict=True)
        if before != after
    )


def _section(old: Content, new: Content, i: int | None, j: int | None, has_moved: bool) -> SectionChange:
    nothing = SectionContent(key="", kind="", heading="")
    before = nothing if i is None else old.sections[i]
    after = nothing if j is None else new.sections[j]
    shown = not before.is_not_applicable, not after.is_not_applicable
    body = _text(before.body, after.body, old.language, new.language, shown=shown)
    is_changed = before != after or any(piece.op != "same" for piece in body.pieces)
    named = before if j is None else after
    return SectionChange(
        key=named.key,
        heading=named.heading,
        state=_state(i, j, has_moved, is_changed),
        old_place=i,
        new_place=j,
        heading_pieces=tuple(compare_words(before.heading, after.heading)),
        body=body,
        reason_pieces=tuple(compare_words(before.reason, after.reason)),
        fields=_changed_fields(_section_fields(before), _section_fields(after)),
    )


def _section_fields(section: SectionContent) -> list[tuple[str, str, str]]:
    return [
        ("key", _("Anchor"), section.key),
        ("kind", _("Kind of section"), spoken([section.kind] if section.kind else [])),
        ("is_not_applicable", _("Does not apply"), _("yes") if section.is_not_applicable else ""),
    ]


def _fact(old: Content, new: Content, i: int | None, j: int | None, has_moved: bool) -> KeyFactChange:
    before = "" if i is None else old.key_facts[i]
    after = "" if j is None else new.key_facts[j]
    text = _text(before, after, old.language, new.language, is_line=True)
    is_changed = before != after or any(piece.op != "same" for piece in text.pieces)
    return KeyFactChange(_state(i, j, has_moved, is_changed), i, j, text)


def _source(old: Content, new: Content, i: int | None, j: int | None, has_moved: bool) -> SourceChange:
    before = None if i is None else old.sources[i]
    after = None if j is None else new.sources[j]
    nothing = SourceContent(citation="")
    return SourceChange(
        state=_state(i, j, has_moved, before != after),
        before=before,
        after=after,
        citation_pieces=tuple(compare_words((before or nothing).citation, (after or nothing).citation)),
        fields=_changed_fields(_source_fields(before or nothing), _source_fields(after or nothing)),
    )


def _source_fields(source: SourceContent) -> list[tuple[str, str, str]]:
    return [
        ("url", _("Link"), source.url),
        ("accessed_on", _("Read on"), source.accessed_on),
        ("supports", _("Supports"), spoken(source.supports)),
    ]


def _as_of(made_from: MadeFrom | None) -> str:
    if not made_from:
        return ""
    return _("%(leaflet)s, revision %(number)s") % {"leaflet": made_from.leaflet, "number": made_from.revision}


def _settings(content: Content) -> list[tuple[str, str, str]]:
    return [
        ("title", _("Title"), content.title),
        ("language", _("Language"), content.language),
        ("edition", _("Edition"), content.edition),
        ("next_review_on", _("Next review on"), content.next_review_on),
        ("made_from", _("Translation as of"), _as_of(content.made_from)),
        ("medicine.name", _("Medicine"), content.medicine.name),
        ("medicine.brands", _("Brand names"), ", ".join(content.medicine.brands)),
        ("medicine.drug_class", _("Kind of medicine"), content.medicine.drug_class),
        ("medicine.class_language", _("Language of the kind of medicine"), content.medicine.class_language),
        ("medicine.atc_code", _("ATC code"), content.medicine.atc_code),
    ]
