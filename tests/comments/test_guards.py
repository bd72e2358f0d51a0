"""What the database itself refuses about replies, whoever writes: verb, shell or SQL."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from monographs.comments.deciding.actions import answer, approve
from monographs.comments.models import Comment, CommentDecision, State
from tests.makers import make_comment, make_published

pytestmark = pytest.mark.django_db


def refused(**columns) -> bool:
    """Whether a bulk update of every reply is refused."""
    try:
        with transaction.atomic():
            Comment.objects.update(**columns)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("state", [State.APPROVED, State.REJECTED, State.SPAM])
def test_no_reply_changes_its_state_without_a_decision(client, state):
    reply = make_comment(body="Take ten at once!")
    assert refused(state=state)
    assert "ten at once" not in client.get(f"/leaflets/{reply.leaflet.slug}/").content.decode()


def test_an_earlier_decision_does_not_show_what_was_hidden_later(carla):
    reply = make_comment(shown=True)
    CommentDecision.objects.create(comment=reply, was=State.APPROVED, became=State.REJECTED, by=carla)
    Comment.objects.update(state=State.REJECTED, place="")
    assert refused(state=State.APPROVED)
    assert refused(state=State.SPAM)


def test_no_reply_is_born_shown_not_even_an_answer_of_the_clinic(carla):
    publication = make_published()
    fields = {"leaflet": publication.leaflet, "publication": publication, "body": "Take ten.", "state": State.APPROVED}
    for staff in (None, carla):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.create(staff=staff, **fields)
    assert not Comment.objects.exists()


def test_words_and_place_of_a_reply_stay_as_they_were_sent(carla):
    reply = make_comment(shown=True)
    elsewhere = make_published(medicine="Othermol")
    for columns in (
        {"body": "Take ten."},
        {"name": "Dr Somebody"},
        {"staff": carla},
        {"parent": reply},
        {"leaflet": elsewhere.leaflet},
        {"publication": elsewhere},
        {"at": timezone.now()},
    ):
        assert refused(**columns)
    assert not refused(name=reply.name)


def test_an_answer_has_a_decision_of_its_own(carla):
    reply = make_comment()
    approve(reply, by=carla)
    given = answer(reply, by=carla, body="Yes, with milk.")
    assert [(step.was, step.became, step.by) for step in given.decisions.all()] == [("pending", "approved", carla)]
