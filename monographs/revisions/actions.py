"""Recording what a draft says, and bringing an earlier text back."""

from django.db.models import BigIntegerField
from django.utils.translation import gettext as _

from monographs.audit.chain import GENESIS, canonical_json, sha256
from monographs.audit.record import act, record
from monographs.leaflets.content import Content
from monographs.leaflets.drafts import rows_saying, settle_rows
from monographs.leaflets.limits import check_length
from monographs.leaflets.models import Leaflet
from monographs.leaflets.rows import Rows, content_in, rows_of, write_rows
from monographs.leaflets.standing import Standing, folded_title
from monographs.prepared import Given, Prepared, PreparedInsert, PreparedUpdate
from monographs.refusals import Conflict
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission


def newest_revision(leaflet: Leaflet) -> Revision | None:
    """The last recorded state of the draft."""
    return _newest.thing(leaflet=leaflet.pk)


_newest = Prepared(
    lambda: (
        Revision.objects.filter(leaflet=Given("leaflet", BigIntegerField()))
        .select_related("leaflet", "by")
        .order_by("-number")[:1]
    )
)


def check_may_change(leaflet: Leaflet, *, based_on: int | None = None) -> Revision | None:
    """Raise Conflict if the draft is frozen for review, or was saved by another since revision ``based_on``.

    The newest revision, if there is one.
    """
    newest = newest_revision(leaflet)
    _check_is_free(newest, based_on)
    return newest


def check_may_write(leaflet: Leaflet, by: StaffMember | None) -> None:
    """Raise NotAllowed unless this person may write leaflets. Who may start one may also write its first text."""
    _check_may_write(newest_revision(leaflet), by)


def _check_is_free(newest: Revision | None, based_on: int | None = None) -> None:
    if newest and newest.leaflet.is_frozen:  # what has no revision can't be in review
        raise Conflict(_("This leaflet is in review and can't be changed. Recall it, or ask for it to be sent back."))
    if based_on is not None and newest and newest.number != based_on:
        raise Conflict(
            _("%(name)s saved this leaflet while you were writing. Your text is not saved yet, and not lost.")
            % {"name": newest.by or _("Somebody")},
            newest=newest,
        )


def _check_may_write(newest: Revision | None, by: StaffMember | None) -> None:
    if by and (newest or not by.has_perm(permission("add_leaflet"))):
        check_permission(by, "change_leaflet", _("You may not write leaflets."))


@act
def save_draft(
    leaflet: Leaflet, content: Content, *, by: StaffMember | None, why: str = "", based_on: int | None = None
) -> Revision | None:
    """Make the draft say ``content`` and record it; None if that changes nothing.

    Raises NotAllowed, Conflict, and Unacceptable if it is too long.
    """
    newest = newest_revision(leaflet)
    _check_may_write(newest, by)
    _check_is_free(newest, based_on)
    return _record(leaflet, rows_saying(leaflet, content), newest, by=by, why=why)


@act
def record_revision(
    leaflet: Leaflet,
    *,
    by: StaffMember | None,
    why: str = "",
    rows: Rows | None = None,
    newest: Revision | None = None,
) -> Revision | None:
    """Record what the draft's rows say now; None if the newest revision says the same. Raises as `save_draft`.

    ``rows``, and the columns of ``leaflet`` with them, are what the draft is to say where nobody wrote that yet.
    ``newest`` is the newest revision, for a caller who has read it in the same turn.
    """
    newest = newest or newest_revision(leaflet)
    _check_may_write(newest, by)
    _check_is_free(newest)
    if rows is None:
        leaflet.refresh_from_db(fields=("title", "key_facts", "next_review_on"))
        rows = rows_of(leaflet)
    return _record(leaflet, rows, newest, by=by, why=why)


def _record(
    leaflet: Leaflet,
    rows: Rows,
    newest: Revision | None,
    *,
    by: StaffMember | None,
    why: str,
    origin: Revision | None = None,
) -> Revision | None:
    if origin:  # an old revision comes back as it was
        content = content_in(leaflet, rows)
    else:
        content = settle_rows(leaflet, rows, before=newest.content if newest else None)
        check_length(content)
    write_rows(leaflet, rows, stored=newest.leaflet if newest else None)
    content_json = canonical_json(content.to_dict())
    digest = sha256(content_json)
    if newest and newest.digest == digest:
        return None
    revision = Revision(
        leaflet=leaflet,
        number=newest.number + 1 if newest else 1,
        content_json=content_json,
        digest=digest,
        by=by,
        why=why,
        origin=origin,
        previous_hash=newest.hash if newest else GENESIS,
    )
    revision.hash = revision.computed_hash()
    _NEW.write(revision)
    _STANDS.write(
        leaflet=leaflet.pk,
        number=revision.number,
        digest=digest,
        writer=revision.by_id,
        saved_at=revision.at,
        is_with_author=True,
        folded=folded_title(leaflet.title),
        draft_review_on=leaflet.next_review_on,
    )
    verb = "revision.restored" if origin else "revision.recorded"
    record(verb, by=by, about=revision, subject=leaflet, why=why, data={"digest": digest, "hash": revision.hash})
    return revision


_WRITTEN = ("number", "digest", "writer", "saved_at", "is_with_author", "folded", "draft_review_on")
_NEW = PreparedInsert(Revision)
_STANDS = PreparedUpdate(
    lambda: (
        Standing.objects.filter(leaflet=Given("leaflet", BigIntegerField())),
        {name: Given(name, Standing._meta.get_field(name)) for name in _WRITTEN},
    )
)


@act
def restore_revision(revision: Revision, *, by: StaffMember, why: str = "") -> Revision | None:
    """Make the draft say again what it said in ``revision``: a new revision that names its origin.

    It needs review like any other. None if the draft says just that already.
    """
    check_permission(by, "restore_revision", _("You may not restore an earlier revision."))
    leaflet, newest = revision.leaflet, newest_revision(revision.leaflet)
    _check_is_free(newest)
    why = why or _("Restored from revision %(number)s.") % {"number": revision.number}
    return _record(leaflet, rows_saying(leaflet, revision.content), newest, by=by, why=why, origin=revision)
