"""Several replies decided at once: with a check, each for itself, and what changed meanwhile is told and left."""

import copy

import pytest
from django.urls import reverse

from monographs.comments.deciding import actions
from monographs.comments.deciding.claims import claim
from monographs.comments.deciding.reasons import GivenReason, RejectionReason
from monographs.comments.deciding.seen import as_seen
from monographs.comments.labels import Label
from monographs.comments.models import Comment, CommentDecision, State
from tests.makers import make_published
from tests.makers_desk import CRY, make_cry, make_label, make_unlabelled
from tests.people import make_person


@pytest.fixture(scope="module")
def replies_for_all(rows_of_the_file):
    publication = make_published()
    return [make_unlabelled(publication, body=f"Question {number} about milk?") for number in range(3)]


@pytest.fixture
def replies(replies_for_all):
    return copy.deepcopy(replies_for_all)


@pytest.fixture
def moderator(client, carla):
    client.force_login(carla)
    return client


def send(client, replies, verb="approve", **fields):
    chosen = [f"{reply.pk}:{as_seen(reply)}" for reply in replies]
    return client.post(reverse("admin:reply-several"), {"chosen": chosen, "verb": verb, **fields})


def states():
    return list(Comment.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize(
    ("verb", "became"), [("approve", State.APPROVED), ("reject", State.REJECTED), ("spam", State.SPAM)]
)
def test_bulk_asks_to_check_first_and_then_decides_each(moderator, replies, verb, became):
    asked = send(moderator, replies, verb)
    assert asked.status_code == 200
    page = asked.content.decode()
    assert "These 3 replies are to be" in page
    assert all(f"Question {number} about milk?" in page for number in range(3))
    assert states() == [State.PENDING] * 3
    done = send(moderator, replies, verb, is_sure="on", reason="Said already.")
    assert done.status_code == 200
    assert "3 replies are" in done.content.decode()
    assert states() == [became] * 3


def test_what_changed_meanwhile_is_told_and_left_and_the_others_are_decided(moderator, replies):
    chosen = [f"{reply.pk}:{as_seen(reply)}" for reply in replies]
    colin = make_person("colin", role="Moderator")
    actions.approve(replies[1], by=colin)
    actions.undo(replies[1], by=colin)  # the same state again
    sent = {"chosen": chosen, "verb": "spam", "is_sure": "on"}
    page = moderator.post(reverse("admin:reply-several"), sent).content.decode()
    assert "2 replies are put away as spam" in page
    assert "One reply is left as it is" in page
    assert "Colin Test decided on this reply while your page was open" in page
    assert states() == [State.SPAM, State.PENDING, State.SPAM]


def test_what_a_colleague_has_taken_is_left(moderator, replies):
    claim(replies[0], by=make_person("colin", role="Moderator"))
    page = send(moderator, replies, is_sure="on").content.decode()
    assert "Colin Test has taken this reply" in page
    assert states() == [State.PENDING, State.APPROVED, State.APPROVED]


@pytest.mark.parametrize("is_sure", ["", "on"])
def test_cries_for_help_are_left_out_and_said_so_without_a_word_of_them(moderator, replies, is_sure):
    cry = make_cry(replies[0].publication)
    page = send(moderator, [*replies, cry], "spam", is_sure=is_sure).content.decode()
    assert "Somebody may be in danger. Open it and decide on it alone." in page
    assert CRY not in page
    assert f'value="{cry.pk}:' not in page
    assert Comment.objects.get(pk=cry.pk).state == State.PENDING


def test_a_suspected_side_effect_is_not_put_away_with_others(moderator, replies):
    make_label(replies[0], Label.REACTION)
    page = send(moderator, replies, "spam", is_sure="on").content.decode()
    assert "It may tell of a side effect" in page
    assert states() == [State.PENDING, State.SPAM, State.SPAM]


def test_to_reject_several_needs_one_reason_typed_or_chosen(moderator, replies):
    refused = send(moderator, replies, "reject", is_sure="on", reason=" ")
    assert refused.status_code == 400
    assert "Please give a reason" in refused.content.decode()
    assert states() == [State.PENDING] * 3
    chosen = RejectionReason.objects.first()
    send(moderator, replies, "reject", is_sure="on", text=chosen.pk)
    assert set(CommentDecision.objects.values_list("reason", flat=True)) == {chosen.text}
    assert GivenReason.objects.filter(reason=chosen).count() == 3


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"verb": "approve"},
        {"verb": "erase", "chosen": ["1:pending-0-0"]},
        {"verb": "approve", "chosen": ["one:pending"]},
        {"verb": "approve", "chosen": ["1"]},
        {"verb": "approve", "chosen": ["99999999999999999999:pending"]},
        {"verb": "approve", "chosen": [f"{number}:pending-0-0" for number in range(1, 50)]},
        {"verb": "reject", "chosen": ["1:pending-0-0"], "reason": "x" * 1_001},
        {"verb": "reject", "chosen": ["1:pending-0-0"], "text": "none"},
    ],
)
def test_bad_input_is_answered_in_words(moderator, replies, sent):
    response = moderator.post(reverse("admin:reply-several"), sent)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert states() == [State.PENDING] * 3


def test_a_double_click_decides_once(moderator, replies):
    send(moderator, replies, is_sure="on")
    page = send(moderator, replies, is_sure="on").content.decode()
    assert "3 replies are left as they are" in page
    assert CommentDecision.objects.count() == 3


def test_only_moderators_decide_on_several(client, replies, amir):
    client.force_login(amir)
    assert send(client, replies, is_sure="on").status_code == 403
    client.force_login(make_person("ana"))
    assert send(client, replies, is_sure="on").status_code == 403
    assert client.get(reverse("admin:reply-several")).status_code == 405
    assert states() == [State.PENDING] * 3
