"""A clinic may ask more than one second reader, or a certain role, for a medicine or a kind of section."""

import pytest
from django.contrib.auth.models import Group

from monographs.publication.actions import publish
from monographs.refusals import Conflict
from monographs.review.models import ApprovalRule, State
from monographs.review.rules import approvals_needed, outstanding
from tests.makers import change_leaflet, make_medicine, make_published, make_review, sign
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def pharmacists(db):
    return Group.objects.create(name="Pharmacist")


def test_a_controlled_medicine_needs_a_pharmacist_too(pharmacists, priya):
    medicine = make_medicine("Methadone")
    ApprovalRule.objects.create(medicine=medicine, approvals=2, role=pharmacists)
    review = make_review(medicine="Methadone")
    sign(review)
    review.refresh_from_db()
    assert review.state == State.WAITING
    assert len(outstanding(review)) == 2
    with pytest.raises(Conflict):
        publish(review, by=priya, change_note="First.")
    sign(review, by=make_person("nurse", role="Second reader"))
    review.refresh_from_db()
    assert review.state == State.WAITING
    assert outstanding(review) == ["One of those who approve must have the role “Pharmacist”."]
    third = make_person("olga", role="Second reader")
    third.groups.add(pharmacists)
    decision = sign(review, by=third)
    review.refresh_from_db()
    assert review.state == State.APPROVED
    assert decision.signer_roles == ["Pharmacist", "Second reader"]


def test_other_medicines_are_not_concerned(pharmacists):
    ApprovalRule.objects.create(medicine=make_medicine("Methadone"), approvals=2, role=pharmacists)
    review = make_review()
    sign(review)
    review.refresh_from_db()
    assert review.state == State.APPROVED


def test_a_rule_for_a_section_applies_when_that_section_changed():
    ApprovalRule.objects.create(section_kind="dosage", approvals=2)
    leaflet = change_leaflet(make_published_by_two().leaflet, key_facts=("One.", "Two.", "Three."))
    review = make_review(leaflet)
    assert approvals_needed(review) == 1
    sign(review)
    other = change_leaflet(make_published_by_two("Othermol").leaflet, dosage="Take 6mg once a day.")
    assert approvals_needed(make_review(other)) == 2


def test_a_first_version_changes_every_section():
    ApprovalRule.objects.create(section_kind="pregnancy", approvals=3)
    assert approvals_needed(make_review()) == 3


def make_published_by_two(medicine: str = "Testamol"):
    review = make_review(medicine=medicine)
    sign(review)
    sign(review, by=make_person("olga", role="Second reader"))
    review.refresh_from_db()
    return publish(review, by=make_person("priya"), change_note="First.")


def test_a_role_counts_as_it_was_on_the_day_of_signing(pharmacists, bruno):
    ApprovalRule.objects.create(approvals=1, role=pharmacists)
    review = make_review()
    sign(review)
    bruno.groups.add(pharmacists)
    assert outstanding(review)


def test_without_rules_one_second_reader_is_enough():
    assert make_published().review.decisions.count() == 1
