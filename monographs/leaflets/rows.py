"""The draft's rows in memory: what they say, and how they are written: only what changed, in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import BigIntegerField, FilteredRelation, Model, Q, QuerySet
from django.utils import translation

from monographs.leaflets.content import Content, MadeFrom, MedicineContent, SectionContent, SourceContent
from monographs.leaflets.models import DraftRow, Leaflet, Section, Source
from monographs.medicines.class_words import class_of
from monographs.medicines.models import Medicine, NameKind
from monographs.prepared import Given, Prepared, PreparedInsert, PreparedUpdate


@dataclass
class Rows:
    """The sections and the sources that a draft is to have, each in order, and the stored rows that it loses."""

    sections: list[Section]
    sources: list[Source]
    gone: list[DraftRow] = field(default_factory=list)


def rows_of(leaflet: Leaflet) -> Rows:
    """What is stored."""
    return Rows(*(stored.things(leaflet=leaflet.pk) for stored in _STORED))


_STORED = tuple(
    Prepared(lambda model=model: model.objects.filter(leaflet=Given("leaflet", BigIntegerField())))
    for model in (Section, Source)
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
    rows = list(_CALLED.rows(medicine=leaflet.medicine_id))
    name, drug_class, atc_code, _brand = rows[0]
    words, language = class_of(Medicine(pk=leaflet.medicine_id, drug_class=drug_class), leaflet.language)
    is_own = words and language != settings.LANGUAGE_CODE
    brands = tuple(brand for *_medicine, brand in rows if brand is not None)
    return MedicineContent(name, brands, words, atc_code, language if is_own else "")


def _called() -> QuerySet:
    """A medicine's row for each of its brands; one without a brand where it has none."""
    brands = FilteredRelation("names", condition=Q(names__kind=NameKind.BRAND))
    medicine = Medicine.objects.filter(pk=Given("medicine", BigIntegerField())).annotate(brand=brands)
    return medicine.order_by("brand__folded").values_list("name", "drug_class", "atc_code", "brand__name")


_CALLED = Prepared(_called)


def write_rows(leaflet: Leaflet, rows: Rows, *, stored: Leaflet | None = None) -> None:
    """Write the leaflet's own columns and those of its rows that changed, and number the rows as they stand.

    ``stored`` is the leaflet as it is in the database, for a caller who has read it in the same turn.
    """
    columns = {name: getattr(leaflet, name) for name in _OWN}
    if not stored or columns != {name: getattr(stored, name) for name in _OWN}:
        _WRITE_OWN.write(leaflet=leaflet.pk, **columns)
    for model, wanted in ((Section, rows.sections), (Source, rows.sources)):
        if gone := [row.pk for row in rows.gone if isinstance(row, model)]:
            model.objects.filter(pk__in=gone).delete()
        for position, row in enumerate(wanted, 1):
            row.position = position
        _write(model, [row for row in wanted if row.is_changed])


_OWN = ("title", "key_facts", "next_review_on", "source_revision")
_WRITE_OWN = PreparedUpdate(
    lambda: (
        Leaflet.objects.filter(pk=Given("leaflet", BigIntegerField())),
        {name: Given(name, Leaflet._meta.get_field(name)) for name in _OWN},
    )
)


def _write(model: type[DraftRow], rows: Sequence[DraftRow]) -> None:
    _CHANGED[model].write_all([row for row in rows if row.pk])
    if new := [row for row in rows if not row.pk]:
        model.objects.bulk_create(new)
    for row in rows:
        row.as_stored = row.columns()


def _changed(model: type[Model]) -> PreparedInsert:
    """Rows that are there already, with what they are to hold."""
    columns = [one.name for one in model._meta.concrete_fields if one.name not in ("id", "leaflet", "key")]
    return PreparedInsert(model, or_update=columns)


_CHANGED = {model: _changed(model) for model in (Section, Source)}


def _tidy(text: str) -> str:
    """Line ends as browsers send them (CRLF) and stray blanks at the end are no change of the text."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip("\n")
