"""A reply comes in: judged, written down with what rules see in it, and told of."""

from collections.abc import Iterable

from django.db.models import BigIntegerField
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.context import current_address
from monographs.audit.readers import hidden_address
from monographs.audit.record import act, number_of_new, record
from monographs.clinics.models import the_clinic
from monographs.comments.arrival.intake import Incoming, look_at
from monographs.comments.labels import Found
from monographs.comments.models import Comment, ReplyLabel
from monographs.comments.sender.consent import Contact, keep_contact
from monographs.comments.sender.rate import CRY, REPLY
from monographs.comments.sender.sent_already import sent_already
from monographs.comments.spam.learnt import learnt_so_far
from monographs.comments.standing.places import may_be_answered
from monographs.comments.standing.versions import version_read
from monographs.comments.telling.letters import tell_of_arrival
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared, PreparedInsert
from monographs.refusals import Unacceptable
from monographs.staff.passwords.attempts import network_of

COMPARED = 100  # of the newest replies, with a new one


def submit(
    leaflet: Leaflet,
    *,
    body: str,
    name: str = "",
    parent: Comment | None = None,
    publication: int | None = None,
    contact: Contact | None = None,
) -> Comment:
    """A reader's reply, kept for a moderator, whatever rules see in it. The same text sent twice from the same address
    to the same place is one reply.

    What turns, hides or piles up is taken out of it first, so that it stands on the page as on the reader's screen.
    ``publication`` is the number of the version that stood in the reader's window, by default what is shown now.
    Raises Unacceptable for a blank or too long text or a name that can't be taken, Conflict if the leaflet is not shown
    any more, or the version was not shown within the last day.
    """
    incoming = look_at(body, name, language=leaflet.language, clinic=the_clinic())
    return take_in(leaflet, incoming, parent=parent, publication=publication, contact=contact)


def take_in(
    leaflet: Leaflet,
    incoming: Incoming,
    *,
    parent: Comment | None = None,
    publication: int | None = None,
    contact: Contact | None = None,
) -> Comment:
    """The same, of a reply that was looked at already. Raises TooMany where too much came from one address."""
    found = found_in(incoming)  # before the turn to write
    return _take_in(leaflet, incoming, found, parent=parent, publication=publication, contact=contact)


@act(adds=Comment)
def _take_in(
    leaflet: Leaflet,
    incoming: Incoming,
    found: Iterable[Found],
    *,
    parent: Comment | None,
    publication: int | None,
    contact: Contact | None,
) -> Comment:
    now = timezone.now()
    if parent:
        parent = Comment.objects.get(pk=parent.pk)  # as it stands now: a moderator may have hidden it
    if parent and (parent.leaflet_id != leaflet.pk or not may_be_answered(parent)):
        raise Unacceptable(_("The reply that you answer is not here any more."))
    read = version_read(leaflet, publication, at=now)
    words = {
        "leaflet": leaflet,
        "publication_id": read,
        "parent": parent,
        "name": incoming.name,
        "body": incoming.body,
        "hidden_address": hidden_address(network_of(current_address.get()), at=now),
    }
    if found_again := sent_already(words, contact, at=now, kind=CRY if incoming.is_crisis else REPLY):
        return found_again
    return keep(words, incoming, found, contact=contact)


def keep(words: dict, incoming: Incoming, found: Iterable[Found], *, contact: Contact | None = None) -> Comment:
    """Write down a reply, what rules see in it and whom one may write to, within a verb that has judged the rest."""
    now = timezone.now()
    comment = _NEW.new(id=number_of_new(), **words, at=now, waits_since=now, urgency=incoming.urgency)
    is_numbered = comment.pk is not None
    if not is_numbered:
        _NEW.write(comment)
    labels = [_NEW_LABEL.new(comment=comment, label=one.label, rule=one.rule, words=one.words, at=now) for one in found]
    data, rows = {"text": comment.computed_digest()}, [(_NEW, [comment])] if is_numbered else []
    record(
        "reply.received", by=None, about=comment, subject=comment.leaflet, data=data,
        beside=[*rows, (_NEW_LABEL, labels)],
    )  # fmt: skip
    writer = keep_contact(comment, contact) if contact else None
    tell_of_arrival(comment, found, writer)
    return comment


def found_in(incoming: Incoming, *, replaces: Comment | None = None) -> tuple[Found, ...]:
    """All that rules see in a reply; a copy is looked for among the newest ones, but not in what it is to replace."""
    if incoming.is_needed:
        return incoming.found()
    lately = [body for (body,) in _LATELY.rows(but=replaces.pk if replaces else 0)]
    return incoming.found(recent=lately, learnt=learnt_so_far(incoming.decision))


_NEW, _NEW_LABEL = PreparedInsert(Comment), PreparedInsert(ReplyLabel)
_LATELY = Prepared(
    lambda: (
        Comment.objects.filter(staff=None)
        .exclude(body="")
        .exclude(pk=Given("but", BigIntegerField()))
        .order_by("-pk")
        .values_list("body")[:COMPARED]
    )
)
