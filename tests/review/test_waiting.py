"""The list of what waits for a reader says the same as the rule of four eyes, emergency releases included."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.publication.actions import publish, release_in_emergency, withdraw
from monographs.refusals import Conflict
from monographs.review.models import ApprovalRule, Review
from monographs.review.rules import may_approve
from monographs.review.waiting import approvable_by
from tests.makers import change_leaflet, make_leaflet, make_published, make_review, sign
from tests.people import make_person

pytestmark = pytest.mark.django_db


def emergency(title: str, *, writer: str = "ana", by: str = "priya"):
    """Patients read version 1; version 2 went to them in an emergency."""
    leaflet = make_published(make_leaflet(title)).leaflet
    change_leaflet(leaflet, by=make_person(writer), dosage="Do not take more than 5mg a day.")
    release_in_emergency(leaflet, by=make_person(by), reason="A recall.", change_note="The dose was wrong.")
    return leaflet


def approved_after(leaflet, **when):
    """A later text, approved and released or scheduled, by others than the emergency's."""
    review = make_review(change_leaflet(leaflet, dosage="Take at most 5mg in 24 hours."))
    sign(review, by=make_person("olga", role="Second reader"))
    review.refresh_from_db()
    return publish(review, by=make_person("priya"), change_note="Checked.", **when)


def readers():
    wanda = make_person("wanda", role="Author")
    priya = make_person("priya")
    for person in (wanda, priya):
        make_person(person.username, role="Second reader")
    left = make_person("left", role="Second reader", is_active=False)
    root = make_person("root", is_superuser=True)
    return [make_person("ana"), make_person("bruno"), wanda, priya, left, root, make_person("mallory")]


def situations():
    emergency("Plain")
    emergency("Herown", writer="wanda")
    approved_after(emergency("Replaced"))
    approved_after(emergency("Scheduled"), effective_from=timezone.now() + dt.timedelta(days=2))
    make_review(change_leaflet(emergency("Again"), by=make_person("wanda"), dosage="Take 6mg once a day."))
    twice = change_leaflet(emergency("Twice", writer="wanda"), dosage="Take 7mg once a day.")
    release_in_emergency(twice, by=make_person("priya"), reason="Once more.", change_note="Dose.")
    withdraw(emergency("Withdrawn"), by=make_person("priya"), notice="Ask us.", why="Recall.")
    signed("Complete")
    halfway = change_leaflet(signed("Halfway"), dosage="Take 9mg once a day.")
    release_in_emergency(halfway, by=make_person("priya"), reason="Once more.", change_note="Dose.")
    ApprovalRule.objects.create(medicine=halfway.medicine, approvals=2)
    sign_emergency("Halfway")


def signed(title: str):
    """An emergency release that Bruno has approved in retrospect."""
    leaflet = emergency(title)
    sign_emergency(title)
    return leaflet


def sign_emergency(title: str) -> None:
    review = Review.objects.emergency(timezone.now()).get(leaflet__title=title)
    sign(review, by=make_person("bruno"), seen=(review.base_id, review.revision_id))


def test_list_agrees_with_the_rule_for_emergency_releases():
    people = readers()
    situations()
    seen = {}
    for person in people:
        listed = set(approvable_by(person))
        assert listed == {review for review in Review.objects.all() if may_approve(review, person)}, person
        seen[person.username] = {review.leaflet.title for review in listed}
    assert seen["root"] == {"Plain", "Herown", "Scheduled", "Again", "Twice", "Withdrawn", "Halfway"}
    assert seen["bruno"] == seen["root"] - {"Halfway"}
    assert seen["wanda"] == seen["root"] - {"Herown", "Twice"}
    assert seen["ana"] == seen["priya"] == seen["left"] == seen["mallory"] == set()


def test_emergency_release_that_an_approved_version_replaced_is_not_approved_any_more(bruno):
    leaflet = emergency("Testamol")
    review = Review.objects.emergency(timezone.now()).get()
    assert may_approve(review, bruno)
    approved_after(leaflet)
    assert not may_approve(review, bruno)
    with pytest.raises(Conflict, match="taken the place of this emergency release"):
        sign(review, seen=(review.base_id, review.revision_id))


def test_emergency_releases_come_first_and_then_what_waits_longest(bruno):
    for title in ("Oldermol", "Youngermol"):
        make_review(medicine=title)
    emergency("Urgentmol")
    assert [review.leaflet.title for review in approvable_by(bruno)] == ["Urgentmol", "Oldermol", "Youngermol"]
