"""What a moderator had on the screen, as a short mark that goes with each form.

A decision on a page that is out of date changes nothing, even where the reply is in the same state again.
"""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from monographs.comments.deciding.redaction import Redaction
from monographs.comments.models import Comment, CommentDecision
from monographs.refusals import Conflict


def with_marks(replies: QuerySet[Comment]) -> QuerySet[Comment]:
    """Each with what `as_seen` reads of it, so that the mark costs no query of its own."""
    decisions = CommentDecision.objects.filter(comment=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    redactions = Redaction.objects.filter(comment=OuterRef("pk")).order_by().values("comment")
    counted = Subquery(redactions.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    return replies.annotate(last_decision=Coalesce(Subquery(decisions), 0), times_redacted=Coalesce(counted, 0))


def as_seen(comment: Comment) -> str:
    """``"pending-17-1"``: its state, the number of the last decision on it (0: none), and how many times words were
    taken out of it.

    Reads ``last_decision`` or ``decisions``, and ``times_redacted``, where they were fetched before, and else looks
    them up.
    """
    last = getattr(comment, "last_decision", None)
    if last is None:
        last = max((decision.pk for decision in comment.decisions.all()), default=0)
    fetched = getattr(comment, "times_redacted", None)
    return f"{comment.state}-{last}-{comment.redactions.count() if fetched is None else fetched}"


def check_seen(comment: Comment, seen: str) -> None:
    """Raise Conflict if somebody decided, or took words out, since the page was made.

    ``seen`` is the mark, or a state alone, for whoever wants no more than that; empty: whatever it is.
    """
    now = as_seen(comment)
    if seen in ("", str(comment.state), now):
        return
    if seen.rpartition("-")[0] == now.rpartition("-")[0]:
        raise Conflict(_("Words were taken out of this reply while your page was open. Look at it again."))
    last = comment.decisions.select_related("by").last()
    raise Conflict(
        _("%(name)s decided on this reply while your page was open: it is “%(state)s” now.")
        % {"name": last.by.name if last and last.by else _("Somebody"), "state": comment.get_state_display()}
    )
