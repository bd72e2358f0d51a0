"""What a writer may do with a reply afterwards: take it back, write it anew, have it erased; by its secret alone."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from monographs.audit.context import current_address
from monographs.audit.models import Entry
from monographs.comments.afterwards import writers
from monographs.comments.afterwards.erasure import erase_own
from monographs.comments.arrival.intake import look_at
from monographs.comments.crisis.playbook import close, open_reply
from monographs.comments.deciding import actions
from monographs.comments.models import Comment, CommentDecision, ReplyWriter, State, Urgency
from monographs.comments.sender import secret
from monographs.comments.sender.rate import LIMITS, REPLY
from monographs.operations.verify import check_history
from monographs.refusals import Conflict, TooMany, Unacceptable
from tests.makers import make_comment, make_published
from tests.people import make_person
from tests.reading.parts import make_clinic

pytestmark = pytest.mark.django_db

CRY = "I took about 20 of them last night and I just do not want to be here any more"


def rewrite(comment: Comment, body: str, **given) -> Comment:
    incoming = look_at(body, comment.name, language="en", clinic=make_clinic())
    return writers.rewrite(comment, incoming, **given)


# --- The secret ---


def test_a_secret_leads_to_its_reply_and_no_other_text_leads_anywhere():
    comment, other = make_comment(body="Mine."), make_comment(make_published(medicine="Othermol"), body="Theirs.")
    own = secret.secret_of(comment)
    assert secret.find(own) == comment
    assert secret.find(own.upper()) == comment, "typed from paper"
    number, _dash, sign = own.partition("-")
    for wrong in ("", "x", number, f"{number}-", f"{other.pk}-{sign}", f"{own}x", f"{number}-{'a' * 32}", "٣-" + sign):
        assert secret.find(wrong) is None


def test_a_secret_outlives_the_change_of_the_sites_key(settings):
    comment = make_comment()
    own, was = secret.secret_of(comment), settings.SECRET_KEY
    with override_settings(SECRET_KEY="another" * 9, SECRET_KEY_FALLBACKS=[was]):
        assert secret.find(own) == comment
    with override_settings(SECRET_KEY="another" * 9, SECRET_KEY_FALLBACKS=[]):
        assert secret.find(own) is None


def test_an_erased_reply_and_the_clinics_own_answer_have_no_secret(carla):
    comment = make_comment(shown=True)
    own = secret.secret_of(comment)
    given = actions.answer(comment, by=carla, body="Yes.")
    assert secret.secret_of(given) == ""
    assert secret.find(f"{given.pk}-{own.partition('-')[2]}") is None
    erase_own(comment)
    comment.refresh_from_db()
    assert (secret.secret_of(comment), secret.find(own)) == ("", None)


# --- Taking it back ---


@pytest.mark.parametrize("state", ["pending", "shown", "rejected"])
def test_what_its_writer_takes_back_nobody_meets_and_nobody_decides_on(carla, state):
    comment = make_comment(shown=state == "shown")
    if state == "rejected":
        actions.reject(comment, by=carla, reason="Rude.")
    writers.withdraw(comment)
    comment.refresh_from_db()
    assert (comment.state, comment.place, comment.waits_since) == (State.WITHDRAWN, "", None)
    decision = comment.decisions.last()
    assert (decision.became, decision.by) == (State.WITHDRAWN, None)
    assert Entry.objects.filter(verb="reply.withdrawn", by=None).count() == 1
    for verb in (actions.approve, partial(actions.reject, reason="No."), actions.mark_spam, actions.undo):
        with pytest.raises(Conflict, match="took this reply back"):
            verb(comment, by=carla)
    with pytest.raises(Conflict):
        actions.answer(comment, by=carla, body="Yes.")
    list(check_history())


def test_taking_it_back_twice_is_once():
    comment = make_comment()
    for _time in range(2):
        writers.withdraw(comment, seen="pending")
    assert comment.decisions.count() == 1


def test_the_database_itself_brings_nothing_back_that_was_withdrawn(carla):
    comment = make_comment()
    writers.withdraw(comment)
    for became in (State.APPROVED, State.PENDING):
        CommentDecision.objects.create(comment=comment, was=State.WITHDRAWN, became=became, by=carla)
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(state=became, waits_since=timezone.now())


def test_the_database_itself_takes_no_approval_by_nobody():
    comment = make_comment()
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentDecision.objects.create(comment=comment, was=State.PENDING, became=State.APPROVED, by=None)


def test_a_cry_for_help_that_is_taken_back_stays_in_the_queue_until_somebody_has_seen_to_it(carla):
    comment = make_comment(body=CRY, labelled=True)
    writers.withdraw(comment)
    assert list(Comment.objects.waiting()) == [comment]
    close(open_reply(comment, by=carla), by=make_person("cora", role="Moderator"), note="Called.")
    assert not Comment.objects.waiting().exists()


# --- Writing it anew ---


@pytest.mark.parametrize("shown", [False, True])
def test_other_words_are_another_reply_that_waits_and_the_old_one_is_withdrawn(shown):
    old = make_comment(shown=shown)
    new = rewrite(old, "May I take it with tea?")
    old.refresh_from_db()
    assert (old.state, new.state, new.replaces) == (State.WITHDRAWN, State.PENDING, old)
    assert (new.publication, new.leaflet, new.parent) == (old.publication, old.leaflet, old.parent)
    assert list(Comment.objects.waiting()) == [new]
    assert not Comment.objects.shown().exists()
    assert writers.newest(old) == new
    list(check_history())


def test_other_words_run_every_check_again(carla):
    old = make_comment(shown=True)
    new = rewrite(old, CRY)
    assert new.urgency == Urgency.URGENT
    assert new.labels.filter(label="crisis").exists()
    with pytest.raises(Unacceptable):
        look_at("  ", language="en", clinic=make_clinic())


def test_the_old_words_are_no_advertising_that_was_sent_before():
    old = make_comment(body="Since I began to take it in the evening I sleep much better than before, all night long.")
    new = rewrite(old, old.body + " Thank you.")
    assert not new.labels.filter(label="spam").exists()


def test_a_reply_is_written_anew_as_often_as_one_may_be_sent():
    token = current_address.set("192.0.2.7")
    try:
        comment = make_comment()
        for number in range(LIMITS[REPLY].most - 1):
            comment = rewrite(comment, f"May I take it with tea number {number}?")
        with pytest.raises(TooMany):
            rewrite(comment, "May I take it with coffee?")
    finally:
        current_address.reset(token)
    comment.refresh_from_db()
    assert comment.state == State.PENDING


def test_the_same_words_are_no_change():
    comment = make_comment()
    with pytest.raises(Unacceptable, match="Nothing of your reply was changed"):
        rewrite(comment, comment.body)


def test_a_second_click_makes_one_new_reply():
    old = make_comment()
    assert rewrite(old, "With tea?", seen="pending") == rewrite(old, "With tea?", seen="pending")
    with pytest.raises(Conflict):
        rewrite(old, "With coffee?", seen="pending")
    assert Comment.objects.count() == 2


def test_who_had_an_address_keeps_it():
    old = make_comment()
    ReplyWriter.objects.create(comment=old, email="dario@reader.example", consent_version="1")
    new = rewrite(old, "With tea?")
    assert ReplyWriter.objects.get().comment == new


def test_a_decision_meanwhile_is_told_and_nothing_changes(carla):
    comment = make_comment()
    actions.approve(comment, by=carla)
    for act in (
        lambda: rewrite(comment, "With tea?", seen="pending"),
        lambda: writers.withdraw(comment, seen="pending"),
    ):
        with pytest.raises(Conflict, match="decided on your reply"):
            act()
    assert Comment.objects.get().state == State.APPROVED


def test_what_was_withdrawn_or_taken_for_advertising_is_not_written_anew(carla):
    withdrawn, spam = make_comment(), make_comment(make_published(medicine="Othermol"))
    writers.withdraw(withdrawn)
    actions.mark_spam(spam, by=carla)
    for comment in (withdrawn, spam):
        with pytest.raises(Conflict):
            rewrite(comment, "With tea?")


# --- Erasing ---


@pytest.mark.parametrize("shown", [False, True])
def test_a_writer_erases_every_word_on_record_and_without_a_log_in(shown):
    comment = make_comment(shown=shown, name="Dario")
    ReplyWriter.objects.create(comment=comment, email="dario@reader.example", consent_version="1")
    erase_own(comment)
    comment.refresh_from_db()
    assert (comment.body, comment.name, comment.seal, comment.state) == ("", "", "", State.WITHDRAWN)
    assert not ReplyWriter.objects.exists()
    assert Entry.objects.filter(verb="reply.erased", by=None).count() == 1
    list(check_history())


def test_what_holds_answers_keeps_its_place_without_words(carla):
    comment = make_comment(shown=True)
    actions.answer(comment, by=carla, body="Yes, with milk.")
    erase_own(comment)
    comment.refresh_from_db()
    assert (comment.body, comment.state) == ("", State.APPROVED)
    assert comment.place


# --- An address is confirmed ---


def test_an_address_is_confirmed_by_what_its_own_letter_carries():
    comment = make_comment()
    ReplyWriter.objects.create(comment=comment, email="dario@reader.example", consent_version="1")
    token = secret.confirmation_of(comment, "dario@reader.example")
    assert secret.is_confirmation(token, comment, "Dario@reader.example")
    assert not secret.is_confirmation(token, comment, "other@reader.example")
    assert not secret.is_confirmation(secret.secret_of(comment), comment, "dario@reader.example")
    for _time in range(2):
        writers.confirm(comment)
    assert ReplyWriter.objects.get().confirmed_at
    assert Entry.objects.filter(verb="reply.address-confirmed").count() == 1
