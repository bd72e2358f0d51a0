"""Words that a moderator takes out are nowhere but in a table for few."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction
from django.urls import reverse

from monographs.audit.models import Entry
from monographs.comments.afterwards.erasure import erase
from monographs.comments.deciding.redaction import Redaction, bring_back, look_at_original, redact, sent_words
from monographs.comments.models import Comment, ReplyLabel
from monographs.operations.verify import check_history
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from tests.makers import make_comment
from tests.people import make_person

pytestmark = pytest.mark.django_db
BODY = "I am Zora Quill of 12 Mill Lane. Does it make one sleepy? Ask Zora Quill."


@pytest.fixture
def reply():
    return make_comment(body=BODY, name="Zora", shown=True)


def take_out(reply, carla, *passages, **fields):
    return redact(reply, by=carla, passages=passages, reason="Tells who she is.", **fields)


def test_a_passage_is_gone_wherever_it_stood_and_a_mark_is_left(reply, carla):
    take_out(reply, carla, "Zora Quill", "Zora Quill of 12 Mill Lane", hides_name=True)
    reply.refresh_from_db()
    assert reply.body == "I am [taken out by us]. Does it make one sleepy? Ask [taken out by us]."
    assert reply.name == ""
    assert sent_words(reply) == ("Zora", BODY)
    check_history()


def test_it_is_on_no_page_in_no_search_and_in_no_ledger(client, admin_client, reply, carla):
    ReplyLabel.objects.create(comment=reply, label="personal_data", rule="name", words="Zora Quill")
    take_out(reply, carla, "Zora Quill of 12 Mill Lane", "Zora Quill", hides_name=True)
    slug = reply.leaflet.slug
    for address in (
        f"/leaflets/{slug}/",
        f"/leaflets/{slug}/?answer={reply.pk}",
        "/search/?q=Mill+Lane",
        "/updates.atom",
    ):
        page = client.get(address).content.decode()
        assert "Zora" not in page
        assert "12 Mill Lane" not in page
    for address in (reverse("admin:reply", args=[reply.pk]), reverse("admin:monographs_comment_changelist")):
        assert "Mill Lane" not in admin_client.get(address).content.decode()
    assert not Comment.objects.filter(body__contains="Zora").exists()
    assert not ReplyLabel.objects.filter(words__contains="Zora").exists()
    assert not any("Zora" in entry.data + entry.about_label + entry.why for entry in Entry.objects.all())


def test_only_words_that_stand_there_are_taken_out_and_only_with_a_reason(reply, carla):
    with pytest.raises(Unacceptable, match="don’t stand in the reply: Mill Road"):
        take_out(reply, carla, "Mill Lane", "Mill Road")
    with pytest.raises(Unacceptable, match="Say which words"):
        take_out(reply, carla, " ")
    with pytest.raises(Unacceptable, match="Say why"):
        redact(reply, by=carla, passages=["Zora"], reason=" ")
    assert not Redaction.objects.exists()


def test_who_is_slower_than_a_colleague_is_told(reply, carla):
    take_out(reply, carla, "Zora Quill")
    with pytest.raises(Conflict, match="while your page was open"):
        take_out(reply, carla, "sleepy")
    take_out(reply, carla, "sleepy", seen=1)
    check_history()


def test_the_words_can_be_brought_back_step_by_step(reply, carla):
    take_out(reply, carla, "Zora Quill")
    bring_back(reply, by=carla, reason="It is a character in a book.", seen=1)
    reply.refresh_from_db()
    assert reply.body == BODY
    check_history()


def test_one_walks_back_to_what_was_sent_past_every_step(reply, carla):
    take_out(reply, carla, "Zora Quill")
    take_out(reply, carla, "sleepy", seen=1)
    take_out(reply, carla, "12 Mill Lane", seen=2)
    bring_back(reply, by=carla, reason="No street of hers.", seen=3)
    take_out(reply, carla, "Mill", seen=4)
    for seen in (5, 6, 7):
        bring_back(reply, by=carla, reason="A character in a book.", seen=seen)
        check_history()
    reply.refresh_from_db()
    assert reply.body == BODY
    with pytest.raises(Conflict, match="all of them are back"):
        bring_back(reply, by=carla, reason="Once more.", seen=8)


def test_who_may_not_see_the_original_brings_nothing_back(client, reply, carla):
    take_out(reply, carla, "Zora Quill")
    person, group = make_person("mo"), Group.objects.create(name="Replies alone")
    group.permissions.set(Permission.objects.filter(codename__in=("view_comment", "moderate_comment")))
    person.groups.set([group])
    with pytest.raises(NotAllowed):
        bring_back(reply, by=person, reason="Curious.", seen=1)
    client.force_login(person)
    page = client.get(reverse("admin:reply-redact", args=[reply.pk])).content.decode()
    assert 'value="redact"' in page
    assert "bring-back" not in page


def test_the_original_is_shown_to_who_may_and_says_why_and_that_is_on_record(reply, carla, ana):
    take_out(reply, carla, "Zora Quill")
    with pytest.raises(NotAllowed):
        look_at_original(reply, by=ana, reason="Curious.")
    with pytest.raises(Unacceptable):
        look_at_original(reply, by=carla, reason="")
    assert look_at_original(reply, by=carla, reason="A complaint came in.").was_body == BODY
    assert Entry.objects.filter(verb="reply.original-seen", by=carla, why="A complaint came in.").count() == 1


def test_the_database_changes_no_word_without_such_a_step(reply, carla):
    take_out(reply, carla, "Zora Quill")
    step = Redaction.objects.get()
    for change in (
        lambda: Comment.objects.update(body=BODY),
        lambda: Redaction.objects.update(was_body="Nothing."),
        lambda: Redaction.objects.update(was_name="", was_body="", name="", body="", erased_at=step.at),
        lambda: Redaction.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_erasing_a_reply_erases_what_was_taken_out_of_it(reply, carla):
    take_out(reply, carla, "Zora Quill")
    erase(reply, by=carla)
    step = Redaction.objects.get()
    assert (step.was_name, step.was_body, step.name, step.body) == ("", "", "", "")
    with pytest.raises(Conflict):
        look_at_original(reply, by=carla, reason="Now?")
    check_history()
