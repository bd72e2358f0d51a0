"""Recording what a draft says, and bringing an earlier text back."""

from django.utils.translation import gettext as _

from monographs.audit.chain import GENESIS, canonical_json, sha256
from monographs.audit.record import act, record
from monographs.leaflets.content import Content
from monographs.leaflets.drafts import content_of, settle_draft, write_draft
from monographs.leaflets.limits import check_length
from monographs.leaflets.models import Leaflet
from monographs.refusals import Conflict
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission


def newest_revision(leaflet: Leaflet) -> Revision | None:
    """The last recorded state of the draft."""
    return Revision.objects.filter(leaflet=leaflet).order_by("-number").first()


def check_may_change(leaflet: Leaflet, *, based_on: int | None = None) -> None:
    """Raise Conflict if the draft is frozen for review, or was saved by another since revision ``based_on``."""
    if Leaflet.objects.filter(pk=leaflet.pk, is_frozen=True).exists():
        raise Conflict(_("This leaflet is in review and can't be changed. Recall it, or ask for it to be sent back."))
    newest = newest_revision(leaflet)
    if based_on is not None and newest and newest.number != based_on:
        raise Conflict(
            _("%(name)s saved this leaflet while you were writing. Your text is not saved yet, and not lost.")
            % {"name": newest.by or _("Somebody")},
            newest=newest,
        )


def check_may_write(leaflet: Leaflet, by: StaffMember | None) -> None:
    """Raise NotAllowed unless this person may write leaflets. Who may start one may also write its first text."""
    if by and (newest_revision(leaflet) or not by.has_perm(permission("add_leaflet"))):
        check_permission(by, "change_leaflet", _("You may not write leaflets."))


@act
def save_draft(
    leaflet: Leaflet, content: Content, *, by: StaffMember | None, why: str = "", based_on: int | None = None
) -> Revision | None:
    """Make the draft say ``content`` and record it; None if that changes nothing.

    Raises NotAllowed, Conflict, and Unacceptable if it is too long.
    """
    check_may_write(leaflet, by)
    check_may_change(leaflet, based_on=based_on)
    write_draft(leaflet, content)
    return _record(leaflet, by=by, why=why)


@act
def record_revision(leaflet: Leaflet, *, by: StaffMember | None, why: str = "") -> Revision | None:
    """Record what the draft's rows say now; None if the newest revision says the same. Raises as `save_draft`."""
    check_may_write(leaflet, by)
    check_may_change(leaflet)
    return _record(leaflet, by=by, why=why)


def _record(leaflet: Leaflet, *, by: StaffMember | None, why: str, origin: Revision | None = None) -> Revision | None:
    newest = newest_revision(leaflet)
    if origin:  # an old revision comes back as it was
        content = content_of(leaflet)
    else:
        content = settle_draft(leaflet, before=newest.content if newest else None)
        check_length(content)
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
    revision.save(force_insert=True)
    verb = "revision.restored" if origin else "revision.recorded"
    record(verb, by=by, about=revision, subject=leaflet, why=why, data={"digest": digest, "hash": revision.hash})
    return revision


@act
def restore_revision(revision: Revision, *, by: StaffMember, why: str = "") -> Revision | None:
    """Make the draft say again what it said in ``revision``: a new revision that names its origin.

    It needs review like any other. None if the draft says just that already.
    """
    check_permission(by, "restore_revision", _("You may not restore an earlier revision."))
    check_may_change(revision.leaflet)
    write_draft(revision.leaflet, revision.content)
    why = why or _("Restored from revision %(number)s.") % {"number": revision.number}
    return _record(revision.leaflet, by=by, why=why, origin=revision)
