"""Passkeys at the staff's door: set up with the password, asked for at log-in, each question answered once."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from monographs.audit.models import Entry
from monographs.staff.passwords.attempts import ASKED_AGAIN
from tests.people import PASSWORD
from tests.staff.soft_passkey import SoftPasskey, add_passkey

pytestmark = pytest.mark.django_db
CODE_PAGE = "/admin/account/second-factor/"
ADD_PAGE = "/admin/account/passkey/"


def enter(name="bruno") -> Client:
    client = Client()
    client.post("/admin/login/", {"username": name, "password": PASSWORD})
    return client


def options_of(client, page=CODE_PAGE) -> str:
    return client.get(page).context["options"]


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


@pytest.fixture
def passkey(bruno) -> SoftPasskey:
    """Bruno's."""
    made = SoftPasskey()
    add_passkey(enter(), made)
    assert Authenticator.objects.filter(user=bruno, type="webauthn").exists()
    return made


def test_it_is_set_up_after_the_password_and_recovery_codes_come_with_it(bruno):
    client, passkey = enter(), SoftPasskey()
    assert client.get(ADD_PAGE).context["options"] == ""
    assert client.post(ADD_PAGE, {"password": "wrong"}).status_code == 403
    assert client.post(ADD_PAGE, {"name": "Phone", "passkey": "{}"}).status_code == 200
    response = add_passkey(client, passkey)
    assert response["Location"] == "/admin/account/codes/"
    assert "Phone" in client.get("/admin/account/").content.decode()
    added = Entry.objects.get(verb="staff.second-factor-added")
    assert added.data == '{"kind":"webauthn"}'


def test_it_lets_in_and_the_record_says_so(passkey):
    client = enter()
    assert not is_in(client)
    assert client.post(CODE_PAGE, {"passkey": passkey.answer(options_of(client))}).status_code == 302
    assert is_in(client)
    assert '"webauthn"' in Entry.objects.filter(verb="staff.logged-in").order_by("position").last().data


def test_an_answer_is_good_once_and_in_the_session_that_was_asked(passkey):
    client, other = enter(), enter()
    answer = passkey.answer(options_of(client))
    options_of(other)
    assert other.post(CODE_PAGE, {"passkey": answer}).status_code == 403
    client.post(CODE_PAGE, {"passkey": answer})
    client.post("/admin/logout/")
    client.post("/admin/login/", {"username": "bruno", "password": PASSWORD})
    assert client.post(CODE_PAGE, {"passkey": answer}).status_code == 403


def test_two_tabs_may_both_be_answered(passkey):
    client = enter()
    first, _second = options_of(client), options_of(client)
    assert client.post(CODE_PAGE, {"passkey": passkey.answer(first)}).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        lambda options, passkey: SoftPasskey().answer(options),
        lambda options, passkey: passkey.answer(options, verified=False),
        lambda options, passkey: _elsewhere(passkey).answer(options),
        lambda options, passkey: _damaged(passkey.answer(options)),
        lambda options, passkey: "",
        lambda options, passkey: "null",
        lambda options, passkey: "[" * 100_000,
        lambda options, passkey: '{"id": "\x00"}',
        lambda options, passkey: "x" * 1_000_000,
    ],
    ids=["a stranger's", "not verified", "a forged page", "damaged", "empty", "null", "deep", "nul", "long"],
)
def test_a_wrong_answer_lets_nobody_in_and_is_on_record(passkey, wrong):
    client = enter()
    response = client.post(CODE_PAGE, {"passkey": wrong(options_of(client), passkey)})
    assert response.status_code == 403
    assert not is_in(client)
    assert Entry.objects.filter(verb="staff.second-factor-failed").exists()


def _elsewhere(passkey: SoftPasskey) -> SoftPasskey:
    passkey.origin = "https://testserver.evil.example"
    return passkey


def _damaged(answer: str) -> str:
    found = json.loads(answer)
    found["response"]["signature"] = found["response"]["signature"][:-4] + "AAAA"
    return json.dumps(found)


def test_wrong_answers_are_counted_like_wrong_codes(passkey):
    client = enter()
    for _time in range(ASKED_AGAIN):
        client.post(CODE_PAGE, {"passkey": "{}"})
    response = client.post(CODE_PAGE, {"passkey": passkey.answer(options_of(client))})
    assert response.status_code == 429
    assert not is_in(client)


def test_a_colleagues_passkey_lets_nobody_in(passkey, ana):
    anas = SoftPasskey()
    add_passkey(enter("ana"), anas)
    client = enter()
    assert client.post(CODE_PAGE, {"passkey": anas.answer(options_of(client))}).status_code == 403


def test_what_answers_to_be_added_lets_nobody_in(bruno, passkey):
    """The question is part of what is asked: an answer for one purpose does for no other."""
    client = enter()
    client.post(CODE_PAGE, {"passkey": passkey.answer(options_of(client))})
    client.post(ADD_PAGE, {"password": PASSWORD})
    asked = json.loads(options_of(client, ADD_PAGE))["publicKey"]
    twisted = json.dumps({"publicKey": {"rpId": asked["rp"]["id"], "challenge": asked["challenge"]}})
    response = client.post(ADD_PAGE, {"name": "x", "passkey": passkey.answer(twisted)})
    assert response.status_code == 403
    assert Authenticator.objects.filter(type="webauthn").count() == 1
