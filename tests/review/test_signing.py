"""The password of a signature: what is done about guesses."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from monographs.audit.models import Entry, reference
from monographs.refusals import NotAllowed
from monographs.review.models import Decision
from monographs.review.signing import GUESSES, LOCKED_FOR
from monographs.staff.models import StaffMember
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
    with pytest.raises(NotAllowed, match="Wait 15 minutes"):
        sign(review)
    assert sign(review, by=make_person("olga", role="Second reader"))
    other = make_review(medicine="Othermol")
    with pytest.raises(NotAllowed, match="Wait 15 minutes"):
        sign(other)
    later = timezone.now() + LOCKED_FOR + dt.timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert sign(other)


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_all_on_record():
    review = make_review()
    race(*[lambda: guess(review, by=make_person("bruno"))] * 3)
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
