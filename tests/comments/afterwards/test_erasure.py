"""A reader regrets: the words go for good, and what was answered keeps its place."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.audit.public_stamp import newest_public
from monographs.comments.afterwards.erasure import erase, erase_own
from monographs.comments.afterwards.writers import rewrite
from monographs.comments.arrival.intake import look_at
from monographs.comments.deciding.actions import answer, approve, mark_spam, reject, undo
from monographs.comments.models import Comment, State
from monographs.comments.standing.threads import take_answers_away
from monographs.operations.verify import check_history
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from tests.makers import make_comment, make_published
from tests.reading.parts import make_clinic

pytestmark = pytest.mark.django_db
WORDS = {"body": "My number is 943 476 5919.", "name": "Bea Regret"}


def words_of(reply: Comment) -> tuple[str, str, str]:
    reply.refresh_from_db()
    return reply.body, reply.name, reply.seal


@pytest.mark.parametrize("decide", [None, approve, partial(reject, reason="No."), mark_spam])
def test_the_words_of_a_reply_go_in_every_state_and_nobody_reads_it_any_more(decide, carla, client):
    reply = make_comment(**WORDS)
    if decide:
        decide(reply, by=carla)
    erase(reply, by=carla)
    assert words_of(reply) == ("", "", "")
    assert reply.erased_at
    assert reply.state == (State.SPAM if decide == mark_spam else State.REJECTED)
    assert f"reply-{reply.pk}" not in client.get(f"/leaflets/{reply.leaflet.slug}/").content.decode()
    list(check_history())


def test_a_reply_with_answers_keeps_its_place_without_its_words(carla, client):
    reply = make_comment(**WORDS)
    answer(reply, by=carla, body="Please call us.")
    before = newest_public(timezone.now())
    erase(reply, by=carla)
    assert newest_public(timezone.now()) != before  # pages that are kept are made anew
    page = client.get(f"/leaflets/{reply.leaflet.slug}/").content.decode()
    assert "The words of this reply were taken away." in page
    assert "Please call us." in page
    assert "943 476" not in page
    assert "Regret" not in page
    assert f"?answer={reply.pk}" not in page
    list(check_history())


def test_the_record_says_who_erased_what_and_no_word_of_it(carla):
    reply = make_comment(**WORDS)
    erase(reply, by=carla)
    entry = Entry.objects.get(verb="reply.erased")
    assert (entry.by, entry.about, entry.about_label) == (
        carla,
        f"comment/{reply.pk}",
        f"reply {reply.pk} to {reply.leaflet}",
    )


def test_what_is_erased_is_not_erased_again_decided_on_or_answered(carla):
    reply = make_comment(**WORDS)
    erase(reply, by=carla)
    for verb in (erase, approve, undo, mark_spam):
        with pytest.raises(Conflict, match="erased"):
            verb(reply, by=carla)
    with pytest.raises(Conflict, match="erased"):
        answer(reply, by=carla, body="Hello?")


def test_only_who_may_erases(priya):
    reply = make_comment(**WORDS)
    with pytest.raises(NotAllowed):
        erase(reply, by=priya)
    assert words_of(reply)[0] == WORDS["body"]


@pytest.mark.parametrize(
    "columns",
    [{"body": "Other words."}, {"name": "Mallory"}, {"seal": "0"}, {"body": ""}, {"erased_at": None}],
    ids=lambda columns: next(iter(columns)),
)
def test_the_database_brings_no_words_back(columns, carla):
    reply = make_comment(**WORDS)
    erase(reply, by=carla)
    if columns == {"body": ""}:
        reply, columns = (
            make_comment(make_published(medicine="Othermol"), **WORDS),
            {"body": "", "name": "", "seal": ""},
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=reply.pk).update(**columns)


def test_an_erasure_leaves_no_half_of_the_words():
    reply = make_comment(**WORDS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=reply.pk).update(erased_at=timezone.now(), body="")


def test_verify_history_finds_words_that_went_without_an_erasure_on_record():
    from monographs.audit.verify import Altered

    reply = make_comment(**WORDS)
    Comment.objects.filter(pk=reply.pk).update(erased_at=timezone.now(), body="", name="", seal="")
    with pytest.raises(Altered, match="whether its words are erased"):
        list(check_history())


def test_what_is_erased_or_stands_under_a_hidden_reply_takes_no_reply(carla):
    publication = make_published()
    erased, above = make_comment(publication, **WORDS), make_comment(publication, body="Above.", shown=True)
    answer(erased, by=carla, body="Please call us.")
    below = make_comment(publication, body="Below.", parent=above, shown=True)
    erase(erased, by=carla)
    undo(above, by=carla)
    take_answers_away(above, by=carla)
    for parent in (erased, below):
        with pytest.raises(Unacceptable, match="not here any more"):
            make_comment(publication, body="Me too.", parent=parent)


def test_an_answer_that_waits_keeps_the_place_and_an_empty_place_can_be_taken_away(carla, client):
    reply = make_comment(make_published(), **WORDS, shown=True)
    waiting = make_comment(reply.publication, body="Same here.", parent=reply)
    erase(reply, by=carla)
    approve(waiting, by=carla)
    page = f"/leaflets/{reply.leaflet.slug}/"
    assert "Same here." in client.get(page).content.decode()
    reject(reply, by=carla, reason="No.")
    shown = client.get(page).content.decode()
    assert "Same here." not in shown
    assert "were taken away" not in shown
    list(check_history())


def test_whoever_erases_a_reply_erases_all_versions_of_it():
    first = make_comment(body="My number is 943 476 5919.")
    second = rewrite(first, look_at("Without my number.", language="en", clinic=make_clinic()))
    erase_own(second)
    assert set(Comment.objects.values_list("body", flat=True)) == {""}
    check_history()
