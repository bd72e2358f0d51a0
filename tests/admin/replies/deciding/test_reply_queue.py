"""The moderation queue: what moderators see, decide, take back, and what happens when two decide at once."""

import copy
import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.admin.replies.deciding import queue
from monographs.audit.models import Entry
from monographs.comments.deciding import actions
from monographs.comments.deciding.seen import as_seen
from monographs.comments.models import Comment, CommentDecision, State
from tests.makers import make_published
from tests.makers_desk import make_unlabelled
from tests.people import make_person

QUEUE = "admin:reply-queue"


@pytest.fixture(scope="module")
def published_for_all(rows_of_the_file):
    return make_published()


@pytest.fixture
def published(published_for_all):
    return copy.deepcopy(published_for_all)


@pytest.fixture
def moderator(client, carla):
    client.force_login(carla)
    return client


def decide(client, comment, verb, **fields):
    return client.post(reverse("admin:reply", args=[comment.pk]), {"verb": verb, "seen": as_seen(comment), **fields})


def state_of(comment):
    return Comment.objects.get(pk=comment.pk).state


def test_queue_shows_waiting_replies_oldest_first(moderator, published):
    first = make_unlabelled(published, body="The first question.", name="Dario")
    second = make_unlabelled(published, body="The second question.")
    make_unlabelled(published, body="Shown already.", shown=True)
    response = moderator.get(reverse(QUEUE))
    assert [reply.pk for reply in response.context["replies"]] == [first.pk, second.pk]
    page = response.content.decode()
    assert "The first question." in page
    assert "Dario" in page
    assert "version 1" in page
    assert "Shown already." not in page


def test_a_reply_says_how_long_it_waits_from_the_first_minute_on(moderator, published):
    reply = make_unlabelled(published, body="May I swim?")
    assert "Waits for" not in moderator.get(reverse(QUEUE)).content.decode()
    Comment.objects.filter(pk=reply.pk).update(waits_since=timezone.now() - dt.timedelta(minutes=2, seconds=5))
    assert "Waits for 2\xa0minutes." in moderator.get(reverse(QUEUE)).content.decode()


def test_tabs_count_every_state(moderator, published, carla):
    replies = [make_unlabelled(published, body=f"Question {number}.") for number in range(5)]
    actions.approve(replies[0], by=carla)
    actions.reject(replies[1], by=carla, reason="No.")
    actions.mark_spam(replies[2], by=carla)
    tabs = moderator.get(reverse(QUEUE)).context["tabs"]
    assert {tab["state"]: tab["count"] for tab in tabs} == {
        "pending": 2, "passed-on": 0, "approved": 1, "rejected": 1, "spam": 1, "withdrawn": 0,
    }  # fmt: skip
    listed = moderator.get(reverse(QUEUE), {"state": "spam"}).context["replies"]
    assert [reply.pk for reply in listed] == [replies[2].pk]


def test_no_state_is_counted_further_than_is_turned_to(moderator, published, monkeypatch):
    monkeypatch.setattr(queue, "COUNTED_AT_MOST", 3)
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    for number in range(5):
        make_unlabelled(published, body=f"Question {number}?")
    page = moderator.get(reverse("admin:reply-queue"))
    assert [(tab["count"], tab["is_more"]) for tab in page.context["tabs"]][0] == (3, True)
    assert '<span class="queue-count">3+</span>' in page.content.decode()
    assert page.context["page"].paginator.num_pages == 2


def test_queue_names_the_reply_that_is_answered(moderator, published):
    asked = make_unlabelled(published, body="Who else is dizzy?", name="Dario", shown=True)
    make_unlabelled(published, body="I am, too.", parent=asked)
    page = moderator.get(reverse(QUEUE)).content.decode()
    assert "Who else is dizzy?" in page
    assert "answers <bdi>Dario</bdi>" in page


def test_a_shown_reply_has_a_link_to_where_it_stands_and_others_to_the_leaflet(moderator, published):
    shown = make_unlabelled(published, body="Who else is dizzy?", shown=True)
    make_unlabelled(published, body="I am.")
    slug = published.leaflet.slug
    listed = moderator.get(reverse(QUEUE), {"state": "approved"}).content.decode()
    assert f'href="/leaflets/{slug}/replies/{shown.pk}/"' in listed
    waiting = moderator.get(reverse(QUEUE)).content.decode()
    assert f'href="/leaflets/{slug}/"' in waiting
    assert "/replies/" not in waiting.replace("/admin/replies/", "")


def test_text_of_readers_is_escaped_and_takes_its_own_direction(moderator, published):
    make_unlabelled(published, body="<script>alert(1)</script> هل يمكنني؟")
    page = moderator.get(reverse(QUEUE)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'class="queue-text" dir="auto"' in page


@pytest.mark.parametrize(
    ("verb", "state"), [("approve", State.APPROVED), ("reject", State.REJECTED), ("spam", State.SPAM)]
)
def test_each_decision_moves_the_reply_and_can_be_undone(moderator, published, verb, state):
    comment = make_unlabelled(published)
    response = decide(moderator, comment, verb, reason="Because.")
    assert response.status_code == 302
    assert state_of(comment) == state
    done = moderator.get(response["Location"])
    assert "Undo" in done.content.decode()
    undone = decide(moderator, Comment.objects.get(pk=comment.pk), "undo")
    assert undone.status_code == 302
    assert state_of(comment) == State.PENDING
    assert "waits again" in moderator.get(undone["Location"]).content.decode()


def test_decisions_of_other_tabs_can_be_undone(moderator, published, carla):
    comment = make_unlabelled(published)
    actions.reject(comment, by=carla, reason="Not about the medicine.")
    page = moderator.get(reverse(QUEUE), {"state": "rejected"}).content.decode()
    assert "Undo: let it wait again" in page
    assert "Not about the medicine." in page


def test_reason_is_kept_with_the_decision(moderator, published):
    comment = make_unlabelled(published)
    decide(moderator, comment, "reject", reason="Names a neighbour.")
    assert CommentDecision.objects.get(comment=comment).reason == "Names a neighbour."
    assert Entry.objects.get(verb="reply.rejected").why == "Names a neighbour."


def test_answer_shows_reply_and_answer(moderator, published, carla):
    comment = make_unlabelled(published)
    response = decide(moderator, comment, "answer", body="Yes, milk is fine.")
    assert state_of(comment) == State.APPROVED
    answer = Comment.objects.get(parent=comment)
    assert (answer.staff, answer.state, answer.body) == (carla, State.APPROVED, "Yes, milk is fine.")
    assert "with your answer" in moderator.get(response["Location"]).content.decode()


def test_undo_of_answer_to_waiting_reply_takes_both_back(moderator, published):
    comment = make_unlabelled(published)
    done = moderator.get(decide(moderator, comment, "answer", body="Yes.")["Location"]).context["done"]
    assert done["undo"] == comment
    moderator.post(
        reverse("admin:reply", args=[comment.pk]), {"verb": "undo", "seen": done["seen"], "answer": done["answer"]}
    )
    assert set(Comment.objects.values_list("state", flat=True)) == {State.PENDING}


def test_undo_of_answer_to_shown_reply_leaves_the_reply(moderator, published):
    comment = make_unlabelled(published, shown=True)
    done = moderator.get(decide(moderator, comment, "answer", body="Yes.", tab="approved")["Location"]).context["done"]
    assert done["undo"].body == "Yes."
    moderator.post(reverse("admin:reply", args=[done["undo"].pk]), {"verb": "undo", "seen": done["seen"]})
    assert state_of(comment) == State.APPROVED
    assert Comment.objects.get(parent=comment).state == State.PENDING


def test_second_moderator_gets_a_sentence_and_keeps_the_typed_answer(moderator, published):
    comment = make_unlabelled(published)
    actions.reject(comment, by=make_person("colin", role="Moderator", first_name="Colin"), reason="Rude.")
    response = decide(moderator, comment, "answer", body="My long, careful answer.")
    assert response.status_code == 409
    page = response.content.decode()
    assert "My long, careful answer." in page
    assert "is not shown" in page
    assert "Colin Test" in page
    assert state_of(comment) == State.REJECTED


def test_decision_on_a_stale_page_does_not_overrule_a_colleague(moderator, published):
    comment = make_unlabelled(published)
    actions.reject(comment, by=make_person("colin", role="Moderator"), reason="No.")
    response = decide(moderator, comment, "approve")
    assert response.status_code == 409
    assert "Colin Test decided on this reply while your page was open" in response.content.decode()
    assert state_of(comment) == State.REJECTED


@pytest.mark.parametrize(("verb", "fields"), [("approve", {}), ("answer", {"body": "Yes."})])
def test_double_click_acts_once(moderator, published, verb, fields):
    comment = make_unlabelled(published)
    assert decide(moderator, comment, verb, **fields).status_code == 302
    second = decide(moderator, comment, verb, **fields)
    assert second.status_code == 409
    assert "already" in second.content.decode()
    assert CommentDecision.objects.filter(comment=comment).count() == 1
    assert Comment.objects.filter(parent=comment).count() == (1 if verb == "answer" else 0)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"verb": "delete"},
        {"verb": "answer", "body": "   "},
        {"verb": "answer", "body": "x" * 5_001},
        {"verb": "reject", "reason": "x" * 1_001},
        {"verb": "approve", "seen": "elsewhere"},
        {"verb": "approve", "seen": ""},
        {"verb": "approve", "seen": "pending"},
        {"verb": "answer", "body": "a\x00b"},
    ],
)
def test_bad_input_is_answered_in_words(moderator, published, sent):
    comment = make_unlabelled(published)
    response = moderator.post(reverse("admin:reply", args=[comment.pk]), {"seen": as_seen(comment), **sent})
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert state_of(comment) == State.PENDING


def test_strange_addresses_are_no_error(moderator, published):
    make_unlabelled(published)
    for query in (
        "?page=x",
        "?page=999",
        "?state=nothing",
        "?done=abc",
        "?done=9999999999999999999999",
        "?done=1&answer=²",
    ):
        assert moderator.get(reverse(QUEUE) + query).status_code == 200
    assert moderator.get(reverse("admin:reply", args=[999_999])).status_code == 404


@pytest.mark.parametrize("username", ["ana", "bruno", "priya", "ada", "mallory"])
def test_queue_is_closed_to_other_roles(client, published, username):
    comment = make_unlabelled(published)
    client.force_login(make_person(username))
    assert client.get(reverse(QUEUE)).status_code == 403
    assert decide(client, comment, "approve").status_code == 403
    assert state_of(comment) == State.PENDING


def test_auditor_reads_but_does_not_decide(client, published, amir):
    comment = make_unlabelled(published)
    client.force_login(amir)
    page = client.get(reverse(QUEUE))
    assert page.status_code == 200
    assert 'value="approve"' not in page.content.decode()
    assert decide(client, comment, "approve").status_code == 403
    assert state_of(comment) == State.PENDING


def test_queue_costs_the_same_at_1_and_at_30(moderator, published, carla, django_assert_num_queries):
    def add(number):
        asked = make_unlabelled(published, body=f"Question {number}?", shown=True)
        actions.answer(asked, by=carla, body=f"Answer {number}.")
        waiting = make_unlabelled(published, body=f"And this, {number}?", parent=asked)
        actions.approve(waiting, by=carla)
        actions.undo(waiting, by=carla)

    add(0)
    # session and person, permissions, reasons, counts, numbers, the page's replies, decisions, what is below, labels
    with django_assert_num_queries(9):
        moderator.get(reverse(QUEUE))
    for number in range(1, 30):
        add(number)
    with django_assert_num_queries(9):
        response = moderator.get(reverse(QUEUE))
    assert len(response.context["replies"]) == 20
    assert "Page 1 of 2" in response.content.decode()


def test_list_of_replies_is_read_only_even_for_superusers(client, published):
    comment = make_unlabelled(published)
    client.force_login(make_person("root", is_superuser=True))
    listed = client.get(reverse("admin:monographs_comment_changelist"), {"q": "milk"})
    assert listed.status_code == 200
    assert "May I take it with milk?" in listed.content.decode()
    address = reverse("admin:monographs_comment_change", args=[comment.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"body": "Other"}).status_code == 403
    assert client.post(reverse("admin:monographs_comment_delete", args=[comment.pk])).status_code == 403
    assert client.get(reverse("admin:monographs_comment_add")).status_code == 403
    comment.refresh_from_db()
    assert comment.body == "May I take it with milk?"


def test_a_moderator_erases_the_words_of_a_reply_for_good(moderator, published):
    reply = make_unlabelled(published, body="Words of regret.", name="Dario")
    page = moderator.get(reverse("admin:reply", args=[reply.pk])).content.decode()
    assert "Erase the words for good" in page
    done = moderator.get(decide(moderator, reply, "erase")["Location"]).content.decode()
    assert "are erased for good" in done
    assert (
        'value="undo"' not in done.partition('class="queue-tabs"')[0].partition("queue-done")[2].partition("</div>")[0]
    )
    page = moderator.get(reverse("admin:reply", args=[reply.pk])).content.decode()
    assert "The words of this reply were taken away" in page
    assert "regret" not in page
    assert "<form" not in page.partition('class="queue-reply"')[2].partition("</article>")[0]


def test_whoever_may_not_erase_is_offered_no_button_and_refused(client, published):
    amir, reply = make_person("amir"), make_unlabelled(published)
    client.force_login(amir)
    assert 'value="erase"' not in client.get(reverse("admin:reply", args=[reply.pk])).content.decode()
    assert decide(client, reply, "erase").status_code == 403
