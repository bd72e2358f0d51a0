"""An easy-read leaflet is sent for review with no number that its full leaflet does not have."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from monographs.leaflets.models import Leaflet
from monographs.publication.actions import cancel_release, publish
from monographs.quality.held_against.editions import RULE
from monographs.refusals import Unacceptable
from monographs.review.actions import recall, submit
from monographs.review.findings import findings_of
from monographs.review.models import Review, State
from monographs.revisions.actions import newest_revision
from tests.makers import change_leaflet, make_approved, make_leaflet, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db


def said_alone(leaflet) -> list[str]:
    findings = findings_of(newest_revision(leaflet).content, leaflet)
    return [one.excerpt for one in findings if one.rule == RULE]


@pytest.fixture
def full():
    return make_published(dosage="Take 5mg once a day.").leaflet


def easy_read(dosage: str):
    return make_leaflet(edition="easy-read", dosage=dosage)


def test_one_with_the_same_dose_is_submitted(full, ana):
    assert submit(easy_read("Take 5mg."), by=ana).state == State.WAITING


def test_another_dose_blocks_at_submission_in_a_sentence(full, ana):
    with pytest.raises(Unacceptable) as refused:
        submit(easy_read("Take 50mg."), by=ana)
    (finding,) = refused.value.details["findings"]
    assert finding.message == ("“How to take it”: this easy-read leaflet says “50mg”, and the full leaflet does not.")


def test_it_is_held_against_what_patients_read_not_against_a_draft(full):
    change_leaflet(full, dosage="Take 7mg once a day.")
    assert said_alone(easy_read("Take 7mg.")) == ["7mg"]


def test_an_approved_text_counts_before_its_release_so_that_both_can_be_released_together(full):
    make_approved(change_leaflet(full, dosage="Take 7mg once a day."))
    easy = easy_read("Take 7mg.")
    assert said_alone(easy) == []
    change_leaflet(easy, dosage="Take 5mg.")
    assert said_alone(easy) == ["5mg"]


def test_a_scheduled_release_counts_as_well_and_no_more_when_it_is_called_off(full, priya):
    review = make_approved(change_leaflet(full, dosage="Take 7mg once a day."))
    later = timezone.now() + dt.timedelta(days=2)
    coming = publish(review, by=priya, change_note="Another dose.", effective_from=later)
    easy = easy_read("Take 7mg.")
    assert said_alone(easy) == []
    cancel_release(coming, by=priya)
    recall(Review.objects.get(pk=review.pk), by=make_person("ana"))
    assert said_alone(easy) == ["7mg"]


def test_what_is_approved_counts_before_what_is_scheduled_and_that_before_what_patients_read(full, priya):
    later = timezone.now() + dt.timedelta(days=2)
    coming = make_approved(change_leaflet(full, dosage="Take 7mg once a day."))
    publish(coming, by=priya, change_note="Another dose.", effective_from=later)
    make_approved(change_leaflet(full, dosage="Take 9mg once a day."))
    assert said_alone(easy_read("Take 9mg.")) == []


def test_beside_a_full_leaflet_that_is_a_draft_only_the_draft_counts():
    make_leaflet(dosage="Take 5mg once a day.")
    assert said_alone(easy_read("Take 7mg.")) == ["7mg"]


def test_of_another_language_or_medicine_or_none_at_all_nothing_is_asked(full):
    assert said_alone(make_leaflet(edition="easy-read", language="es", dosage="Tome 7 mg.")) == []
    assert said_alone(make_leaflet("Otheramol", edition="easy-read", dosage="Take 7mg.")) == []


def test_a_full_leaflet_is_not_held_against_its_easy_one(full):
    make_published(easy_read("Take 5mg."))
    assert said_alone(change_leaflet(full, dosage="Take 7mg once a day.")) == []


@pytest.mark.once  # what the samples say
def test_the_samples_editions_agree():
    call_command("load_samples", verbosity=0)
    easy = Leaflet.objects.filter(edition="easy-read")
    assert [said_alone(leaflet) for leaflet in easy] == [[] for _ in easy] != []
