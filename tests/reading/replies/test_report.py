"""A reader reports a reply without a log-in, and reads at an address of their own what was decided."""

import pytest

from monographs.comments.models import Comment
from monographs.comments.objections.reports import Report, decide
from tests.makers import make_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def reply():
    return make_comment(shown=True)


@pytest.fixture
def address(reply):
    return f"/leaflets/{reply.leaflet.slug}/replies/{reply.pk}/report/"


def token_on(page) -> str:
    return page.content.decode().partition('name="token" value="')[2].partition('"')[0]


def test_each_shown_reply_of_a_reader_can_be_reported(client, reply, address):
    assert address in client.get(f"/leaflets/{reply.leaflet.slug}/").content.decode()
    page = client.get(address)
    assert page.headers["Cache-Control"] == "no-store"
    sent = client.post(address, {"token": token_on(page), "why": "false", "words": "Milk is <b>no</b> matter."})
    assert sent.status_code == 303
    told = client.get(sent.headers["Location"])
    assert "We have your report" in told.content.decode()
    assert "&lt;b&gt;no" in told.content.decode()
    assert "Set-Cookie" not in told.headers


def test_who_reported_is_told_what_was_decided_and_on_what_grounds(client, reply, address, carla):
    sent = client.post(address, {"token": token_on(client.get(address)), "why": "illegal"})
    decide(Comment.objects.get(), by=carla, is_upheld=True, grounds="It sells something.")
    told = client.get(sent.headers["Location"]).content.decode()
    assert "The reply was taken away." in told
    assert "It sells something." in told


def test_a_form_that_is_refused_comes_back_with_its_words(client, address):
    token = token_on(client.get(address))
    for wrong in (
        {"token": token},
        {"token": "x", "why": "other"},
        {"token": token, "why": "other", "words": "x" * 1_001},
    ):
        answer = client.post(address, {"words": "Kept.", **wrong})
        assert answer.status_code == 400
        assert wrong.get("words", "Kept.") in answer.content.decode()
        assert 'role="alert"' in answer.content.decode()
    assert not Report.objects.exists()


def test_what_is_not_shown_or_is_the_clinics_own_cannot_be_reported(client, reply, address, carla):
    token = token_on(client.get(address))
    waiting = make_comment(reply.publication, body="Another.")
    assert client.get(address.replace(str(reply.pk), str(waiting.pk))).status_code == 404
    assert (
        client.post(address.replace(f"/{reply.pk}/", "/999999/"), {"token": token, "why": "other"}).status_code == 404
    )
    assert client.get("/reports/unknown/").status_code == 404
    assert client.delete(address).status_code == 405
