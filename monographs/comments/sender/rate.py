"""How much one address may send: more than that in a short time is nobody's question.

An address is known only hidden, under the key of the day (`audit.readers`): so a day's count ends with the day (UTC),
and thirty days later nobody can tell whose it was. Counted are rows along the index of the hidden address, at most as
many as the limit of a day, so that the work is the same after ten thousand replies; past the limit nothing is written.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from django.db import connection
from django.db.models import CharField, DateTimeField, Model, QuerySet
from django.utils.translation import gettext as _

from monographs.comments.models import Comment
from monographs.prepared import Given, Prepared
from monographs.refusals import TooMany

REPLY, CRY, REPORT = "reply", "cry for help", "report"


class Limits(NamedTuple):
    """At most ``most`` in ``within``, and ``a_day`` in all."""

    most: int
    within: dt.timedelta
    a_day: int


LIMITS: Mapping[str, Limits] = {
    REPLY: Limits(5, dt.timedelta(minutes=10), 20),
    CRY: Limits(50, dt.timedelta(minutes=10), 200),  # nobody in need is told to come back because of their neighbours
    REPORT: Limits(10, dt.timedelta(minutes=10), 30),
}
"""By what is sent. A waiting room may share one address, so these are no limits of one person."""


def check_rate(hidden: str, at: dt.datetime, *, kind: str = REPLY, model: type[Model] = Comment) -> None:
    """Raise TooMany if so much came from this hidden address (`audit.readers.hidden_address`) before ``at``.

    ``model`` has ``hidden_address`` (indexed) and ``at``: replies, unless told. One query; must run inside the verb, so
    that of many at once no more get in. "" (no address is known) is never limited.
    """
    if hidden:
        rows = _sent(model, most_counted(kind)).rows(hidden=hidden, at=at)
        check_moments([moment for (moment,) in rows], at, kind=kind)


def most_counted(kind: str) -> int:
    """How many of the newest from one address say whether one more is too many."""
    return max(LIMITS[kind].a_day, LIMITS[kind].most)


def check_moments(moments: Sequence[dt.datetime], at: dt.datetime, *, kind: str) -> None:
    """The same, of the ``moments`` at which the newest `most_counted` came from an address, newest first."""
    limits = LIMITS[kind]
    if len(moments) >= limits.a_day:
        midnight = (at.astimezone(dt.UTC) + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        raise TooMany(_sentence_of_the_day(kind), retry_after=int((midnight - at).total_seconds()) + 1)
    recent = [moment for moment in moments if moment > at - limits.within]
    if len(recent) >= limits.most:
        free_at = recent[limits.most - 1] + limits.within
        raise TooMany(_sentence(kind, limits), retry_after=max(1, int((free_at - at).total_seconds()) + 1))


def newest_from_address(model: type[Model]) -> QuerySet:
    """What came from the hidden address that is given as ``hidden``, the newest first.

    Asked as a range that holds one value. Told that it is equal, either database reads the whole table where its
    statistics say that no row has an address, as after thirty quiet days. PostgreSQL is told both: of a range it does
    not know how few rows are in it, and plans it anew each time, which takes longer than to look.
    """
    hidden = Given("hidden", CharField())
    found = model.objects.filter(hidden_address__gte=hidden, hidden_address__lte=hidden).order_by("-at")
    return found.filter(hidden_address=hidden) if connection.vendor == "postgresql" else found


@cache
def _sent(model: type[Model], most: int) -> Prepared:
    """When the newest came from an address, up to a moment."""
    return Prepared(
        lambda: newest_from_address(model).filter(at__lte=Given("at", DateTimeField())).values_list("at")[:most]
    )


def _sentence(kind: str, limits: Limits) -> str:
    minutes = {"minutes": int(limits.within.total_seconds() // 60)}
    if kind == REPORT:
        return (
            _("Many reports came from your connection just now. Please wait %(minutes)s minutes and send yours again.")
            % minutes
        )
    return (
        _(
            "Many replies came from your connection just now. Please wait %(minutes)s minutes and send yours again; "
            "your words are kept in the form. If it is urgent, use the numbers beside the form."
        )
        % minutes
    )


def _sentence_of_the_day(kind: str) -> str:
    if kind == REPORT:
        return _("Very many reports came from your connection today. Please send yours tomorrow.")
    return _(
        "Very many replies came from your connection today. Please send yours tomorrow, or call the clinic; if it is "
        "urgent, use the numbers beside the form."
    )
