from dataclasses import replace

import pytest

from monographs.audit.models import Entry
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.review.actions import send_back
from monographs.review.remarks import add_remark, answer_remark, open_remarks, placed_remarks, reopen, resolve
from tests.makers import change_leaflet, make_content, make_leaflet, make_review, sign
from tests.people import make_person

pytestmark = pytest.mark.django_db


def test_a_remark_is_anchored_to_a_section_and_its_words(bruno):
    revision = make_leaflet(dosage="Take **5mg** once a day.").revisions.get()
    remark = add_remark(revision, by=bruno, section_key="dosage", quote="Take 5mg once", body="Which source?")
    placed = placed_remarks(revision.leaflet, revision.content)
    assert [(item.remark, item.heading, item.is_vanished) for item in placed] == [(remark, "How to take it", False)]


@pytest.mark.parametrize(
    ("section_key", "quote"), [("dosage", "Take 50mg"), ("nowhere", ""), ("uses", "Take 5mg"), ("", "Take 50mg")]
)
def test_a_passage_that_is_not_there_is_refused(bruno, section_key, quote):
    revision = make_leaflet(dosage="Take 5mg once a day.").revisions.get()
    with pytest.raises(Unacceptable):
        add_remark(revision, by=bruno, section_key=section_key, quote=quote, body="Which source?")


def test_the_reason_why_a_section_does_not_apply_can_be_remarked_on(bruno):
    sections = make_content().sections
    without = replace(sections[-1], body="", is_not_applicable=True, reason="A nurse keeps it for you.")
    revision = make_leaflet(sections=(*sections[:-1], without)).revisions.get()
    assert add_remark(revision, by=bruno, section_key=without.key, quote="A nurse keeps it", body="Always?")
    assert add_remark(revision, by=bruno, quote="keeps it for you", body="Always?")


def test_a_remark_whose_passage_vanished_stays_listed_as_such(bruno, ana):
    leaflet = make_leaflet(dosage="Take 5mg once a day.")
    add_remark(leaflet.revisions.get(), by=bruno, section_key="dosage", quote="5mg", body="Which source?")
    change_leaflet(leaflet, dosage="Take 6 tablets.")
    (placed,) = placed_remarks(leaflet, leaflet.revisions.get(number=2).content)
    assert placed.is_vanished
    assert placed.remark.quote == "5mg"


def test_an_open_blocking_remark_prevents_approval_until_resolved(bruno, ana):
    review = make_review()
    remark = add_remark(review.revision, by=bruno, body="The dose has no source.", is_blocking=True)
    with pytest.raises(Conflict, match="remark"):
        sign(review)
    resolve(remark, by=bruno)
    reopen(remark, by=ana)
    with pytest.raises(Conflict):
        sign(review)
    resolve(remark, by=bruno)
    assert sign(review)


def test_the_same_remark_or_answer_sent_twice_is_recorded_once(bruno, ana):
    revision = make_leaflet().revisions.get()
    remark = add_remark(revision, by=bruno, body="Which source?")
    answer_remark(remark, by=ana, body="The BNF.")
    entries = Entry.objects.count()
    with pytest.raises(Conflict, match="made this remark already"):
        add_remark(revision, by=bruno, body="Which source? ")
    with pytest.raises(Conflict, match="given this answer already"):
        answer_remark(remark, by=ana, body="The BNF.")
    assert Entry.objects.count() == entries
    assert answer_remark(remark, by=bruno, body="The BNF.")
    resolve(remark, by=bruno)
    assert add_remark(revision, by=bruno, body="Which source?")


def test_a_remark_that_does_not_block_does_not(bruno):
    review = make_review()
    add_remark(review.revision, by=bruno, body="Nice.")
    assert sign(review)


def test_the_author_cannot_wave_a_blocking_remark_away(bruno, ana):
    remark = add_remark(make_review().revision, by=bruno, body="The dose has no source.", is_blocking=True)
    with pytest.raises(NotAllowed):
        resolve(remark, by=ana)


def test_who_had_a_hand_in_the_text_cannot_wave_a_blocking_remark_away_as_a_second_reader(bruno):
    both = make_person("olga", role="Author")
    make_person("olga", role="Second reader")
    remark = add_remark(make_leaflet(by=both).revisions.get(), by=bruno, body="No source.", is_blocking=True)
    with pytest.raises(NotAllowed, match="wrote none of the text"):
        resolve(remark, by=both)
    resolve(remark, by=make_person("rita", role="Second reader"))


def test_remarks_are_answered_in_a_thread_and_survive_a_round(bruno, ana):
    review = make_review()
    remark = add_remark(review.revision, by=bruno, section_key="dosage", body="Which source?")
    answer = answer_remark(remark, by=ana, body="The BNF.")
    answer_remark(answer, by=bruno, body="Thank you.")
    send_back(review, by=bruno, reason="See remark.")
    change_leaflet(review.leaflet, dosage="Take 5mg once a day, as the BNF says.")
    (placed,) = placed_remarks(review.leaflet, review.leaflet.revisions.get(number=2).content)
    assert [word.body for word in placed.remark.answers.all()] == ["The BNF.", "Thank you."]


def test_resolving_and_reopening_twice_is_refused(bruno):
    remark = add_remark(make_leaflet().revisions.get(), by=bruno, body="Which source?")
    with pytest.raises(Conflict):
        reopen(remark, by=bruno)
    resolve(remark, by=bruno)
    with pytest.raises(Conflict):
        resolve(remark, by=bruno)


def test_who_may_not_remark_does_not(mallory, carla, amir, ada):
    revision = make_leaflet().revisions.get()
    for person in (mallory, carla, amir, ada):
        with pytest.raises(NotAllowed):
            add_remark(revision, by=person, body="Hello.")


@pytest.mark.parametrize("body", ["", " \n", "x" * 5001])
def test_a_remark_has_words_and_an_end(bruno, body):
    with pytest.raises(Unacceptable):
        add_remark(make_leaflet().revisions.get(), by=bruno, body=body)


def test_each_step_is_in_the_ledger(bruno, ana):
    leaflet = make_leaflet()
    remark = add_remark(leaflet.revisions.get(), by=bruno, body="Which source?")
    answer_remark(remark, by=ana, body="The BNF.")
    resolve(remark, by=bruno)
    reopen(remark, by=bruno)
    verbs = [entry.verb for entry in Entry.objects.about(leaflet)][-4:]
    assert verbs == ["remark.made", "remark.answered", "remark.resolved", "remark.reopened"]


def test_an_answer_in_the_words_of_a_remark_is_no_remark_made_already(bruno):
    revision = make_leaflet().revisions.get()
    answer_remark(add_remark(revision, by=bruno, body="Which dose?"), by=bruno, body="Which source?")
    assert add_remark(revision, by=bruno, body="Which source?")


def test_only_the_last_answer_can_be_given_once_too_often(bruno, ana):
    remark = add_remark(make_leaflet().revisions.get(), by=bruno, section_key="dosage", body="Is it right?")
    for person, words in ((ana, "Yes."), (bruno, "Sure?"), (ana, "Yes.")):
        assert answer_remark(remark, by=person, body=words).section_key == "dosage"
    with pytest.raises(Conflict, match="given this answer already"):
        answer_remark(remark, by=ana, body="Yes.")


def test_a_remark_that_does_not_block_is_resolved_by_the_author_too(bruno, ana):
    remark = add_remark(make_leaflet().revisions.get(), by=bruno, body="Nice.")
    resolve(remark, by=ana)
    remark.refresh_from_db()
    assert remark.resolved_by == ana


def test_open_remarks_come_first_and_of_these_the_ones_that_block(bruno):
    revision = make_leaflet().revisions.get()
    for body, blocks in (("done, blocked", True), ("done", False), ("open", False), ("open, blocks", True)):
        remark = add_remark(revision, by=bruno, body=body, is_blocking=blocks)
        if "done" in body:
            resolve(remark, by=bruno)
    placed = [one.remark.body for one in placed_remarks(revision.leaflet, revision.content)]
    assert placed == ["open, blocks", "open", "done, blocked", "done"]
    assert [one.remark.body for one in open_remarks(revision.leaflet, revision.content)] == placed[:2]


def test_an_answer_keeps_no_thread_open_that_is_resolved(bruno, django_assert_num_queries):
    revision = make_leaflet().revisions.get()
    remark = add_remark(revision, by=bruno, body="Which source?")
    resolve(remark, by=bruno, answer="The BNF.")
    with django_assert_num_queries(1):
        assert open_remarks(revision.leaflet, revision.content) == []


def test_a_remark_on_a_section_that_is_gone_has_the_heading_that_it_had(bruno):
    sections = make_content().sections
    leaflet = make_leaflet(sections=sections)
    add_remark(leaflet.revisions.get(), by=bruno, section_key=sections[-1].key, body="Always?")
    change_leaflet(leaflet, sections=sections[:-1])
    (placed,) = placed_remarks(leaflet, leaflet.revisions.get(number=2).content)
    assert (placed.heading, placed.is_vanished) == (sections[-1].heading, True)


def test_a_passage_of_the_whole_leaflet_may_go_from_one_part_into_the_next(bruno):
    revision = make_leaflet().revisions.get()
    first, second, *_rest = revision.content.key_facts
    assert add_remark(revision, by=bruno, quote=f"{first}\n\n{second}", body="In this order?")


def test_the_longest_remark_is_taken_and_told_of_by_its_beginning(bruno):
    revision = make_leaflet().revisions.get()
    assert str(add_remark(revision, by=bruno, body="x" * 5_000)) == "a long remark"
    assert str(add_remark(revision, by=bruno, body="Which source?")) == "Which source?"
