"""Between the draft's rows and the one value `Content`."""

import datetime as dt

from monographs.leaflets.content import Content, SectionContent, SourceContent
from monographs.leaflets.models import Leaflet, Section, Source
from monographs.leaflets.rows import Rows, content_in, rows_of
from monographs.leaflets.settled import settled


def content_of(leaflet: Leaflet) -> Content:
    """What the draft says now, read afresh from the database."""
    return content_in(Leaflet.objects.get(pk=leaflet.pk), rows_of(leaflet))


def rows_saying(leaflet: Leaflet, content: Content) -> Rows:
    """The draft's rows, and the leaflet's own columns, as they must be to say ``content``: nothing is written yet.

    Sections that keep their key keep their row. The medicine, the language, the edition and what it translates belong
    to the leaflet and stay as they are; a text that does not say as of which revision it is made is as of the draft's.
    """
    if content.made_from:
        leaflet.source_revision = content.made_from.revision
    elif leaflet.source_id:
        leaflet.refresh_from_db(fields=("source_revision",))  # whoever holds the leaflet may have read it long ago
    leaflet.title, leaflet.key_facts = content.title, "\n".join(content.key_facts)
    leaflet.next_review_on = _day(content.next_review_on)
    was = rows_of(leaflet)
    sections = {section.key: section for section in was.sections}
    now = Rows(
        [_section(sections.get(one.key) or Section(leaflet=leaflet, key=one.key), one) for one in content.sections],
        [
            _source(was.sources[place] if place < len(was.sources) else Source(leaflet=leaflet), source)
            for place, source in enumerate(content.sources)
        ],
    )
    kept = {(type(row), row.pk) for row in (*now.sections, *now.sources)}
    now.gone = [row for row in (*was.sections, *was.sources) if (type(row), row.pk) not in kept]
    return now


def settle_rows(leaflet: Leaflet, rows: Rows, *, before: Content | None) -> Content:
    """What the draft says, its new texts settled in the rows themselves; texts of ``before`` stay as they are.

    This is the one place where a draft's text is settled, whichever door it came through: form, import, merging.
    """
    typed = content_in(leaflet, rows)
    content = settled(typed, before=before)
    if content == typed:
        return typed
    leaflet.title, leaflet.key_facts = content.title, "\n".join(content.key_facts)
    for row, was, now in zip(rows.sections, typed.sections, content.sections, strict=True):
        if now != was:
            row.heading = now.heading if row.heading else ""
            row.body, row.reason = now.body, now.reason
    for row, was, now in zip(rows.sources, typed.sources, content.sources, strict=True):
        if now != was:
            row.citation = now.citation
    return content


def _section(row: Section, content: SectionContent) -> Section:
    for name in ("kind", "heading", "body", "is_not_applicable", "reason"):
        setattr(row, name, getattr(content, name))
    return row


def _source(row: Source, content: SourceContent) -> Source:
    row.citation, row.url, row.supports = content.citation, content.url, list(content.supports)
    row.accessed_on = _day(content.accessed_on)
    return row


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
