"""What readers sent and somebody must see to: the desk's piles of those who decide, answer, or write the leaflets."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from monographs.admin.desk.pile import Pile, Row, day_of, make_pile, may
from monographs.admin.desk.things import CHANGE_REQUESTS, REPLIES, UNANSWERED
from monographs.admin.frame.leaflet.addresses import page_url
from monographs.comments.deciding.escalation import PERMISSION
from monographs.comments.labels import Label
from monographs.comments.models import Comment, Urgency
from monographs.staff.models import StaffMember


def replies(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not may(person, "moderate_comment"):
        return
    yield make_pile(
        "replies",
        _("Replies waiting"),
        REPLIES[may(person, PERMISSION)],
        reverse("admin:reply-queue"),
        _reply,
    )


def _reply(reply: Comment) -> Row:
    """Its label first. Of what may be a cry for help no word is on this page."""
    about = _("On %(leaflet)s, %(day)s.") % {"leaflet": reply.leaflet, "day": day_of(reply.at)}
    address, is_late = page_url("reply", reply.pk), reply.urgency == Urgency.URGENT
    if reply.label == Label.CRISIS:
        return Row(address, capfirst(Label.CRISIS.label), about, is_late=True)
    if reply.label in Label.values:
        about = f"{capfirst(Label(reply.label).label)}. {about}"
    return Row(address, str(reply), about, is_late)


def unanswered(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not may(person, "answer_comment"):
        return
    yield make_pile(
        "unanswered",
        _("Replies without an answer"),
        UNANSWERED,
        reverse("admin:reply-unanswered"),
        lambda row: Row(
            page_url("reply-answer", row.pk),
            capfirst(Label.CRISIS.label) if row.cry else str(row.comment),
            _("On %(leaflet)s, %(day)s.") % {"leaflet": row.comment.leaflet, "day": day_of(row.since)},
        ),
    )


def change_requests(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    """A reader's question showed that a leaflet is unclear."""
    if not may(person, "submit_leaflet"):
        return
    yield make_pile(
        "change-requests",
        _("Leaflets found unclear"),
        CHANGE_REQUESTS,
        reverse("admin:change-requests"),
        lambda one: Row(
            f"{page_url('leaflet-change-requests', one.leaflet_id)}#request-{one.pk}",
            str(one.leaflet),
            f"{one.about}: {one.words}",
        ),
    )
