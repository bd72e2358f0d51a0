"""The way of a revision to approval: submit, recall, send back, approve."""

import datetime as dt

from django.contrib.auth.models import Group
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateTimeField,
    Exists,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.models import row_digest
from monographs.audit.record import act, record
from monographs.clinics.models import Clinic
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared, PreparedInsert, PreparedUpdate
from monographs.quality.rules import blocking
from monographs.refusals import Conflict, Unacceptable
from monographs.review.findings import findings_of
from monographs.review.models import (
    APPROVED_STATES,
    VOIDING,
    Decision,
    Outcome,
    Review,
    State,
)
from monographs.review.rules import (
    MEANING,
    check_is_open,
    check_may_approve,
    check_no_remark_blocks,
    check_not_scheduled,
    held_up_by,
    items_in_use,
    last_released,
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
    _freeze(leaflet, True)
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
    decision = _decide(
        review, Outcome.APPROVED, by=by, note=note, checklist=items, meaning=str(MEANING), signed_with=signed_with
    )
    signed.append(decision)
    if not outstanding(review, signed):
        _move_on(review, signed)
    return decision


@act
def complete_signed(leaflet: Leaflet, *, by: StaffMember) -> None:
    """Its reviews that were signed, and are held up by nothing any more, are approved: it goes on record.

    Called where something that held an approval up goes: a remark is resolved.
    """
    waiting = Review.objects.filter(state=State.WAITING) | Review.objects.emergency(timezone.now())
    for review in waiting.filter(leaflet=leaflet).select_related("leaflet", "revision"):
        _complete(review, by=by)


@act
def follow_rules(review: Review, *, by: StaffMember | None) -> bool:
    """What the approval rules ask by now holds for a review that was approved or waits: whether it moved.

    One that has what is asked is approved, one that lacks something waits for further readers; the signatures given
    stand. A release that is scheduled already takes place.
    """
    review = Review.objects.select_related("leaflet", "revision").get(pk=review.pk)
    if review.state != State.APPROVED:
        return _complete(review, by=by)
    missing = outstanding(review)
    if missing:
        _move(review, State.WAITING)
        record("review.reopened", by=by, about=review, subject=review.leaflet, why=" ".join(missing))
    return bool(missing)


def _complete(review: Review, *, by: StaffMember | None) -> bool:
    signed = signatures(review)
    if review.state not in (State.WAITING, State.EMERGENCY) or not signed or held_up_by(review):
        return False
    _move_on(review, signed)
    record(
        "review.completed",
        by=by,
        about=review,
        subject=review.leaflet,
        why=_("The approvals given before are all that is asked now."),
        is_public=review.state == State.RELEASED,
    )
    return True


def _move_on(review: Review, signed: list[Decision]) -> None:
    """Every approval is there: those that are ``signed``."""
    review.approved_at = max(decision.at for decision in signed)
    _move(review, State.RELEASED if review.state == State.EMERGENCY else State.APPROVED)


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
    decision = _decide(review, outcome, by=by, note=note, at=now)
    _move(review, state)
    if was_active:
        _freeze(review.leaflet, False)
    return decision


def _decide(
    review: Review,
    outcome: Outcome,
    *,
    by: StaffMember,
    note: str,
    checklist=(),
    meaning: str = "",
    signed_with: str = "",
    at: dt.datetime | None = None,
) -> Decision:
    decision = Decision(
        review=review,
        outcome=outcome,
        by=by,
        at=at or timezone.now(),
        digest=review.revision.digest,
        note=note,
        checklist=list(checklist),
        signer_name=by.name[:200],
        signer_profession=by.profession,
        signer_registration=by.registration_number,
        signer_roles=sorted(name for (name,) in _ROLES.rows(person=by.pk)),
        meaning=meaning,
        signed_with=signed_with,
    )
    _NEW_DECISION.write(decision)
    record(
        f"review.{outcome.value}",
        by=by,
        about=review,
        subject=review.leaflet,
        why=note,
        data={
            "digest": decision.digest,
            "decision": decision.pk,
            "checklist": decision.checklist,
            "meaning": meaning,
            "row": row_digest(decision),
        },
        # An approval that is void takes a scheduled release with it, and a released text tells when it was
        # checked: what the public sees may change.
        is_public=outcome in VOIDING or review.state == State.EMERGENCY,
    )
    return decision


_NEW_DECISION = PreparedInsert(Decision)
_ROLES = Prepared(lambda: Group.objects.filter(user=Given("person", BigIntegerField())).order_by().values_list("name"))


def _move(review: Review, state: State) -> None:
    """To another state, and the leaflet with it."""
    _set_state(review, state)
    note_review(review.leaflet_id)


def _set_state(review: Review, state: State) -> None:
    """Another state, and ``approved_at`` with it; ``released_from`` as well of what is released."""
    review.state = state
    if state not in APPROVED_STATES:
        review.approved_at = None
    elif not review.approved_at:
        signed = review.decisions.filter(outcome=Outcome.APPROVED)
        review.approved_at = signed.aggregate(last=Max("at"))["last"]
    written = {"review": review.pk, "state": state, "approved_at": review.approved_at}
    if state == State.RELEASED:
        _RELEASED.write(**written, released_from=review.released_from)
    else:
        _MOVED.write(**written)


def _moved(*moments: str) -> tuple[QuerySet[Review], dict[str, Given]]:
    columns = {"state": Given("state", CharField()), **{name: Given(name, DateTimeField()) for name in moments}}
    return Review.objects.filter(pk=Given("review", BigIntegerField())), columns


_MOVED = PreparedUpdate(lambda: _moved("approved_at"))
_RELEASED = PreparedUpdate(lambda: _moved("approved_at", "released_from"))


def _freeze(leaflet: Leaflet, is_frozen: bool) -> None:
    _FROZEN.write(leaflet=leaflet.pk, is_frozen=is_frozen)


_FROZEN = PreparedUpdate(
    lambda: (
        Leaflet.objects.filter(pk=Given("leaflet", BigIntegerField())),
        {"is_frozen": Given("is_frozen", BooleanField())},
    )
)


@act
def release(review: Review, *, effective_from: dt.datetime) -> None:
    """Its revision goes to patients (`publication.actions.publish`): the draft is free again.

    As with every verb here that a change of the timeline calls, where the leaflet stands is noted with what it shows
    (`publication.shown.showings.rewrite_showings`).
    """
    review.released_from = effective_from
    _set_state(review, State.RELEASED)
    _freeze(review.leaflet, False)


@act
def unrelease(review: Review) -> None:
    """Its scheduled release is cancelled: approved again, or ended if the draft has moved on meanwhile."""
    is_newest = newest_revision(review.leaflet).pk == review.revision_id
    is_alone = not Review.objects.active().filter(leaflet=review.leaflet).exists()
    Review.objects.filter(pk=review.pk).update(released_from=None)
    if is_newest and is_alone:
        _set_state(review, State.APPROVED)
        _freeze(review.leaflet, True)
    else:
        _set_state(review, State.ENDED)


@act
def open_emergency(leaflet: Leaflet, *, by: StaffMember, reason: str, seen: int | None = None) -> Review:
    """Put it on record that the newest revision is released without approval (`publication.actions`), and why.

    ``seen`` is the id of the revision that was on the screen: that one is released, not another. The review that
    is opened waits for an approval in retrospect by somebody who contributed nothing.
    """
    check_permission(by, "release_in_emergency", _("You may not release leaflets in an emergency."))
    reason = cleaned(reason).strip()
    if is_blank(reason):
        raise Unacceptable(_("Say why this can't wait for a second reader. The reason stays on record."))
    revision = newest_revision(leaflet)
    if not revision:
        raise Unacceptable(_("There is nothing to release yet: save the leaflet first."))
    if seen not in (None, revision.pk):
        raise Conflict(_("The text has changed since you opened this page. Read it again before you release it."))
    # It takes the place of an emergency release that is not approved yet (`ReviewQuerySet.emergency`). That one
    # stays unapproved, whoever signed it: who wrote it has contributed to this one.
    review = Review.objects.create(
        leaflet=leaflet,
        revision=revision,
        base=last_released(leaflet),
        state=State.EMERGENCY,
        submitted_by=by,
        note=reason,
        released_from=timezone.now(),
    )
    _decide(review, Outcome.EMERGENCY, by=by, note=reason)
    return review


@act
def end_release(leaflet: Leaflet) -> None:
    """Nothing is shown any more (withdrawn): what was released has ended."""
    _ENDED.write(leaflet=leaflet.pk)


_ENDED = PreparedUpdate(
    lambda: (
        Review.objects.filter(leaflet=Given("leaflet", BigIntegerField()), state=State.RELEASED),
        {"state": State.ENDED},
    )
)
