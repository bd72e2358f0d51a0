"""The clock does whatever is due. Releases and expiries need none: they happen by query.

Any number of clocks may run, on any number of machines, at the same time.
"""

import datetime as dt
import logging

from django.contrib.sessions.models import Session
from django.utils import formats, timezone

from monographs.mail.letters import send
from monographs.publication.due import claim_reminders, readers_of
from monographs.publication.models import Reminder
from monographs.search.missed import forget_missed

logger = logging.getLogger(__name__)


def tick(*, at: dt.datetime | None = None) -> list[str]:
    """Do what is due at ``at`` (default: now); a line of words for each thing done or put off."""
    at = at or timezone.now()
    lines = [_send_reminder(reminder, at=at) for reminder in claim_reminders(at=at)]
    old, _by_model = Session.objects.filter(expire_date__lt=at).delete()
    if old:
        lines.append(f"Removed {old} ended sessions.")
    forgotten = forget_missed(at=at)
    if forgotten:
        lines.append(f"Forgot {forgotten} searches that found nothing.")
    return lines


def _send_reminder(reminder: Reminder, *, at: dt.datetime) -> str:
    publication = reminder.publication
    people = readers_of(reminder)
    context = {
        "leaflet": publication.leaflet.title,
        "version": publication.version,
        "due_on": formats.date_format(publication.next_review_on),
        "days_left": (publication.next_review_on - timezone.localdate(at)).days,
    }
    count, failure = 0, None
    for person in people:
        try:
            count += send("review-due", to=[person.email], context=context)
        except OSError as error:  # smtplib's errors are OSErrors
            logger.warning("The letter about %s could not be sent to %s: %s", publication, person.email, error)
            failure = error
    if failure and not count:  # promised again later; once one person has it, nobody gets it twice
        return f"Could not send the letter about {publication} ({failure}); it is tried again."
    Reminder.objects.filter(pk=reminder.pk).update(sent_at=at)
    return f"Sent the {reminder.days}-day letter about {publication} to {count}."
