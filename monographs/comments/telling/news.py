"""Letters about what waits, as each moderator wants them: once a day, or at once while on call; one letter for all that
came since the last, so that a flood of replies is no flood of letters."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from monographs.audit.record import act
from monographs.clinics.models import the_clinic
from monographs.comments.models import Comment
from monographs.comments.telling.letters import LISTED, post_list
from monographs.comments.telling.rota import ReplyNews, on_call, on_rota
from monographs.staff.models import StaffMember

COUNTED_AT_MOST = 1_000  # replies
Wish = ReplyNews.How


def tell_of_waiting(*, at: dt.datetime) -> Iterator[StaffMember]:
    """Post what is due; to whom. Any number of clocks may do so at once."""
    if not Comment.objects.waiting().exists():
        return
    wishes = {news.person_id: news for news in ReplyNews.objects.all()}
    on_call_now = {person.pk for person in on_call(at)}
    is_day_off = _is_day_off(at)
    for person in on_rota():
        wish = wishes.get(person.pk) or ReplyNews(person=person)
        is_due = _is_due(wish, at, is_on_call=person.pk in on_call_now, is_day_off=is_day_off)
        if is_due and _tell(person, at):
            yield person


def _is_day_off(at: dt.datetime) -> bool:
    return timezone.localdate(at) in the_clinic().off


def _is_due(wish: ReplyNews, at: dt.datetime, *, is_on_call: bool, is_day_off: bool) -> bool:
    """On the clinic's days off nobody gets the letter of the day; who is on call and wants to know at once does."""
    if wish.how == Wish.AT_ONCE:
        return is_on_call and _new_to(wish, at).exists()
    if wish.how == Wish.NEVER or is_day_off:
        return False
    today = timezone.localdate(at)
    return timezone.localtime(at).hour >= wish.at_hour and (
        wish.told_at is None or timezone.localdate(wish.told_at) < today
    )


def _new_to(wish: ReplyNews, at: dt.datetime):
    """What began to wait since the person last heard; for who is told once a day, all that waits."""
    waiting = Comment.objects.waiting().filter(waits_since__lte=at)
    is_since = wish.how == Wish.AT_ONCE and wish.told_at
    return waiting.filter(waits_since__gt=wish.told_at) if is_since else waiting


@act
def _tell(person: StaffMember, at: dt.datetime) -> bool:
    """One letter, one caller at a time."""
    wish = ReplyNews.objects.get_or_create(person=person)[0]
    if not _is_due(wish, at, is_on_call=True, is_day_off=_is_day_off(at)):
        return False
    found = _new_to(wish, at).select_related("leaflet").prefetch_related("labels")
    count, listed = found[:COUNTED_AT_MOST].count(), list(found[:LISTED])
    wish.told_at = at
    wish.save(update_fields=("told_at",))
    return bool(listed) and post_list("replies-waiting", person, listed, at=at, count=count, most=COUNTED_AT_MOST)
