"""What lies on the desk's piles, looked up with SQL that is made once: everybody's work begins on this page."""

import datetime as dt
from collections.abc import Callable
from functools import partial

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
from monographs.mail.models import Letter, late_before
from monographs.prepared import Given, Prepared, PreparedIn
from monographs.publication.due import IN_ROWS, IN_TIMELINE, due_by, first_due
from monographs.publication.models import Publication
from monographs.review.models import Decision, Outcome, Review, State
from monographs.review.rules import open_blocking_remarks
from monographs.review.waiting import waiting_for
from monographs.staff.models import StaffMember

ROWS = 10  # of one pile
COUNTED_AT_MOST = 200  # of one pile; more of them look the same on a desk

# What a pile's look-up is given: who looks, when, and how far ahead.
PERSON, NOW = Given("person", BigAutoField()), Given("now", DateTimeField())
LAST_ACTS = Prepared(lambda: Entry.objects.newest_where(by_id=PERSON)[:ROWS])


_TITLE = ("leaflet__title", "leaflet__language", "leaflet__edition")


class Things:
    """What lies on one pile: ``make()`` with `Given` for what differs, its rows looked up and counted so far, or those
    of ``counted()``, if it is another. Of the rows ``shown`` alone is fetched, and of their leaflets what names them;
    all where nothing is said.
    """

    def __init__(self, make: Callable[[], QuerySet], *shown: str, counted: Callable[[], QuerySet] | None = None):
        columns, counted = (*shown, *_TITLE) if "leaflet" in shown else shown, counted or make
        self._rows = Prepared(lambda: make().only(*columns)[: ROWS + 1], spelled_out=True)
        self._counted = Prepared(lambda: counted().order_by().values_list("pk")[:COUNTED_AT_MOST], spelled_out=True)

    def found(self, **given: object) -> tuple[list, int]:
        """What is shown of it, and how many there are, or `COUNTED_AT_MOST`."""
        found = self._rows.things(**given)
        return found[:ROWS], self._counted.count(**given) if len(found) > ROWS else len(found)


def in_emergency(at: dt.datetime | Given) -> QuerySet[Review]:
    return Review.objects.emergency(at).select_related("leaflet", "submitted_by").order_by("released_from", "pk")


def with_approvals(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """With ``given``: how many have signed each."""
    given = Count("decisions", filter=Q(decisions__outcome=Outcome.APPROVED))
    return reviews.annotate(given=given).select_related("leaflet", "submitted_by")


_SUBMITTED = (
    "leaflet", "state", "submitted_at", "released_from",
    "submitted_by__first_name", "submitted_by__last_name", "submitted_by__username",
)  # fmt: skip
TO_REVIEW = Things(lambda: with_approvals(waiting_for(PERSON, NOW)), *_SUBMITTED)


EMERGENCIES = Things(lambda: in_emergency(NOW), *_SUBMITTED)


def _of_hand(person: StaffMember | Given) -> Q:
    return Q(submitted_by=person) | Q(revision__by=person)


def _newest_review() -> Q:
    return ~Exists(Review.objects.filter(leaflet=OuterRef("leaflet"), pk__gt=OuterRef("pk")))


def _find_sent_back() -> QuerySet[Review]:
    decision = Decision.objects.filter(review=OuterRef("pk"), outcome=Outcome.SENT_BACK).order_by("-pk")
    said = {"reason": Subquery(decision.values("note")[:1]), "sender": Subquery(decision.values("signer_name")[:1])}
    reviews = Review.objects.filter(_of_hand(PERSON), _newest_review(), state=State.SENT_BACK)
    return reviews.annotate(**said).select_related("leaflet").order_by("-pk")


SENT_BACK = Things(_find_sent_back, "leaflet")


def _find_drafts() -> QuerySet[Standing]:
    here = OuterRef("leaflet")
    returned = Review.objects.filter(_of_hand(PERSON), _newest_review(), leaflet=here, state=State.SENT_BACK)
    drafts = Standing.objects.filter(~Exists(returned), writer=PERSON, is_with_author=True, leaflet__is_frozen=False)
    return drafts.select_related("leaflet").order_by("-saved_at")


DRAFTS = Things(_find_drafts, "leaflet", "saved_at")


def _find_to_publish() -> QuerySet[Review]:
    approved = Decision.objects.filter(review=OuterRef("pk"), outcome=Outcome.APPROVED).order_by("-pk")
    signed = {"reader": Subquery(approved.values("signer_name")[:1]), "signed_at": Subquery(approved.values("at")[:1])}
    reviews = Review.objects.filter(state=State.APPROVED).annotate(**signed)
    reviews = reviews.annotate(is_held=Exists(open_blocking_remarks(OuterRef("leaflet"))))
    return reviews.select_related("leaflet").order_by("signed_at", "pk")


TO_PUBLISH = Things(_find_to_publish, "leaflet", "state")


def _waiting(*, lead: bool) -> QuerySet[Comment]:
    return Comment.objects.waiting_for(lead=lead)


def _find_replies(*, lead: bool) -> QuerySet[Comment]:
    """With the ``label`` that matters most of those that nobody called wrong.

    The first are taken along the queue's index, before anything is joined to them: where few have waited so far,
    PostgreSQL expects few, and would join all that wait to their leaflets before it puts them in order.
    """
    by_weight = Case(*(When(label=label, then=place) for label, place in ORDER.items()), default=len(ORDER))
    labels = ReplyLabel.objects.filter(comment=OuterRef("pk")).exclude(is_wrong=True).order_by(by_weight, "pk")
    waiting = _waiting(lead=lead)
    first = Comment.objects.filter(pk__in=waiting.values("pk")[: ROWS + 1]).order_by(*waiting.query.order_by)
    return first.annotate(label=Subquery(labels.values("label")[:1])).select_related("leaflet")


_OF_A_REPLY = ("leaflet", "at", "urgency", "body", "erased_at")
REPLIES = {
    lead: Things(partial(_find_replies, lead=lead), *_OF_A_REPLY, counted=partial(_waiting, lead=lead))
    for lead in (True, False)
}


def _find_unanswered() -> QuerySet[Unanswered]:
    """With ``cry``: the label of what may be a cry for help."""
    cries = ReplyLabel.objects.filter(comment=OuterRef("comment"), label=Label.CRISIS).exclude(is_wrong=True)
    rows = Unanswered.objects.oldest_first().annotate(cry=Subquery(cries.order_by("pk").values("label")[:1]))
    return rows.select_related("comment__leaflet")


UNANSWERED = Things(
    _find_unanswered, "since", "comment__body", "comment__erased_at", *(f"comment__{name}" for name in _TITLE)
)


CHANGE_REQUESTS = Things(lambda: ChangeRequest.objects.open().select_related("leaflet"), "leaflet", "section", "words")


def _find_due(day: str) -> QuerySet[Publication]:
    return due_by(Given("last_day", DateField()), at=NOW, day=day).select_related("leaflet")


class DueInRows:
    """What comes due, where the day is read in the rows of where leaflets stand."""

    def __init__(self) -> None:
        shown = ("next_review_on", "leaflet", *_TITLE)
        self._among = PreparedIn(
            lambda leaflets: _find_due(IN_ROWS).filter(leaflet__pk__in=leaflets).only(*shown), BigAutoField()
        )

    def found(self, *, now: dt.datetime, last_day: dt.date) -> tuple[list[Publication], int]:
        """As `Things.found`."""
        due = first_due(last_day, most=COUNTED_AT_MOST)
        return self._among.things(due[:ROWS], now=now, last_day=last_day), len(due)


# By where the day is read (`publication.due.day_read_at`).
DUE = {IN_ROWS: DueInRows(), IN_TIMELINE: Things(lambda: _find_due(IN_TIMELINE), "next_review_on", "leaflet")}


SCHEDULED = Things(
    lambda: Publication.objects.coming(NOW).select_related("leaflet").order_by("effective_from", "pk"),
    *("leaflet", "kind", "effective_from", "major", "minor"),
)


_LONG_AGO, _A_WHILE_AGO = Given("long ago", DateTimeField()), Given("a while ago", DateTimeField())
_LATE_LETTERS = Prepared(
    lambda: Letter.objects.due_before(_LONG_AGO, urgent=_A_WHILE_AGO).values_list("pk")[:COUNTED_AT_MOST],
    spelled_out=True,
)
_GIVEN_UP_LETTERS = Prepared(lambda: Letter.objects.to_see_to().values_list("pk")[:COUNTED_AT_MOST], spelled_out=True)


def letters_kept(now: dt.datetime) -> tuple[int, int]:
    """How many letters are late (`LetterQuerySet.late`), and how many are given up and can be sent again."""
    since = dict(zip(("long ago", "a while ago"), late_before(now), strict=True))
    return _LATE_LETTERS.count(**since), _GIVEN_UP_LETTERS.count()
