"""What takes long is made before the turn to write, and is used there only for the very text that is read there.

A colleague may save, or the text may be another, between the two: what patients get is made of what was decided on.
"""

import pytest
from django.db import connection

from monographs.clinics.models import Clinic
from monographs.publication import actions, ready
from monographs.publication.actions import publish, release_in_emergency
from monographs.publication.found import passages
from monographs.publication.found.passages import Passage, first_wrong
from monographs.publication.models import Page
from monographs.publication.page.compile import compile_page
from monographs.quality.rules import blocking
from monographs.refusals import Conflict, Unacceptable
from monographs.remembered import Memory
from monographs.review import actions as review_actions
from monographs.review.actions import submit
from monographs.review.models import Review
from monographs.revisions.actions import newest_revision, save_draft
from tests.makers import make_approved, make_content, make_leaflet
from tests.races import race, winners

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_is_known_yet():
    ready._known.clear()


@pytest.fixture
def compiled(monkeypatch):
    """For each page that is compiled whether a transaction was open."""
    seen = []
    monkeypatch.setattr(
        ready, "compile_page", lambda content: seen.append(connection.in_atomic_block) or compile_page(content)
    )
    return seen


def assert_shown(publication, content) -> None:
    """Page and passages are those of this text."""
    assert Page.objects.get(publication=publication).html == compile_page(content).html
    assert first_wrong(publication) is None
    assert Passage.objects.filter(publication=publication).exists()


def test_publishing_compiles_once_and_before_its_turn(priya, compiled):
    review = make_approved()
    publication = publish(review, by=priya, change_note="First.")
    assert compiled == [False]
    assert_shown(publication, review.revision.content)


def test_an_emergency_release_compiles_before_its_turn(priya, compiled):
    leaflet = make_leaflet()
    release_in_emergency(leaflet, by=priya, reason="A wrong dose is shown.", change_note="First.")
    assert compiled == [False]


def test_a_text_that_was_compiled_a_short_while_ago_is_not_compiled_again(priya, compiled):
    review = make_approved()
    ready.ready(review.revision)
    publication = publish(review, by=priya, change_note="First.")
    assert len(compiled) == 1
    assert_shown(publication, review.revision.content)


def test_what_was_made_of_another_text_is_not_shown(priya, monkeypatch, compiled):
    """As if the review had become one of another text between compiling and the lock."""
    other = newest_revision(make_leaflet("Othermol", dosage="Take 500mg once a day."))
    review = make_approved()
    before, made_first = ready.ready(other), []

    def swapped(revision):
        if connection.in_atomic_block:
            return ready.ready(revision)
        made_first.append(revision)
        return before

    monkeypatch.setattr(actions, "ready", swapped)
    publication = publish(review, by=priya, change_note="First.")
    assert made_first
    assert_shown(publication, review.revision.content)
    assert "500mg" not in Page.objects.get(publication=publication).html


def test_a_text_saved_between_compiling_and_the_lock_is_the_one_that_an_emergency_shows(ana, priya, monkeypatch):
    leaflet = make_leaflet()
    saved = []

    def meanwhile(revision):
        made = ready.ready(revision)
        if not saved:
            saved.append(save_draft(leaflet, make_content(dosage="Take 7mg once a day."), by=ana))
        return made

    monkeypatch.setattr(actions, "ready", meanwhile)
    publication = release_in_emergency(leaflet, by=priya, reason="A wrong dose is shown.", change_note="First.")
    assert publication.revision == saved[0]
    assert_shown(publication, saved[0].content)


def test_a_text_saved_between_checking_and_the_lock_is_checked_as_well(ana, monkeypatch):
    leaflet = make_leaflet()
    checks, findings_of = [], review_actions.findings_of

    def meanwhile(content, leaflet, **of_its_turn):
        found = findings_of(content, leaflet, **of_its_turn)
        if not checks:
            save_draft(leaflet, make_content(dosage="Take 5.0mg once a day."), by=ana)
        checks.append(connection.in_atomic_block)
        return found

    monkeypatch.setattr(review_actions, "findings_of", meanwhile)
    with pytest.raises(Unacceptable):
        submit(leaflet, by=ana)
    assert checks == [False, True]
    assert not Review.objects.exists()


def test_what_the_clinic_chose_between_checking_and_the_lock_counts(ana, monkeypatch):
    leaflet = make_leaflet(dosage=f"Take it{' now' * 30}.")
    checks, findings_of = [], review_actions.findings_of

    def meanwhile(content, leaflet, **of_its_turn):
        found = findings_of(content, leaflet, **of_its_turn)
        checks.append(bool(blocking(found)))
        Clinic.objects.update(quality_severities={"long-sentence": "blocks"})
        return found

    monkeypatch.setattr(review_actions, "findings_of", meanwhile)
    with pytest.raises(Unacceptable):
        submit(leaflet, by=ana)
    assert checks == [False, True]


def test_of_publishing_and_saving_at_once_patients_get_the_text_that_was_approved(ana, priya):
    review = make_approved()
    outcomes = race(
        lambda: publish(review, by=priya, change_note="First."),
        lambda: save_draft(review.leaflet, make_content(dosage="Take 7mg once a day."), by=ana),
    )
    publication = outcomes[0]
    assert publication in winners(outcomes)
    assert all(isinstance(outcome, Conflict) or outcome for outcome in outcomes)  # saved before, or after the release
    assert_shown(publication, review.revision.content)


def test_what_is_kept_of_finished_pages_is_bounded(monkeypatch, compiled):
    weight = ready.ready(newest_revision(make_leaflet())).weight
    monkeypatch.setattr(ready, "_known", Memory(3 * weight))
    revisions = [newest_revision(make_leaflet(f"Medol {number}")) for number in range(6)]
    for revision in revisions:
        ready.ready(revision)
    kept = [ready._known.get(revision.digest) for revision in revisions]
    assert kept[:3] == [None] * 3
    assert kept[-1] is ready.ready(revisions[-1])
    assert sum(one.weight for one in kept if one) <= 3 * weight


def test_the_parts_of_a_text_are_those_that_verifying_finds(priya):
    review = make_approved()
    made = ready.ready(review.revision)
    publication = publish(review, by=priya, change_note="First.")
    assert [row.tokens for row in passages.passages_of(publication)] == [
        part.tokens for part in sorted(made.parts, key=lambda part: part.weight)
    ]
