"""What a reader wrote stands in the reply alone: in no other table, log line, letter or export; and then nowhere."""

import io
import logging
from functools import partial

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.audit.verify import Altered
from monographs.comments.afterwards.erasure import erase
from monographs.comments.arrival import actions as arrival
from monographs.comments.crisis.playbook import open_reply
from monographs.comments.deciding import actions
from monographs.comments.deciding.seen import as_seen
from monographs.comments.models import Comment
from monographs.operations.clock import tick
from monographs.operations.logs import WithoutWords
from monographs.operations.verify import check_history
from monographs.review import fact_check
from monographs.review.models import FactCheck
from monographs.search.missed import note_missed, write_missed
from tests.makers import make_published
from tests.people import make_person
from tests.reading.parts import send

pytestmark = pytest.mark.django_db
MARKS = ("Quagmarked", "Beatrix-Marked", "marked@reader.example", "192.0.2.77")
BODY = "Quagmarked: may I take it with tea? Write to marked@reader.example."
NAME = "Beatrix-Marked"


@pytest.fixture
def log():
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutWords())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def places_of_marks() -> set[str]:
    """``table.column`` of every value in the whole database in which a mark stands."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.concrete_fields if not isinstance(field, models.BooleanField)]
        for row in model._base_manager.values_list(*names):
            found |= {
                f"{model._meta.db_table}.{name}"
                for name, value in zip(names, row, strict=True)
                if any(mark.casefold() in str(value).casefold() for mark in MARKS)
            }
    return found


def test_no_trace_of_a_reply_in_any_row_of_record_or_log_line_and_none_at_all_once_erased(client, log, carla, amir):
    slug = make_published().leaflet.slug
    client.defaults["REMOTE_ADDR"] = MARKS[3]
    assert send(client, slug, body=BODY, name=NAME).status_code == 303
    assert send(client, slug, body=BODY, name=NAME * 20).status_code == 400
    client.defaults["REMOTE_ADDR"] = "127.0.0.1"
    reply = Comment.objects.get()
    open_reply(reply, by=carla)
    for verb in (partial(actions.reject, reason="No."), actions.undo, actions.mark_spam, actions.undo):
        verb(reply, by=carla)
    client.force_login(carla)
    queue = reverse("admin:reply", args=[reply.pk])
    assert client.post(queue, {"verb": "approve", "seen": "spam-1-0"}).status_code == 409
    assert (
        client.post(
            queue, {"verb": "answer", "seen": as_seen(Comment.objects.get()), "body": "Please call us."}
        ).status_code
        == 302
    )
    only_there = {"monographs_comment.body", "monographs_comment.name", "monographs_replylabel.words"}
    assert places_of_marks() == only_there

    client.force_login(amir)
    ledger = reverse("admin:monographs_entry_changelist")
    assert not any(mark in client.get(ledger, {"q": "reply"}).content.decode() for mark in MARKS)
    entry = Entry.objects.filter(verb="reply.received").get()
    assert entry.about_label == f"reply {reply.pk} to {reply.leaflet}"

    client.force_login(carla)
    assert client.post(queue, {"verb": "erase", "seen": as_seen(Comment.objects.get(pk=reply.pk))}).status_code == 302
    assert places_of_marks() == set()
    list(tick(at=timezone.now()))
    list(check_history())
    assert not any(mark in log.getvalue() for mark in MARKS)
    assert not any(mark in letter.body for letter in mail.outbox for mark in MARKS)


def test_what_verify_history_says_of_altered_words_repeats_none_of_them(carla, behind_the_back):
    arrival.submit(make_published().leaflet, body=BODY, name=NAME)
    with behind_the_back():
        Comment.objects.update(body=BODY + " And more.")
    with pytest.raises(Altered) as altered:
        list(check_history())
    assert not any(mark in str(altered.value) for mark in MARKS)


def test_the_record_names_a_fact_check_by_its_number_and_keeps_no_word_of_the_expert(bruno, behind_the_back):
    revision = make_published().revision
    check = fact_check.ask(revision, by=bruno, expert=NAME, question="Is the dose right?")
    fact_check.answer(check, verdict=FactCheck.Verdict.REMARKS, answer=BODY)
    assert places_of_marks() == {"monographs_factcheck.expert", "monographs_factcheck.answer"}
    list(check_history())
    with behind_the_back():
        FactCheck.objects.update(answer="All is well.")
    with pytest.raises(Altered, match="the SHA-256 of its columns"):
        list(check_history())


def test_a_search_that_found_nothing_leaves_no_trace_once_it_is_taken_away(client):
    word = MARKS[0]
    for _time in range(2):
        assert note_missed(word, at=timezone.now())
    write_missed()
    assert places_of_marks() == {"monographs_missedsearch.folded", "monographs_missedsearch.query"}
    client.force_login(make_person("ana"))
    missed = reverse("admin:monographs_missedsearch_changelist")
    [pk] = apps.get_model("monographs", "MissedSearch").objects.values_list("pk", flat=True)
    sent = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
    assert client.post(missed, sent).status_code == 302
    assert places_of_marks() == set()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL overwrites what is gone when it vacuums")
def test_sqlite_overwrites_what_is_erased():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone()[0] == 1


def test_erasing_by_a_verb_is_enough_for_the_admins_own_log(carla):
    reply = arrival.submit(make_published().leaflet, body=BODY, name=NAME)
    erase(reply, by=carla)
    assert places_of_marks() == set()
