"""What a moderator did last: to say it, and to offer its undoing."""

from django.http import HttpRequest

from monographs.comments.deciding.judging import standing
from monographs.comments.deciding.seen import as_seen
from monographs.comments.labels import Label
from monographs.comments.models import Comment, State


def done(request: HttpRequest) -> dict | None:
    """From the address after a decision: the reply, what is to be undone, and the next one to go on with."""
    pk, answered, was, following = (request.GET.get(name, "") for name in ("done", "answer", "was", "next"))
    if not pk.isdecimal():
        return None
    comment = Comment.objects.select_related("leaflet").filter(pk=pk[:18]).first()
    if not comment:
        return None
    answered = answered[:18] if answered.isdecimal() and comment.state == State.APPROVED else ""
    # An answer to a reply that was shown before is taken back alone; otherwise both go back to the queue.
    target = Comment.objects.filter(pk=answered, parent=comment).first() if answered and was == State.APPROVED else None
    return {
        "comment": comment,
        "is_crisis": bool(standing(comment, Label.CRISIS)),
        "what": request.GET.get("what", ""),
        "undo": target or comment,
        "seen": as_seen(target or comment),
        "answer": answered if not target else "",
        "is_answered": bool(answered),
        "next": following if following.isdecimal() else "",
    }
