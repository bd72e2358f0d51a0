"""The password of a signature: what is done about guesses."""

import contextlib
import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.utils import timezone

from monographs.audit.models import Entry, reference
from monographs.mail.outbox import send_due
from monographs.refusals import Busy, NotAllowed
from monographs.review.models import Decision
from monographs.review.signing import GUESSES, LOCKED_FOR, about_signing
from monographs.staff.models import StaffMember
from monographs.staff.passwords.attempts import LockedOut
from monographs.staff.passwords.log_in import tell_of_lock_outs
from monographs.staff.second_factor.passkeys import Shown
from tests.makers import make_review, sign
from tests.people import make_person
from tests.races import assert_chain_does_not_fork, race

pytestmark = pytest.mark.django_db


def guess(review, by=None) -> None:
    with pytest.raises(NotAllowed, match="not your password"):
        sign(review, by=by, password="guess")


def test_each_wrong_password_is_on_record_with_who_and_for_what(bruno):
    review = make_review()
    guess(review)
    entry = Entry.objects.get(verb="signature.refused")
    assert (entry.by, entry.about, entry.subject) == (bruno, reference(review), reference(review.leaflet))
    assert "guess" not in entry.data + entry.why
    assert not Decision.objects.exists()


def test_no_password_at_all_is_no_guess():
    review = make_review()
    with pytest.raises(NotAllowed, match="Give your password"):
        sign(review, password="")
    assert not Entry.objects.filter(verb="signature.refused").exists()


def test_after_some_guesses_nobody_signs_under_that_name_for_a_while(monkeypatch):
    review = make_review()
    for _number in range(GUESSES):
        guess(review)
    with pytest.raises(LockedOut, match="Wait 15 minutes"):
        sign(review)
    assert sign(review, by=make_person("olga", role="Second reader"))
    other = make_review(medicine="Othermol")
    with pytest.raises(LockedOut, match="Wait 15 minutes"):
        sign(other)
    later = timezone.now() + LOCKED_FOR + dt.timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert sign(other)


def test_the_signer_gets_one_letter_when_signing_is_locked(mailoutbox, bruno):
    bruno.email = "bruno@clinic.example"
    bruno.save()
    review = make_review()
    for _number in range(GUESSES - 1):
        guess(review)
    assert tell_of_lock_outs() == []
    guess(review)
    assert tell_of_lock_outs() == [bruno]
    assert tell_of_lock_outs() == []
    list(send_due())
    [letter] = mailoutbox
    assert letter.to == ["bruno@clinic.example"]
    assert letter.subject == "Signing under your name was locked"


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_all_on_record():
    review, bruno = make_review(), make_person("bruno")
    race(*[lambda: guess(review, by=bruno)] * 3)
    assert Entry.objects.filter(verb="signature.refused").count() == 3
    assert_chain_does_not_fork()


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_the_turn_to_write_while_a_password_is_tried(monkeypatch):
    review, tried = make_review(), []
    right = StaffMember.check_password

    def check_password(person, password):
        tried.append(connection.in_atomic_block)
        return right(person, password)

    monkeypatch.setattr(StaffMember, "check_password", check_password)
    guess(review)
    assert sign(review)
    assert tried == [False, False]


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_get_no_further_than_the_limit(monkeypatch):
    review, looked_at = make_review(), []
    reader = make_person("bruno")
    monkeypatch.setattr(StaffMember, "check_password", lambda self, password: looked_at.append(password))

    def guess_on() -> None:
        for _number in range(12):
            with contextlib.suppress(NotAllowed, LockedOut, Busy):
                sign(review, by=reader, password="guess")

    race(*[guess_on] * 4)
    assert len(looked_at) == GUESSES
    assert Entry.objects.filter(verb="signature.refused").count() <= GUESSES
    assert not Decision.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_password_that_is_being_hashed(monkeypatch):
    """While one signer's password is looked at, another writes."""
    review, other = make_review(), make_review(medicine="Othermol")
    olga = make_person("olga", role="Second reader")
    check = StaffMember.check_password

    def slowly(self, password):
        if self.username == "bruno":
            monkeypatch.setattr(StaffMember, "check_password", check)
            race(lambda: sign(other, by=olga))  # in a thread of its own; were its turn not free, it would fail
        return check(self, password)

    monkeypatch.setattr(StaffMember, "check_password", slowly)
    sign(review)
    assert list(Decision.objects.order_by("pk").values_list("signer_name", flat=True)) == ["Olga Test", "Bruno Reader"]


def test_a_right_password_gives_the_tries_back():
    for name in ("Onemol", "Twomol", "Threemol"):
        review = make_review(medicine=name)
        for _number in range(GUESSES - 1):
            guess(review)
        assert sign(review).signed_with == "password"


def test_a_passkey_that_answered_to_something_else_signs_nothing(bruno, ana):
    review, other = make_review(), make_review(medicine="Othermol")
    key = Authenticator(user=bruno, type="webauthn", data={})
    for shown in (
        Shown(bruno, key, about_signing(other, (None, other.revision_id))),
        Shown(bruno, key, about_signing(review, (7, review.revision_id))),
        Shown(bruno, key, "log-in"),
        Shown(ana, key, about_signing(review, (None, review.revision_id))),
    ):
        with pytest.raises(NotAllowed, match="not asked about this text"):
            sign(review, password="", passkey=shown)
    assert not Decision.objects.exists()
    shown = Shown(bruno, key, about_signing(review, (None, review.revision_id)))
    assert sign(review, password="", passkey=shown).signed_with == "passkey"
