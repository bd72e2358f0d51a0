"""Replies that came before there were rules, or before a rule: those that wait are looked at after each update."""

from monographs.clinics.models import the_clinic
from monographs.comments.arrival.intake import Incoming
from monographs.comments.labels import Label
from monographs.comments.models import Comment, ReplyLabel, State
from monographs.comments.telling.letters import tell_of_crisis
from monographs.comments.triage.urgency import urgency_of

AT_MOST = 2_000  # of those that wait longest: an update takes no longer for it


def label_waiting() -> int:
    """Label the replies that wait and have no label, and tell who is on call of cries for help. How many got a label.

    Can be run again and again: one in which rules see nothing is looked at anew each time.
    """
    waiting = Comment.objects.filter(state=State.PENDING, labels=None, staff=None, erased_at=None)
    clinic, count = the_clinic(), 0
    for comment in waiting.select_related("leaflet").order_by("at", "pk")[:AT_MOST]:
        found = Incoming(comment.body, comment.name, comment.leaflet.language, clinic).found()
        if not found:
            continue
        ReplyLabel.objects.bulk_create(
            ReplyLabel(comment=comment, label=one.label, rule=one.rule, words=one.words) for one in found
        )
        comment.urgency = max(comment.urgency, urgency_of(one.label for one in found))
        comment.save(update_fields=("urgency",))
        if any(one.label == Label.CRISIS for one in found):
            tell_of_crisis(comment, found)
        count += 1
    return count
