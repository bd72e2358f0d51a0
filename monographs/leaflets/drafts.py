"""Between the draft's rows and the one value `Content`."""

import datetime as dt

from django.utils import translation

from monographs.leaflets.content import Content, MedicineContent, SectionContent, SourceContent
from monographs.leaflets.models import Leaflet, Section, Source
from monographs.leaflets.settled import settled
from monographs.medicines.models import NameKind


def content_of(leaflet: Leaflet) -> Content:
    """What the draft says now, read afresh from the database."""
    leaflet = Leaflet.objects.select_related("medicine").get(pk=leaflet.pk)
    medicine = leaflet.medicine
    brands = medicine.names.filter(kind=NameKind.BRAND).values_list("name", flat=True)
    with translation.override(leaflet.language):  # a heading that the author left empty speaks to patients
        sections = tuple(
            SectionContent(s.key, s.kind, s.shown_heading, _tidy(s.body), s.is_not_applicable, s.reason)
            for s in leaflet.sections.all()
        )
    return Content(
        title=leaflet.title,
        medicine=MedicineContent(medicine.name, tuple(brands), medicine.drug_class, medicine.atc_code),
        language=leaflet.language,
        edition=leaflet.edition,
        key_facts=leaflet.key_fact_lines,
        sections=sections,
        sources=tuple(
            SourceContent(s.citation, s.url, s.accessed_on.isoformat() if s.accessed_on else "", tuple(s.supports))
            for s in leaflet.sources.all()
        ),
        next_review_on=leaflet.next_review_on.isoformat() if leaflet.next_review_on else "",
    )


def write_draft(leaflet: Leaflet, content: Content) -> None:
    """Make the draft's rows say ``content``; sections that keep their key keep their row.

    The medicine, the language and the edition belong to the leaflet and stay as they are.
    """
    leaflet.title = content.title
    leaflet.key_facts = "\n".join(content.key_facts)
    leaflet.next_review_on = dt.date.fromisoformat(content.next_review_on) if content.next_review_on else None
    leaflet.save(update_fields=("title", "key_facts", "next_review_on"))
    leaflet.sections.exclude(key__in=[section.key for section in content.sections]).delete()
    for position, section in enumerate(content.sections, 1):
        Section.objects.update_or_create(
            leaflet=leaflet,
            key=section.key,
            defaults={
                "kind": section.kind,
                "heading": section.heading,
                "body": section.body,
                "is_not_applicable": section.is_not_applicable,
                "reason": section.reason,
                "position": position,
            },
        )
    leaflet.sources.all().delete()
    Source.objects.bulk_create(
        Source(
            leaflet=leaflet,
            citation=source.citation,
            url=source.url,
            accessed_on=dt.date.fromisoformat(source.accessed_on) if source.accessed_on else None,
            supports=list(source.supports),
            position=position,
        )
        for position, source in enumerate(content.sources, 1)
    )


def settle_draft(leaflet: Leaflet, *, before: Content | None) -> Content:
    """What the draft says, its new texts settled in the rows themselves; texts of ``before`` stay as they are.

    This is the one place where a draft's text is settled, whichever door it came through: form, import, merging.
    """
    typed = content_of(leaflet)
    content = settled(typed, before=before)
    if content == typed:
        return typed
    leaflet.title, leaflet.key_facts = content.title, "\n".join(content.key_facts)
    leaflet.save(update_fields=("title", "key_facts"))
    for row, was, now in zip(leaflet.sections.all(), typed.sections, content.sections, strict=True):
        if now != was:
            row.heading = now.heading if row.heading else ""
            row.body, row.reason = now.body, now.reason
            row.save(update_fields=("heading", "body", "reason"))
    for row, was, now in zip(leaflet.sources.all(), typed.sources, content.sources, strict=True):
        if now != was:
            row.citation = now.citation
            row.save(update_fields=("citation",))
    return content


def _tidy(text: str) -> str:
    """Line ends as browsers send them (CRLF) and stray blanks at the end are no change of the text."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip("\n")
