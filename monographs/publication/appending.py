"""A row of the timeline, and the page that patients get of it, are written down."""

import datetime as dt

from monographs.audit.chain import sha256
from monographs.audit.models import row_digest
from monographs.audit.record import record
from monographs.prepared import PreparedInsert
from monographs.publication.found import passages
from monographs.publication.models import Page, Publication
from monographs.publication.page.compile import Compiled
from monographs.publication.ready import Ready
from monographs.staff.models import StaffMember


def append(publication: Publication, made: Ready, *, by: StaffMember | None, at: dt.datetime, verb: str) -> Publication:
    """The row, the entry that names it and its page, then the page: the database takes none that the ledger does
    not know (`guards`)."""
    publication.by, publication.at = by, at
    _NEW.write(publication)
    page = _page(publication, made.compiled, at=at)
    record(
        verb,
        by=by,
        about=publication,
        subject=publication.leaflet,
        why=publication.why or publication.change_note,
        data={
            "digest": publication.digest,
            "page": page.digest,
            "page_row": row_digest(page),
            "row": row_digest(publication),
            "version": publication.version,
        },
        is_public=True,
        effective_at=publication.effective_from,
    )
    _NEW_PAGE.write(page)
    if made.parts:
        passages.keep(publication, made.parts)
    return publication


_NEW, _NEW_PAGE = PreparedInsert(Publication), PreparedInsert(Page)


def _page(publication: Publication, compiled: Compiled, *, at: dt.datetime) -> Page:
    return Page(
        publication=publication,
        compiled_at=at,
        html=compiled.html,
        contents=compiled.contents,
        plain_text=compiled.plain_text,
        digest=sha256(compiled.html),
    )
