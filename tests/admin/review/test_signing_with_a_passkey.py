"""Signing an approval with a passkey instead of the password, on the review page."""

import pytest
from django.test import Client

from monographs.audit.models import Entry
from monographs.review.models import ChecklistItem, Decision
from monographs.staff.passwords.attempts import ASKED_AGAIN
from tests.makers import make_review
from tests.people import PASSWORD, make_person
from tests.staff.soft_passkey import SoftPasskey, add_passkey

pytestmark = pytest.mark.django_db


@pytest.fixture
def signer(bruno) -> tuple[Client, SoftPasskey]:
    """Bruno, logged in, and his passkey."""
    client, passkey = Client(), SoftPasskey()
    client.force_login(bruno)
    add_passkey(client, passkey)
    return client, passkey


def page_of(client, review):
    return client.get(f"/admin/leaflets/{review.leaflet_id}/review/").context


def send(client, review, **fields):
    form = {
        "review": review.pk,
        "seen_base": "",
        "seen_candidate": review.revision_id,
        "ticked": [item.text for item in ChecklistItem.objects.filter(is_active=True)],
        "note": "Read twice.",
        "password": "",
        **fields,
    }
    return client.post(f"/admin/leaflets/{review.leaflet_id}/approve/", form)


def test_a_passkey_signs_and_every_record_of_it_says_so(signer):
    client, passkey = signer
    review = make_review()
    answer = passkey.answer(page_of(client, review)["passkey_options"])
    assert send(client, review, passkey=answer).status_code == 302
    decision = Decision.objects.get()
    assert decision.signed_with == "passkey"
    at = f"/admin/leaflets/{review.leaflet_id}"
    for address in (f"{at}/decisions/{decision.pk}/certificate/", f"{at}/review/"):
        assert "Signed with their passkey." in client.get(address).content.decode(), address
    client.force_login(make_person("amir"))
    assert "signed with a passkey" in client.get(f"{at}/history/").content.decode()


def test_the_password_signs_as_before_and_the_certificate_says_that(signer):
    client, _passkey = signer
    review = make_review()
    assert send(client, review, password=PASSWORD).status_code == 302
    decision = Decision.objects.get()
    certificate = f"/admin/leaflets/{review.leaflet_id}/decisions/{decision.pk}/certificate/"
    assert decision.signed_with == "password"
    assert "Signed with their password." in client.get(certificate).content.decode()


def test_whoever_has_no_passkey_is_asked_for_the_password_alone(client, bruno):
    client.force_login(bruno)
    page = client.get(f"/admin/leaflets/{make_review().leaflet_id}/review/").content.decode()
    assert "Your password, to sign" in page
    assert "passkey" not in page


def test_an_answer_signs_once_and_one_text(signer):
    client, passkey = signer
    review, other = make_review(), make_review(medicine="Othermol")
    answer = passkey.answer(page_of(client, review)["passkey_options"])
    response = send(client, other, passkey=answer)
    assert response.status_code == 403
    assert "Read twice." in response.content.decode()
    assert send(client, review, passkey=answer).status_code == 403  # the question is closed
    assert not Decision.objects.exists()


def test_a_log_ins_answer_signs_nothing(signer):
    client, passkey = signer
    review = make_review()
    page_of(client, review)
    door = Client()
    door.post("/admin/login/", {"username": "bruno", "password": PASSWORD})
    answer = passkey.answer(door.get("/admin/account/second-factor/").context["options"])
    assert send(client, review, passkey=answer).status_code == 403


def test_wrong_answers_are_counted_with_wrong_passwords_and_on_record(signer):
    client, passkey = signer
    review = make_review()
    send(client, review, password="wrong")
    for _time in range(ASKED_AGAIN - 1):
        assert send(client, review, passkey="{}").status_code == 403
    answer = passkey.answer(page_of(client, review)["passkey_options"])
    assert send(client, review, passkey=answer).status_code == 429
    assert send(client, review, password=PASSWORD).status_code == 429
    assert Entry.objects.filter(verb="signature.refused").count() == ASKED_AGAIN
    assert not Decision.objects.exists()


def test_a_refusal_for_another_reason_asks_the_passkey_anew(signer):
    client, passkey = signer
    review = make_review()
    answer = passkey.answer(page_of(client, review)["passkey_options"])
    response = send(client, review, passkey=answer, ticked=[])
    assert response.status_code == 400
    again = passkey.answer(response.context["passkey_options"])
    assert send(client, review, passkey=again).status_code == 302


def test_a_password_changed_while_the_page_was_open_is_said_and_nothing_typed_is_lost(signer):
    client, _passkey = signer
    review = make_review()
    page_of(client, review)
    new = "quite another pass phrase"
    client.post("/admin/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    response = send(client, review, password=PASSWORD)
    assert response.status_code == 403
    assert "That is not your password" in response.content.decode()
    assert "Read twice." in response.content.decode()
    assert send(client, review, password=new).status_code == 302
