"""The timeline: what was released, on which approval, as which compiled pages, and what was called off."""

from django.utils.translation import gettext as _

from monographs.audit.chain import sha256
from monographs.audit.verify import Altered
from monographs.operations.verify.recorded import CALLED_OFF, CHUNK, Recorded, Said, number_in
from monographs.operations.verify.rows import altered, none_missing, same, same_columns
from monographs.publication.models import Cancellation, Kind, Page, Publication
from monographs.review.models import Outcome


def check_publications(leaflet: int, recorded: Recorded) -> None:
    publications = Publication.objects.filter(leaflet=leaflet).select_related("revision", "review").order_by("pk")
    seen = set()
    for publication in publications.iterator(chunk_size=CHUNK):
        seen.add(publication.pk)
        entries = recorded.of(publication, "page")
        if not entries:
            raise altered(publication, _("the ledger says nothing of it."))
        said = entries[0]
        same(publication, _("the SHA-256 in the ledger"), said.data.get("digest"), publication.digest)
        same(publication, _("the version in the ledger"), said.data.get("version"), publication.version)
        same(publication, _("the instant in the ledger"), said.effective_at, publication.effective_from)
        same(publication, _("the person in the ledger"), said.by_id, publication.by_id)
        same(publication, _("the reason in the ledger"), said.why, publication.why or publication.change_note)
        same_columns(publication, said)
        if publication.revision_id:
            _check_approval(publication)
        _check_pages(publication, entries)
    none_missing(Publication, recorded.rows(Publication, "page"), seen)


def _check_approval(publication: Publication) -> None:
    revision, review = publication.revision, publication.review
    same(publication, _("the SHA-256 of its revision"), revision.digest, publication.digest)
    same(publication, _("the revision of its review"), review.revision_id, publication.revision_id)
    same(publication, _("the leaflet of its revision"), revision.leaflet_id, publication.leaflet_id)
    basis = Outcome.EMERGENCY if publication.kind == Kind.EMERGENCY else Outcome.APPROVED
    if not review.decisions.filter(outcome=basis, digest=publication.digest).exists():
        raise altered(
            publication,
            _("there is no decision “%(outcome)s” on a revision with the SHA-256 %(digest)s.")
            % {"outcome": basis.label, "digest": publication.digest},
        )


def _check_pages(publication: Publication, entries: list[Said]) -> None:
    pages = Page.objects.filter(publication=publication).order_by("pk")
    if (count := pages.count()) != len(entries):
        raise altered(
            publication,
            _("the ledger speaks of %(expected)s compiled pages, but there are %(found)s.")
            % {"expected": len(entries), "found": count},
        )
    for page, said in zip(pages.iterator(chunk_size=CHUNK), entries, strict=False):
        same(page, _("the SHA-256 of its HTML"), sha256(page.html), page.digest)
        same(page, _("the SHA-256 in the ledger"), said.data["page"], page.digest)
        same_columns(page, said, key="page_row")


def check_cancellations(leaflet: int, recorded: Recorded) -> None:
    called_off = {
        number_in(about): said
        for about, entries in recorded.entries.items()
        for said in entries
        if said.verb == CALLED_OFF
    }
    there = {row.publication_id: row for row in Cancellation.objects.filter(publication__leaflet=leaflet)}
    for publication in sorted(called_off.keys() | there):
        if publication in called_off and publication in there:
            same_columns(there[publication], called_off[publication])
            continue
        problem = (
            _("the ledger says that publication %s was called off, but the row is missing.")
            if publication in called_off
            else _("the ledger does not say that publication %s was called off.")
        )
        number = there[publication].pk if publication in there else 0
        raise Altered(Cancellation._meta.db_table, number, problem % publication)
