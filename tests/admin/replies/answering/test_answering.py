"""The staff's screens for answers: the unanswered list, prepared texts, requests to an author, what hangs under one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monographs.comments.answering.canned import CannedAnswer
from monographs.comments.answering.change_requests import ChangeRequest, raise_request
from monographs.comments.answering.unanswered import Unanswered
from monographs.comments.deciding import actions
from monographs.comments.deciding.seen import as_seen
from monographs.comments.models import Comment, ReplyLabel
from monographs.comments.standing.closing import LeafletReplies, ReplyRules
from tests.makers import change_leaflet, make_comment, make_published
from tests.people import make_person
from tests.reading.parts import words

pytestmark = pytest.mark.django_db
LIST = "/admin/replies/unanswered/"


@pytest.fixture
def publication():
    return make_published()


@pytest.fixture
def moderator(client, carla):
    client.force_login(carla)
    return client


def answer_page(reply) -> str:
    return reverse("admin:reply-answer", args=[reply.pk])


def field(response) -> str:
    return response.context["form"]["body"].value()


def test_the_list_shows_the_oldest_first_and_filters_by_leaflet_and_questions(moderator, publication):
    other = make_published(medicine="Othermol")
    make_comment(publication, body="I swim every day.", shown=True)
    waiting = make_comment(other, body="May I ski?")
    ReplyLabel.objects.create(comment=waiting, label="question", rule="ends with ?")
    actions.approve(waiting, by=make_person("carla"))
    make_comment(publication, body="It waits.")
    page = moderator.get(LIST)
    assert [row.comment.body for row in page.context["rows"]] == ["I swim every day.", "May I ski?"]
    assert [row.comment.body for row in moderator.get(f"{LIST}?leaflet={other.leaflet_id}").context["rows"]] == [
        "May I ski?"
    ]
    assert [row.comment.body for row in moderator.get(f"{LIST}?only=questions").context["rows"]] == ["May I ski?"]
    for nonsense in ("?leaflet=x", "?leaflet=99999999999999999999", "?page=x", "?done=x"):
        assert moderator.get(LIST + nonsense).status_code == 200


def test_the_list_costs_the_same_at_1_and_at_20(moderator, publication):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert moderator.get(LIST).status_code == 200
        return len(captured)

    make_comment(publication, body="0", shown=True)
    once = cost()
    for number in range(1, 25):
        make_comment(publication, body=f"{number}", parent=Comment.objects.first(), shown=True)
    assert cost() == once <= 10


def test_what_needs_no_answer_leaves_the_list_and_comes_back_by_undo(moderator, publication):
    reply = make_comment(publication, body="Thank you!", shown=True)
    aside = reverse("admin:reply-aside", args=[reply.pk])
    page = moderator.post(aside, {"do": "aside", "only": ""}, follow=True)
    assert "It needs no answer, and has left this list." in words(page)
    assert page.context["rows"] == []
    again = moderator.post(aside, {"do": "aside"})
    assert again.status_code == 409
    assert "already" in words(again)
    page = moderator.post(aside, {"do": "back"}, follow=True)
    assert [row.pk for row in page.context["rows"]] == [reply.pk]


def test_choosing_a_prepared_answer_puts_it_into_the_field_where_it_can_be_changed_before_it_is_sent(
    moderator, publication
):
    reply = make_comment(publication, body="May I take it with milk?", name="Bea", shown=True)
    canned = CannedAnswer.objects.create(title="Milk", body="Dear {name}, see {section:dosage}.")
    filled = "Dear Bea, see “How to take it”."
    assert field(moderator.get(answer_page(reply))) == ""
    assert field(moderator.get(f"{answer_page(reply)}?canned={canned.pk}")) == filled
    page = moderator.post(answer_page(reply), {"do": "fill", "canned": canned.pk, "body": "Good morning."})
    assert field(page) == f"Good morning.\n\n{filled}"
    assert not Comment.objects.filter(staff__isnull=False).exists()
    sent = moderator.post(
        answer_page(reply), {"do": "send", "body": f"{filled} Milk is fine.", "answered": "0", "seen": as_seen(reply)}
    )
    assert sent.status_code == 302
    assert Comment.objects.get(staff__isnull=False).body == f"{filled} Milk is fine."
    assert not Unanswered.objects.filter(pk=reply.pk).exists()


def test_an_open_place_is_told_and_refused_with_the_text_kept(moderator, publication):
    reply = make_comment(publication, shown=True)
    canned = CannedAnswer.objects.create(title="Call", body="Call {clinic_phone}.")
    page = moderator.post(answer_page(reply), {"do": "fill", "canned": canned.pk, "body": ""})
    assert "Still to be filled in: {clinic_phone}" in words(page)
    refused = moderator.post(
        answer_page(reply), {"do": "send", "body": "Call {clinic_phone}.", "answered": "0", "seen": as_seen(reply)}
    )
    assert refused.status_code == 400
    assert field(refused) == "Call {clinic_phone}."
    assert not Comment.objects.filter(staff__isnull=False).exists()


def test_two_colleagues_answer_at_once_and_the_second_is_told_and_loses_nothing(moderator, publication, bruno):
    reply = make_comment(publication, shown=True)
    moderator.get(answer_page(reply))
    colleague = make_person("cora", role="Moderator")
    actions.answer(reply, by=colleague, body="Yes.")
    late = moderator.post(answer_page(reply), {"do": "send", "body": "No.", "answered": "0", "seen": as_seen(reply)})
    assert late.status_code == 409
    assert "A colleague answered this reply" in words(late)
    assert "Yes." in words(late)
    assert field(late) == "No."
    assert (
        moderator.post(
            answer_page(reply), {"do": "send", "body": "No.", "answered": "1", "seen": as_seen(reply)}
        ).status_code
        == 302
    )


def test_an_answer_does_not_show_a_reply_again_that_a_colleague_took_off_meanwhile(moderator, publication):
    reply = make_comment(publication, shown=True)
    seen = moderator.get(answer_page(reply)).context["form"]["seen"].value()
    actions.undo(reply, by=make_person("cora", role="Moderator"))
    sent = {"do": "send", "body": "My long answer.", "answered": "0"}
    for mark in (seen, ""):
        late = moderator.post(answer_page(reply), {**sent, "seen": mark})
        assert late.status_code == (409 if mark else 400)
        assert field(late) == "My long answer."
        assert Comment.objects.get().state == "pending"
    sent["seen"] = late.context["form"]["seen"].value()
    assert moderator.post(answer_page(reply), sent).status_code == 302


def test_what_can_be_done_stands_once_on_the_page_of_a_reply(moderator, publication):
    reply = make_comment(publication, shown=True)
    make_comment(publication, body="And I?", parent=reply, shown=True)
    page = words(moderator.get(reverse("admin:reply", args=[reply.pk])))
    assert page.count("Answer with a prepared text") == page.count("hangs under it") == 1


def test_a_cry_for_help_is_opened_before_it_is_answered(moderator, publication):
    reply = make_comment(publication, body="I took 40 of them.")
    ReplyLabel.objects.create(comment=reply, label="crisis", rule="overdose")
    for name in ("reply-answer", "reply-change-request"):
        response = moderator.get(reverse(f"admin:{name}", args=[reply.pk]))
        assert response["Location"] == reverse("admin:reply-crisis", args=[reply.pk])


def test_a_moderator_asks_the_author_and_the_author_closes_it_with_the_version(moderator, client, publication, ana):
    reply = make_comment(publication, body="How much is a spoon?", shown=True)
    ask = reverse("admin:reply-change-request", args=[reply.pk])
    refused = moderator.post(ask, {"section": "dosage", "words": " "})
    assert refused.status_code == 400
    assert moderator.post(ask, {"section": "dosage", "words": "Say how much a spoon is."}).status_code == 302
    assert "Asked to change: How to take it" in words(moderator.get(answer_page(reply)))
    assert "Asked to change: How to take it" in words(moderator.get(reverse("admin:reply", args=[reply.pk])))
    version = make_published(change_leaflet(reply.leaflet, dosage="Take 5 ml once a day."), change_note="Clearer.")
    client.force_login(ana)
    here = reverse("admin:leaflet-change-requests", args=[reply.leaflet_id])
    page = client.get(here)
    assert "Say how much a spoon is." in words(page)
    assert "How much is a spoon?" in words(page)
    assert here in client.get(reverse("admin:monographs_leaflet_change", args=[reply.leaflet_id])).content.decode()
    one = ChangeRequest.objects.get()
    close = reverse("admin:leaflet-change-request", args=[reply.leaflet_id, one.pk])
    refused = client.post(close, {"do": "close", "publication": str(publication.pk), "why": "A spoon is 5 ml."})
    assert refused.status_code == 400
    assert "A spoon is 5 ml." in refused.content.decode()
    assert client.post(close, {"do": "close", "publication": str(version.pk), "why": ""}).status_code == 302
    assert "Changed in version 2" in words(client.get(here))
    assert client.post(close, {"do": "decline", "why": "No."}).status_code == 409
    assert "Nobody waits" in words(client.get(reverse("admin:change-requests")))


def test_the_author_reads_no_reply_that_is_not_shown(client, publication, carla, ana):
    reply = make_comment(publication, body="A secret question.", shown=True)
    raise_request(reply, by=carla, section="", words="Unclear.")
    actions.reject(reply, by=carla, reason="It tells who somebody is.")
    client.force_login(ana)
    page = client.get(reverse("admin:leaflet-change-requests", args=[reply.leaflet_id]))
    assert "A secret question." not in page.content.decode()
    assert "it is not shown any more" in words(page)


def test_what_hangs_under_a_reply_is_told_before_and_can_go_after(moderator, publication, carla):
    reply = make_comment(publication, body="May I swim?", shown=True)
    actions.answer(reply, by=carla, body="Yes.")
    page = reverse("admin:reply", args=[reply.pk])
    assert "1 reply hangs under it. If you take this one away, that stays on the page" in words(moderator.get(page))
    actions.reject(reply, by=carla, reason="It tells who somebody is.")
    assert "1 reply under it is still on the page." in words(moderator.get(page))
    moderator.post(reverse("admin:reply-hanging", args=[reply.pk]), {"do": "away"})
    assert not Comment.objects.on_pages().exists()
    assert "still on the page" not in words(moderator.get(page))


def test_a_moderator_closes_one_leaflet_and_sets_the_rules_for_all(moderator, publication):
    here = reverse("admin:leaflet-replies", args=[publication.leaflet_id])
    assert "This leaflet takes replies now." in words(moderator.get(here))
    page = moderator.post(here, {"choice": "closed", "why": "Too many."}, follow=True)
    assert "This leaflet takes no replies now." in words(page)
    assert LeafletReplies.objects.get().choice == "closed"
    assert moderator.post(here, {"choice": "nonsense"}).status_code == 200
    rules = reverse("admin:monographs_replyrules_change", args=[1])
    assert moderator.get(rules).status_code == 200
    moderator.post(rules, {"closes_after_days": "90", "ask_instead": "Ask at the desk."})
    assert ReplyRules.objects.get().closes_after_days == 90
    refused = moderator.post(rules, {"closes_after_days": "0", "ask_instead": ""})
    assert refused.status_code == 200
    assert ReplyRules.objects.get().closes_after_days == 90


def test_an_unknown_placeholder_is_refused_beside_its_field_with_the_text_kept(moderator):
    add = reverse("admin:monographs_cannedanswer_add")
    refused = moderator.post(add, {"title": "Milk", "language": "en", "body": "Dear {nmae}, yes.", "is_active": "on"})
    assert "Nothing can be filled in for {nmae}." in words(refused)
    assert "Dear {nmae}, yes." in refused.content.decode()
    sent = {"title": "Milk", "language": "en", "body": "Dear {name}, yes.", "is_active": "on"}
    assert moderator.post(add, sent).status_code == 302
    assert CannedAnswer.objects.get().body == "Dear {name}, yes."
