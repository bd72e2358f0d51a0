"""Closing: per leaflet, per clinic, after N days from the latest version; closed says where to ask instead."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.audit.public_stamp import newest_public
from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.comments.arrival import actions
from monographs.comments.models import Comment
from monographs.comments.standing.closing import AS_USUAL, ReplyRules, change_rules, choose, is_closed, the_rules
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from tests.makers import change_leaflet, make_comment, make_published
from tests.reading.parts import send, token_on, words
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db
PAGE = "/leaflets/testamol/"
CLOSED = "Replies to this leaflet are closed. If you have a question, please ask us in another way."


@pytest.fixture
def publication():
    clinic = the_clinic()
    clinic.phone, clinic.email = "01632 960001", "ask@clinic.example"
    change_clinic(clinic, by=None)
    return make_published()


def rules(carla, **fields) -> bool:
    return change_rules(ReplyRules(**fields), by=carla)


def in_days(publication, days: int, hour: int = 0) -> dt.datetime:
    day = timezone.localdate(publication.effective_from) + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def close_leaflet(publication, carla):
    return choose(publication.leaflet, "closed", by=carla)


def close_all(publication, carla):
    return rules(carla, is_closed=True)


@pytest.mark.parametrize("close", [close_leaflet, close_all])
def test_closed_says_where_to_ask_instead_and_what_was_written_stays(client, publication, carla, close):
    make_comment(publication, body="May I swim?", shown=True)
    assert "Leave a reply" in words(client.get(PAGE))
    assert close(publication, carla)
    page = client.get(PAGE)
    assert CLOSED in words(page)
    assert "Call us: 01632 960001 . ask@clinic.example" in words(page)
    assert "In an emergency call" in words(page)
    html = page.content.decode()
    assert "May I swim?" in html
    assert "<textarea" not in html
    assert "?answer=" not in html


@pytest.mark.parametrize("close", [close_leaflet, close_all])
def test_a_form_that_is_sent_too_late_gets_a_clear_answer_with_its_text_kept(client, publication, carla, close):
    token = token_on(client, "testamol")
    close(publication, carla)
    response = client.post(f"{PAGE}reply/", {"token": token, "body": "My long question about milk."})
    assert response.status_code == 409
    said = words(response)
    assert CLOSED in said
    assert "Your text, so that you can keep it" in said
    assert "My long question about milk." in response.content.decode()
    assert "Call us: 01632 960001" in said
    assert "Please send it again" not in said
    assert not Comment.objects.exists()


def test_no_way_in_takes_a_reply_that_is_closed(publication, carla):
    close_leaflet(publication, carla)
    with pytest.raises(Conflict, match="are closed"):
        actions.submit(publication.leaflet, body="May I?")


def test_the_clinic_says_in_its_own_words_where_to_ask(client, publication, carla):
    rules(carla, is_closed=True, ask_instead="  Ask at the desk on the first floor. ")
    said = words(client.get(PAGE))
    assert "Ask at the desk on the first floor. Call us: 01632 960001" in said
    assert CLOSED not in said


def test_replies_close_so_many_days_after_the_latest_version_as_the_day_begins(publication, carla):
    leaflet = publication.leaflet
    rules(carla, closes_after_days=90)
    assert not is_closed(leaflet, at=in_days(publication, 89, hour=23))
    assert is_closed(leaflet, at=in_days(publication, 90))
    choose(leaflet, "open", by=carla)
    assert not is_closed(leaflet, at=in_days(publication, 900))
    choose(leaflet, AS_USUAL, by=carla)
    assert is_closed(leaflet, at=in_days(publication, 90))


def test_a_new_version_opens_them_again(publication, carla, monkeypatch):
    rules(carla, closes_after_days=90)
    soon = in_days(publication, 91, hour=12)
    assert is_closed(publication.leaflet, at=soon)
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", lambda: soon)
        make_published(change_leaflet(publication.leaflet, dosage="Take 6mg once a day."), change_note="New dose.")
    assert not is_closed(publication.leaflet, at=soon + dt.timedelta(hours=1))


def test_pages_that_are_kept_tell_it_from_the_next_request_on(publication, carla):
    reader = Reader()
    assert "<textarea" in reader.get(PAGE).text
    before = newest_public(timezone.now())
    choose(publication.leaflet, "closed", by=carla)
    assert newest_public(timezone.now()) != before
    assert "<textarea" not in reader.get(PAGE).text
    choose(publication.leaflet, AS_USUAL, by=carla)
    assert "<textarea" in reader.get(PAGE).text
    rules(carla, is_closed=True)
    assert "<textarea" not in reader.get(PAGE).text


def test_closing_costs_a_page_no_query(client, publication, carla, django_assert_num_queries):
    client.get(PAGE)
    with django_assert_num_queries(3):
        client.get(PAGE)
    rules(carla, closes_after_days=1)
    choose(publication.leaflet, "closed", by=carla)
    with django_assert_num_queries(3):
        client.get(PAGE)


def test_older_replies_offer_no_form_that_is_not_there(client, publication, carla):
    for number in range(52):
        make_comment(publication, body=f"Question {number}", shown=True)
    older = f"{PAGE}replies/before/{Comment.objects.order_by('-pk')[49].pk}/"
    assert "?answer=" in client.get(older).content.decode()
    close_leaflet(publication, carla)
    assert "?answer=" not in client.get(older).content.decode()


def test_what_is_closed_is_on_record_once_and_only_a_moderator_closes(publication, carla, ana):
    for change in (lambda: choose(publication.leaflet, "closed", by=ana), lambda: rules(ana, is_closed=True)):
        with pytest.raises(NotAllowed):
            change()
    assert choose(publication.leaflet, "closed", by=carla, reason="Too many questions.")
    assert not choose(publication.leaflet, "closed", by=carla)
    assert rules(carla, closes_after_days=30)
    assert not rules(carla, closes_after_days=30)
    verbs = Entry.objects.filter(verb__startswith="replies.").order_by("position").values_list("verb", "why")
    assert list(verbs) == [("replies.closed", "Too many questions."), ("replies.rules-changed", "")]
    assert the_rules().closes_after_days == 30


@pytest.mark.parametrize("fields", [{"closes_after_days": 0}, {"closes_after_days": 4_000}, {"ask_instead": "x" * 501}])
def test_rules_that_cannot_be_are_refused(fields, carla):
    with pytest.raises(Unacceptable):
        rules(carla, **fields)
    assert not ReplyRules.objects.exists()


def test_a_leaflet_that_is_open_takes_replies_as_before(client, publication, carla):
    choose(publication.leaflet, "open", by=carla)
    rules(carla, closes_after_days=1)
    assert send(client, "testamol", body="May I swim?").status_code == 303
