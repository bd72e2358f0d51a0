"""The writer of a rejected reply may ask once for another look, by another moderator."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.comments.deciding.actions import approve, mark_spam, reject
from monographs.comments.models import Comment, State
from monographs.comments.objections import appeals
from monographs.comments.objections.appeals import ask, decide
from monographs.operations.verify import check_history
from monographs.refusals import Conflict, Unacceptable
from tests.makers import make_comment
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def second():
    return make_person("dora", role="Moderator")


@pytest.fixture
def rejected(carla):
    reply = make_comment()
    reject(reply, by=carla, reason="Not about the medicine.")
    reply.refresh_from_db()
    return reply


def test_it_waits_again_and_is_still_not_shown(rejected):
    ask(rejected, words="It is about the medicine.")
    waiting = Comment.objects.waiting().get()
    assert (waiting.pk, waiting.state, waiting.place) == (rejected.pk, State.REJECTED, "")


def test_it_can_be_asked_once_and_for_thirty_days(rejected, carla, monkeypatch):
    later = timezone.now() + dt.timedelta(days=31)
    assert not appeals.may_be_asked(rejected, at=later)
    with pytest.raises(Unacceptable):
        ask(rejected, words="x" * 1_001)
    ask(rejected, words="")
    with pytest.raises(Conflict):
        ask(rejected, words="Once more.")


def test_what_is_shown_or_waits_needs_no_appeal(carla):
    reply = make_comment()
    for _state in ("waits", "shown"):
        with pytest.raises(Conflict):
            ask(reply, words="Why?")
        if _state == "waits":
            approve(reply, by=carla)


def test_who_rejected_it_does_not_decide_on_the_appeal(rejected, carla, second):
    appeal = ask(rejected, words="Look again.")
    with pytest.raises(Conflict, match="Another moderator"):
        decide(appeal, by=carla, is_upheld=True, grounds="Yes.")
    with pytest.raises(Unacceptable):
        decide(appeal, by=second, is_upheld=True, grounds="")
    with pytest.raises(Conflict, match="another look"):
        approve(rejected, by=second)
    decide(appeal, by=second, is_upheld=True, grounds="It is about the medicine.")
    rejected.refresh_from_db()
    assert (rejected.state, rejected.waits_since) == (State.APPROVED, None)
    with pytest.raises(Conflict, match="already"):
        decide(appeal, by=second, is_upheld=False, grounds="No.")
    check_history()


def test_an_appeal_that_is_turned_down_leaves_the_queue_with_its_grounds(carla, second):
    reply = make_comment()
    mark_spam(reply, by=carla)
    appeal = ask(reply, words="It is no spam.")
    decide(appeal, by=second, is_upheld=False, grounds="It sells something.")
    assert not Comment.objects.waiting().exists()
    assert appeals.Appeal.objects.get().grounds == "It sells something."
