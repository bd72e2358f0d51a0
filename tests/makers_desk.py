"""What a moderator's tests begin with: labels, cries for help, decisions of long ago."""

import datetime as dt

from django.utils import timezone

from monographs.comments.deciding.actions import approve
from monographs.comments.labels import Label
from monographs.comments.models import Comment, CommentDecision, ReplyLabel, Urgency
from tests.makers import make_comment
from tests.people import make_person

CRY = "I took all of them and I do not want to wake up."


def make_unlabelled(publication=None, *, shown: bool = False, **fields) -> Comment:
    """A reply in which no rule saw anything, whatever it says: a test gives it the labels that it is about."""
    comment = make_comment(publication, **fields)
    comment.labels.all().delete()
    Comment.objects.filter(pk=comment.pk).update(urgency=Urgency.ORDINARY)
    if shown:
        approve(comment, by=make_person("carla"))
    comment.refresh_from_db()
    return comment


def make_label(comment: Comment, label: str = Label.QUESTION, **fields) -> ReplyLabel:
    """What a rule saw; of a cry for help the urgency, too, as sending it would."""
    if label == Label.CRISIS:
        Comment.objects.filter(pk=comment.pk).update(urgency=Urgency.URGENT)
    return ReplyLabel.objects.create(
        comment=comment, **{"label": label, "rule": f"en.{label}.test", "words": "milk", **fields}
    )


def make_cry(publication=None, *, body: str = CRY, **fields) -> Comment:
    """A reply that a rule took for a cry for help; nobody has opened it."""
    comment = make_unlabelled(publication, body=body, **fields)
    make_label(comment, Label.CRISIS, words="do not want to wake up")
    comment.refresh_from_db()
    return comment


def decided_ago(behind_the_back, comment: Comment, ago: dt.timedelta) -> None:
    """Move all decisions on it into the past."""
    with behind_the_back():
        CommentDecision.objects.filter(comment=comment).update(at=timezone.now() - ago)
