"""What comes due: reviews of published leaflets, and the letters about them."""

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from monographs.publication.models import Publication, Reminder
from monographs.staff.models import StaffMember

REMIND_AT = (0, 30, 90)  # days before the next review, nearest first
RETRY_AFTER = dt.timedelta(minutes=10)  # a claimed letter that was never sent belongs to a clock that died


def due_within(days: int, *, at: dt.datetime) -> QuerySet[Publication]:
    """Live versions whose next review is at most ``days`` away (overdue ones included), the most urgent first."""
    last_day = timezone.localdate(at) + dt.timedelta(days=days)
    return Publication.objects.live(at).filter(next_review_on__lte=last_day).order_by("next_review_on", "pk")


def is_overdue(publication: Publication, *, at: dt.datetime) -> bool:
    """Whether the day on which it was to be checked again is here or gone by."""
    return bool(publication.next_review_on and publication.next_review_on <= timezone.localdate(at))


def claim_reminders(*, at: dt.datetime) -> list[Reminder]:
    """Letters that nobody has sent yet, now promised to the caller; two callers never get the same one.

    One letter for each version and distance in `REMIND_AT`: a leaflet that is found at 20 days gets the
    30-day letter only. A letter that was promised and not sent within `RETRY_AFTER` is promised again.
    """
    claimed = []
    for publication in due_within(max(REMIND_AT), at=at).select_related("leaflet", "revision__by"):
        days_left = (publication.next_review_on - timezone.localdate(at)).days
        days = next(distance for distance in REMIND_AT if days_left <= distance)
        reminder = _claim(publication, days, at=at)
        if reminder:
            claimed.append(reminder)
    return claimed


def _claim(publication: Publication, days: int, *, at: dt.datetime) -> Reminder | None:
    try:
        with transaction.atomic():
            return Reminder.objects.create(publication=publication, days=days, claimed_at=at)
    except IntegrityError:  # it exists: sent, promised to another clock, or left behind by one that died
        left_behind = Reminder.objects.filter(
            publication=publication, days=days, sent_at=None, claimed_at__lt=at - RETRY_AFTER
        )
        if left_behind.update(claimed_at=at):
            return Reminder.objects.get(publication=publication, days=days)
        return None


def readers_of(reminder: Reminder) -> list[StaffMember]:
    """Who is told: everybody active who may publish, and who wrote the version, each with an address."""
    people = list(
        StaffMember.objects.with_perm(
            "monographs.publish_leaflet", include_superusers=False, backend=settings.AUTHENTICATION_BACKENDS[0]
        )
    )
    author = reminder.publication.revision.by
    if author and author.is_active:
        people.append(author)
    return list({person.pk: person for person in people if person.email}.values())
