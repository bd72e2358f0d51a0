"""After a reply was erased no answer of the clinic's names its reader; all else that it says stays."""

import pytest
from django.db import IntegrityError, transaction

from monographs.audit.verify import Altered
from monographs.clinics.models import Clinic
from monographs.comments.afterwards.erasure import erase, erase_own
from monographs.comments.answering.canned import About, CannedAnswer, fill
from monographs.comments.deciding.actions import answer
from monographs.comments.deciding.redaction import redact
from monographs.comments.models import Comment
from monographs.operations.verify import check_history
from tests.makers import make_comment, make_content, make_published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "said", "left"),
    [
        ("Bea", "Dear Bea, take it with milk.", "Dear reader, take it with milk."),
        ("Bea Quill", "Hello Bea! Mrs Quill, take it, Bea Quill.", "Hello reader! Mrs reader, take it, reader."),
        ("Bea", "Dear Beatrix, Bea’s dose is 5 mg.", "Dear Beatrix, reader’s dose is 5 mg."),
        ("May", "Dear May, you may. In May 2026 it changes.", "Dear reader, you may. In May 2026 it changes."),
        ("Łucja", "Łucja: tak.", "reader: tak."),
        ("王小明", "王小明您好，每天一次。", "reader您好，每天一次。"),
        ("(.*)", "Dear you, (.*) is no name.", "Dear you, (.*) is no name."),
        ("", "Dear reader, yes.", "Dear reader, yes."),
    ],
)
def test_the_name_goes_from_the_clinics_answers_and_nothing_else(name, said, left, carla):
    reply = make_comment(name=name)
    given = answer(reply, by=carla, body=said)
    erase(reply, by=carla)
    given.refresh_from_db()
    assert given.body == left
    list(check_history())


@pytest.mark.parametrize("said", ["Dear Bea, take it with milk.", "Take it with milk."])
def test_other_words_that_are_put_there_later_are_found(said, carla):
    reply = make_comment(name="Bea")
    given = answer(reply, by=carla, body=said)
    erase(reply, by=carla)
    Comment.objects.filter(pk=given.pk).update(body="Take ten of them.")
    with pytest.raises(Altered):
        list(check_history())


def test_a_prepared_answer_that_was_filled_in_keeps_no_name(client, carla):
    reply = make_comment(make_published(), name="Quendolina")
    body = fill(CannedAnswer(title="T", body="Dear {name}, see us."), About(reply, make_content(), Clinic()))
    answer(reply, by=carla, body=body)
    page = f"/leaflets/{reply.leaflet.slug}/"
    assert "Dear Quendolina" in client.get(page).content.decode()
    erase_own(Comment.objects.get(pk=reply.pk))
    assert "Quendolina" not in client.get(page).content.decode()
    assert "Dear reader, see us." in client.get(page).content.decode()


def test_a_name_that_was_taken_out_before_goes_from_the_answers_as_well(carla):
    reply = make_comment(name="Quendolina")
    given = answer(reply, by=carla, body="Dear Quendolina, yes.")
    redact(reply, by=carla, passages=[], reason="Asked for it.", hides_name=True)
    erase(reply, by=carla)
    given.refresh_from_db()
    assert given.body == "Dear reader, yes."
    list(check_history())


def test_other_answers_keep_their_words(carla):
    first, other = make_comment(name="Bea"), make_comment(make_published(medicine="Othermol"), name="Bea")
    kept = answer(other, by=carla, body="Dear Bea, yes.")
    erase(first, by=carla)
    kept.refresh_from_db()
    assert kept.body == "Dear Bea, yes."
    with pytest.raises(IntegrityError, match="keeps its words"), transaction.atomic():
        Comment.objects.filter(pk=kept.pk).update(body="Dear reader, yes.")
