"""A letter that nobody has tried to send can be taken back; of all others words and address go in time."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.mail.models import Letter
from monographs.mail.outbox import KEPT_FOR, forget_letters_to, forget_words, take_back
from tests.mail.makers import make_letter

pytestmark = pytest.mark.django_db


def test_only_letters_with_these_keys_that_wait_and_were_never_tried_are_taken_back():
    for key in ("told", "tried", "sent", "given up", "other"):
        make_letter(key=key)
    Letter.objects.filter(key="tried").update(tries=1)
    Letter.objects.filter(key="sent").update(sent_at=timezone.now())
    Letter.objects.filter(key="given up").update(given_up_at=timezone.now())
    assert take_back("told", "tried", "sent", "given up", "nobody's") == 1
    assert set(Letter.objects.values_list("key", flat=True)) == {"tried", "sent", "given up", "other"}
    assert make_letter(key="told")  # as if never posted


def test_what_was_given_up_loses_its_words_in_time_but_never_before_it_was_posted_so_long_ago():
    now = timezone.now()
    old, new = make_letter(), make_letter()
    Letter.objects.update(given_up_at=now - KEPT_FOR - dt.timedelta(days=1))
    Letter.objects.filter(pk=old.pk).update(posted_at=now - KEPT_FOR - dt.timedelta(days=1))
    assert forget_words(at=now) == 1
    assert [Letter.objects.get(pk=one.pk).body == "" for one in (old, new)] == [True, False]
    assert forget_words(at=now) == 0


def test_all_letters_to_who_is_forgotten_lose_their_words_and_none_that_waits_is_sent():
    waiting, sent, other = make_letter("Me@reader.example"), make_letter("me@reader.example"), make_letter()
    Letter.objects.filter(pk=sent.pk).update(sent_at=timezone.now())
    forget_letters_to("me@reader.example")
    rows = {letter.pk: letter for letter in Letter.objects.all()}
    assert [bool(rows[one.pk].body) for one in (waiting, sent, other)] == [False, False, True]
    assert [bool(rows[one.pk].given_up_at) for one in (waiting, sent, other)] == [True, False, False]


def test_nobody_is_not_everybody_who_was_forgotten():
    other = make_letter()
    for nobody in ("", "not one"):
        forget_letters_to(nobody)
    assert Letter.objects.get(pk=other.pk).body
