"""What patients see, and from when: publish, schedule, cancel, withdraw, restore."""

import datetime as dt

from django.db.models import BigIntegerField
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.models import row_digest
from monographs.audit.record import act, record
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared
from monographs.publication.appending import append
from monographs.publication.found import passages
from monographs.publication.models import Cancellation, Kind, Publication
from monographs.publication.ready import Ready, ready, ready_notice
from monographs.publication.shown.showings import rewrite_showings, shown_at, take_off
from monographs.publication.shown.timeline import MAJOR, MINOR, Timeline
from monographs.refusals import Conflict, Unacceptable
from monographs.review.models import Decision, Review, State
from monographs.review.released import end_release, open_emergency, release, unrelease
from monographs.review.rules import check_no_remark_blocks, last_released, outstanding, read_to_decide, signatures
from monographs.revisions.actions import newest_revision
from monographs.revisions.compare import compare
from monographs.revisions.models import Revision
from monographs.revisions.named import names_in
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.settling import settle
from monographs.text.letters.signs import cleaned, complaint, is_blank

_TOO_LATE = gettext_lazy("This release can't be cancelled any more: it is in effect, or was called off already.")


def publish(
    review: Review,
    *,
    by: StaffMember,
    change_note: str = "",
    size: str = MAJOR,
    effective_from: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
) -> Publication:
    """Show an approved revision to patients, now or from a later instant, for ever or until ``expires_at``.

    Rows of this leaflet that were still pending are called off: what was decided last counts. Raises
    NotAllowed, Conflict (not approved, or released already) or Unacceptable (no change note, a date that
    can't be, no next review).
    """
    is_read = Review.revision.is_cached(review)
    revision = review.revision if is_read else _text.thing(revision=review.revision_id)
    return _publish(
        review,
        ready(revision) if revision else None,
        by=by,
        change_note=change_note,
        size=size,
        effective_from=effective_from,
        expires_at=expires_at,
    )


_text = Prepared(lambda: Revision.objects.filter(pk=Given("revision", BigIntegerField())).order_by())


@act
def _publish(
    review: Review,
    made: Ready | None,
    *,
    by: StaffMember,
    change_note: str,
    size: str,
    effective_from: dt.datetime | None,
    expires_at: dt.datetime | None,
) -> Publication:
    now = timezone.now()
    if effective_from is None:
        check_permission(by, "publish_leaflet", _("You may not publish leaflets."))
    else:
        check_permission(by, "schedule_leaflet", _("You may not schedule releases."))
        if effective_from <= now:
            raise Unacceptable(_("The release must be in the future. To publish at once, choose “Now”."))
    review = read_to_decide(review)
    signed = signatures(review)
    check_may_publish(review, signed)
    first_instant = effective_from or now
    if expires_at and expires_at <= first_instant:
        raise Unacceptable(_("The leaflet would expire before it is shown."))
    if size not in (MAJOR, MINOR):
        raise Unacceptable(_("A change is either major or minor."))
    change_note = _for_patients(change_note)
    if not change_note:
        check_needs_no_note(review, size)
    next_review_on = check_next_review(review, on=timezone.localdate(first_instant))

    leaflet = review.leaflet
    timeline = Timeline.of(leaflet, now)
    was = timeline.shown
    check_approved_since_withdrawal(review, was, signed)
    _cancel_all(timeline.pending, by=by, at=now, why=_("Replaced by a later decision."))
    major, minor = timeline.next_version(size)
    publication = append(
        Publication(
            leaflet=leaflet,
            revision=review.revision,
            review=review,
            digest=review.revision.digest,
            kind=Kind.RESTORATION if was and not was.revision_id else Kind.NORMAL,
            major=major,
            minor=minor,
            effective_from=first_instant,
            change_note=change_note,
            next_review_on=next_review_on,
        ),
        _of(review.revision, made),
        by=by,
        at=now,
        verb="leaflet.scheduled" if effective_from else "leaflet.published",
    )
    if expires_at:
        with translation.override(leaflet.language):
            notice = _("This leaflet has come to the end of its time and is being renewed.")
        append(
            Publication(leaflet=leaflet, review=review, kind=Kind.EXPIRY, effective_from=expires_at, notice=notice),
            ready_notice(notice, leaflet.language),
            by=by,
            at=now,
            verb="leaflet.expiry-set",
        )
    release(review, effective_from=first_instant)
    rewrite_showings(leaflet, titles={publication.pk: review.revision.content.title})
    passages.tidy(leaflet, at=now)
    return publication


def release_in_emergency(
    leaflet: Leaflet, *, by: StaffMember, reason: str, change_note: str, seen: int | None = None
) -> Publication:
    """Show the newest revision at once, without approval, because waiting would harm somebody.

    ``seen`` is the id of the revision that was on the screen. The reason goes on record, and the leaflet is
    flagged until somebody who contributed nothing approves it in retrospect (`review.actions.approve`). Raises
    NotAllowed, Conflict where `check_may_release_in_emergency` does or the text is another by now, or Unacceptable
    without a reason or change note.
    """
    revision = newest_revision(leaflet)
    made = ready(revision) if revision else None
    return _release_in_emergency(leaflet, made, by=by, reason=reason, change_note=change_note, seen=seen)


@act
def _release_in_emergency(
    leaflet: Leaflet, made: Ready | None, *, by: StaffMember, reason: str, change_note: str, seen: int | None
) -> Publication:
    check_may_release_in_emergency(leaflet)
    review = open_emergency(leaflet, by=by, reason=reason, seen=seen)
    change_note, reason = _for_patients(change_note), cleaned(reason).strip()
    if not change_note:
        raise Unacceptable(_("Say in a sentence what changed; patients read it."))
    now = timezone.now()
    timeline = Timeline.of(leaflet, now)
    _cancel_all(timeline.pending, by=by, at=now, why=_("Replaced by an emergency release."))
    major, minor = timeline.next_version(MAJOR)
    next_review_on = review.revision.content.next_review_on
    publication = append(
        Publication(
            leaflet=leaflet,
            revision=review.revision,
            review=review,
            digest=review.revision.digest,
            kind=Kind.EMERGENCY,
            major=major,
            minor=minor,
            effective_from=now,
            next_review_on=dt.date.fromisoformat(next_review_on) if next_review_on else None,
            change_note=change_note,
            why=reason,
        ),
        _of(review.revision, made),
        by=by,
        at=now,
        verb="leaflet.released-in-emergency",
    )
    rewrite_showings(leaflet)
    passages.tidy(leaflet, at=now)
    return publication


def check_may_release_in_emergency(leaflet: Leaflet) -> None:
    """Raise Conflict if it is withdrawn, as what takes the place of that notice needs an approval first, or if
    patients have read the newest text already."""
    shown = shown_at(leaflet, timezone.now())
    if shown and shown.kind == Kind.WITHDRAWAL:
        raise Conflict(
            _("This leaflet is withdrawn. What takes the place of the notice must be approved: send it for review.")
        )
    base, newest = last_released(leaflet), newest_revision(leaflet)
    if base and newest and base.digest == newest.digest:
        raise Conflict(_("Patients have read this text already. Change the leaflet first."))


def check_needs_no_note(review: Review, size: str) -> None:
    """Raise Unacceptable if patients must be told what changed: it is major, or no mere typing error.

    A changed dose, number, frequency, route or "do not" (`revisions.alerts`) is none, nor is another picture or the
    target of a link (`revisions.pictures`), a section or key fact that came or went, whatever its size is called.
    """
    if size == MAJOR:
        raise Unacceptable(_("Say in a sentence what changed; patients read it."))
    base = last_released(review.leaflet)
    before, after = base.content if base else None, review.revision.content
    comparison = compare(before, after, names=names_in(before, after))
    if comparison.has_whole_parts:
        raise Unacceptable(
            _(
                "A whole section or key fact came or went: that is no mere typing error. "
                "Say in a sentence what changed; patients read it."
            )
        )
    if comparison.targets:
        raise Unacceptable(
            _(
                "A picture or what a link leads to changed: that is no mere typing error. "
                "Say in a sentence what changed; patients read it."
            )
        )
    if comparison.alerts:
        raise Unacceptable(
            _(
                "A dose, a number or a warning changed: that is no mere typing error. "
                "Say in a sentence what changed; patients read it."
            )
        )


def check_may_publish(review: Review, signed: list[Decision] | None = None) -> None:
    """Raise Conflict unless this review is approved, by all who must, for exactly the content its revision has.

    ``signed`` are its `signatures`, for a caller who has read them in the same turn.
    """
    if review.state != State.APPROVED:
        raise Conflict(
            _("Only an approved leaflet can be published; this one is %(state)s.")
            % {"state": review.get_state_display()}
        )
    signed = signatures(review) if signed is None else signed
    digest = review.revision.computed_digest()
    if review.revision.digest != digest or digest not in {decision.digest for decision in signed}:
        raise Conflict(_("The text is not the text that was approved. It can't be published; tell the administrator."))
    missing = outstanding(review, signed)
    if missing:
        raise Conflict(
            _("The approval is not complete any more. %(missing)s Recall it, and have it approved once more.")
            % {"missing": " ".join(missing)}
        )
    check_no_remark_blocks(review)


def check_approved_since_withdrawal(
    review: Review, shown: Publication | None, signed: list[Decision] | None = None
) -> None:
    """Raise Conflict if what is shown is a withdrawal that is newer than the approval: somebody must look again."""
    if not shown or shown.kind != Kind.WITHDRAWAL:
        return
    signed = signatures(review) if signed is None else signed
    if not any(decision.at > shown.effective_from for decision in signed):
        raise Conflict(
            _("The leaflet was withdrawn after this was approved. Recall it, and have it approved once more.")
        )


def check_next_review(review: Review, *, on: dt.date) -> dt.date:
    """The day when the leaflet is checked again; raises Unacceptable unless it names one after ``on``."""
    named = review.revision.content.next_review_on
    next_review_on = dt.date.fromisoformat(named) if named else on
    if next_review_on <= on:
        raise Unacceptable(
            _("The leaflet needs a next-review date that lies after its release. Send it back to have one set.")
        )
    return next_review_on


@act
def cancel_release(publication: Publication, *, by: StaffMember, why: str = "") -> None:
    """Call off a scheduled release (with its expiry), or only the expiry of what is shown, before its instant.

    The approval of a release that is called off stands if the draft has not moved on.
    """
    check_permission(by, "cancel_release", _("You may not cancel scheduled releases."))
    now = timezone.now()
    if not Publication.objects.coming(now).filter(pk=publication.pk).exists():
        raise Conflict(_TOO_LATE)
    _cancel(publication, by=by, at=now, why=why)
    rewrite_showings(publication.leaflet, after_taking_off=True)
    passages.tidy(publication.leaflet, at=now)


def _cancel_all(pending: list[Publication], *, by: StaffMember | None, at: dt.datetime, why: str) -> None:
    """Call off every release still to come; the caller appends what takes their place, and calls `rewrite_showings`
    then."""
    for publication in pending:
        _cancel(publication, by=by, at=at, why=why)


def _cancel(publication: Publication, *, by: StaffMember | None, at: dt.datetime, why: str) -> None:
    rows = [publication]
    if publication.revision_id:
        coming = Publication.objects.coming(at).filter(review=publication.review_id, kind=Kind.EXPIRY)
        rows = [*coming.select_related("leaflet"), publication]
    take_off(rows)
    for row in rows:
        cancellation = Cancellation(publication=row, by=by, why=why)
        # The entry first: the database takes no cancellation that the ledger does not have from before its instant.
        entry = record(
            "leaflet.release-cancelled",
            by=by,
            about=row,
            subject=row.leaflet,
            why=why,
            data={"row": row_digest(cancellation)},
            is_public=True,
        )
        if entry.at >= row.effective_from:
            raise Conflict(_TOO_LATE)
        cancellation.save(force_insert=True)
    if publication.revision_id:
        unrelease(publication.review)


@act
def withdraw(leaflet: Leaflet, *, by: StaffMember, notice: str, why: str, seen: int | None = None) -> Publication:
    """Show a notice instead of the leaflet, from the next request on; pending releases are called off.

    ``seen`` is the id of the publication that was on the screen: that one is withdrawn, not another. Raises
    Unacceptable without a notice for patients or a reason for the record, Conflict if nothing else is shown.
    """
    check_permission(by, "withdraw_leaflet", _("You may not withdraw leaflets."))
    notice, why = _for_patients(notice), cleaned(why).strip()
    if not notice or is_blank(why):
        raise Unacceptable(_("A withdrawal needs a notice for patients and a reason for the record."))
    now = timezone.now()
    timeline = Timeline.of(leaflet, now)
    live = timeline.shown
    if not live or not live.revision_id:
        raise Conflict(_("This leaflet is not shown to patients, so there is nothing to withdraw."))
    if seen not in (None, live.pk):
        raise Conflict(_("Another version was published since you opened this page. Look at it before you act."))
    _cancel_all(timeline.pending, by=by, at=now, why=_("The leaflet was withdrawn."))
    end_release(leaflet)
    publication = append(
        Publication(leaflet=leaflet, kind=Kind.WITHDRAWAL, effective_from=now, notice=notice, why=why),
        ready_notice(notice, leaflet.language),
        by=by,
        at=now,
        verb="leaflet.withdrawn",
    )
    rewrite_showings(leaflet)
    passages.tidy(leaflet, at=now)
    return publication


def _for_patients(text: str) -> str:
    """A notice or note as it is kept: settled like a leaflet's text. Raises Unacceptable for a sign that hides."""
    text = "" if is_blank(text) else settle(text).strip()
    if wrong := complaint(text):
        raise Unacceptable(wrong)
    return text


def _of(revision: Revision, made: Ready | None) -> Ready:
    """What is shown of this revision: what was made before the turn, if it was made of this very text, else anew."""
    return made if made and made.digest == revision.computed_digest() else ready(revision)
