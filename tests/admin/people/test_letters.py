"""The list of letters: state, to whom (shortened) and why not, without their words; and sending again, on record."""

import pytest
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.mail.models import LATE_AFTER, URGENT_LATE_AFTER, Letter
from monographs.mail.outbox import send_due
from monographs.operations.health import readiness
from monographs.refusals import Conflict, NotAllowed
from monographs.staff.letters import send_again
from tests.mail.makers import make_letter

pytestmark = pytest.mark.django_db
LIST = "/admin/monographs/letter/"


def given_up(**fields) -> Letter:
    letter = make_letter(**fields)
    Letter.objects.filter(pk=letter.pk).update(given_up_at=timezone.now(), last_error="SMTPRecipientsRefused 550")
    letter.refresh_from_db()
    return letter


def test_administrators_and_auditors_see_state_and_error_and_neither_address_nor_words(client, ada, amir):
    given_up(to="anna.smith@clinic.example", name="Quagmarked")
    make_letter(to="bob@clinic.example")
    for person in (ada, amir):
        client.force_login(person)
        page = client.get(LIST).content.decode()
        assert "a…@clinic.example" in page
        assert "log-in locked" in page
        assert "SMTPRecipientsRefused 550" in page
        assert not any(mark in page for mark in ("anna.smith", "Quagmarked"))
        one = client.get(f"{LIST}{Letter.objects.last().pk}/change/").content.decode()
        assert not any(mark in one for mark in ("anna.smith", "Quagmarked"))
    assert "b…@clinic.example" not in client.get(f"{LIST}?state=given-up").content.decode()
    assert "a…@clinic.example" not in client.get(f"{LIST}?state=waiting").content.decode()


def test_others_do_not_see_letters(client, carla):
    client.force_login(carla)
    assert client.get(LIST).status_code == 403


def test_what_was_given_up_is_sent_again_on_record_and_nothing_else_is(client, ada, mailoutbox):
    lost, waiting = given_up(), make_letter(due=timezone.now() + LATE_AFTER)
    client.force_login(ada)
    sent = {"action": "try_anew", "_selected_action": [lost.pk, waiting.pk]}
    page = client.post(LIST, sent, follow=True).content.decode()
    assert "1 letter is sent again." in page
    assert "Some were left out" in page
    list(send_due())
    assert len(mailoutbox) == 1
    entry = Entry.objects.get(verb="letter.sent-again")
    assert (entry.by_name, entry.about_label) == ("Ada Admin", f"locked-out {lost.pk}")


def test_only_administrators_send_again_and_only_what_was_given_up(ada, amir):
    with pytest.raises(NotAllowed):
        send_again(given_up(), by=amir)
    with pytest.raises(Conflict):
        send_again(make_letter(), by=ada)


def test_nobody_changes_a_letter_by_its_page(client, ada):
    letter = make_letter()
    client.force_login(ada)
    assert client.post(f"{LIST}{letter.pk}/change/", {"to": "eve@evil.example"}).status_code == 403
    letter.refresh_from_db()
    assert letter.to == "anna@clinic.example"


def test_letters_that_are_not_sent_are_on_the_administrators_desk(client, ada):
    Letter.objects.filter(pk=make_letter().pk).update(due_at=timezone.now() - 2 * LATE_AFTER)
    given_up()
    client.force_login(ada)
    page = client.get("/admin/").content.decode()
    assert "1 letter is not sent" in page
    assert "1 letter was given up" in page


def test_readyz_says_that_letters_are_not_sent(settings):
    settings.LEAST_ROOM = 0
    letter = make_letter()
    assert "letters not sent" not in list(readiness.trouble_with_database())
    Letter.objects.filter(pk=letter.pk).update(due_at=timezone.now() - 2 * URGENT_LATE_AFTER)
    assert "letters not sent" not in list(readiness.trouble_with_database())
    Letter.objects.filter(pk=letter.pk).update(is_urgent=True)
    assert "letters not sent" in list(readiness.trouble_with_database())
    list(send_due())
    assert "letters not sent" not in list(readiness.trouble_with_database())
    given_up(is_urgent=True)
    assert "letters not sent" in list(readiness.trouble_with_database())
