"""Replies in another state, at another place or in other words than the ledger says are found."""

import pytest

from monographs.comments.models import Comment, State
from tests.operations.verify.asked import problem_found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [State.PENDING, State.APPROVED, State.SPAM])
def test_a_reply_in_another_state_than_was_decided_is_found(history, behind_the_back, state):
    reply = Comment.objects.exclude(state=state).first()
    with behind_the_back():
        Comment.objects.filter(pk=reply.pk).update(state=state, waits_since=reply.at)
    assert problem_found().startswith(f"monographs_comment, row {reply.pk}: the state that was decided is ")


def test_an_answer_of_the_clinic_that_no_verb_wrote_is_found(history, behind_the_back, ana):
    reply = Comment.objects.first()
    reply.pk, reply.staff, reply.state = None, ana, State.APPROVED
    with behind_the_back():
        reply.save(force_insert=True)
    assert problem_found().startswith(f"monographs_comment, row {reply.pk}: ")


@pytest.mark.parametrize("which", ["first", "last"])
def test_other_words_put_into_a_reply_or_an_answer_are_found(history, behind_the_back, which):
    reply = getattr(Comment.objects.order_by("pk"), which)()
    assert reply.is_staff_answer == (which == "last")
    with behind_the_back():
        Comment.objects.filter(pk=reply.pk).update(body="Take 50mg.")
    assert problem_found().startswith(f"monographs_comment, row {reply.pk}: the seal of its words in the ledger is ")


def test_a_reply_moved_to_another_place_is_found(history, behind_the_back):
    reply = Comment.objects.on_pages().first()
    with behind_the_back():
        Comment.objects.filter(pk=reply.pk).update(place="")
    assert problem_found().startswith(
        f"monographs_comment, row {reply.pk}: the place that it has under the leaflet is "
    )
