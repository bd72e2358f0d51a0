"""The text that a translation is made from, beside its own: section by section, with what has changed since marked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from monographs.leaflets.content import Content, SectionContent
from monographs.leaflets.models import Leaflet
from monographs.publication.models import Publication
from monographs.revisions.models import Revision
from monographs.text.changes.differences import Piece, compare_words
from monographs.text.markup.markdown import direction


@dataclass(frozen=True)
class BesidePart:
    """One part of the source as it is typed, Markdown and all; ``pieces`` say what is gone and new since."""

    heading: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    is_changed: bool
    language: str
    direction: str


@dataclass(frozen=True)
class Beside:
    """``as_of`` is the revision that the draft is made from, ``shown`` what patients read of the source now, if any."""

    source: Leaflet
    as_of: Revision
    shown: Revision | None
    key_facts: BesidePart
    sections: Mapping[str, BesidePart] = field(default_factory=dict)
    missing: tuple[BesidePart, ...] = ()

    @property
    def is_behind(self) -> bool:
        return bool(self.shown and self.shown.number != self.as_of.number)


def beside(leaflet: Leaflet, keys: set[str] | None = None) -> Beside | None:
    """Of a translation; None of any other leaflet. ``missing`` are the source's parts that are not among ``keys``."""
    if not leaflet.source_id:
        return None
    as_of = Revision.objects.filter(leaflet=leaflet.source_id, number=leaflet.source_revision).first()
    if not as_of:
        return None
    shown = shown_revision(leaflet.source)
    before, after = as_of.content, (shown or as_of).content
    was, now = _by_key(before), _by_key(after)
    sections = {key: _section(was.get(key), now.get(key), before) for key in dict.fromkeys((*now, *was))}
    missing = tuple(part for key, part in sections.items() if keys is not None and key not in keys)
    return Beside(leaflet.source, as_of, shown, _facts(before, after), sections, missing)


def shown_revision(source: Leaflet) -> Revision | None:
    """What patients read of it now."""
    publication = Publication.objects.read(timezone.now()).filter(leaflet=source).select_related("revision").first()
    return publication.revision if publication else None


def _by_key(content: Content) -> dict[str, SectionContent]:
    return {section.key: section for section in content.sections if not section.is_not_applicable}


def _section(was: SectionContent | None, now: SectionContent | None, source: Content) -> BesidePart:
    texts = [(one.heading, one.body) if one else ("", "") for one in (was, now)]
    (old_heading, old), (new_heading, new) = texts
    return _part((old_heading, new_heading), (old, new), source.language)


def _facts(before: Content, after: Content) -> BesidePart:
    return _part(
        (before.title, after.title), ("\n".join(before.key_facts), "\n".join(after.key_facts)), before.language
    )


def _part(headings: tuple[str, str], texts: tuple[str, str], language: str) -> BesidePart:
    return BesidePart(
        heading=tuple(compare_words(*headings)),
        pieces=tuple(compare_words(*texts)),
        is_changed=headings[0] != headings[1] or texts[0] != texts[1],
        language=language,
        direction=direction(language),
    )
