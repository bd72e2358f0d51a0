"""A reader's reply: taken without a cookie, kept for a moderator, and never lost on the way."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.comments.models import Comment, State
from monographs.comments.sender.secret import secret_of
from monographs.publication.actions import withdraw
from tests.makers import make_comment, make_published
from tests.reading.parts import send, token_on, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication(db):
    return make_published()


@pytest.fixture
def strict_client():
    """A browser whose posts meet Django's CSRF check."""
    return Client(enforce_csrf_checks=True)


def test_reply_is_kept_for_a_moderator_and_the_reader_thanked(strict_client, publication):
    response = send(strict_client, "testamol", body="May I take it with milk?", name="Dario")
    assert response.status_code == 303
    comment = Comment.objects.get()
    assert response["Location"] == f"/replies/{secret_of(comment)}/sent/"
    assert (comment.body, comment.name, comment.state) == ("May I take it with milk?", "Dario", State.PENDING)
    assert comment.publication == publication
    page = words(strict_client.get(response["Location"]))
    assert "Thank you. Your reply has reached us." in page
    assert "May I take it with milk?" not in page


class _AnyDay(dict):
    def get(self, _day):
        return "key"


def test_reply_asks_little_and_its_look_ups_are_made_once(client, publication, monkeypatch):
    """The clinic; which leaflet, with the names of staff, the moderators' rules and the newest decision on any reply;
    what is shown and what it says to that, the newest replies, what was shown and whether replies are closed, what came
    from there; the reply, the ledger's end, what rules saw in it, its entry. The key of the day's addresses is known to
    a process from its first reply on."""
    for body in ("May I take it with milk?", "And with water?"):
        send(client, "testamol", body=body)
    token, made = token_on(client, "testamol"), []
    monkeypatch.setattr("monographs.audit.readers._keys", _AnyDay())
    as_sql = SQLCompiler.as_sql
    monkeypatch.setattr(SQLCompiler, "as_sql", lambda *args, **kwargs: made.append(args) or as_sql(*args, **kwargs))
    with CaptureQueriesContext(connection) as captured:
        client.post("/leaflets/testamol/reply/", {"token": token, "body": "And with tea?"})
    assert Comment.objects.filter(body="And with tea?").exists()
    assert len(made) == 1, "that of this assertion alone"
    asked = [query["sql"].split()[0] for query in captured.captured_queries if "monographs_" in query["sql"]]
    beside = ["WITH"] if connection.vendor == "postgresql" else ["INSERT", "INSERT"]  # one, of both
    assert asked == [*["SELECT"] * 7, "INSERT", "SELECT", *beside]


def test_sending_leaves_no_cookie(strict_client, publication):
    send(strict_client, "testamol", body="May I take it with milk?")
    send(strict_client, "testamol", body="")
    assert not strict_client.cookies


def test_sending_twice_makes_one_reply(client, publication):
    for _ in range(2):
        assert send(client, "testamol", body="May I take it with milk?").status_code == 303
    assert Comment.objects.count() == 1


def test_answer_to_a_reply_keeps_what_it_answers(client, publication):
    question = make_comment(publication, shown=True)
    page = client.get(f"/leaflets/testamol/?answer={question.pk}").content.decode()
    assert f'name="parent" value="{question.pk}"' in page
    send(client, "testamol", body="I do.", parent=question.pk)
    assert Comment.objects.get(body="I do.").parent == question


@pytest.mark.parametrize("wanted", ["0", "x", "", "9" * 30, "-1", "²"])
def test_answer_to_nothing_shows_the_usual_form(client, publication, wanted):
    page = client.get("/leaflets/testamol/", {"answer": wanted})
    assert page.status_code == 200
    assert 'name="parent"' not in page.content.decode()


def test_waiting_reply_cannot_be_answered_or_read_through_the_form(client, publication):
    waiting = make_comment(publication, body="A secret question.")
    page = client.get(f"/leaflets/testamol/?answer={waiting.pk}").content.decode()
    assert 'name="parent"' not in page
    response = send(client, "testamol", body="I do.", parent=waiting.pk)
    assert response.status_code == 400
    assert "A secret question." not in words(response)


def test_reply_of_another_leaflet_cannot_be_answered_here(client, publication):
    elsewhere = make_comment(make_published(medicine="Betamol"), shown=True)
    response = send(client, "testamol", body="I do.", parent=elsewhere.pk)
    assert response.status_code == 400
    assert not Comment.objects.filter(body="I do.").exists()


def _assert_form_again(response, *, status, sentence, body):
    html = response.content.decode()
    assert response.status_code == status
    assert sentence in words(response)
    assert f">\n{body}</textarea>" in html
    assert response["Cache-Control"] == "no-store"
    assert not Comment.objects.exists()


@pytest.mark.parametrize("body", ["", "   \n\t ", "\x00"])
def test_blank_reply_is_asked_for_words(client, publication, body):
    response = send(client, "testamol", body=body)
    _assert_form_again(response, status=400, sentence="Please write something", body=body.replace("\x00", "\x00"))


def test_reply_of_100_kilobytes_is_handed_back(client, publication):
    body = "word " * 20_000
    _assert_form_again(send(client, "testamol", body=body), status=400, sentence="at most 5,000 fit", body=body)


def test_too_long_name_is_handed_back_with_the_text(client, publication):
    response = send(client, "testamol", body="My words.", name="n" * 81)
    _assert_form_again(response, status=400, sentence="shorter name", body="My words.")
    assert f'value="{"n" * 81}"' in response.content.decode()


@pytest.mark.parametrize("token", ["", "x", "1-2", "1-2:forged", "a:b:c", "٣-٣:x"])
def test_forged_token_is_refused_and_the_text_kept(client, publication, token):
    response = send(client, "testamol", body="My words.", token=token)
    _assert_form_again(response, status=400, sentence="could not tell where this form came from", body="My words.")


def test_token_of_another_leaflet_is_refused(client, publication):
    make_published(medicine="Betamol")
    response = send(client, "testamol", body="My words.", token=token_on(client, "betamol"))
    _assert_form_again(response, status=400, sentence="could not tell where this form came from", body="My words.")


def test_form_without_its_fields_is_answered(client, publication):
    response = client.post("/leaflets/testamol/reply/")
    assert response.status_code == 400
    assert "was not sent yet" in words(response)


def test_form_stays_good_for_a_day_and_then_offers_a_fresh_one(client, publication, monkeypatch):
    token = token_on(client, "testamol")
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + dt.timedelta(hours=26))
    response = send(client, "testamol", body="My words.", token=token)
    _assert_form_again(response, status=409, sentence="open for more than a day", body="My words.")
    fresh = response.content.decode().split('name="token" value="')[1].split('"')[0]
    assert fresh != token
    assert send(client, "testamol", body="My words.", token=fresh).status_code == 303


def test_form_of_some_hours_ago_is_good(client, publication, monkeypatch):
    token = token_on(client, "testamol")
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + dt.timedelta(hours=20))
    assert send(client, "testamol", body="My words.", token=token).status_code == 303


def test_robot_that_fills_every_field_is_stopped_and_a_person_told(client, publication):
    response = send(client, "testamol", body="My words.", website="https://pills.example")
    _assert_form_again(response, status=400, sentence="A field that must stay empty", body="My words.")
    assert "pills.example" not in response.content.decode()


def test_reply_to_a_leaflet_withdrawn_meanwhile_hands_the_text_back(client, publication, priya):
    token = token_on(client, "testamol")
    withdraw(publication.leaflet, by=priya, notice="Ask us.", why="Wrong.")
    response = client.post("/leaflets/testamol/reply/", {"token": token, "body": "My words."})
    _assert_form_again(response, status=409, sentence="replies are closed", body="My words.")
    assert "readonly" in response.content.decode()


def test_reply_that_is_gone_meanwhile_can_be_sent_on_its_own(client, publication):
    response = send(client, "testamol", body="My words.", parent="999999")
    _assert_form_again(response, status=400, sentence="is not here any more", body="My words.")
    assert 'name="parent"' not in response.content.decode()


def test_reply_to_an_unknown_leaflet_is_not_found(client, publication):
    assert client.post("/leaflets/nothing/reply/", {"body": "My words."}).status_code == 404


def test_markup_in_a_refused_reply_is_shown_not_obeyed(client, publication):
    response = send(client, "testamol", body="</textarea><script>alert(1)</script>", website="x")
    assert "<script>alert" not in response.content.decode()


def test_address_of_the_form_leads_back_to_the_leaflet(client, publication):
    response = client.get("/leaflets/testamol/reply/")
    assert response.status_code == 302
    assert response["Location"] == "/leaflets/testamol/#leave-a-reply"
    assert client.put("/leaflets/testamol/reply/").status_code == 405
