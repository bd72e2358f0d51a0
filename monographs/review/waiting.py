"""Which reviews wait for one person: the same answer as `rules.may_approve`, for lists.

One query, and more only for those in which an earlier text was brought back.
"""

import datetime as dt

from django.db.models import BigAutoField, DateTimeField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from monographs.prepared import Given, Prepared
from monographs.review.models import Decision, Outcome, Review, State
from monographs.review.rules import contributors
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission


def approvable_by(person: StaffMember) -> QuerySet[Review]:
    """The reviews that ``person`` may approve now: emergency releases, then the oldest; none without permission."""
    if not person.is_active or not person.has_perm(permission("approve_leaflet")):
        return Review.objects.none()
    now = timezone.now()
    theirs = resting_on(person, now)
    reviews = waiting_for(person.pk, now)
    return reviews.exclude(pk__in=theirs) if theirs else reviews


def waiting_for(person: int | Given, now: dt.datetime | Given) -> QuerySet[Review]:
    """Those that somebody (a number) may approve who has the permission, but for what `resting_on` takes out."""
    reviews, _restored = _parts(person, now)
    return reviews


def resting_on(person: StaffMember, now: dt.datetime) -> list[int]:
    """Of these the reviews in which a text was brought back that rests on this person's work.

    What an earlier text that is brought back rests on has no depth that a query could know.
    """
    return [review.pk for review in _RESTORED.things(person=person.pk, now=now) if person.pk in contributors(review)]


def _parts(person: int | Given, now: dt.datetime | Given) -> tuple[QuerySet[Review], QuerySet[Revision]]:
    """The reviews, and the revisions in one that brought back an earlier text."""
    released = Review.objects.filter(leaflet=OuterRef("leaflet")).ever_approved_and_released(now)
    last_released = Coalesce(Subquery(released.values("revision__number")[:1]), 0)
    after, last = OuterRef("after"), OuterRef("revision__number")
    wrote = Revision.objects.filter(leaflet=OuterRef("leaflet"), number__gt=after, number__lte=last, by=person)
    submitted = Review.objects.filter(
        leaflet=OuterRef("leaflet"), revision__number__gt=after, revision__number__lte=last, submitted_by=person
    )
    signed = Decision.objects.filter(review=OuterRef("pk"), by=person, outcome=Outcome.APPROVED)
    reviews = (
        Review.objects.filter(
            state__in=(State.WAITING, State.EMERGENCY)
        )  # by the index: a second look takes the rest out
        .filter(Q(state=State.WAITING) | Q(pk__in=Review.objects.emergency(now)))
        .annotate(after=Least(last_released, F("revision__number") - 1, output_field=IntegerField()))
        .filter(~Exists(wrote), ~Exists(submitted), ~Exists(signed))
        .order_by("state", "submitted_at", "pk")
    )
    restored = Revision.objects.filter(
        leaflet=OuterRef("leaflet"), number__gt=after, number__lte=last, origin__isnull=False
    )
    return reviews, restored


def _find_restored() -> QuerySet[Review]:
    reviews, restored = _parts(Given("person", BigAutoField()), Given("now", DateTimeField()))
    return reviews.filter(Exists(restored)).select_related("leaflet", "revision")


_RESTORED = Prepared(_find_restored, spelled_out=True)
