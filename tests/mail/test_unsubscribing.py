"""One click by POST, never by GET: no more letters of a kind to an address that is not kept (RFC 8058)."""

import pytest
from django.urls import reverse

from monographs.mail.models import Letter, Unsubscribed
from monographs.mail.outbox import send_due
from monographs.mail.unsubscribing import ABOUT_REPLIES, find, is_unsubscribed, link, token_of
from tests.mail.makers import make_letter

pytestmark = pytest.mark.django_db
ME = "me@reader.example"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def page(token: str = "") -> str:
    return reverse("unsubscribe", args=[token or token_of(ME, ABOUT_REPLIES, "en")])


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_page_changes_nothing(client, method):
    assert getattr(client, method)(page()).status_code == 200
    assert not Unsubscribed.objects.exists()


def test_get_shows_a_button_and_post_does_it_without_cookie_log_in_or_redirect(client):
    assert "<button>No more letters</button>" in client.get(page()).content.decode()
    response = client.post(page(), ONE_CLICK)
    assert response.status_code == 200
    assert "You get no more letters about what you wrote under a leaflet." in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    client.post(page(), ONE_CLICK)
    assert Unsubscribed.objects.count() == 1


def test_other_methods_are_refused(client):
    assert client.put(page()).status_code == 405


def test_it_can_be_taken_back(client):
    client.post(page())
    assert "We write to you again" in client.post(page(), {"again": "1"}).content.decode()
    assert not is_unsubscribed(ME, ABOUT_REPLIES)


def test_the_page_is_in_the_language_of_the_letter(client):
    assert 'lang="ar"' in client.get(page(token_of(ME, ABOUT_REPLIES, "ar"))).content.decode()


@pytest.mark.parametrize("token", ["x", "a:b:c", "é", "x" * 5_000])
def test_a_link_that_is_not_ours_leads_nowhere(client, token):
    assert client.get(page(token)).status_code == 404
    assert client.post(page(token)).status_code == 404
    forged = token_of(ME, ABOUT_REPLIES, "en")
    assert client.post(page(forged[:-1] + ("A" if forged[-1] != "A" else "B"))).status_code == 404
    assert client.post(page(token_of(ME, "no such kind", "en"))).status_code == 404
    assert not Unsubscribed.objects.exists()


def test_neither_link_nor_row_holds_the_address(client):
    client.post(page())
    row = Unsubscribed.objects.get()
    assert "reader" not in link(ME, ABOUT_REPLIES, "en")
    assert "reader" not in f"{row.mark} {row.kind}"
    assert len(row.mark) == 64


def test_letters_that_wait_and_later_ones_are_not_sent(client, mailoutbox):
    make_letter(ME, kind=ABOUT_REPLIES)
    client.post(page(), ONE_CLICK)
    make_letter(ME.upper().replace("READER.EXAMPLE", "reader.example"), kind=ABOUT_REPLIES)
    make_letter("you@reader.example", kind=ABOUT_REPLIES)
    assert len(list(send_due())) == 3
    assert [letter.to for letter in mailoutbox] == [["you@reader.example"]]
    assert set(Letter.objects.given_up().values_list("last_error", flat=True)) == {"unsubscribed"}


def test_letters_to_staff_can_not_be_unsubscribed(client, mailoutbox):
    client.post(page(), ONE_CLICK)
    letter = make_letter(ME, is_urgent=True)
    list(send_due())
    assert [sent.to for sent in mailoutbox] == [[ME]]
    assert "List-Unsubscribe" not in mailoutbox[0].extra_headers
    assert "unsubscribe" not in letter.body


def test_a_new_secret_key_makes_nobody_subscribed_again(client, settings):
    client.post(page())
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key" * 6
    settings.SECRET_KEY_FALLBACKS = [old]
    assert find(token_of(ME, ABOUT_REPLIES, "en"))
    assert is_unsubscribed(ME, ABOUT_REPLIES)
    settings.SECRET_KEY_FALLBACKS = []
    assert is_unsubscribed(ME, ABOUT_REPLIES)
    assert not is_unsubscribed("you@reader.example", ABOUT_REPLIES)
