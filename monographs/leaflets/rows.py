"""The draft's rows in memory: what they say, and how they are written: only what changed, in bulk."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation

from monographs.leaflets.content import Content, MadeFrom, MedicineContent, SectionContent, SourceContent
from monographs.leaflets.models import DraftRow, Leaflet, Section, Source
from monographs.medicines.class_words import class_of
from monographs.medicines.models import Medicine, NameKind


@dataclass
class Rows:
    """The sections and the sources that a draft is to have, each in order, and the stored rows that it loses."""

    sections: list[Section]
    sources: list[Source]
    gone: list[DraftRow] = field(default_factory=list)


def rows_of(leaflet: Leaflet) -> Rows:
    """What is stored."""
    return Rows(
        list(Section.objects.filter(leaflet=leaflet.pk)),
        list(Source.objects.filter(leaflet=leaflet.pk)),
    )


def content_in(leaflet: Leaflet, rows: Rows) -> Content:
    """What a leaflet with these rows says, written or not."""
    with translation.override(leaflet.language):  # a heading that the author left empty speaks to patients
        sections = tuple(
            SectionContent(s.key, s.kind, s.shown_heading, _tidy(s.body), s.is_not_applicable, s.reason)
            for s in rows.sections
        )
    return Content(
        title=leaflet.title,
        medicine=_as_called_now(leaflet),
        language=leaflet.language,
        edition=leaflet.edition,
        key_facts=leaflet.key_fact_lines,
        sections=sections,
        sources=tuple(
            SourceContent(s.citation, s.url, s.accessed_on.isoformat() if s.accessed_on else "", tuple(s.supports))
            for s in rows.sources
        ),
        next_review_on=leaflet.next_review_on.isoformat() if leaflet.next_review_on else "",
        made_from=MadeFrom(leaflet.source.slug, leaflet.source_revision) if leaflet.source_id else None,
    )


def _as_called_now(leaflet: Leaflet) -> MedicineContent:
    medicine = Medicine.objects.get(pk=leaflet.medicine_id)
    brands = tuple(medicine.names.filter(kind=NameKind.BRAND).values_list("name", flat=True))
    words, language = class_of(medicine, leaflet.language)
    is_own = words and language != settings.LANGUAGE_CODE
    return MedicineContent(medicine.name, brands, words, medicine.atc_code, language if is_own else "")


def write_rows(leaflet: Leaflet, rows: Rows) -> None:
    """Write the leaflet's own columns and those of its rows that changed, and number the rows as they stand."""
    as_of = ("source_revision",) if leaflet.source_id else ()
    leaflet.save(update_fields=("title", "key_facts", "next_review_on", *as_of))
    for model, wanted in ((Section, rows.sections), (Source, rows.sources)):
        if gone := [row.pk for row in rows.gone if isinstance(row, model)]:
            model.objects.filter(pk__in=gone).delete()
        for position, row in enumerate(wanted, 1):
            row.position = position
        _write(model, [row for row in wanted if row.is_changed])


def _write(model: type[DraftRow], rows: Iterable[DraftRow]) -> None:
    if stored := [row for row in rows if row.pk]:
        columns = [one.name for one in model._meta.concrete_fields if one.name not in ("id", "leaflet", "key")]
        model.objects.bulk_create(stored, update_conflicts=True, unique_fields=["id"], update_fields=columns)
    if new := [row for row in rows if not row.pk]:
        model.objects.bulk_create(new)
    for row in rows:
        row.as_stored = row.columns()


def _tidy(text: str) -> str:
    """Line ends as browsers send them (CRLF) and stray blanks at the end are no change of the text."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip("\n")
