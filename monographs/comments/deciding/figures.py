"""How long replies wait, by label: read from the newest rows of an index, so that it costs the same after a million."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from monographs.comments.crisis.playbook import CrisisCase
from monographs.comments.labels import Label
from monographs.comments.models import Comment, CommentDecision, ReplyLabel, State

PERIODS = (dt.timedelta(days=30), dt.timedelta(days=90))
COUNTED = 1_000  # replies, the newest, behind each figure


@dataclass
class Figures:
    """Of one label: how many wait, and for each of `PERIODS` how long half of them waited at most (None: no reply).

    ``opened`` is empty for what needs no opening.
    """

    title: str
    waiting: int = 0
    decided: list[dt.timedelta | None] = field(default_factory=list)
    opened: list[dt.timedelta | None] = field(default_factory=list)


def figures_of(at: dt.datetime) -> list[Figures]:
    """All replies in one row, then one for each label that nobody called wrong."""
    since = at - max(PERIODS)
    rows = [
        Figures(
            str(_("all replies")),
            Comment.objects.waiting()[:COUNTED].count(),
            _medians(_newest_decisions(), at),
        )
    ]
    for label in Label:
        wait = ReplyLabel.objects.filter(label=label, comment__waits_since__isnull=False).exclude(is_wrong=True)
        rows.append(
            Figures(
                str(label.label),
                wait.order_by().values("comment").distinct()[:COUNTED].count(),
                _medians(_newest_of(label, since, _first_decision()), at),
                _medians(_newest_of(label, since, _first_opening()), at) if label == Label.CRISIS else [],
            )
        )
    return rows


def _first_decision() -> Subquery:
    decided = CommentDecision.objects.filter(comment=OuterRef("comment"), was=State.PENDING)
    return Subquery(decided.order_by("pk").values("at")[:1])


def _first_opening() -> Subquery:
    return Subquery(CrisisCase.objects.filter(comment=OuterRef("comment")).values("opened_at")[:1])


def _newest_of(label: Label, since: dt.datetime, then: Subquery) -> QuerySet:
    labels = ReplyLabel.objects.filter(label=label, at__gte=since).exclude(is_wrong=True).order_by("-at")
    return labels.values_list("comment", "comment__at", then)[:COUNTED]


def _newest_decisions() -> Iterator[tuple]:
    """Those that ended a wait, among the newest: a condition would be looked for through all there are."""
    newest = CommentDecision.objects.order_by("-pk").values_list("was", "comment", "comment__at", "at")[:COUNTED]
    return (row[1:] for row in newest if row[0] == State.PENDING)


def _medians(rows: Iterable[tuple], at: dt.datetime) -> list[dt.timedelta | None]:
    waits = {number: (came, decided) for number, came, decided in rows if decided}.values()
    return [_median(decided - came for came, decided in waits if came >= at - period) for period in PERIODS]


def _median(waits: Iterator[dt.timedelta]) -> dt.timedelta | None:
    seconds = [wait.total_seconds() for wait in waits]
    return dt.timedelta(seconds=median(seconds)) if seconds else None
