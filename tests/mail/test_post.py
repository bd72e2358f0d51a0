"""A letter is posted with the act that it tells of, once, with the words as they are."""

import pytest
from django.db import transaction
from django.utils import translation

from monographs.mail.addresses import bare, shortened
from monographs.mail.letters import written
from monographs.mail.models import Letter
from monographs.mail.outbox import message, post
from tests.mail.makers import make_letter, make_review_letter
from tests.races import race

CONTEXT = {"name": "Anna", "minutes": 15, "password_was_right": False}


@pytest.mark.django_db
def test_a_letter_is_there_exactly_if_its_act_is():
    def fail():
        with transaction.atomic():
            make_letter()
            raise RuntimeError("the act failed after its letter was posted")

    with pytest.raises(RuntimeError):
        fail()
    assert not Letter.objects.exists()
    with transaction.atomic():
        make_letter()
    assert Letter.objects.waiting().count() == 1


@pytest.mark.django_db
def test_what_has_a_key_is_posted_once_for_ever():
    assert post("locked-out", to="a@clinic.example", context=CONTEXT, key="crisis 1 for 2")
    assert not post("locked-out", to="a@clinic.example", context=CONTEXT, key="crisis 1 for 2")
    assert post("locked-out", to="a@clinic.example", context=CONTEXT, key="crisis 1 for 3")
    assert post("locked-out", to="a@clinic.example", context=CONTEXT)
    assert post("locked-out", to="a@clinic.example", context=CONTEXT)
    assert Letter.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_who_post_the_same_at_once_post_it_once():
    def tell():
        with transaction.atomic():
            return post("locked-out", to="a@clinic.example", context=CONTEXT, key="crisis 1")

    race(tell, tell, tell)
    assert Letter.objects.count() == 1


@pytest.mark.django_db
def test_each_letter_has_a_message_id_of_its_own_in_the_senders_domain(settings):
    settings.DEFAULT_FROM_EMAIL = "Leaflets <leaflets@clinic.example>"
    ids = {make_letter().message_id for _letter in range(3)}
    assert len(ids) == 3
    assert all(made.endswith("@clinic.example>") for made in ids)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("anna@clinic.example", "anna@clinic.example"),
        (" anna@clinic.example ", "anna@clinic.example"),
        ('"Smith, Anna" <anna@clinic.example>', "anna@clinic.example"),
        ("Smith, Anna <anna@clinic.example>", ""),
        ("anna@clinic.example, bob@clinic.example", ""),
        ("anna@clinic.example\nBcc: eve@evil.example", ""),
        ("anna", ""),
        ("Smith", ""),
        ("", ""),
        (f"{'a' * 300}@clinic.example", ""),
    ],
)
def test_addresses_are_bare_or_none(given, found):
    assert bare(given) == found


def test_lists_show_an_address_shortened():
    assert shortened("anna.smith@clinic.example") == "a…@clinic.example"
    assert shortened("") == ""


@pytest.mark.django_db
def test_without_an_address_there_is_no_letter():
    assert not post("locked-out", to="", context=CONTEXT)
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_what_is_no_address_is_given_up_at_once_and_undoes_no_act(caplog):
    assert post("locked-out", to="Smith, Anna <anna@clinic.example>", context=CONTEXT)
    letter = Letter.objects.get()
    assert letter.given_up_at
    assert letter.last_error == "not one address"
    assert "anna" not in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["<5 mg & “more”", "{{ settings.SECRET_KEY }}", "{% include 'base.html' %}", "{# #}"])
def test_words_stand_as_they_are_neither_escaped_nor_read_as_a_template(name):
    assert f"Hello {name}," in make_letter(name=name).body
    assert name in make_review_letter(name).subject


@pytest.mark.django_db
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\u2029", "\x00"])
def test_a_subject_has_one_line(newline):
    letter = make_review_letter(f"Testamol{newline}Bcc: eve@evil.example")
    assert letter.subject.startswith("Overdue for review: Testamol")
    assert len(letter.subject.splitlines()) == 1
    assert message(letter).message()["Bcc"] is None
    assert message(letter).recipients() == ["anna@clinic.example"]


@pytest.mark.django_db
def test_a_subject_is_never_too_long():
    assert len(make_review_letter("Long " * 200).subject) <= 200


def test_a_subject_keeps_what_holds_its_order_from_right_to_left():
    subject, _body = written(
        "review-due",
        {"name": "Anna", "leaflets": [{"title": "باراسيتامول 5 mg", "version": "1", "due_on": None, "is_late": True}]},
        language="en",
    )
    assert any("\u2066" <= sign <= "\u2069" or sign in "\u200e\u200f" for sign in subject)


@pytest.mark.django_db
def test_a_letter_is_in_the_language_of_the_site_or_in_the_one_that_is_asked_for_whoever_reads_the_page():
    with translation.override("de"):
        assert make_review_letter("Testamol").subject == "Overdue for review: Testamol"
        assert translation.get_language() == "de"
    context = {"name": "Anna", "leaflets": [{"title": "Testamol", "version": "1", "due_on": None, "is_late": True}]}
    arabic, _body = written("review-due", context, language="ar")
    assert "\u2066Testamol\u2069" in arabic


@pytest.mark.django_db(transaction=True)
def test_where_the_site_is_only_tried_a_letter_goes_as_soon_as_its_act_is_done(settings, mailoutbox):
    settings.LETTERS_GO_AT_ONCE = True
    with transaction.atomic():
        make_letter()
        assert mailoutbox == []
    assert len(mailoutbox) == 1
