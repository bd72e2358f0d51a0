"""“This shows the leaflet is unclear”: a request linked both ways, on the author's desk, told when it has changed."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from monographs.admin.desk.piles import desk_of
from monographs.audit.models import Entry
from monographs.comments.afterwards.erasure import erase
from monographs.comments.answering import change_requests
from monographs.comments.answering.change_requests import (
    ChangeRequest,
    changed_for,
    close_with,
    decline,
    raise_request,
    told_when_changed,
    versions_since,
)
from monographs.comments.deciding.actions import reject
from monographs.comments.sender.secret import secret_of
from monographs.operations.verify import check_history
from monographs.publication.actions import cancel_release, publish
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from tests.makers import change_leaflet, make_approved, make_comment, make_published
from tests.people import make_person
from tests.reading.parts import words

pytestmark = pytest.mark.django_db
WORDS = "Say how much a spoon is."


@pytest.fixture
def reply():
    return make_comment(make_published(), body="How much is a spoon?", shown=True)


def ask(reply, carla, **fields) -> ChangeRequest:
    return raise_request(reply, by=carla, **{"section": "dosage", "words": WORDS, **fields})


def publish_change(reply, **fields):
    return make_published(
        change_leaflet(reply.leaflet, dosage="Take 5 ml once a day."), change_note="Clearer.", **fields
    )


def test_a_request_is_linked_both_ways_and_lies_on_the_authors_desk(reply, carla, ana):
    one = ask(reply, carla)
    assert list(reply.change_requests.all()) == [one]
    assert (one.leaflet, one.comment) == (reply.leaflet, reply)
    [pile] = [pile for pile in desk_of(ana) if pile.key == "change-requests"]
    assert [(row.title, row.about) for row in pile.rows] == [("Testamol", f"How to take it: {WORDS}")]
    assert pile.rows[0].address == f"/admin/leaflets/{reply.leaflet_id}/change-requests/#request-{one.pk}"
    assert not [pile for pile in desk_of(carla) if pile.key == "change-requests"]


def test_asked_twice_it_is_one_request_and_of_another_section_a_second(reply, carla):
    assert ask(reply, carla) == ask(reply, carla, words="Again.")
    ask(reply, carla, section="")
    assert ChangeRequest.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"words": " "}, "Say what is unclear"), ({"section": "nonsense"}, "Choose a section"),
     ({"words": "x" * 1_001}, "At most 1,000")],
    ids=["nothing", "nonsense", "too much"],
)  # fmt: skip
def test_a_request_without_words_or_of_no_section_is_refused(reply, carla, fields, sentence):
    with pytest.raises(Unacceptable, match=sentence):
        ask(reply, carla, **fields)


def test_only_who_answers_asks_and_only_who_writes_closes(reply, carla, ana):
    with pytest.raises(NotAllowed):
        ask(reply, ana)
    one, version = ask(reply, carla), publish_change(reply)
    with pytest.raises(NotAllowed):
        close_with(one, by=carla, publication=version)
    with pytest.raises(NotAllowed):
        decline(one, by=carla, why="No.")
    close_with(one, by=ana, publication=version)
    with pytest.raises(Conflict, match="Ana Author has closed"):
        decline(one, by=ana, why="No.")


def test_it_is_closed_only_by_a_version_that_came_after_it(reply, carla, ana):
    one = ask(reply, carla)
    assert list(versions_since(one)) == []
    with pytest.raises(Unacceptable, match="published after"):
        close_with(one, by=ana, publication=reply.publication)
    elsewhere = make_published(medicine="Othermol")
    with pytest.raises(Unacceptable, match="published after"):
        close_with(one, by=ana, publication=elsewhere)
    version = publish_change(reply)
    close_with(one, by=ana, publication=version, why="The spoon is named.")
    one.refresh_from_db()
    assert (one.state, one.publication, one.closed_by) == ("done", version, ana)
    list(check_history())


def test_it_is_declined_only_with_the_reason_why(reply, carla, ana):
    one = ask(reply, carla)
    with pytest.raises(Unacceptable, match="Say why"):
        decline(one, by=ana, why=" ")
    decline(one, by=ana, why="It says so under “How to take it”.")
    assert not [pile for pile in desk_of(ana) if pile.key == "change-requests"]
    assert told_when_changed(timezone.now()) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRequest.objects.filter(pk=one.pk).update(why="")


def test_whoever_asked_is_told_once_when_the_changed_version_is_read(reply, carla, ana):
    one = ask(reply, carla)
    later = timezone.now() + dt.timedelta(days=3)
    review = make_approved(change_leaflet(reply.leaflet, dosage="Take 5 ml once a day."))
    version = publish(review, by=make_person("priya"), change_note="Clearer.", effective_from=later)
    close_with(one, by=ana, publication=version)
    assert told_when_changed(timezone.now()) == []
    assert changed_for(reply, timezone.now()) == []
    assert told_when_changed(later) == [one]
    assert told_when_changed(later) == []
    [told] = changed_for(reply, later)
    assert told.publication == version
    assert ChangeRequest.objects.get().told_at == later


def test_the_status_page_tells_whoever_asked_that_the_leaflet_has_changed(reply, carla, ana, client):
    page = reverse("own-reply", args=[secret_of(reply)])
    one, told = ask(reply, carla), "The leaflet has changed because of what you wrote. Version 2 of"
    assert told not in words(client.get(page))
    close_with(one, by=ana, publication=publish_change(reply))
    assert told in words(client.get(page))


def test_nobody_is_told_of_a_version_that_was_called_off_until_another_takes_its_place(reply, carla, ana):
    one = ask(reply, carla)
    later = timezone.now() + dt.timedelta(days=3)
    review = make_approved(change_leaflet(reply.leaflet, dosage="Take 5 ml once a day."))
    version = publish(review, by=make_person("priya"), change_note="Clearer.", effective_from=later)
    close_with(one, by=ana, publication=version)
    cancel_release(version, by=make_person("priya"), why="Not yet.")
    assert told_when_changed(later) == []
    review.refresh_from_db()
    publish(review, by=make_person("priya"), change_note="Clearer.")
    assert told_when_changed(timezone.now()) == [one]


def test_the_record_says_who_asked_for_what_and_no_word_of_a_reader(reply, carla, ana):
    decline(ask(reply, carla, words="MARKED words"), by=ana, why="No.")
    entries = Entry.objects.filter(verb__startswith="change.")
    assert [entry.verb for entry in entries.order_by("position")] == ["change.requested", "change.declined"]
    assert not any("MARKED" in entry.data + entry.why + entry.about_label for entry in entries)


def test_a_reply_that_is_taken_away_or_erased_keeps_its_request(reply, carla):
    one = ask(reply, carla)
    reject(reply, by=carla, reason="It tells who somebody is.")
    erase(reply, by=carla)
    assert ChangeRequest.objects.get() == one
    with pytest.raises(Conflict, match="erased"):
        ask(reply, carla, section="uses")


def test_many_who_asked_are_told_some_at_a_time(reply, carla, ana, monkeypatch):
    monkeypatch.setattr(change_requests, "_AT_ONCE", 2)
    asked = [ask(reply, carla, section=kind) for kind in ("dosage", "uses", "pregnancy")]
    version = publish_change(reply)
    for one in asked:
        close_with(one, by=ana, publication=version)
    told = []
    tell = change_requests._tell
    monkeypatch.setattr(change_requests, "_tell", lambda at: told.append(tell(at)) or told[-1])
    assert told_when_changed(timezone.now()) == asked
    assert [len(some) for some in told] == [2, 1]
