"""People on call, and replies that wait, for tests."""

import datetime as dt
import zoneinfo

from django.conf import settings

from monographs.comments.models import Comment, ReplyLabel, Urgency
from monographs.comments.telling.rota import RotaTurn
from monographs.staff.models import StaffMember
from tests.makers import make_published
from tests.people import make_person

ZONE = zoneinfo.ZoneInfo(settings.TIME_ZONE)


def make_moderator(username: str, **turn) -> StaffMember:
    """With an address, and with a turn if one is given."""
    person = make_person(username, role="Moderator")
    person.email = f"{username}@clinic.example"
    person.save()
    if turn:
        RotaTurn.objects.create(person=person, **turn)
    return person


def make_waiting(words: str = "Does it hurt?", *, label: str = "", at: dt.datetime | None = None, **fields) -> Comment:
    """A reply that waits, as its table has it; with a label, if one is given."""
    publication = fields.pop("publication", None) or make_published()
    times = {"at": at, "waits_since": at} if at else {}
    comment = Comment.objects.create(
        leaflet=publication.leaflet, publication=publication, body=words, **{**times, **fields}
    )
    if label:
        ReplyLabel.objects.create(comment=comment, label=label, rule=f"en.{label}.test", words=words)
    return comment


def make_cry(words: str = "I do not want to be here any more.", **fields) -> Comment:
    return make_waiting(words, label="crisis", urgency=Urgency.URGENT, **fields)


def on(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> dt.datetime:
    """An instant by the clinic's clock."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=ZONE)
