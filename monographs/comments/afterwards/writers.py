"""What the writer of a reply may do with it afterwards, by its secret address alone (`comments.sender.secret`): take
it back, write it anew, have its words erased, confirm an address. Whoever calls has made sure that it is the writer."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.context import current_address
from monographs.audit.readers import hidden_address
from monographs.audit.record import act, record
from monographs.comments.arrival.actions import found_in, keep
from monographs.comments.arrival.intake import Incoming
from monographs.comments.crisis.playbook import CrisisCase, is_crisis
from monographs.comments.deciding.actions import settle
from monographs.comments.labels import Found
from monographs.comments.models import Comment, ReplyWriter, State
from monographs.comments.sender.rate import CRY, REPLY, check_rate
from monographs.comments.standing.closing import check_open
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.passwords.attempts import network_of

CHANGEABLE = (State.PENDING, State.APPROVED, State.REJECTED)


@act
def withdraw(comment: Comment, *, seen: str = "") -> Comment:
    """Take it back: readers meet it no more, and no moderator decides on it. Once is enough; again does nothing.

    ``seen`` is the state that the writer had on the screen; Conflict if a moderator decided meanwhile.
    """
    comment = _as_it_stands(comment)
    if comment.state != State.WITHDRAWN:
        _check_may_change(comment, seen)
        take_back(comment)
    return comment


def rewrite(comment: Comment, incoming: Incoming, *, seen: str = "") -> Comment:
    """The reply in other words: a new one, which waits as any does, instead of the old one, which is withdrawn.

    Raises Conflict where a moderator decided meanwhile, Unacceptable where nothing is new.
    """
    return _rewrite(comment, incoming, found_in(incoming, replaces=comment), seen=seen)


@act
def _rewrite(comment: Comment, incoming: Incoming, found: Iterable[Found], *, seen: str) -> Comment:
    comment = _as_it_stands(comment)
    if sent := _sent_already(comment, incoming):
        return sent
    _check_may_change(comment, seen)
    if (incoming.body, incoming.name) == (comment.body, comment.name):
        raise Unacceptable(_("Nothing of your reply was changed."))
    words = {
        "leaflet": comment.leaflet,
        "publication_id": comment.publication_id,
        "parent_id": comment.parent_id,
        "name": incoming.name,
        "body": incoming.body,
        "hidden_address": hidden_address(network_of(current_address.get()), at=timezone.now()),
        "replaces": comment,
    }
    now = timezone.now()
    check_open(comment.leaflet, at=now)
    check_rate(words["hidden_address"], now, kind=CRY if incoming.is_crisis else REPLY)
    take_back(comment)
    new = keep(words, incoming, found)
    ReplyWriter.objects.filter(comment=comment).update(comment=new)
    return new


def _sent_already(comment: Comment, incoming: Incoming) -> Comment | None:
    """What took its place, if that has the same words: a second click."""
    new = Comment.objects.filter(replaces=comment).first()
    return new if new and (new.body, new.name) == (incoming.body, incoming.name) else None


def newest(comment: Comment) -> Comment:
    """The reply itself, or what its writer has put in its place last."""
    while after := _after(comment).first():
        comment = after
    return comment


def versions_of(comment: Comment) -> list[Comment]:
    """The other versions of one reply, earlier and later ones."""
    found, earlier = [], comment
    while earlier.replaces_id:
        earlier = Comment.objects.select_related("leaflet").get(pk=earlier.replaces_id)
        found.append(earlier)
    while comment := _after(comment).first():
        found.append(comment)
    return found


def _after(comment: Comment) -> QuerySet[Comment]:
    return Comment.objects.select_related("leaflet").filter(replaces=comment)


def _as_it_stands(comment: Comment) -> Comment:
    return Comment.objects.select_related("leaflet").get(pk=comment.pk)


def _check_may_change(comment: Comment, seen: str) -> None:
    if comment.erased_at:
        raise Conflict(_("The words of this reply are erased already."))
    if comment.state not in CHANGEABLE:
        raise Conflict(_("This reply can’t be changed any more."))
    if seen and seen != comment.state:
        raise Conflict(
            _("Somebody from our team decided on your reply while your page was open. Please look at it again.")
        )


def take_back(comment: Comment) -> None:
    """Its writer wants it gone, within a verb that has judged the rest. A cry for help stays in the queue all the
    same, until somebody has seen to it."""
    settle(comment, State.WITHDRAWN, by=None, verb="reply.withdrawn")
    if is_crisis(comment) and not CrisisCase.objects.filter(comment=comment, closed_at__isnull=False).exists():
        Comment.objects.filter(pk=comment.pk).update(waits_since=comment.at)


@act
def confirm(comment: Comment) -> None:
    """The address is its writer's: the link in our letter was followed, and the button pressed."""
    writer = ReplyWriter.objects.filter(comment=comment, confirmed_at=None).first()
    if writer:
        writer.confirmed_at = timezone.now()
        writer.save(update_fields=("confirmed_at",))
        record("reply.address-confirmed", by=None, about=comment, subject=comment.leaflet)
