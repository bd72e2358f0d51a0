"""What comes due: reviews of published leaflets, and the letters about them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from monographs.audit.record import act
from monographs.publication.models import Publication, Reminder
from monographs.staff.models import StaffMember
from monographs.staff.rules import holders

REMIND_AT = (0, 30, 90)  # days before the next review, nearest first
RETRY_AFTER = dt.timedelta(minutes=10)  # a claimed letter that was never sent belongs to a clock that died
LATE_AFTER = dt.timedelta(days=1)  # a letter that nobody sent by then waits for a clock or for the mail server


def due_within(days: int, *, at: dt.datetime) -> QuerySet[Publication]:
    """Live versions whose next review is at most ``days`` away (overdue ones included), the most urgent first."""
    return due_by(timezone.localdate(at) + dt.timedelta(days=days), at=at)


def due_by(last_day: dt.date, *, at: dt.datetime) -> QuerySet[Publication]:
    """The same up to a day."""
    return Publication.objects.read(at).filter(next_review_on__lte=last_day).order_by("next_review_on", "pk")


def is_overdue(publication: Publication, *, at: dt.datetime) -> bool:
    """Whether the day on which it was to be checked again is here or gone by."""
    return bool(publication.next_review_on and publication.next_review_on <= timezone.localdate(at))


@dataclass(frozen=True)
class Notice:
    """What one person is to be told of one version: its review is at most ``days`` away, one of `REMIND_AT`."""

    person: StaffMember
    publication: Publication
    days: int

    @property
    def key(self) -> tuple[int, int, dt.date, int]:
        """A later version with the same date is no news."""
        return self.person.pk, self.publication.leaflet_id, self.publication.next_review_on, self.days

    def since(self) -> dt.datetime:
        """The instant from which they are to be told."""
        day = self.publication.next_review_on - dt.timedelta(days=self.days)
        return max(timezone.make_aware(dt.datetime.combine(day, dt.time())), self.publication.effective_from)


def claim_letters(*, at: dt.datetime) -> Iterator[list[Notice]]:
    """One letter for each person to whom something is due, promised to the caller as it is yielded.

    Two callers never get the same notice. What was promised and not marked by `mark_sent` within `RETRY_AFTER`
    is promised again.
    """
    started = timezone.now()
    by_person = defaultdict(list)
    for notice in _open(notices(at=at), at=at):
        by_person[notice.person.pk].append(notice)
    for mine in by_person.values():  # each is claimed when its turn comes: sending the ones before may take a while
        if claimed := _claim(mine, at=at + (timezone.now() - started)):
            yield claimed


def notices(*, at: dt.datetime) -> list[Notice]:
    """All that people should have been told by ``at``, told already or not, the most urgent first.

    One for each date and distance in `REMIND_AT`: of a leaflet that is found at 20 days only the 30-day notice.
    Told are all active people who may publish, and who wrote the version; each needs an address.
    """
    publishers, found = publishers_with_address(), []
    for publication in (
        due_within(max(REMIND_AT), at=at).select_related("leaflet", "revision__by").defer("revision__content_json")
    ):
        days_left = (publication.next_review_on - timezone.localdate(at)).days
        days = next(distance for distance in REMIND_AT if days_left <= distance)
        author = publication.revision.by
        authors = [author] if author and author.is_active and author.email else []
        readers = {person.pk: person for person in (*publishers, *authors)}
        found += [Notice(person, publication, days) for person in readers.values()]
    return found


def publishers_with_address() -> list[StaffMember]:
    """Everybody who may publish (`holders`) and can be written to."""
    return list(holders("publish_leaflet").exclude(email=""))


def late_notices(*, at: dt.datetime) -> list[Notice]:
    """What people should have been told a day ago and were not: no clock runs, or no letter gets out."""
    found = [notice for notice in notices(at=at) if notice.since() < at - LATE_AFTER]
    told = _reminders(**_of(found), sent_at__isnull=False) if found else set()
    return [notice for notice in found if notice.key not in told]


def mark_sent(letter: Iterable[Notice], *, at: dt.datetime) -> None:
    """The mail server took it."""
    for person, leaflet, due_on, days in (notice.key for notice in letter):
        Reminder.objects.filter(person=person, leaflet=leaflet, due_on=due_on, days=days).update(sent_at=at)


@act
def _claim(found: list[Notice], *, at: dt.datetime) -> list[Notice]:
    """Those of one person's notices that are still open, one caller at a time."""
    claimed = _open(found, at=at)
    Reminder.objects.bulk_create(
        [
            Reminder(person_id=person, leaflet_id=leaflet, due_on=due_on, days=days, claimed_at=at)
            for person, leaflet, due_on, days in (notice.key for notice in claimed)
        ],
        update_conflicts=True,
        unique_fields=["person", "leaflet", "due_on", "days"],
        update_fields=["claimed_at"],
        batch_size=500,
    )
    return claimed


def _open(found: list[Notice], *, at: dt.datetime) -> list[Notice]:
    """Neither sent nor promised to somebody who may still be at it."""
    if not found:
        return []
    which = _of(found)
    sent = _reminders(**which, sent_at__isnull=False)
    promised = _reminders(**which, claimed_at__gte=at - RETRY_AFTER)
    return [notice for notice in found if notice.key not in sent and notice.key not in promised]


def _of(found: list[Notice]) -> dict:
    """Which reminders there may be of these: not all that were ever sent."""
    return {
        "person__in": {notice.person.pk for notice in found},
        "due_on__gte": min(notice.publication.next_review_on for notice in found),
    }


def _reminders(**which) -> set[tuple[int, int, dt.date, int]]:
    return set(Reminder.objects.filter(**which).values_list("person", "leaflet", "due_on", "days"))
