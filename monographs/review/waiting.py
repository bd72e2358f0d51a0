"""Which reviews wait for one person, as one query: the same answer as `rules.may_approve`, for lists."""

from django.db.models import Case, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from monographs.review.models import Decision, Outcome, Review
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission


def approvable_by(person: StaffMember) -> QuerySet[Review]:
    """The waiting reviews that ``person`` may approve now, oldest first; none for those who may not approve at all."""
    if not person.is_active or not person.has_perm(permission("approve_leaflet")):
        return Review.objects.none()
    released = Review.objects.filter(leaflet=OuterRef("leaflet")).ever_released(timezone.now())
    after, last = OuterRef("after"), OuterRef("revision__number")
    wrote = Revision.objects.filter(leaflet=OuterRef("leaflet"), number__gt=after, number__lte=last, by=person)
    submitted = Review.objects.filter(
        leaflet=OuterRef("leaflet"), revision__number__gt=after, revision__number__lte=last, submitted_by=person
    )
    signed = Decision.objects.filter(review=OuterRef("pk"), by=person, outcome=Outcome.APPROVED)
    return (
        Review.objects.waiting()
        .annotate(base_number=Coalesce(Subquery(released.values("revision__number")[:1]), 0))
        .annotate(
            after=Case(
                When(base_number__gte=F("revision__number"), then=F("revision__number") - Value(1)),
                default=F("base_number"),
                output_field=IntegerField(),
            )
        )
        .filter(~Exists(wrote), ~Exists(submitted), ~Exists(signed))
        .order_by("submitted_at", "pk")
    )
