"""The alarm: a cry for help that nobody has taken, or a reply that waits for longer than the clinic wants. The next
person on the rota is told, once for each time that a reply waits."""

import datetime as dt
from collections.abc import Iterator

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from monographs.audit.record import act
from monographs.clinics.days_off import earlier
from monographs.clinics.models import Clinic, the_clinic
from monographs.comments.models import Comment, Urgency
from monographs.comments.telling.letters import post_list
from monographs.comments.telling.rota import next_on_rota
from monographs.staff.models import StaffMember

URGENT_AFTER = dt.timedelta(minutes=15)
AT_MOST = 200  # replies in one round of the clock


class OverdueAlarm(models.Model):
    """Somebody was told that this reply waits too long. It may wait anew, for another reason: that is told anew."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="alarms", db_index=False)
    waits_since = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        verbose_name = _("alarm about a reply")
        verbose_name_plural = _("alarms about replies")
        constraints = (models.UniqueConstraint(fields=("comment", "waits_since"), name="alarm_once"),)

    def __str__(self):
        return f"{self.comment_id} {self.waits_since}"


def longest_wait(urgency: Urgency, clinic: Clinic) -> dt.timedelta:
    """How long a reply may wait before somebody else is told."""
    if urgency == Urgency.URGENT:
        return URGENT_AFTER
    return dt.timedelta(hours=clinic.replies_overdue_hours)


def overdue(at: dt.datetime) -> Iterator[Comment]:
    """Replies that wait too long, that nobody has in hand, and of which nobody was told yet; urgent ones first. The
    clinic's days off count for urgent ones alone."""
    clinic = the_clinic()
    for urgency in sorted(Urgency, reverse=True):
        off = clinic.off if urgency != Urgency.URGENT else {}
        before = earlier(at, longest_wait(urgency, clinic), off)
        yield from _waiting(urgency, before=before, at=at)[:AT_MOST]


def _waiting(urgency: Urgency, *, before: dt.datetime, at: dt.datetime) -> QuerySet[Comment]:
    told = OverdueAlarm.objects.filter(comment=OuterRef("pk"), waits_since=OuterRef("waits_since"))
    is_free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    waiting = Comment.objects.waiting().filter(is_free, ~Exists(told), urgency=urgency, waits_since__lte=before)
    return waiting.select_related("leaflet").prefetch_related("labels")


def sound_alarms(*, at: dt.datetime) -> list[tuple[StaffMember, int]]:
    """Write to the next person on the rota; who was told of how many replies. Nothing where nobody can be written to:
    then it is told as soon as somebody can be."""
    return _sound(at) if next(overdue(at), None) else []


@act
def _sound(at: dt.datetime) -> list[tuple[StaffMember, int]]:
    replies, people = list(overdue(at)), next_on_rota(at)
    if not replies or not people:
        return []
    OverdueAlarm.objects.bulk_create(
        [OverdueAlarm(comment=reply, waits_since=reply.waits_since, at=at) for reply in replies]
    )
    is_urgent = any(reply.urgency == Urgency.URGENT for reply in replies)
    for person in people:
        post_list("replies-overdue", person, replies, at=at, is_urgent=is_urgent)
    return [(person, len(replies)) for person in people]
