"""Before sending: the leaflet answers, and what would tell who wrote it is shown. Once, and nothing is kept."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.comments.models import Comment, ReplyWriter
from monographs.comments.sender.secret import secret_of
from monographs.reading.replies.form import looked_at
from tests.makers import change_leaflet, make_comment, make_content, make_published
from tests.reading.parts import looked_long_ago, make_clinic, send_once, token_on, words

pytestmark = pytest.mark.django_db

ASKED, SAID = "May I drink alcohol?", "Do not drink alcohol."
NUMBER = "07400 123456"
CRY = "I took about 20 of them last night and I just do not want to be here any more"


@pytest.fixture
def publication(db):
    sections = tuple(
        section.__class__(section.key, section.kind, section.heading, f"{SAID} {section.body}")
        if section.kind == "before_taking"
        else section
        for section in make_content().sections
    )
    return make_published(sections=sections)


def first_step(client, **fields):
    return send_once(client, "testamol", **{"token": token_on(client, "testamol"), "name": "Dario", **fields})


def form_on(response) -> dict[str, str]:
    """The fields of the form, as a browser sends them back."""
    html = response.content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
    body = re.search(r'name="body"[^>]*>\n(.*?)</textarea>', html, re.DOTALL)[1]
    typed = dict(re.findall(r'name="(name|email)"[^>]* value="([^"]*)"', html))
    return {**hidden, **typed, "body": body}


def test_before_sending_the_leaflet_answers_in_its_own_sentence_with_a_link_to_its_section(client, publication):
    response = first_step(client, body=ASKED)
    html = response.content.decode()
    assert response.status_code == 200
    assert f"<blockquote><p>{SAID}</p>" in html
    assert 'href="/leaflets/testamol/#part-before_taking"' in html
    assert "Did this answer it?" in words(response)
    assert (response["Cache-Control"], Comment.objects.count()) == ("no-store", 0)


def test_who_has_the_answer_sends_nothing_and_nothing_is_kept(client, publication):
    before = Entry.objects.count()
    response = first_step(client, body=ASKED)
    yes = re.search(r'<a class="button" href="([^"]*)">Yes, thank you</a>', response.content.decode())[1]
    assert client.get(yes.partition("#")[0]).status_code == 200
    assert (Comment.objects.count(), Entry.objects.count()) == (0, before)
    assert not client.cookies


def test_who_has_not_sends_it_and_is_led_to_a_page_of_their_own(client, publication):
    asked = first_step(client, body=ASKED)
    response = send_once(client, "testamol", **{**form_on(asked), "looked": looked_long_ago()})
    assert response.status_code == 303
    assert response["Location"] == f"/replies/{secret_of(Comment.objects.get())}/sent/"
    assert Comment.objects.get().body == ASKED


def test_where_nothing_fits_it_goes_straight_on(client, publication):
    assert first_step(client, body="Who won the football?").status_code == 303


@pytest.mark.parametrize("body", [CRY, f"{CRY}. {ASKED} My number is {NUMBER}."])
def test_a_cry_for_help_goes_straight_on_to_help(client, publication, body):
    response = client.get(first_step(client, body=body)["Location"])
    page = words(response)
    assert page.index("You are not alone") < page.index("Your reply has reached us")
    assert page.index("999") < page.index("116 123")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"Please ring me: {NUMBER}", NUMBER),
        ("Write to dario@reader.example", "dario@reader.example"),
        ("My NHS number is 943 476 5919", "943 476 5919"),
        ("I was born on 3 March 1957", "3 March 1957"),
        ("I live at SW1A 1AA", "SW1A 1AA"),
    ],
)
def test_what_tells_who_somebody_is_is_shown_once_before_it_is_sent(client, publication, body, found):
    response = first_step(client, body=body)
    assert response.status_code == 200
    assert "Take this out before you send?" in words(response)
    assert f"<bdi>{found}</bdi>" in response.content.decode()
    assert not Comment.objects.exists()
    again = send_once(client, "testamol", **{**form_on(response), "looked": looked_long_ago()})
    assert again.status_code == 303
    comment = Comment.objects.get()
    assert comment.labels.filter(label="personal_data", words=found).exists()
    assert comment.state == "pending"


def test_who_takes_it_out_sends_without(client, publication):
    asked = first_step(client, body=f"Please ring me: {NUMBER}")
    send_once(client, "testamol", **{**form_on(asked), "body": "Please ring me.", "looked": looked_long_ago()})
    assert Comment.objects.get().body == "Please ring me."
    assert not Comment.objects.get().labels.filter(label="personal_data").exists()


def test_helplines_and_the_clinics_own_number_are_nobodys(client, publication):
    make_clinic(phone="020 7946 0000")
    body = "I called 111, then 0800 1111, then 116 123, then 020 7946 0000, and it rang and rang."
    assert first_step(client, body=body).status_code == 303


def test_everything_that_was_typed_comes_along(client, publication):
    question = make_comment(publication, shown=True)
    response = first_step(
        client, body=ASKED, name="Dario", email="dario@reader.example", consent="1", parent=question.pk
    )
    form = form_on(response)
    assert (form["body"], form["name"], form["email"]) == (ASKED, "Dario", "dario@reader.example")
    assert form["parent"] == str(question.pk)
    assert 'value="1" checked' in response.content.decode()
    send_once(client, "testamol", **{**form, "consent": "1", "looked": looked_long_ago()})
    comment = Comment.objects.get(parent=question)
    assert ReplyWriter.objects.get().comment == comment


def test_the_box_is_not_ticked_for_anybody(client, publication):
    for page in (client.get("/leaflets/testamol/"), first_step(client, body=ASKED)):
        assert 'type="checkbox"' in page.content.decode()
        assert " checked" not in page.content.decode()


def test_the_second_page_answered_faster_than_anybody_reads_is_asked_again_and_then_taken(
    client, publication, monkeypatch
):
    monkeypatch.setattr("monographs.reading.replies.steps.FASTEST", dt.timedelta(minutes=5))  # on a slow machine, too
    form = form_on(first_step(client, body=ASKED))
    response = send_once(client, "testamol", **form)
    assert response.status_code == 200
    assert "That was very quick" in words(response)
    again = form_on(response)
    assert (again["body"], again["looked"]) == (ASKED, form["looked"]), "the first look counts, not the last"
    assert not Comment.objects.exists()


@pytest.mark.parametrize("looked", ["", "x", "1:forged", "9" * 400])
def test_a_look_that_nobody_took_is_not_believed(client, publication, looked):
    assert first_step(client, body=ASKED, looked=looked).status_code == 200
    assert not Comment.objects.exists()


def test_back_and_again_is_one_reply(client, publication):
    asked = first_step(client, body=ASKED)
    for _time in range(3):
        send_once(client, "testamol", **{**form_on(asked), "looked": looked_long_ago()})
    assert Comment.objects.count() == 1


def test_what_holds_now_answers_and_the_version_that_stood_in_the_window_is_kept(client, publication):
    token = token_on(client, "testamol")
    now = [
        section.__class__(section.key, section.kind, section.heading, section.body.replace(SAID, "Alcohol is fine."))
        for section in publication.revision.content.sections
    ]
    make_published(change_leaflet(publication.leaflet, sections=tuple(now)), change_note="Alcohol is fine.")
    asked = send_once(client, "testamol", token=token, body=ASKED)
    assert "Alcohol is fine." in words(asked)
    assert SAID not in words(asked)
    send_once(client, "testamol", **{**form_on(asked), "looked": looked_long_ago()})
    assert Comment.objects.get().publication == publication


def test_an_address_is_kept_only_with_the_tick_and_all_words_come_back(client, publication):
    response = first_step(client, body="My words.", email="dario@reader.example")
    assert response.status_code == 400
    assert "Please tick that we may write to you" in words(response)
    assert 'value="dario@reader.example"' in response.content.decode()
    assert ">\nMy words.</textarea>" in response.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("body", {"body": " "}),
        ("body", {"body": "word " * 2000}),
        ("name", {"name": "n" * 81}),
        ("name", {"name": "Dr Bruno (staff)"}),
        ("email", {"email": "dario", "consent": "1"}),
        ("email", {"consent": "1"}),
        ("consent", {"email": "dario@reader.example"}),
        (None, {"token": "x"}),
        (None, {"website": "x"}),
    ],
)
def test_the_field_that_a_refusal_is_about_is_marked_and_no_other(client, publication, field, sent):
    """WCAG 2.2, 3.3.1: the item that is in error is identified."""
    html = first_step(client, **{"body": "My words.", **sent}).content.decode()
    marked = [tag for tag in re.findall(r"<(?:input|textarea)[^>]*>", html) if 'aria-invalid="true"' in tag]
    assert [re.search(r'id="reply-(\w+)"', tag)[1] for tag in marked] == ([field] if field else [])
    assert all(re.search(r'aria-describedby="not-sent[ "]', tag) for tag in marked)
    assert 'id="not-sent" role="alert"' in html


def test_a_cry_for_help_in_a_form_that_is_refused_shows_help_first(client, publication):
    for fields in ({"token": "x"}, {"website": "x"}, {"name": "n" * 81}, {"body": f"{CRY} {'word ' * 2000}"}):
        page = words(first_step(client, **{"body": CRY, **fields}))
        assert page.index("You are not alone") < page.index("Leave a reply"), fields


@pytest.mark.parametrize("field", ["body", "name", "email", "parent", "token", "looked", "consent", "website"])
def test_markup_in_any_field_is_shown_and_not_obeyed(publication, field):
    strict = Client(enforce_csrf_checks=True)
    line = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    sent = {"body": f"{ASKED} {NUMBER}", "name": "Dario", field: line}
    response = first_step(strict, **sent)
    assert response.status_code in (200, 303, 400)
    html = response.content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_the_help_page_says_nothing_of_any_reply_and_can_be_kept_by_every_cache(client, publication):
    make_comment(publication, body=CRY, labelled=True)
    response = client.get("/leaflets/testamol/reply/help/")
    assert response["Cache-Control"].startswith("public")
    assert "You are not alone" in words(response)
    assert "reached us" not in words(response)
    assert client.get("/leaflets/nothing/reply/help/").status_code == 404


def test_that_somebody_has_looked_holds_for_a_day_and_not_for_ever(client, publication):
    form = {"body": "Call me on 07400 123456.", "token": token_on(client, "testamol")}
    long_ago = looked_at(timezone.now() - dt.timedelta(hours=25))
    assert "Take this out before you send?" in words(send_once(client, "testamol", **form, looked=long_ago))
    assert not Comment.objects.exists()
