"""What lies on the desk's piles, looked up with SQL that is made once: everybody's work begins on this page."""

import datetime as dt
from collections.abc import Callable

from django.db.models import (
    BigAutoField,
    Case,
    Count,
    DateField,
    DateTimeField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)

from monographs.audit.models import Entry
from monographs.comments.answering.change_requests import ChangeRequest
from monographs.comments.answering.unanswered import Unanswered
from monographs.comments.labels import ORDER, Label
from monographs.comments.models import Comment, ReplyLabel
from monographs.leaflets.standing import Standing
from monographs.prepared import Given, Prepared
from monographs.publication.due import IN_ROWS, IN_TIMELINE, due_by
from monographs.publication.models import Publication
from monographs.review.models import Decision, Outcome, Review, State
from monographs.review.rules import open_blocking_remarks
from monographs.review.waiting import waiting_for
from monographs.search.models import MissedSearch
from monographs.staff.models import StaffMember

ROWS = 10  # of one pile
COUNTED_AT_MOST = 200  # of one pile; more of them look the same on a desk

# What a pile's look-up is given: who looks, when, and how far ahead.
PERSON, NOW = Given("person", BigAutoField()), Given("now", DateTimeField())
LAST_ACTS = Prepared(lambda: Entry.objects.newest_where(by_id=PERSON)[:ROWS])


class Things:
    """What lies on one pile: ``make()`` with `Given` for what differs, its rows looked up and counted so far.

    ``in_order``: counted in its order, too, as an index has just these in it, and planned for the values each time: by
    one plan for all of them PostgreSQL would read whatever is in the range, and only then cut it.
    """

    def __init__(self, make: Callable[[], QuerySet], *, in_order: bool = False):
        self._rows = Prepared(lambda: make()[: ROWS + 1])
        counted = make if in_order else lambda: make().order_by()
        self._counted = Prepared(lambda: counted().values_list("pk")[:COUNTED_AT_MOST], depends_on_values=in_order)

    def rows(self, **given: object) -> list:
        """One more than is shown, where there are more."""
        return self._rows.things(**given)

    def count(self, **given: object) -> int:
        return self._counted.count(**given)


def in_emergency(at: dt.datetime | Given) -> QuerySet[Review]:
    return Review.objects.emergency(at).select_related("leaflet", "submitted_by").order_by("released_from", "pk")


def with_approvals(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """With ``given``: how many have signed each."""
    given = Count("decisions", filter=Q(decisions__outcome=Outcome.APPROVED))
    return reviews.annotate(given=given).select_related("leaflet", "submitted_by")


TO_REVIEW = Things(lambda: with_approvals(waiting_for(PERSON, NOW)))


EMERGENCIES = Things(lambda: in_emergency(NOW))


def _of_hand(person: StaffMember | Given) -> Q:
    return Q(submitted_by=person) | Q(revision__by=person)


def _newest_review() -> Q:
    return ~Exists(Review.objects.filter(leaflet=OuterRef("leaflet"), pk__gt=OuterRef("pk")))


def _find_sent_back() -> QuerySet[Review]:
    decision = Decision.objects.filter(review=OuterRef("pk"), outcome=Outcome.SENT_BACK).order_by("-pk")
    said = {"reason": Subquery(decision.values("note")[:1]), "sender": Subquery(decision.values("signer_name")[:1])}
    reviews = Review.objects.filter(_of_hand(PERSON), _newest_review(), state=State.SENT_BACK)
    return reviews.annotate(**said).select_related("leaflet").order_by("-pk")


SENT_BACK = Things(_find_sent_back)


def _find_drafts() -> QuerySet[Standing]:
    here = OuterRef("leaflet")
    returned = Review.objects.filter(_of_hand(PERSON), _newest_review(), leaflet=here, state=State.SENT_BACK)
    drafts = Standing.objects.filter(~Exists(returned), writer=PERSON, is_with_author=True, leaflet__is_frozen=False)
    return drafts.select_related("leaflet").order_by("-saved_at")


DRAFTS = Things(_find_drafts)


def _find_to_publish() -> QuerySet[Review]:
    approved = Decision.objects.filter(review=OuterRef("pk"), outcome=Outcome.APPROVED).order_by("-pk")
    signed = {"reader": Subquery(approved.values("signer_name")[:1]), "signed_at": Subquery(approved.values("at")[:1])}
    reviews = Review.objects.filter(state=State.APPROVED).annotate(**signed)
    reviews = reviews.annotate(is_held=Exists(open_blocking_remarks(OuterRef("leaflet"))))
    return reviews.select_related("leaflet").order_by("signed_at", "pk")


TO_PUBLISH = Things(_find_to_publish)


def _find_replies(*, lead: bool) -> QuerySet[Comment]:
    """With the ``label`` that matters most of those that nobody called wrong."""
    by_weight = Case(*(When(label=label, then=place) for label, place in ORDER.items()), default=len(ORDER))
    labels = ReplyLabel.objects.filter(comment=OuterRef("pk")).exclude(is_wrong=True).order_by(by_weight, "pk")
    replies = Comment.objects.waiting_for(lead=lead).annotate(label=Subquery(labels.values("label")[:1]))
    return replies.select_related("leaflet")


REPLIES = {lead: Things(lambda lead=lead: _find_replies(lead=lead)) for lead in (True, False)}


def _find_unanswered() -> QuerySet[Unanswered]:
    """With ``cry``: the label of what may be a cry for help."""
    cries = ReplyLabel.objects.filter(comment=OuterRef("comment"), label=Label.CRISIS).exclude(is_wrong=True)
    rows = Unanswered.objects.oldest_first().annotate(cry=Subquery(cries.order_by("pk").values("label")[:1]))
    return rows.select_related("comment__leaflet")


UNANSWERED = Things(_find_unanswered)


CHANGE_REQUESTS = Things(lambda: ChangeRequest.objects.open().select_related("leaflet"))


def _find_due(day: str) -> QuerySet[Publication]:
    return due_by(Given("last_day", DateField()), at=NOW, day=day).select_related("leaflet")


# By where the day is read (`publication.due.day_read_at`).
DUE = {
    IN_ROWS: Things(lambda: _find_due(IN_ROWS), in_order=True),
    IN_TIMELINE: Things(lambda: _find_due(IN_TIMELINE)),
}


SCHEDULED = Things(lambda: Publication.objects.coming(NOW).select_related("leaflet").order_by("effective_from", "pk"))


MISSED_SEARCHES = Things(lambda: MissedSearch.objects.wanted(Given("since", DateTimeField())))
