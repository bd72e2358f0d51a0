"""Letters by a real mail server: nothing is lost or sent twice, and nobody waits for somebody else's letter."""

import datetime as dt
import logging
import time

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from monographs.mail import smtp
from monographs.mail.models import Letter
from monographs.mail.outbox import (
    CLAIMED_FOR,
    KEPT_FOR,
    TRIED_FOR,
    URGENT_PAUSE,
    forget_letters_to,
    forget_words,
    message,
    send_again,
    send_due,
)
from monographs.mail.unsubscribing import ABOUT_REPLIES
from tests.mail.makers import make_letter
from tests.mail.server import OK, Post, drip, free_port, hang, mail_server, server_that
from tests.races import race

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def send(at: dt.datetime | None = None) -> list[str]:
    return list(send_due(at=at or timezone.now()))


def later(minutes: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(minutes=minutes)


def test_a_letter_arrives_as_it_was_posted(post_office):
    letter = make_letter("anna@clinic.example", name="Zoë <5 mg")
    assert send() == [f"Sent the letter {letter}."]
    [(recipients, got)] = post_office.taken
    assert recipients == ["anna@clinic.example"]
    assert (got["To"], got["Subject"], got["Message-ID"]) == ("anna@clinic.example", letter.subject, letter.message_id)
    assert got.get_content_type() == "text/plain"
    assert "Hello Zoë <5 mg," in got.get_content()
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["List-Unsubscribe"] is None
    assert send() == []
    letter.refresh_from_db()
    assert (letter.tries, letter.last_error) == (1, "")


def test_a_name_beside_an_address_never_reaches_the_mail_server(post_office):
    make_letter('"Smith, Anna" <anna@clinic.example>')
    send()
    assert post_office.recipients == ["anna@clinic.example"]
    assert post_office.letters[0]["To"] == "anna@clinic.example"


def test_an_outage_of_a_minute_loses_nothing(by_smtp):
    port = free_port()
    by_smtp(port)
    for number in range(3):
        make_letter(f"anna{number}@clinic.example")
    for seconds in range(0, 60, 5):
        send(later(seconds / 60))
    assert Letter.objects.waiting().count() == 3
    with mail_server(port) as post:
        for minutes in (2, 4, 6):
            send(later(minutes))
    assert sorted(post.recipients) == [f"anna{number}@clinic.example" for number in range(3)]
    assert not Letter.objects.waiting().exists()


def test_while_the_mail_server_is_away_a_round_tries_one_letter(by_smtp):
    by_smtp(free_port())
    for _letter in range(3):
        make_letter()
    [line] = send()
    assert "tried again in 1 minutes" in line
    assert Letter.objects.filter(tries=0).count() == 2


def test_one_recipient_is_put_off_and_the_other_gets_the_letter_once(post_office):
    post_office.say_to = lambda address: "451 4.7.1 Greylisted" if address.startswith("bob") else OK
    for name in ("bob", "anna"):
        make_letter(f"{name}@clinic.example")
    send()
    assert post_office.recipients == ["anna@clinic.example"]
    bobs = Letter.objects.waiting().get()
    assert (bobs.to, bobs.last_error) == ("bob@clinic.example", "SMTPRecipientsRefused 451 4.7.1")
    post_office.say_to = lambda address: OK
    assert send(later(0.5)) == []
    send(later(1.1))
    assert post_office.recipients == ["anna@clinic.example", "bob@clinic.example"]


@pytest.mark.parametrize("answer", ["550 5.1.1 No such mailbox", "554 5.7.1 Refused"])
def test_what_is_refused_for_good_is_given_up_at_once_and_the_others_go(post_office, answer):
    post_office.say_to = lambda address: answer if address.startswith("bob") else OK
    bobs = make_letter("bob@clinic.example")
    make_letter("anna@clinic.example")
    assert send()[0].startswith(f"Gave the letter {bobs} up")
    assert post_office.recipients == ["anna@clinic.example"]
    bobs.refresh_from_db()
    assert bobs.given_up_at
    assert bobs.last_error == f"SMTPRecipientsRefused {answer[:9]}"
    assert send(later(99)) == []


def test_a_letter_refused_for_its_words_is_given_up_and_a_full_mailbox_is_not(post_office):
    post_office.say_to_letter = lambda letter: "554 5.6.0 Looks like spam"
    refused = make_letter()
    send()
    post_office.say_to_letter = lambda letter: "552 5.2.2 Mailbox full"
    full = make_letter()
    send()
    refused.refresh_from_db()
    full.refresh_from_db()
    assert refused.given_up_at
    assert not full.given_up_at


def test_settings_that_the_server_refuses_give_no_letter_up(post_office):
    post_office.say_to = lambda address: "530 5.7.0 Authentication required"
    letter = make_letter()
    send()
    letter.refresh_from_db()
    assert not letter.given_up_at


def test_pauses_grow_and_after_three_days_a_letter_is_given_up(post_office):
    post_office.say_to = lambda address: "451 later"
    letter, begin, at, pauses = make_letter(), timezone.now(), timezone.now(), []
    while not letter.given_up_at:
        assert len(send(at)) == 1
        letter.refresh_from_db()
        pauses.append((letter.next_at - at) // MINUTE)
        at = letter.next_at
    assert pauses[:9] == [1, 2, 5, 15, 30, 60, 120, 240, 240]
    assert letter.given_up_at - begin >= TRIED_FOR - MINUTE
    assert letter.tries < 40
    assert send(at) == []


def test_an_urgent_letter_goes_first_and_never_waits_longer_than_five_minutes(post_office):
    make_letter("later@clinic.example")
    urgent = make_letter("now@clinic.example", is_urgent=True)
    send()
    assert post_office.recipients == ["now@clinic.example", "later@clinic.example"]
    Letter.objects.filter(pk=urgent.pk).update(sent_at=None, tries=7, next_at=timezone.now())
    post_office.say_to = lambda address: "451 later"
    at = timezone.now()
    send(at)
    urgent.refresh_from_db()
    assert urgent.next_at - at == URGENT_PAUSE


def test_a_letter_waits_for_its_day(post_office):
    make_letter(due=later(60))
    assert send() == []
    assert len(send(later(61))) == 1


# --- Several senders, and those that die ---


@pytest.mark.django_db(transaction=True)
def test_several_senders_at_once_send_each_letter_once(post_office):
    for number in range(12):
        make_letter(f"anna{number}@clinic.example")
    race(send, send, send, send)
    assert sorted(post_office.recipients) == sorted(f"anna{number}@clinic.example" for number in range(12))


def test_the_letter_of_a_killed_sender_is_sent_by_the_next_under_the_same_message_id(post_office):
    letter = make_letter()

    class Killed(BaseException):
        """Nothing of the program runs after it."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("monographs.mail.outbox.EmailMessage.send", _send_and_die(Killed))
        with pytest.raises(Killed):
            send()
    assert send() == []  # it may still be on its way
    assert send(timezone.now() + CLAIMED_FOR + MINUTE) == [f"Sent the letter {letter}."]
    first, second = post_office.raw
    assert post_office.letters[0]["Message-ID"] == letter.message_id
    assert first == second


def _send_and_die(kind: type[BaseException]):
    deliver = EmailMessage.send

    def send_and_die(self, *args, **kwargs):
        deliver(self, *args, **kwargs)
        raise kind

    return send_and_die


# --- Servers that are slow or mad ---


def test_a_server_that_says_nothing_holds_nobody_up(by_smtp, settings):
    letter = make_letter()
    with server_that(hang) as port:
        by_smtp(port)
        settings.EMAIL_TIMEOUT = 0.2
        assert "Could not send" in send()[0]
    letter.refresh_from_db()
    assert letter.last_error == "SMTPServerDisconnected (no answer in time)"
    with mail_server() as post:
        by_smtp(post.port)
        send(later(2))
    assert len(post.taken) == 1


def test_a_server_that_says_a_byte_at_a_time_is_left_in_the_end(by_smtp, monkeypatch):
    monkeypatch.setattr(smtp, "LONGEST", 0.3)
    letter = make_letter()
    with server_that(drip) as port:
        by_smtp(port)
        assert "Could not send" in send()[0]
    letter.refresh_from_db()
    assert not letter.sent_at


def test_nothing_is_said_on_a_connection_whose_time_is_over(by_smtp, monkeypatch):
    monkeypatch.setattr(smtp, "LONGEST", 0.2)

    def greet_late(connection):
        time.sleep(0.6)
        connection.sendall(b"220 here I am\r\n")
        connection.recv(1000)

    make_letter()
    with server_that(greet_late) as port:
        by_smtp(port)
        assert "Could not send" in send()[0]


# --- What is kept, and what is told ---


def test_the_log_and_the_list_say_why_and_repeat_neither_address_nor_words(post_office, caplog):
    caplog.set_level(logging.DEBUG)
    post_office.say_to = lambda address: f"451 4.7.1 <{address}>: Quagmarked is not welcome"
    letter = make_letter("marked@reader.example", name="Quagmarked")
    lines = send()
    post_office.say_to = lambda address: f"550 5.1.1 <{address}>: unknown"
    lines += send(later(2))
    letter.refresh_from_db()
    log = [record.getMessage() for record in caplog.records if record.name.startswith("monographs")]
    assert len(log) == 2
    told = f"{log} {lines} {letter.last_error} {letter}"
    assert "5.1.1" in told
    assert "4.7.1" in told
    assert not any(mark in told for mark in ("marked@", "reader.example", "Quagmarked"))


def test_words_and_address_are_gone_after_thirty_days_and_the_key_stays(post_office):
    sent, waiting = make_letter(key="told"), make_letter(due=later(60 * 24 * 60))
    send()
    assert forget_words(at=timezone.now() + KEPT_FOR - MINUTE) == 0
    assert forget_words(at=timezone.now() + KEPT_FOR + MINUTE) == 1
    sent.refresh_from_db()
    waiting.refresh_from_db()
    assert (sent.to, sent.subject, sent.body, sent.key) == ("", "", "", "told")
    assert waiting.body


def test_who_is_forgotten_gets_no_letter_that_waits_and_leaves_no_address():
    mine, other = make_letter("me@reader.example", key="reply 1 decided"), make_letter("you@reader.example")
    twelfth = make_letter("me@reader.example", key="reply 12 decided")
    forget_letters_to("me@reader.example", key="reply 1 ")
    for letter in (mine, other, twelfth):
        letter.refresh_from_db()
    assert (mine.to, mine.body) == ("", "")
    assert mine.given_up_at
    assert other.to
    assert twelfth.to


def test_a_letter_given_up_is_tried_anew_from_the_beginning(post_office):
    post_office.say_to = lambda address: "550 no"
    letter = make_letter()
    send()
    assert send_again(letter)
    assert not send_again(letter)
    post_office.say_to = lambda address: OK
    send()
    assert post_office.letters[0]["Message-ID"] == letter.message_id


def test_a_readers_letter_can_be_unsubscribed_by_one_click(post_office, settings):
    settings.SITE_ADDRESS = "https://leaflets.clinic.example"
    letter = make_letter("me@reader.example", kind=ABOUT_REPLIES)
    send()
    got = post_office.letters[0]
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got["List-Unsubscribe"].strip().startswith("<https://leaflets.clinic.example/unsubscribe/")
    assert "me@reader" not in got["List-Unsubscribe"]
    assert message(letter).extra_headers["Message-ID"] == letter.message_id


def test_many_letters_are_sent_in_as_many_queries_each_as_one(post_office, django_assert_num_queries):
    for _letter in range(10):
        make_letter()
    with django_assert_num_queries(10 * 4 + 1):
        assert len(send()) == 10
    assert isinstance(post_office, Post)
