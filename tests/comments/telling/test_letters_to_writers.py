"""The writer of a reply is written to after confirming the address, once for each fact, in the leaflet's language, and
never after unsubscribing."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.comments.afterwards.erasure import erase
from monographs.comments.arrival.actions import submit
from monographs.comments.deciding.actions import answer, approve, mark_spam, reject, undo
from monographs.comments.labels import Found, Label
from monographs.comments.models import Comment, ReplyWriter
from monographs.comments.sender.consent import Contact
from monographs.comments.sender.secret import secret_of
from monographs.comments.telling.letters import UNDOABLE, ask_to_confirm, tell_leaflet_changed, tell_of_arrival
from monographs.mail.models import Letter
from monographs.mail.outbox import send_due
from monographs.mail.unsubscribing import ABOUT_REPLIES, find, token_of, unsubscribe
from tests.comments.rota import make_moderator, make_waiting
from tests.makers import make_published

pytestmark = pytest.mark.django_db
ME = "me@reader.example"


def make_reply(*, is_confirmed: bool = True, email: str = ME, **fields) -> Comment:
    comment = make_waiting("Quagmarked?", name="Beatrix", **fields)
    confirmed_at = timezone.now() if is_confirmed else None
    ReplyWriter.objects.create(comment=comment, email=email, confirmed_at=confirmed_at)
    return comment


def later() -> dt.datetime:
    return timezone.now() + UNDOABLE + dt.timedelta(minutes=1)


def told() -> list[str]:
    return list(Letter.objects.waiting().order_by("pk").values_list("name", flat=True))


def test_before_the_address_is_confirmed_nothing_but_the_question_goes_there(carla, mailoutbox):
    comment = make_reply(is_confirmed=False)
    assert ask_to_confirm(comment.writer, "https://here.example/confirm/")
    assert not ask_to_confirm(comment.writer, "https://here.example/confirm/")
    approve(comment, by=carla)
    answer(comment, by=carla, body="No, it does not.")
    list(send_due(at=later()))
    [letter] = mailoutbox
    assert letter.subject == "Is this your address?"
    assert "https://here.example/confirm/" in letter.body


def test_a_strangers_mailbox_is_not_filled_with_questions():
    publication = make_published()
    asked = [
        ask_to_confirm(make_reply(is_confirmed=False, publication=publication).writer, "/x/") for _reply in range(6)
    ]
    assert asked == [True, True, True, False, False, False]


def test_an_address_that_is_confirmed_or_missing_is_not_asked():
    publication = make_published()
    assert not ask_to_confirm(make_reply(publication=publication).writer, "/x/")
    assert not ask_to_confirm(make_reply(is_confirmed=False, email="", publication=publication).writer, "/x/")


def test_what_is_decided_is_told_once_after_ten_minutes_with_neither_leaflet_nor_words(carla, mailoutbox):
    comment = make_reply()
    approve(comment, by=carla)
    list(send_due())
    assert mailoutbox == []
    list(send_due(at=later()))
    [letter] = mailoutbox
    assert (letter.to, letter.subject) == ([ME], "About what you wrote to us")
    assert secret_of(comment) in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not any(mark in letter.body for mark in ("Quagmarked", "Beatrix", "Testamol", "Carla"))


def test_a_decision_taken_back_in_time_is_never_told(carla):
    comment = make_reply()
    approve(comment, by=carla)
    undo(comment, by=carla)
    assert told() == []
    reject(comment, by=carla, reason="Not about this leaflet.")
    assert told() == ["reply-decided"]
    assert "not shown" in Letter.objects.get().body


def test_undo_of_what_was_told_sends_no_second_letter_for_the_same_decision(carla, mailoutbox):
    comment = make_reply()
    approve(comment, by=carla)
    list(send_due(at=later()))
    undo(comment, by=carla)
    approve(comment, by=carla)
    list(send_due(at=later()))
    assert len(mailoutbox) == 1


def test_spam_is_not_told_that_it_is_known_as_such(carla):
    mark_spam(make_reply(), by=carla)
    assert told() == []


def test_an_answer_is_told_instead_of_the_decision_that_came_with_it(carla, mailoutbox):
    comment = make_reply()
    answer(comment, by=carla, body="No, it does not.")
    assert told() == ["reply-answered"]
    list(send_due(at=later()))
    assert "does not" not in mailoutbox[0].body


def test_nobody_in_a_thread_hears_of_an_answer_before_it_is_approved(carla):
    comment = make_reply()
    approve(comment, by=carla)
    Letter.objects.all().delete()
    theirs = make_waiting("Mine neither.", publication=comment.publication, parent=comment)
    assert told() == []
    approve(theirs, by=carla)
    assert told() == ["reply-answered"]
    assert "another reader" in Letter.objects.get().body
    undo(theirs, by=carla)
    assert told() == []


def test_under_a_hidden_reply_nobody_is_told(carla):
    comment = make_reply()
    approve(comment, by=carla)
    theirs = make_waiting("Mine neither.", publication=comment.publication, parent=comment)
    undo(comment, by=carla)
    approve(theirs, by=carla)
    assert told() == []


def test_a_changed_leaflet_is_told_once_a_version():
    comment = make_reply()
    assert [tell_leaflet_changed(comment, version) for version in ("2", "2", "3")] == [True, False, True]


def test_letters_are_in_the_leaflets_language():
    comment = make_reply(publication=make_published(language="de"))
    tell_leaflet_changed(comment, "2")
    assert Letter.objects.get().language == "de"
    assert find(token_of(ME, ABOUT_REPLIES, "xx")).language == "en"  # the site has no words in it


def test_who_unsubscribed_gets_none(carla, mailoutbox):
    approve(make_reply(), by=carla)
    unsubscribe(find(token_of(ME, ABOUT_REPLIES, "en")))
    list(send_due(at=later()))
    assert mailoutbox == []


def test_erasing_takes_the_address_out_of_every_letter(carla, mailoutbox):
    comment = make_reply()
    approve(comment, by=carla)
    list(send_due(at=later()))
    tell_leaflet_changed(comment, "2")
    erase(comment, by=carla)
    assert not Letter.objects.filter(to=ME).exists()
    assert list(send_due(at=later())) == []
    assert len(mailoutbox) == 1


def test_a_reply_that_arrives_is_told_to_those_on_call_if_it_is_a_cry_for_help_and_its_address_is_asked_for():
    make_moderator("carla")
    quiet, cry = make_reply(is_confirmed=False), None
    tell_of_arrival(quiet, [Found(Label.QUESTION, "en.question.x", "Quagmarked")])
    assert told() == []
    tell_of_arrival(quiet, [], quiet.writer)
    assert told() == ["confirm-address"]
    cry = make_waiting("Help", publication=quiet.publication)
    tell_of_arrival(cry, [Found(Label.CRISIS, "en.crisis.x", "Help")])
    assert told() == ["confirm-address", "reply-crisis"]


def test_a_reply_that_is_sent_in_reaches_those_on_call_and_its_writer_by_the_real_verbs():
    make_moderator("carla")
    leaflet = make_published().leaflet
    submit(leaflet, body="I took all of the tablets and I want to die.", contact=Contact(ME, "1"))
    assert sorted(told()) == ["confirm-address", "reply-crisis"]
    comment = Comment.objects.get()
    asked = Letter.objects.get(name="confirm-address")
    assert f"/replies/confirm/{comment.pk}/" in asked.body
    assert secret_of(comment) not in asked.body  # nobody knows yet whose mailbox it is
    assert not any("tablets" in letter.body for letter in Letter.objects.all())
