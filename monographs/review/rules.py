"""Four eyes: who may decide on what."""

import datetime as dt

from django.db.models import BigIntegerField, DateTimeField, FilteredRelation, IntegerField, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared
from monographs.refusals import Conflict, NotAllowed
from monographs.review.models import (
    TO_SIGN,
    ApprovalRule,
    ChecklistItem,
    Decision,
    Outcome,
    Remark,
    Review,
    ReviewQuerySet,
    State,
)
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission

MEANING = gettext_lazy("I have checked this leaflet against its sources.")
REMARK_IS_OPEN = gettext_lazy("A remark that must be resolved first is still open. It is listed with the text.")


def last_released(leaflet: Leaflet) -> Revision | None:
    """The revision that patients last read, whether or not it has been withdrawn since."""
    review = _released.thing(leaflet=leaflet.pk, at=timezone.now())
    return review.revision if review else None


def comparison_base(review: Review) -> Revision | None:
    """What the candidate is to be compared with: what patients read now, or read before an emergency release."""
    return review.base if review.state == State.EMERGENCY else last_released(review.leaflet)


def number_of_base(review: Review) -> int | None:
    """The number of its row, of a review that was read by `read_to_sign`."""
    return review.base_id if review.state == State.EMERGENCY else review.released


def last_approved(review: Review, *, at: dt.datetime | None = None) -> Revision | None:
    """The text before this review's that patients have read and a second reader has approved, up to an instant."""
    before = _approved_and_released.thing(leaflet=review.leaflet_id, at=at or timezone.now(), but=review.pk)
    return before.revision if before else None


def _of_leaflet() -> ReviewQuerySet:
    return Review.objects.filter(leaflet=Given("leaflet", BigIntegerField())).select_related("revision")


_AT = Given("at", DateTimeField())
_released = Prepared(lambda: _of_leaflet().ever_released(_AT)[:1])


def _last_approved() -> ReviewQuerySet:
    return _of_leaflet().ever_approved_and_released(_AT).exclude(pk=Given("but", BigIntegerField()))[:1]


_approved_and_released = Prepared(_last_approved)
_last_approved_number = Prepared(lambda: _last_approved().values_list("revision__number"))


def comparison_bases(review: Review) -> list[Revision | None]:
    """All that the candidate must be compared with, so that no change is left that nobody reads.

    What patients read now, and, where that went to them in an emergency and nobody approved it, the last text
    that was approved too (None where there is none: then everything is new).
    """
    base, approved = comparison_base(review), last_approved(review)
    return [base] if base == approved else [base, approved]


def contributors(review: Review, *, at: dt.datetime | None = None) -> set[int]:
    """Ids of all who had a hand in what is to be approved now, or was at an instant (for a certificate).

    Whoever recorded (wrote, edited, restored, imported) a revision since the last one that was approved and
    released, up to this one, or submitted or released any of them. Where one brings back a text that nobody had
    approved and released, whoever had a hand in that text, too.
    """
    last, now = review.revision.number, timezone.now()
    if at or not hasattr(review, "approved_before"):
        approved = next(_last_approved_number.rows(leaflet=review.leaflet_id, at=at or now, but=review.pk), (None,))[0]
    else:
        approved = review.approved_before
    after = min(approved, last - 1) if approved else 0
    return _hands_in(review.leaflet_id, after=after, last=last, at=at or now)


def has_contributed(leaflet: Leaflet, person: StaffMember) -> bool:
    """Whether this person had a hand in the draft since the last text that was approved and released."""
    now = timezone.now()
    released = Review.objects.filter(leaflet=leaflet).ever_approved_and_released(now)
    after = released.values_list("revision__number", flat=True).first() or 0
    last = Revision.objects.filter(leaflet=leaflet).aggregate(last=Max("number"))["last"] or 0
    return person.pk in _hands_in(leaflet.pk, after=after, last=last, at=now)


def _hands_in(leaflet: int, *, after: int, last: int, at: dt.datetime) -> set[int]:
    """Who recorded or submitted revisions from ``after`` (not included) to ``last``, and what these brought back."""
    people, spans = set(), [(after, last)]
    while spans:
        after, last = spans.pop()
        hands = [*_hands.rows(leaflet=leaflet, after=after, last=last, at=at)]
        people |= {person for wrote, submitted, _origin in hands for person in (wrote, submitted)}
        for origin in {origin for _wrote, _submitted, origin in hands if origin and origin <= after}:
            released = Review.objects.filter(leaflet=leaflet, revision__number__lte=origin)
            approved = released.ever_approved_and_released(at).aggregate(last=Max("revision__number"))["last"]
            spans.append((approved or 0, origin))
    return people - {None}


def _of_span() -> QuerySet[Revision]:
    """Who recorded each of these revisions, who submitted it, and the number of the one that it brought back."""
    between = {"number__gt": Given("after", IntegerField()), "number__lte": Given("last", IntegerField())}
    revisions = Revision.objects.filter(leaflet=Given("leaflet", BigIntegerField()), **between)
    submitted = FilteredRelation("reviews", condition=Q(reviews__submitted_at__lte=_AT))
    return (
        revisions.annotate(submitted=submitted)
        .order_by()
        .values_list("by", "submitted__submitted_by", "origin__number")
        .distinct()
    )


_hands = Prepared(_of_span)


def check_may_approve(review: Review, by: StaffMember, signed: list[Decision] | None = None) -> None:
    """Raise NotAllowed or Conflict unless ``by`` may approve this review now. Superusers are no exception.

    ``signed`` are its `signatures`, for a caller who has read them in the same turn.
    """
    check_permission(by, "approve_leaflet", _("You may not approve leaflets."))
    if review.state not in TO_SIGN:
        raise Conflict(
            _("This review is not waiting for a decision: it is %(state)s.") % {"state": review.get_state_display()}
        )
    if review.state == State.EMERGENCY and not Review.objects.emergency(timezone.now()).filter(pk=review.pk).exists():
        raise Conflict(_("A later version has taken the place of this emergency release: nothing is left to approve."))
    if by.pk in contributors(review):
        raise NotAllowed(
            _("You wrote, changed or submitted part of this text. Somebody who did not must be the second reader.")
        )
    if by.pk in {decision.by_id for decision in (signatures(review) if signed is None else signed)}:
        raise Conflict(_("You have approved this already."))


def may_approve(review: Review, by: StaffMember) -> bool:
    """The same as a question, for showing or hiding a button."""
    try:
        check_may_approve(review, by)
    except (NotAllowed, Conflict):
        return False
    return True


def check_is_open(review: Review, *, at: dt.datetime) -> None:
    """Raise Conflict if it has ended, so that nobody can recall it or send it back any more."""
    if not review.is_open(at):
        raise Conflict(_("This review has ended already: it is %(state)s.") % {"state": review.get_state_display()})


def check_not_scheduled(review: Review) -> None:
    """Raise Conflict if it is open and its release is scheduled: that would have to be taken back with it."""
    if not review.is_active:
        raise Conflict(_("Its release is scheduled already and must be taken back with it."))


def changed_kinds(review: Review) -> set[str]:
    """The section kinds whose text is new, changed or gone in the candidate, compared with all that it must be."""
    new = {section.key: section for section in review.revision.content.sections}
    kinds = set()
    for base in comparison_bases(review):
        old = {section.key: section for section in base.content.sections} if base else {}
        different = [key for key in old.keys() | new.keys() if old.get(key) != new.get(key)]
        kinds |= {section.kind for key in different for section in (old.get(key), new.get(key)) if section}
    return kinds


def applicable_rules(review: Review) -> list[ApprovalRule]:
    """The clinic's rules that ask more of this review than one second reader. A review that was read `to_decide` knows
    whether there is one for its medicine."""
    if not getattr(review, "has_rules", True):
        return []
    rules = _rules.things(medicine=review.leaflet.medicine_id)
    kinds = changed_kinds(review) if any(rule.section_kind for rule in rules) else set()
    return [rule for rule in rules if not rule.section_kind or rule.section_kind in kinds]


_rules = Prepared(
    lambda: (
        ApprovalRule.objects.filter(Q(medicine=None) | Q(medicine=Given("medicine", BigIntegerField())))
        .select_related("medicine", "role")
        .order_by("pk")
    )
)


def approvals_needed(review: Review) -> int:
    """How many second readers must approve: one, or as many as the strictest rule asks."""
    return _strictest(applicable_rules(review))


def _strictest(rules: list[ApprovalRule]) -> int:
    return max([1, *(rule.approvals for rule in rules)])


def signatures(review: Review) -> list[Decision]:
    """The approvals given on it."""
    return _signatures.things(review=review.pk)


_signatures = Prepared(
    lambda: Decision.objects.filter(review=Given("review", BigIntegerField()), outcome=Outcome.APPROVED)
)


def read_to_decide(review: Review) -> Review:
    """The review as it is now, `ReviewQuerySet.to_decide`. Raises Review.DoesNotExist."""
    return _as_it_is(_to_decide.thing(review=review.pk))


def read_to_sign(review: Review) -> Review:
    """The same by `ReviewQuerySet.to_sign`, as of now."""
    return _as_it_is(_to_sign.thing(review=review.pk, at=timezone.now()))


def _as_it_is(found: Review | None) -> Review:
    if not found:
        raise Review.DoesNotExist
    found.revision.leaflet = found.leaflet
    return found


_THIS = Given("review", BigIntegerField())
_to_decide = Prepared(lambda: Review.objects.to_decide().filter(pk=_THIS))
_to_sign = Prepared(lambda: Review.objects.to_sign(_AT).filter(pk=_THIS))


def outstanding(review: Review, signed: list[Decision] | None = None) -> list[str]:
    """What is still missing for the approval, a sentence each; empty if it is complete.

    ``signed`` are its `signatures`, for a caller who has read them in the same turn.
    """
    signed = signatures(review) if signed is None else signed
    rules = applicable_rules(review)
    missing = _strictest(rules) - len(signed)
    sentences = []
    if missing > 0:
        sentences.append(
            ngettext(
                "%(count)s more second reader must approve.", "%(count)s more second readers must approve.", missing
            )
            % {"count": missing}
        )
    roles = {rule.role.name for rule in rules if rule.role}
    for role in sorted(roles):
        if not any(role in decision.signer_roles for decision in signed):
            sentences.append(_("One of those who approve must have the role “%(role)s”.") % {"role": role})
    return sentences


def open_blocking_remarks(leaflet: Leaflet) -> QuerySet[Remark]:
    """Remarks that must be resolved before anybody approves."""
    return Remark.objects.blocking().filter(leaflet=leaflet)


def check_no_remark_blocks(review: Review) -> None:
    """Raise Conflict while a remark that blocks is open. A review that was read `to_decide` knows it."""
    is_held_up = getattr(review, "is_held_up", None)
    if open_blocking_remarks(review.leaflet).exists() if is_held_up is None else is_held_up:
        raise Conflict(str(REMARK_IS_OPEN))


def held_up_by(review: Review) -> list[str]:
    """Why a waiting review is not approved yet, a sentence each: approvals that are missing, a remark that blocks."""
    is_blocked = open_blocking_remarks(review.leaflet).exists()
    return [*outstanding(review), *([str(REMARK_IS_OPEN)] if is_blocked else [])]


def items_in_use() -> list[str]:
    """The clinic's checklist, in words."""
    return [text for (text,) in _items.rows()]


_items = Prepared(lambda: ChecklistItem.objects.filter(is_active=True).values_list("text"))
