import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.review.fact_check import ask, token_of
from monographs.review.models import FactCheck
from tests.makers import change_leaflet, make_leaflet

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(ana):
    revision = make_leaflet(dosage="Take 7.5mg once a day.").revisions.get()
    return ask(revision, by=ana, expert="Dr Outside", question="Is the dose right?")


def url_of(check):
    return reverse("fact-check", args=[token_of(check)])


def test_an_expert_reads_the_revision_without_an_account_or_a_cookie(client, check):
    response = client.get(url_of(check))
    assert response.status_code == 200
    for words in ("Dr Outside", "Is the dose right?", "Take 7.5mg once a day.", "Ana Author"):
        assert words in response.text
    assert not response.cookies
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "no-store"


def test_the_answer_is_kept_once_and_shown_back(client, check):
    response = client.post(url_of(check), {"verdict": "remarks", "answer": "It should be 5mg."}, follow=True)
    assert "Your answer is recorded" in response.text
    again = client.post(url_of(check), {"verdict": "agrees"})
    assert again.status_code == 409
    check.refresh_from_db()
    assert (check.verdict, check.answer) == ("remarks", "It should be 5mg.")


def test_an_expired_link_says_so_and_shows_no_text(client, check):
    FactCheck.objects.filter(pk=check.pk).update(expires_at=timezone.now())
    for response in (client.get(url_of(check)), client.post(url_of(check), {"verdict": "agrees"})):
        assert response.status_code == 410
        assert "expired" in response.text
        assert "7.5mg" not in response.text
    check.refresh_from_db()
    assert check.answered_at is None


def test_an_answered_link_shows_no_text_either_once_its_time_is_over(client, check):
    client.post(url_of(check), {"verdict": "agrees"})
    assert "7.5mg" in client.get(url_of(check)).text
    FactCheck.objects.filter(pk=check.pk).update(expires_at=timezone.now())
    response = client.get(url_of(check))
    assert "Your answer is recorded" in response.text
    assert "7.5mg" not in response.text


def test_an_expert_goes_on_reading_the_revision_that_they_were_asked_about(client, check):
    change_leaflet(check.revision.leaflet, dosage="Take 75mg once a day.")
    page = client.get(url_of(check)).text
    assert "Take 7.5mg once a day." in page
    assert "75mg once" not in page.replace("7.5mg", "")


def test_the_link_leaks_to_no_other_site(client, check):
    assert client.get(url_of(check))["Referrer-Policy"] in ("same-origin", "no-referrer")


def test_a_bad_answer_keeps_what_was_typed(client, check):
    response = client.post(url_of(check), {"answer": "Careful words."})
    assert response.status_code == 400
    assert "choose one of the two" in response.text
    assert "Careful words." in response.text


def test_a_link_nobody_signed_is_not_found(client, check):
    assert client.get(reverse("fact-check", args=[f"{check.pk}:forged"])).status_code == 404
    assert client.put(url_of(check)).status_code == 405
