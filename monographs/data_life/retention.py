"""The clock erases what has been kept for its time (`data_life.periods`)."""

import datetime as dt
from contextlib import suppress

from django.db.models import Exists, OuterRef, QuerySet

from monographs.audit.readers import KEPT_FOR
from monographs.comments.afterwards.erasure import erase_in_time
from monographs.comments.models import Comment, CommentDecision, ReplyWriter, State
from monographs.comments.objections.reports import Report
from monographs.data_life.periods import Kept, RetentionPeriod
from monographs.refusals import Conflict

AT_ONCE = 200  # of each kind in one round of the clock
_OF_STATE = {
    Kept.APPROVED: State.APPROVED,
    Kept.REJECTED: State.REJECTED,
    Kept.SPAM: State.SPAM,
    Kept.WITHDRAWN: State.WITHDRAWN,
}


def erase_due(*, at: dt.datetime, most: int = AT_ONCE) -> dict[str, int]:
    """Erase up to ``most`` of each kind whose time is over; how many of each were.

    What waits for a moderator is never erased by time, nor is an answer of the clinic. A reply that is shown and holds
    answers keeps its place without words, as when somebody erases it.
    """
    done = {}
    for period in RetentionPeriod.objects.filter(days__isnull=False):
        before, what = at - dt.timedelta(days=period.days), Kept(period.what)
        if what in _OF_STATE:
            due = list(_decided_before(before).filter(state=_OF_STATE[what]).order_by("at", "pk")[:most])
            for comment in due:
                with suppress(Conflict):  # another clock was faster
                    erase_in_time(comment)
            done[what.value] = len(due)
        elif what == Kept.ADDRESS:
            replies = _decided_before(before, erased=None).values("pk")
            numbers = ReplyWriter.objects.filter(comment__in=replies).order_by("pk").values_list("pk", flat=True)[:most]
            done[what.value] = ReplyWriter.objects.filter(pk__in=list(numbers)).delete()[0]
        else:
            told = Report.objects.filter(at__lt=before, words__gt="").order_by("at", "pk")  # decided or not
            numbers = list(told.values_list("pk", flat=True)[:most])
            done[what.value] = Report.objects.filter(pk__in=numbers).update(words="", hidden_address="")
    done["hidden address"] = _forget_hidden_addresses(before=at - KEPT_FOR, most=most)
    return {what: count for what, count in done.items() if count}


def _forget_hidden_addresses(*, before: dt.datetime, most: int) -> int:
    """The keys of their days are gone by then (`audit.readers`), so they tell nobody anything."""
    count = 0
    for model in (Comment, Report):
        old = model.objects.filter(at__lt=before, hidden_address__gt="").order_by().values_list("pk", flat=True)
        count += model.objects.filter(pk__in=list(old[:most])).update(hidden_address="")
    return count


def _decided_before(before: dt.datetime, *, erased: bool | None = False) -> QuerySet[Comment]:
    later = CommentDecision.objects.filter(comment=OuterRef("pk"), at__gte=before)
    replies = Comment.objects.filter(~Exists(later), at__lt=before, waits_since=None, staff=None)
    return replies if erased is None else replies.filter(erased_at=None)
