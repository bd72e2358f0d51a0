"""The page that the writer of a reply alone knows: its state in kind words, and what can be done about it."""

import pytest
from django.db import OperationalError
from django.test import Client

from monographs.comments.afterwards import writers
from monographs.comments.deciding import actions
from monographs.comments.models import Comment, ReplyWriter, State
from monographs.comments.objections import appeals
from monographs.comments.sender import secret
from tests.makers import make_comment, make_published
from tests.people import make_person
from tests.reading.parts import looked_long_ago, send, words

pytestmark = pytest.mark.django_db

CRY = "I took about 20 of them last night and I just do not want to be here any more"


def address(comment: Comment, rest: str = "") -> str:
    return f"/replies/{secret.secret_of(comment)}/{rest}"


@pytest.fixture
def reply(db):
    return make_comment(make_published(), body="Is there a leaflet in Welsh?", name="Dario")


def test_who_sent_a_reply_is_told_the_address_of_its_page(client, reply):
    response = client.get(send(client, "testamol", body="Who won the football?")["Location"])
    own = address(Comment.objects.get(body="Who won the football?"))
    assert f'href="http://testserver{own}"' in response.content.decode()
    assert "Thank you. Your reply has reached us." in words(response)
    assert "It waits for somebody from our team to read it." in words(client.get(own))


@pytest.mark.parametrize("rest", ["", "sent/", "edit/"])
def test_its_address_goes_to_no_cache_search_engine_or_other_site_and_leaves_no_cookie(client, reply, rest):
    response = client.get(address(reply, rest))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert not client.cookies
    assert client.put(address(reply, rest)).status_code == 405


@pytest.mark.parametrize("rest", ["", "sent/", "edit/", "confirm/x/"])
@pytest.mark.parametrize("own", ["x", "1-", f"1-{'a' * 32}", "0", "9" * 40, "1-٣", "%00", "a" * 5_000])
def test_any_other_address_leads_nowhere(client, reply, own, rest):
    for response in (client.get(f"/replies/{own}/{rest}"), client.post(f"/replies/{own}/{rest}", {"verb": "erase"})):
        assert response.status_code == 404
    assert Comment.objects.get().body == "Is there a leaflet in Welsh?"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("pending", "It waits for somebody"),
        ("approved", "It is shown under the leaflet."),
        ("rejected", "It is not shown."),
        ("spam", "taken for advertising"),
        ("withdrawn", "You have taken it back."),
    ],
)
def test_each_state_has_kind_words(client, reply, carla, state, said):
    acts = {
        "approved": lambda: actions.approve(reply, by=carla),
        "rejected": lambda: actions.reject(reply, by=carla, reason="It names a shop."),
        "spam": lambda: actions.mark_spam(reply, by=carla),
        "withdrawn": lambda: writers.withdraw(reply),
    }
    acts.get(state, lambda: None)()
    page = words(client.get(address(reply)))
    assert said in page
    assert ("It names a shop." in page) is (state == "rejected")
    assert "Carla" not in page


def test_a_visit_changes_nothing(client, reply):
    for rest in ("", "sent/", "edit/"):
        client.get(address(reply, rest))
    reply.refresh_from_db()
    assert (reply.state, reply.decisions.count()) == (State.PENDING, 0)


def test_taking_it_back(client, reply):
    for _click in range(2):
        response = client.post(address(reply), {"verb": "withdraw", "seen": "pending"})
        assert response.status_code == 303
    page = client.get(response["Location"])
    assert "You have taken it back." in words(page)
    assert "Change it" not in words(page)
    assert Comment.objects.get().state == State.WITHDRAWN


def test_erasing_leaves_no_word_and_no_page(client, reply):
    own = address(reply)
    response = client.post(own, {"verb": "erase"})
    assert response["Location"] == "/leaflets/testamol/reply/erased/"
    assert "Your words are erased" in words(client.get(response["Location"]))
    assert client.get(own).status_code == 404
    assert client.post(own, {"verb": "erase"}).status_code == 404
    assert Comment.objects.get().body == ""


def test_a_change_goes_the_whole_way_again_and_leads_to_the_new_page(client, reply, carla):
    actions.approve(reply, by=carla)
    page = client.get(address(reply, "edit/"))
    assert ">\nIs there a leaflet in Welsh?</textarea>" in page.content.decode()
    sent = {"body": "Ring me about Welsh: 07400 123456", "name": "Dario", "seen": "approved"}
    asked = client.post(address(reply, "edit/"), sent)
    assert "Take this out before you send?" in words(asked)
    assert 'name="seen" value="approved"' in asked.content.decode()
    assert Comment.objects.count() == 1
    response = client.post(address(reply, "edit/"), {**sent, "looked": looked_long_ago()})
    new = Comment.objects.get(replaces=reply)
    assert response["Location"] == address(new, "sent/")
    assert new.labels.filter(label="personal_data").exists()
    assert "Welsh" not in words(client.get("/leaflets/testamol/"))
    old = client.get(address(reply))
    assert "You have written this reply anew." in words(old)
    assert f'href="{address(new)}"' in old.content.decode()


def test_a_change_that_is_refused_keeps_every_word(client, reply, carla):
    for body, status in (("", 400), ("word " * 20_000, 400), ("Is there a leaflet in Welsh?", 400)):
        response = client.post(address(reply, "edit/"), {"body": body, "name": "Dario", "seen": "pending"})
        assert response.status_code == status
        assert f">\n{body}</textarea>" in response.content.decode()
    actions.approve(reply, by=carla)
    response = client.post(address(reply, "edit/"), {"body": "In Polish?", "name": "Dario", "seen": "pending"})
    assert response.status_code == 409
    assert ">\nIn Polish?</textarea>" in response.content.decode()
    assert 'name="seen" value="approved"' in response.content.decode(), "the next click sends it"


def test_a_change_into_a_cry_for_help_is_shown_help(client, reply):
    response = client.post(address(reply, "edit/"), {"body": CRY, "seen": "pending"})
    assert "You are not alone" in words(client.get(response["Location"]))
    assert "You are not alone" in words(client.post(address(reply, "edit/"), {"body": f"{CRY} {'x ' * 5000}"}))


def test_who_was_rejected_asks_once_for_another_look(client, reply, carla):
    assert "another look" not in words(client.get(address(reply)))
    actions.reject(reply, by=carla, reason="It names a shop.")
    assert "Ask for another look" in words(client.get(address(reply)))
    assert client.post(address(reply), {"verb": "appeal", "words": "It does not."}).status_code == 303
    page = words(client.get(address(reply)))
    assert "You asked for another look." in page
    assert "You can ask once" not in page
    again = client.post(address(reply), {"verb": "appeal", "words": "Please!"})
    assert again.status_code == 409
    cora = make_person("cora", role="Moderator")
    appeals.decide(appeals.Appeal.objects.get(), by=cora, is_upheld=False, grounds="It names one, in line two.")
    assert "It names one, in line two." in words(client.get(address(reply)))


def test_a_text_for_another_look_that_is_too_long_comes_back(client, reply, carla):
    actions.reject(reply, by=carla, reason="It names a shop.")
    long = "word " * 300
    response = client.post(address(reply), {"verb": "appeal", "words": long})
    assert response.status_code == 400
    assert f">\n{long}</textarea>" in response.content.decode()


@pytest.mark.parametrize("verb", ["", "approve", "x" * 1000, "\x00"])
def test_no_other_button_does_anything(client, reply, verb):
    response = client.post(address(reply), {"verb": verb})
    assert response.status_code == 400
    reply.refresh_from_db()
    assert reply.state == State.PENDING


def test_an_address_is_confirmed_by_a_button_and_not_by_following_a_link(client, reply):
    ReplyWriter.objects.create(comment=reply, email="dario@reader.example", consent_version="1")
    link = f"/replies/confirm/{reply.pk}/{secret.confirmation_of(reply, 'dario@reader.example')}/"
    page = client.get(link)
    assert "Yes, you may write to me" in words(page)
    assert secret.secret_of(reply) not in page.content.decode()  # it may be another's mailbox
    assert reply.leaflet.slug not in page.content.decode()
    assert ReplyWriter.objects.get().confirmed_at is None
    for _click in range(2):
        assert client.post(link).status_code in (200, 303)
    assert ReplyWriter.objects.get().confirmed_at
    assert "We may write to you" in words(client.get(link))
    for wrong in (f"/replies/confirm/{reply.pk}/wrong/", f"/replies/confirm/{'9' * 30}/wrong/"):
        assert client.post(wrong).status_code == 404


def test_markup_of_a_writer_is_shown_and_not_obeyed(client):
    reply = make_comment(make_published(), body="<script>alert(1)</script>", name="<b>x</b>")
    for rest in ("", "edit/"):
        html = client.get(address(reply, rest)).content.decode()
        assert "<script>alert" not in html
        assert "<b>x</b>" not in html


def test_a_database_in_trouble_gives_the_words_back(client, reply, monkeypatch):
    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr("monographs.comments.afterwards.writers.rewrite", locked)
    response = client.post(address(reply, "edit/"), {"body": "In Polish?", "seen": "pending"})
    assert response.status_code == 503
    assert ">\nIn Polish?</textarea>" in response.content.decode()
    assert response["Retry-After"]


def test_posts_need_no_cookie(reply):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(reply), {"verb": "withdraw"}).status_code == 303


@pytest.mark.parametrize(("rest", "most"), [("", 9), ("sent/", 4), ("edit/", 4)])
def test_its_pages_ask_little(client, reply, django_assert_max_num_queries, rest, most):
    with django_assert_max_num_queries(most):
        client.get(address(reply, rest))
