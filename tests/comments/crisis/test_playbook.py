"""A cry for help: opened before anybody decides, worked through, closed by a second person."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from monographs.comments.crisis import playbook
from monographs.comments.crisis.playbook import CrisisCase, close, open_reply, opened_today, the_playbook, tick
from monographs.comments.deciding.actions import approve, reject
from monographs.comments.models import Comment, ReplyLabel, State
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from tests.makers import make_comment
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cry():
    reply = make_comment(body="I do not want to be here any more.")
    ReplyLabel.objects.create(comment=reply, label=playbook.CRISIS, rule="en.crisis.test", words="not be here")
    return reply


@pytest.fixture
def second():
    return make_person("dora", role="Moderator")


def test_nobody_decides_on_a_cry_for_help_before_it_is_opened(cry, carla):
    with pytest.raises(Conflict, match="Open it first"):
        reject(cry, by=carla, reason="Answered by telephone.")
    open_reply(cry, by=carla)
    reject(cry, by=carla, reason="Answered by telephone.")
    cry.refresh_from_db()
    assert (cry.state, cry.waits_since is not None) == (State.REJECTED, True)


def test_it_stays_in_the_queue_until_a_second_person_closes_it(cry, carla, second):
    case = open_reply(cry, by=carla)
    reject(cry, by=carla, reason="Answered by telephone.")
    assert list(Comment.objects.waiting()) == [cry]
    with pytest.raises(Conflict, match="second person"):
        close(case, by=carla, note="Called.")
    with pytest.raises(Unacceptable):
        close(case, by=second, note=" ")
    close(case, by=second, note="Called, she is with her sister.")
    assert not Comment.objects.waiting().exists()
    with pytest.raises(Conflict, match="closed this case already"):
        tick(case, by=carla, steps={0}, note="More.")


def test_a_step_keeps_who_ticked_it_and_the_words_that_it_had(cry, carla, second):
    case = open_reply(cry, by=carla)
    first = the_playbook().lines[0]
    the_playbook().__class__.objects.update(steps="Another step.")
    tick(case, by=carla, steps={0}, note="Read it.")
    case = tick(case, by=second, steps={0, 1}, note="Read it. Told Bruno.")
    assert case.steps[0][:2] == [first, carla.name]
    assert case.steps[1][1] == second.name
    with pytest.raises(Unacceptable):
        tick(case, by=carla, steps={99}, note="")


def test_opening_twice_is_one_case_and_the_person_sees_how_many_they_read_today(cry, carla, ana):
    other = make_comment(cry.publication, body="Another.")
    for reply in (cry, cry, other):
        open_reply(reply, by=carla)
    assert CrisisCase.objects.count() == 2
    now = timezone.now()
    assert opened_today(carla, at=now) == 2
    assert opened_today(carla, at=now + dt.timedelta(days=1)) == 0
    with pytest.raises(NotAllowed):
        open_reply(cry, by=ana)


def test_the_database_knows_that_the_second_person_is_another(cry, carla):
    case = open_reply(cry, by=carla)
    with pytest.raises(IntegrityError), transaction.atomic():
        CrisisCase.objects.filter(pk=case.pk).update(closed_by=carla, closed_at=timezone.now())


def test_a_label_that_was_called_wrong_asks_for_no_playbook(cry, carla):
    cry.labels.update(is_wrong=True)
    approve(cry, by=carla)
    assert not Comment.objects.waiting().exists()
