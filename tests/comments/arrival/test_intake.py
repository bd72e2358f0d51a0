"""A reply that comes in: everything lands in the queue, labelled and in its order, and nothing is decided."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.audit.context import current_address
from monographs.comments.afterwards.erasure import erase_own
from monographs.comments.arrival.actions import submit
from monographs.comments.arrival.intake import _seen_in_name, is_cry_for_help, look_at
from monographs.comments.identity.protected_names import Protected, imitation
from monographs.comments.labels import ORDER, Label
from monographs.comments.models import Comment, ReplyLabel, ReplyWriter, State, Urgency
from monographs.comments.sender import consent
from monographs.comments.sender.consent import Contact, contact_of
from monographs.comments.triage.word_rules import add_rule, judge
from monographs.refusals import Conflict, TooMany, Unacceptable
from tests.addresses import sent_from
from tests.effort import calls
from tests.makers import change_leaflet, make_published
from tests.reading.parts import make_clinic

pytestmark = pytest.mark.django_db

CRY = "I took about 20 of them last night and I just do not want to be here any more"
REACTION = "Since I started sertraline I have had a dry mouth and a headache."


@pytest.fixture
def leaflet(db):
    return make_published().leaflet


def labels(comment: Comment) -> set[str]:
    return set(comment.labels.values_list("label", flat=True))


def test_a_cry_for_help_stands_before_everything_else(leaflet):
    first = submit(leaflet, body="Is there a leaflet in Welsh?")
    reaction, cry = submit(leaflet, body=REACTION), submit(leaflet, body=CRY)
    assert (cry.urgency, reaction.urgency, first.urgency) == (Urgency.URGENT, Urgency.SOON, Urgency.ORDINARY)
    assert list(Comment.objects.waiting()) == [cry, reaction, first]
    assert {"crisis"} <= labels(cry)
    assert {"reaction"} <= labels(reaction)


def test_every_label_names_its_rule_and_the_words_that_it_saw(leaflet):
    comment = submit(leaflet, body=f"{CRY}. My number is 07400 123456.")
    for label in comment.labels.all():
        assert label.rule
        assert label.words
    assert comment.labels.get(label="personal_data").words == "07400 123456"


def test_labels_are_kept_in_the_order_in_which_people_must_see_them(leaflet):
    body = "Can I drink with it? It made me sick. My number is 07400 123456."
    kept = [Label(one.label) for one in submit(leaflet, body=body, name="I want to die").labels.all()]
    assert {Label.CRISIS, Label.PERSONAL_DATA, Label.QUESTION} <= set(kept)
    assert kept == sorted(kept, key=ORDER.get)


def test_labels_decide_nothing(leaflet):
    for body in (CRY, REACTION, "BUY CHEAP PILLS at https://pills.example now!!!", "Ring me: 07400 123456"):
        assert submit(leaflet, body=body).state == State.PENDING
    assert ReplyLabel.objects.filter(label="spam").exists()


def test_who_is_in_need_is_no_spammer(leaflet):
    comment = submit(leaflet, body=f"{CRY} https://bit.ly/x https://pills.example BUY CHEAP PILLS")
    assert "spam" not in labels(comment)


def test_the_clinics_own_numbers_are_nobodys(leaflet):
    make_clinic(phone="020 7946 0000", email="hello@mill.example")
    comment = submit(leaflet, body="I called 020 7946 0000 and wrote to hello@mill.example, and nobody came.")
    assert "personal_data" not in labels(comment)


def test_words_that_a_rule_refuses_are_not_kept_but_a_cry_for_help_is(leaflet, carla):
    add_rule("football", by=carla, action="refuse", why="No sports.")
    with pytest.raises(Unacceptable, match="football"):
        submit(leaflet, body="Who won the football?")
    assert not Comment.objects.exists()
    assert submit(leaflet, body=f"After the football: {CRY}").urgency == Urgency.URGENT


def test_what_a_rule_holds_is_put_forward(leaflet, carla):
    add_rule("recall", by=carla, action="hold", label="question", why="A batch was recalled.")
    assert submit(leaflet, body="Is my box part of the recall?").urgency == Urgency.SOON


@pytest.mark.parametrize("name", ["Dr Bruno (staff)", "Carla Moderator", "Your clinic", "Stаff"])
def test_a_name_that_only_staff_can_have_is_refused_and_nothing_kept(leaflet, carla, bruno, name):
    with pytest.raises(Unacceptable):
        submit(leaflet, body="Take ten.", name=name)
    assert not Comment.objects.exists()


def test_two_hundred_replies_of_one_address_in_two_seconds_are_not_all_taken(leaflet):
    token, refused = current_address.set("192.0.2.7"), []
    for number in range(200):
        try:
            submit(leaflet, body=f"Number {number}.")
        except TooMany as refusal:
            refused.append(refusal)
    current_address.reset(token)
    assert 1 <= Comment.objects.count() <= 20
    assert len(refused) == 200 - Comment.objects.count()


def test_the_same_words_of_two_addresses_are_two_peoples(leaflet):
    """Or the second would be led to the first one's page."""
    sent = []
    for address in ("192.0.2.7", "192.0.2.8", "192.0.2.7"):
        token = current_address.set(address)
        sent.append(submit(leaflet, body="Thank you."))
        current_address.reset(token)
    assert sent[0] != sent[1]
    assert sent[0] == sent[2]


def test_the_version_that_stood_in_the_writers_window_is_kept(leaflet):
    read = leaflet.publications.get()
    make_published(change_leaflet(leaflet, dosage="Take 10mg once a day."), change_note="More.")
    assert submit(leaflet, body="5 mg is little.", publication=read.pk).publication == read
    assert submit(leaflet, body="10 mg is much.").publication != read


def test_a_version_that_was_not_shown_within_the_day_or_is_of_another_leaflet_is_not_believed(leaflet, monkeypatch):
    read, other = leaflet.publications.get(), make_published(medicine="Othermol")
    with pytest.raises(Conflict, match="had open"):
        submit(leaflet, body="Hello?", publication=other.pk)
    make_published(change_leaflet(leaflet, dosage="Take 10mg once a day."), change_note="More.")
    later = timezone.now() + dt.timedelta(hours=26)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(Conflict, match="had open"):
        submit(leaflet, body="Hello?", publication=read.pk)


# --- Whom one may write to ---


def test_an_address_is_kept_with_the_wording_that_was_agreed_to_and_when(leaflet):
    before = timezone.now()
    comment = submit(leaflet, body="Hello?", contact=contact_of("dario@reader.example", consent.VERSION))
    writer = ReplyWriter.objects.get(comment=comment)
    assert (writer.email, writer.consent_version, writer.confirmed_at) == ("dario@reader.example", "1", None)
    assert before <= writer.consented_at <= timezone.now()


def test_a_wording_that_was_shown_stays_as_it_is():
    """Somebody agreed to these very words. Another wording is another version."""
    first = "You may write to me at this address about my reply. "
    assert {"1": first + "You delete the address when I say so, and with my reply."} == consent.WORDINGS


def test_nobody_needs_an_address():
    assert contact_of("  ", "") is None


@pytest.mark.parametrize(
    ("email", "agreed", "sentence"),
    [
        ("dario@reader.example", "", "Please tick"),
        ("dario@reader.example", "yes", "Please tick"),
        ("", "1", "Please give an e-mail address"),
        ("not an address", "1", "does not look like"),
        ("a@b@c.example", "1", "does not look like"),
        (f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example", "1", "does not look like|shorter"),
        ("dario@reader.example\nBcc: all@reader.example", "1", "does not look like"),
    ],
)
def test_an_address_without_a_tick_or_that_is_none_is_asked_about(email, agreed, sentence):
    with pytest.raises(Unacceptable, match=sentence):
        contact_of(email, agreed)


def test_the_same_words_with_another_e_mail_address_are_another_reply(leaflet):
    with sent_from():
        first, contact = submit(leaflet, body="Hello?"), Contact("dario@reader.example", "1")
        his = submit(leaflet, body="Hello?", contact=contact)
        assert his != first
        assert submit(leaflet, body="Hello?", contact=contact) == his
        assert submit(leaflet, body="Hello?", contact=Contact("other@reader.example", "1")) not in (first, his)
    assert ReplyWriter.objects.filter(comment=his).get().email == "dario@reader.example"


# --- Any text at all ---


def test_a_text_that_is_too_long_to_be_kept_is_still_looked_at_for_a_cry_for_help():
    assert is_cry_for_help(f"{CRY}. {'word ' * 20_000}", language="en")
    assert not is_cry_for_help("word " * 20_000, language="en")


@pytest.mark.parametrize("body", ["I \u202e" * 2000, "a\u0301" * 2000, "<script>" * 600, "😀" * 4000, "5 mg\x00" * 900])
def test_any_sign_can_be_looked_at(leaflet, body):
    incoming = look_at(body, "‮Dario", language="en", clinic=make_clinic())
    assert incoming.urgency in Urgency
    assert isinstance(incoming.found(), tuple)


def test_no_label_keeps_a_word_once_the_reply_is_erased(leaflet):
    comment = submit(leaflet, body="Ring me: 07400 123456")
    erase_own(comment)
    assert set(comment.labels.values_list("words", flat=True)) == {""}


def test_a_plain_reply_asks_the_database_eight_times(leaflet):
    """The clinic, the names of staff with the stamp of the word rules and the newest decision, the newest replies; the
    version that is shown, the reply, the newest entry of the ledger, its labels in one and a new entry: both in one on
    PostgreSQL, and there the turn to write has the newest entry and the reply's number, so all three are one."""
    submit(leaflet, body="Thank you, this page helped my sister.")  # makes what is made once
    with CaptureQueriesContext(connection) as captured:
        submit(leaflet, body="Thank you, this page was printed for my brother in Leeds.", name="Dario")
    assert len([query for query in captured.captured_queries if "monographs_" in query["sql"]]) == (
        7 if connection.vendor == "postgresql" else 8  # where somebody looks on the turn is asked by itself
    )


def test_what_a_name_says_is_worked_out_once():
    """The same few names stand above most replies."""
    kept = Protected("Mill Lane Surgery", (("Ana", "Author"), ("Bruno", "Belo")))
    seen = [calls(lambda: (_seen_in_name("Marigold", "en"), imitation("Marigold", kept))) for _time in range(2)]
    assert seen[1] < 20 < seen[0]
    assert imitation("Dr Marigold", kept)
    assert not imitation("Bruno Belo", Protected("Mill Lane Surgery", (("Ana", "Author"),)))
    assert imitation("Bruno Belo", kept)


def test_where_there_are_no_rules_of_words_a_text_is_not_taken_apart_for_them():
    judge("", "en")
    assert calls(lambda: judge("tablets " * 500, "en")) < calls(lambda: judge("tablets", "en")) + 100
