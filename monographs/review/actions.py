"""The way of a revision to approval: submit, recall, send back, approve."""

from django.db.models import BigIntegerField, DateTimeField, Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.clinics.models import Clinic
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared, PreparedInsert
from monographs.quality.rules import blocking
from monographs.refusals import Conflict, Unacceptable
from monographs.review.findings import findings_of
from monographs.review.models import Decision, Outcome, Review, State
from monographs.review.moving import decide, freeze, move, move_on
from monographs.review.rules import (
    MEANING,
    check_is_open,
    check_may_approve,
    check_no_remark_blocks,
    check_not_scheduled,
    items_in_use,
    number_of_base,
    outstanding,
    read_to_sign,
    signatures,
)
from monographs.review.signing import check_signature
from monographs.review.standing import note_review
from monographs.revisions.actions import newest_revision
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.staff.second_factor.passkeys import Shown
from monographs.text.letters.signs import cleaned, is_blank


def submit(leaflet: Leaflet, *, by: StaffMember, note: str = "", seen: int | None = None) -> Review:
    """The author asks for the newest revision to be read by a second person; the draft is frozen.

    ``seen`` is the id of the revision that was on the screen. Raises NotAllowed without permission, Conflict
    if it is in review already or another revision is the newest by now, Unacceptable if it is empty or the
    quality gate finds something that blocks (``error.details["findings"]``).
    """
    check_permission(by, "submit_leaflet", _("You may not submit leaflets for review."))
    if written := newest_revision(leaflet):
        findings_of(written.content, leaflet)  # remembered by the text: nobody waits for the turn while it is checked
    return _submit(leaflet, written, by=by, note=note, seen=seen)


@act
def _submit(leaflet: Leaflet, written: Revision | None, *, by: StaffMember, note: str, seen: int | None) -> Review:
    """``written`` was the newest revision before the turn; revisions never change, so only another is read again."""
    [(newest, is_in_review, base, severities)] = _TO_SUBMIT.rows(leaflet=leaflet.pk, at=timezone.now())
    revision = written if written and written.pk == newest else newest_revision(leaflet)
    if not revision:
        raise Unacceptable(_("There is nothing to review yet: save the leaflet first."))
    if is_in_review:
        raise Conflict(_("This leaflet is in review already."))
    if seen not in (None, revision.pk):
        raise Conflict(_("The text has changed since you opened this page. Read it again before you send it."))
    findings = blocking(findings_of(revision.content, leaflet, severities=severities))
    if findings:
        raise Unacceptable(
            _("This leaflet can't be submitted yet. What blocks it is listed beside the text."), findings=findings
        )
    review = Review(leaflet=leaflet, revision=revision, base_id=base, submitted_by=by, note=note)
    _NEW.write(review)
    freeze(leaflet, True)
    note_review(leaflet.pk)
    record("review.submitted", by=by, about=review, subject=leaflet, why=note, data={"digest": revision.digest})
    return review


def _to_submit() -> QuerySet:
    """Of a leaflet the number of its newest revision's row, whether it is in review, and the number of the row that
    patients read last (`rules.last_released`); then which severities the clinic has chosen."""
    newest = Revision.objects.filter(leaflet=OuterRef("pk")).order_by("-number").values("pk")[:1]
    reviews = Review.objects.filter(leaflet=OuterRef("pk"))
    released = reviews.ever_released(Given("at", DateTimeField())).values("revision")[:1]
    leaflet = Leaflet.objects.filter(pk=Given("leaflet", BigIntegerField())).order_by()
    severities = Clinic.objects.filter(pk=1).values("quality_severities")
    return leaflet.values_list(Subquery(newest), Exists(reviews.active()), Subquery(released), Subquery(severities))


_TO_SUBMIT = Prepared(_to_submit)
_NEW = PreparedInsert(Review)


@act
def recall(review: Review, *, by: StaffMember, note: str = "", even_scheduled: bool = False) -> Decision:
    """The authors take a submission back to work on it; approvals given so far are void.

    Raises Conflict where it has ended, or where its release is scheduled: that, too, would be void, and
    `publication.recalls.recall` takes both back. Only it passes ``even_scheduled``.
    """
    check_permission(by, "recall_leaflet", _("You may not recall leaflets from review."))
    return _close(review, Outcome.RECALLED, State.RECALLED, by=by, note=note, even_scheduled=even_scheduled)


@act
def send_back(review: Review, *, by: StaffMember, reason: str, even_scheduled: bool = False) -> Decision:
    """A reader returns a submission with a reason; approvals given so far are void. Raises Unacceptable if blank,
    Conflict like `recall`; where a release is scheduled `publication.recalls.send_back` takes both back."""
    check_permission(by, "send_back_leaflet", _("You may not send leaflets back."))
    reason = cleaned(reason).strip()
    if is_blank(reason):
        raise Unacceptable(_("Say why you send it back, so that the author knows what to change."))
    return _close(review, Outcome.SENT_BACK, State.SENT_BACK, by=by, note=reason, even_scheduled=even_scheduled)


def approve(
    review: Review,
    *,
    by: StaffMember,
    password: str = "",
    passkey: Shown | None = None,
    ticked: set[str],
    seen: tuple[int | None, int],
    note: str = "",
) -> Decision:
    """A second reader signs exactly this revision; with enough approvals it may be published.

    ``ticked`` are items of the checklist in the words that were on the screen; ``seen`` are the ids of the
    revisions that were compared there, (last released or None, candidate). Signed with the password, or with a
    passkey that has answered (`signing.check_passkey`), before the verb has its turn. Raises NotAllowed for a
    contributor or a wrong password, which goes on record, LockedOut after some of them, Conflict if another pair must
    be compared by now, Unacceptable if an item is not ticked.
    """
    signed_with = check_signature(review, by=by, seen=seen, password=password, passkey=passkey)
    return _approve(review, by=by, signed_with=signed_with, ticked=ticked, seen=seen, note=note)


@act
def _approve(
    review: Review, *, by: StaffMember, signed_with: str, ticked: set[str], seen: tuple[int | None, int], note: str
) -> Decision:
    review = read_to_sign(review)
    signed = signatures(review)
    check_may_approve(review, by, signed)
    base = number_of_base(review)
    if seen != (base, review.revision_id):
        raise Conflict(_("The text has changed since you opened this page. Please read the new comparison below."))
    items = items_in_use()
    if missing := [text for text in items if text not in ticked]:
        raise Unacceptable(_("Please check and tick every item. Open: %(items)s") % {"items": " ".join(missing)})
    check_no_remark_blocks(review)
    if review.state == State.EMERGENCY and blocking(findings_of(review.revision.content, review.leaflet)):
        raise Conflict(
            _(
                "The quality checks find what blocks an ordinary text, so this one can't stay as it is. "
                "Have a corrected one approved and published."
            )
        )
    decision = decide(
        review, Outcome.APPROVED, by=by, note=note, checklist=items, meaning=str(MEANING), signed_with=signed_with
    )
    signed.append(decision)
    if not outstanding(review, signed):
        move_on(review, signed)
    return decision


def _close(
    review: Review, outcome: Outcome, state: State, *, by: StaffMember, note: str, even_scheduled: bool
) -> Decision:
    review = Review.objects.select_related("leaflet", "revision").get(pk=review.pk)
    now = timezone.now()
    check_is_open(review, at=now)
    if not even_scheduled:
        check_not_scheduled(review)
    was_active = review.is_active
    # Decided at the instant that was judged: a scheduled release is void only if the decision came before it.
    decision = decide(review, outcome, by=by, note=note, at=now)
    move(review, state)
    if was_active:
        freeze(review.leaflet, False)
    return decision
