"""Bringing a leaflet in from a file: into a draft, as a revision that needs review like any other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from monographs.audit.models import Entry, reference
from monographs.audit.record import act, record
from monographs.exchange.draft import ImportedLeaflet, Placement, Remark, known_language
from monographs.exchange.formats import read
from monographs.leaflets.actions import start_leaflet
from monographs.leaflets.content import Content, MedicineContent
from monographs.leaflets.form_size import MOST_PARTS
from monographs.leaflets.models import Leaflet, Section, Source
from monographs.medicines.actions import add_medicine, add_names, find_medicine
from monographs.medicines.models import ClassWords, Medicine, MedicineCode, MedicineName
from monographs.quality.findings import Finding
from monographs.quality.rules import blocking
from monographs.refusals import Conflict, Unacceptable
from monographs.review.findings import findings_of
from monographs.revisions.actions import newest_revision, save_draft
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.folding import fold

IMPORTED = "leaflet.imported"
"""The ledger's verb for a revision that came from a file."""


@dataclass(frozen=True)
class Result:
    """What an import did.

    ``revision`` is None if the draft said the same already. ``placed`` tells what went where in the order of
    the file, ``remarks`` what the importer should know about single lines of it (what was put elsewhere, changed
    or left out), ``blocks`` what the quality gate still wants before the leaflet can be submitted.
    """

    leaflet: Leaflet
    revision: Revision | None
    content: Content
    placed: tuple[Placement, ...]
    blocks: tuple[Finding, ...]
    is_new_medicine: bool
    is_new_leaflet: bool
    remarks: tuple[Remark, ...] = ()


def import_leaflet(
    data: bytes,
    *,
    filename: str,
    medicine: str = "",
    language: str = "",
    by: StaffMember | None,
    replace: bool = False,
) -> Result:
    """Read a file and keep it as a draft; see `formats.read` and `keep` for what is refused.

    ``language`` "" means what the file says, else English; Unacceptable if the file says another than is given.
    """
    imported = read(data, filename=filename, medicine=medicine, language=language or "en")
    if language and known_language(language) != imported.content.language:
        raise Unacceptable(
            _("The file is in “%(file)s”, but “%(given)s” was asked for. Please correct one of them.")
            % {"file": imported.content.language, "given": language}
        )
    return keep(imported, filename=filename, by=by, replace=replace)


@act
def keep(imported: ImportedLeaflet, *, filename: str, by: StaffMember | None, replace: bool = False) -> Result:
    """Make the draft of the medicine's leaflet say what was read; medicine and leaflet are made where there are none.

    The same twice changes nothing the second time. Raises Conflict if the leaflet is in review, if people have
    changed the draft since it was last imported (unless ``replace``), or if the name is another name of a known
    medicine; Unacceptable for what can't be stored; NotAllowed if ``by`` may not write leaflets.
    """
    if by:
        check_permission(by, "change_leaflet", _("You may not write leaflets."))
    check_fits(imported)
    content = imported.content
    medicine = find_medicine(content.medicine.name)
    is_new_medicine = medicine is None
    if medicine:
        add_names(medicine, by=by, names=imported.names, codes=imported.codes, classes=_classes(content.medicine))
    else:
        medicine = _add_medicine(imported, by=by)
    leaflet = Leaflet.objects.filter(medicine=medicine, language=content.language, edition=content.edition).first()
    is_new_leaflet = leaflet is None
    leaflet = leaflet or start_leaflet(
        medicine, by=by, language=content.language, edition=content.edition, title=content.title
    )
    newest = newest_revision(leaflet)
    may_replace = replace or newest is None or came_from_a_file(newest)
    revision = save_draft(leaflet, content, by=by, why=_("Imported from %s.") % filename[:200])
    if revision and not may_replace:
        raise Conflict(
            _(
                "%(who)s changed the draft of “%(leaflet)s” after it was imported, so nothing was overwritten. "
                "To record this file as a new revision all the same, say --replace; what was written stays in "
                "the history."
            )
            % {"who": newest.by or _("Somebody"), "leaflet": leaflet}
        )
    if revision:
        data = {"file": filename} | ({"dated": imported.dated} if imported.dated else {})
        record(IMPORTED, by=by, about=revision, subject=leaflet, data=data)
    leaflet.refresh_from_db()
    kept = revision or newest
    blocks = tuple(blocking(findings_of(kept.content, leaflet)))
    return Result(
        leaflet, revision, kept.content, imported.placed, blocks, is_new_medicine, is_new_leaflet, imported.remarks
    )


def came_from_a_file(revision: Revision) -> bool:
    """Whether this revision is an import, and not something a person wrote."""
    return Entry.objects.about(revision.leaflet).filter(verb=IMPORTED, about=reference(revision)).exists()


def check_fits(imported: ImportedLeaflet) -> None:
    """Raise Unacceptable, naming the part, for what the database could not keep: too long, or malformed."""
    content = imported.content
    if max(len(content.sections), len(content.sources)) > MOST_PARTS:
        raise Unacceptable(
            _("This file has %(sections)s sections and %(sources)s sources; at most %(most)s of each can be kept.")
            % {"sections": len(content.sections), "sources": len(content.sources), "most": MOST_PARTS}
        )
    parts = [*_parts_of_text(content), *_parts_of_medicine(imported)]
    for part in parts:
        _check_column(part)
    texts = (*(part.value for part in parts), *content.key_facts, *(section.body for section in content.sections))
    if any("\x00" in text for text in texts if isinstance(text, str)):
        raise Unacceptable(_("This file holds a NUL character, which no text may have. Please remove it."))


class _Part(NamedTuple):
    """A part of a file, in words, the column that is to keep it, and what that would be."""

    label: str
    model: type[models.Model]
    column: str
    value: object


def _check_column(part: _Part) -> None:
    try:
        part.model._meta.get_field(part.column).clean(part.value, None)
    except ValidationError as error:
        raise Unacceptable(
            _("This file can't be kept because of %(part)s: %(problem)s")
            % {"part": part.label, "problem": " ".join(error.messages)}
        ) from error


def _parts_of_text(content: Content) -> Iterator[_Part]:
    yield _Part(_("the title"), Leaflet, "title", content.title)
    yield _Part(_("the next review"), Leaflet, "next_review_on", content.next_review_on or None)
    yield _Part(_("the edition"), Leaflet, "edition", content.edition)
    for section in content.sections:
        yield _Part(_("the heading “%s…”") % section.heading[:40], Section, "heading", section.heading)
        yield _Part(_("the key of “%s”") % section.heading[:40], Section, "key", section.key)
        yield _Part(_("the reason under “%s”") % section.heading[:40], Section, "reason", section.reason)
    for source in content.sources:
        label = _("the source “%s…”") % source.citation[:40]
        yield _Part(label, Source, "citation", source.citation)
        yield _Part(label, Source, "url", source.url)
        yield _Part(label, Source, "accessed_on", source.accessed_on or None)


def _parts_of_medicine(imported: ImportedLeaflet) -> Iterator[_Part]:
    medicine = imported.content.medicine
    yield _Part(_("the medicine's name"), Medicine, "name", medicine.name)
    yield _Part(_("the medicine's class"), Medicine, "drug_class", medicine.drug_class)
    yield _Part(_("the ATC code"), Medicine, "atc_code", medicine.atc_code)
    for language, _words in _classes(medicine):
        yield _Part(_("the language of the class"), ClassWords, "language", language)
    for name, _kind in imported.names:
        yield _Part(_("the name “%s”") % name[:40], MedicineName, "name", name)
    for system, code in imported.codes:
        yield _Part(_("the code “%s”") % code[:40], MedicineCode, "system", system)
        yield _Part(_("the code “%s”") % code[:40], MedicineCode, "code", code)


def _add_medicine(imported: ImportedLeaflet, *, by: StaffMember | None) -> Medicine:
    wanted = imported.content.medicine
    known = MedicineName.objects.filter(folded=fold(wanted.name)).select_related("medicine").first()
    if known:
        raise Conflict(
            _("“%(name)s” is another name of %(medicine)s. Please name the medicine so, or take the name away there.")
            % {"name": wanted.name, "medicine": known.medicine}
        )
    classes = _classes(wanted)
    names = dict.fromkeys((*imported.names, *((brand, "brand") for brand in wanted.brands)))
    return add_medicine(
        wanted.name,
        by=by,
        drug_class="" if classes else wanted.drug_class,
        atc_code=wanted.atc_code,
        names=names,
        codes=imported.codes,
        classes=classes,
    )


def _classes(medicine: MedicineContent) -> list[tuple[str, str]]:
    """What a file calls the class in another language than the site's."""
    is_other = medicine.drug_class and medicine.class_language not in ("", settings.LANGUAGE_CODE)
    return [(medicine.class_language, medicine.drug_class)] if is_other else []
