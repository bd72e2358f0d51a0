"""A review moves to another state, and its draft with it; a decision is written. Verbs call this within their turn."""

import datetime as dt

from django.contrib.auth.models import Group
from django.db.models import BigIntegerField, BooleanField, CharField, DateTimeField, Max, QuerySet
from django.utils import timezone

from monographs.audit.models import row_digest
from monographs.audit.record import record
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared, PreparedInsert, PreparedUpdate
from monographs.review.models import APPROVED_STATES, VOIDING, Decision, Outcome, Review, State
from monographs.review.standing import note_review
from monographs.staff.models import StaffMember


def decide(
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
    """Write what ``by`` decided ``at`` an instant (now), as the person they are today; it goes on record. The state
    of the review stays."""
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


def move_on(review: Review, signed: list[Decision]) -> None:
    """Every approval is there: those that are ``signed``."""
    review.approved_at = max(decision.at for decision in signed)
    move(review, State.RELEASED if review.state == State.EMERGENCY else State.APPROVED)


def move(review: Review, state: State) -> None:
    """To another state, and the leaflet with it."""
    set_state(review, state)
    note_review(review.leaflet_id)


def set_state(review: Review, state: State) -> None:
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


def freeze(leaflet: Leaflet, is_frozen: bool) -> None:
    """The draft stays as it is while it is read, or is free again."""
    _FROZEN.write(leaflet=leaflet.pk, is_frozen=is_frozen)


_FROZEN = PreparedUpdate(
    lambda: (
        Leaflet.objects.filter(pk=Given("leaflet", BigIntegerField())),
        {"is_frozen": Given("is_frozen", BooleanField())},
    )
)
