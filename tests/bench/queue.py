"""The queue of replies with few decided ones in the table and with a million: a moderator must not wait longer."""

import datetime as dt
from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monographs.comments.labels import Label
from monographs.comments.models import Comment, ReplyLabel, State, Urgency
from monographs.operations.corpus import texts
from monographs.operations.corpus.rows import analyze
from monographs.publication.models import Publication
from monographs.staff.models import StaffMember
from tests.bench.verbs import cost, staff

SIZES = (10_000, 1_000_000)  # decided replies
WAITING = 10_000
EACH = 15  # requests behind each figure
MADE, APART = 1_000, dt.timedelta(minutes=1)  # replies of which the others are copies


def queue() -> Iterator[str]:
    person = staff()["moderator"]
    _wait(WAITING)
    costs: dict[str, list[float]] = {}
    for size in SIZES:
        _decide(size, by=person)
        analyze()
        for name, (spent, queries) in _costs(person):
            costs.setdefault(name, []).append(spent)
            yield f"  {name:44} {size:9,} decided: {spent * 1000:7.2f} ms of CPU, {queries} queries"
    yield f"the queue with {SIZES[-1]:,} decided replies, over that with {SIZES[0]:,} ({WAITING:,} wait):"
    yield from (f"  {name:44} {after / before:5.2f} ×" for name, (before, after) in costs.items())


def _costs(person: StaffMember) -> Iterator[tuple[str, tuple[float, int]]]:
    client, address = Client(), reverse("admin:reply-queue")
    client.force_login(person)
    pages = {
        "the queue": address,
        "by a label that few have": f"{address}?label={Label.CRISIS}",
        "by leaflet": f"{address}?leaflet={texts.name(0)[0][:5]}",
        "by age": f"{address}?age=over-week",
        "shown ones": f"{address}?state={State.APPROVED}",
        "shown ones, by label": f"{address}?state={State.APPROVED}&label={Label.QUESTION}",
        "figures": reverse("admin:reply-figures"),
        "rules": reverse("admin:reply-rules"),
    }

    def ask(page: str) -> None:
        answer = client.get(page)
        assert answer.status_code == 200, (page, answer.status_code)

    for name, page in pages.items():
        ask(page)
        yield name, cost([lambda page=page: ask(page)] * (EACH + 1))


def _wait(size: int) -> None:
    """So many that wait, most of them with a label: few urgent."""
    waiting = _copies(size)
    cries = ReplyLabel.objects.filter(comment__in=waiting, label=Label.QUESTION).order_by("pk")[: size // 500]
    for label in cries:
        label.label = Label.CRISIS
        label.save()
        Comment.objects.filter(pk=label.comment_id).update(urgency=Urgency.URGENT)


def _decide(size: int, *, by: StaffMember) -> None:
    """Up to so many decided ones in all, each with its decision: the triggers look at every one."""
    size -= Comment.objects.filter(waits_since=None).count()
    if size <= 0:
        return
    with transaction.atomic():
        replies = _copies(size)
        first = replies.order_by("pk").values_list("pk", flat=True)[0]
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO monographs_commentdecision (comment_id, was, became, at, reason, by_id) "
                "SELECT id, 'pending', 'approved', at, '', %s FROM monographs_comment WHERE id > %s",
                [by.pk, first - 1],
            )
        replies.update(state=State.APPROVED, waits_since=None)


def _copies(size: int) -> QuerySet[Comment]:
    """So many new ones, a minute apart, every second of them with a label: some are made, which are copied."""
    publication = Publication.objects.filter(revision__isnull=False).order_by("pk").first()
    before = Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    replies, now = Comment.objects.filter(pk__gt=before).order_by(), timezone.now()
    Comment.objects.bulk_create(
        Comment(
            leaflet_id=publication.leaflet_id, publication=publication, body=texts.reply(number), at=at, waits_since=at
        )
        for number, at in ((number, now - number * APART) for number in range(min(MADE, size)))
    )
    columns = [field.column for field in Comment._meta.concrete_fields if not field.primary_key]
    with connection.cursor() as cursor:
        while (missing := size - replies.count()) > 0:
            cursor.execute(
                f"INSERT INTO monographs_comment ({', '.join(columns)}) SELECT {', '.join(columns)} "  # noqa: S608
                "FROM monographs_comment WHERE id > %s ORDER BY id LIMIT %s",
                [before, missing],
            )
        cursor.execute(
            "INSERT INTO monographs_replylabel (comment_id, label, rule, words, at) "
            "SELECT id, 'question', 'en.question.measured', '', at FROM monographs_comment "
            "WHERE id > %s AND id %% 2 = 0",
            [before],
        )
    return replies
