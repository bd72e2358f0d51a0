"""A cry for help in other words than a reply's own: in what somebody says who reports it, or asks for another look."""

from collections.abc import Iterable

from django.utils import timezone

from monographs.comments.labels import Found, named_apart
from monographs.comments.models import Comment, ReplyLabel, Urgency
from monographs.comments.telling.letters import tell_of_crisis


def note_cry(comment: Comment, found: Iterable[Found], *, where: str) -> None:
    """Label the reply that it was said about, put it first in the queue, and tell the people on call; within a verb.

    Nothing for nothing ``found`` (`labelling.crises_in`), and what was said before is not said again. It may be about
    the writer of the reply or about whoever says it: people look.
    """
    found, now = named_apart(where, found), timezone.now()
    known = set(comment.labels.values_list("rule", flat=True)) if found else set()
    found = [one for one in found if one.rule not in known]
    if not found:
        return
    ReplyLabel.objects.bulk_create(
        [ReplyLabel(comment=comment, label=one.label, rule=one.rule, words=one.words, at=now) for one in found]
    )
    comment.urgency, comment.waits_since = Urgency.URGENT, comment.waits_since or now
    comment.save(update_fields=("urgency", "waits_since"))
    tell_of_crisis(comment, found)
