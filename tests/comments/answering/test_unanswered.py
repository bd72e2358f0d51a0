"""The unanswered list: what readers asked and the clinic has not answered, the oldest first."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from monographs.audit.verify import Altered
from monographs.comments.afterwards.erasure import erase
from monographs.comments.answering.unanswered import Unanswered, keep_list, set_aside, take_up
from monographs.comments.deciding import actions
from monographs.comments.deciding.actions import answer, approve, mark_spam, undo
from monographs.comments.models import ReplyLabel
from monographs.operations.verify import check_history
from monographs.refusals import Conflict, NotAllowed
from tests.bench.plans import scanned_tables
from tests.makers import make_comment, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication():
    return make_published()


def listed() -> list[str]:
    return [row.comment.body for row in Unanswered.objects.oldest_first().select_related("comment")]


def test_what_is_shown_and_has_no_answer_of_the_clinic_is_listed_oldest_first(publication, carla):
    make_comment(publication, body="It waits.")
    first = make_comment(publication, body="May I swim?", shown=True)
    make_comment(publication, body="May I ski?", shown=True)
    make_comment(publication, body="I did.", parent=first, shown=True)  # another reader answers for nobody
    assert listed() == ["May I swim?", "May I ski?", "I did."]
    given = answer(first, by=carla, body="Yes.")
    assert listed() == ["May I ski?", "I did."]
    undo(given, by=carla)
    assert listed() == ["May I swim?", "May I ski?", "I did."]
    approve(given, by=carla)
    assert listed() == ["May I ski?", "I did."]
    list(check_history())


def test_a_reply_that_waited_and_is_shown_with_its_answer_is_never_listed(publication, carla):
    answer(make_comment(publication), by=carla, body="Yes.")
    assert listed() == []


def reject(reply, *, by):
    actions.reject(reply, by=by, reason="It tells who somebody is.")


@pytest.mark.parametrize("take_away", [reject, mark_spam, undo, erase])
def test_what_is_taken_away_or_erased_leaves_the_list(publication, carla, take_away):
    reply = make_comment(publication, shown=True)
    take_away(reply, by=carla)
    assert listed() == []
    list(check_history())


def test_a_thank_you_is_set_aside_and_taken_up_again_on_record(publication, carla, ana):
    reply = make_comment(publication, body="Thank you!", shown=True)
    with pytest.raises(NotAllowed):
        set_aside(reply, by=ana)
    set_aside(reply, by=carla)
    assert listed() == []
    list(check_history())
    with pytest.raises(Conflict, match="set this reply aside already"):
        set_aside(reply, by=carla)
    take_up(reply, by=carla)
    assert listed() == ["Thank you!"]
    answer(reply, by=carla, body="You are welcome.")
    with pytest.raises(Conflict, match="answered"):
        set_aside(reply, by=carla)


def test_a_question_is_one_as_long_as_nobody_calls_the_label_wrong(publication, carla):
    reply = make_comment(publication)
    label = ReplyLabel.objects.create(comment=reply, label="question", rule="ends with ?")
    approve(reply, by=carla)
    assert Unanswered.objects.get().is_question
    label.is_wrong = True
    label.save()
    keep_list(reply)
    assert not Unanswered.objects.get().is_question


def test_the_list_is_read_along_an_index_that_has_the_unanswered_alone(publication):
    make_comment(publication, shown=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    rows = Unanswered.objects.oldest_first()
    for which in (rows, rows.filter(leaflet=publication.leaflet_id), rows.filter(is_question=True)):
        page = which[:20]
        assert scanned_tables(str(page.query)) == set()
        assert "unanswered_" in page.explain()


def test_verify_history_finds_one_that_was_dropped_from_the_list(publication):
    make_comment(publication, shown=True)
    Unanswered.objects.all().delete()
    with pytest.raises(Altered, match="since when it waits for an answer"):
        list(check_history())


def test_a_site_that_is_upgraded_has_its_list(publication, carla):
    answer(make_comment(publication, body="Answered", shown=True), by=carla, body="Yes.")
    make_comment(publication, body="Not answered", shown=True)
    before = list(Unanswered.objects.values_list("pk", "leaflet", "since", "is_question"))
    Unanswered.objects.all().delete()
    importlib.import_module("monographs.migrations.0034_answers_threads_and_closing").list_unanswered(apps, None)
    assert list(Unanswered.objects.values_list("pk", "leaflet", "since", "is_question")) == before != []
