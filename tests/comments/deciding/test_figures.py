"""How long replies waited, by label: medians of the newest, and the same cost after any number."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.comments.crisis.playbook import CrisisCase, open_reply
from monographs.comments.deciding import actions
from monographs.comments.deciding.figures import figures_of
from monographs.comments.labels import Label
from monographs.comments.models import Comment, CommentDecision
from tests.makers import make_published
from tests.makers_desk import make_cry, make_label, make_unlabelled

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def row_of(title):
    [row] = [row for row in figures_of(timezone.now()) if row.title == title]
    return row


@pytest.fixture
def decided(carla, behind_the_back):
    """Questions that waited for one, two and nine hours; the last came forty days ago."""
    publication, now = make_published(), timezone.now()
    for number, (ago, waited) in enumerate([(1, 1), (2, 2), (40, 9)]):
        reply = make_unlabelled(publication, body=f"Question {number}?")
        label = make_label(reply, Label.QUESTION)
        actions.approve(reply, by=carla)
        came = now - dt.timedelta(days=ago)
        with behind_the_back():
            Comment.objects.filter(pk=reply.pk).update(at=came)
            CommentDecision.objects.filter(comment=reply).update(at=came + waited * HOUR)
            type(label).objects.filter(pk=label.pk).update(at=came)
    return publication


def test_median_time_to_decision_over_thirty_and_ninety_days_by_label(decided):
    assert row_of("question").decided == [1.5 * HOUR, 2 * HOUR]
    assert row_of("all replies").decided == [1.5 * HOUR, 2 * HOUR]
    assert row_of("thanks").decided == [None, None]


def test_median_time_until_a_cry_for_help_is_opened(decided, carla, behind_the_back):
    cry = make_cry(decided)
    open_reply(cry, by=carla)
    with behind_the_back():
        CrisisCase.objects.update(opened_at=cry.at + dt.timedelta(minutes=4))
    row = row_of(Label.CRISIS.label)
    assert row.opened == [dt.timedelta(minutes=4)] * 2
    assert (row.waiting, row.decided) == (1, [None, None])
    assert row_of("question").opened == []


def test_what_waits_now_is_counted_by_label_and_a_wrong_label_is_not(decided):
    waiting = make_unlabelled(decided, body="And this?")
    make_label(waiting, Label.QUESTION)
    make_label(waiting, Label.SPAM, is_wrong=True)
    assert [row_of(title).waiting for title in ("all replies", "question", "spam")] == [1, 1, 0]


def test_the_first_decision_counts_and_not_what_came_after(decided, carla):
    before = row_of("all replies").decided
    reply = Comment.objects.order_by("pk").first()
    actions.undo(reply, by=carla)
    actions.approve(reply, by=carla)
    with_again = row_of("all replies").decided
    assert with_again == before


def test_figures_cost_a_fixed_number_of_queries(decided):
    with CaptureQueriesContext(connection) as captured:
        figures_of(timezone.now())
    assert len(captured) == 2 + 2 * len(Label) + 1
