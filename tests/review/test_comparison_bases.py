"""What went to patients without an approval is read by somebody before anything that rests on it is approved."""

import pytest
from django.urls import reverse

from monographs.publication.actions import release_in_emergency, withdraw
from monographs.review.models import ApprovalRule
from monographs.review.rules import approvals_needed, comparison_bases
from monographs.revisions.models import Revision
from tests.makers import change_leaflet, make_leaflet, make_published, make_review, sign
from tests.people import make_person

pytestmark = pytest.mark.django_db


def make_emergency(leaflet):
    return release_in_emergency(leaflet, by=make_person("priya"), reason="A recall.", change_note="Dose.")


@pytest.fixture
def tenfold():
    """Patients read 5mg, approved; then 50mg went to them in an emergency."""
    return make_emergency(change_leaflet(make_published().leaflet, dosage="Take 50mg once a day."))


def numbers(review) -> list[int | None]:
    return [base and base.number for base in comparison_bases(review)]


def alerts_on_the_page(client, review, anchor: str) -> str:
    client.force_login(make_person("bruno"))
    page = client.get(reverse("admin:leaflet-review", args=[review.leaflet_id]), {"review": review.pk}).content.decode()
    start = page.find(f'id="{anchor}"')
    return page[start : page.index("</section>", start)] if start >= 0 else ""


def test_an_unapproved_emergency_text_is_compared_with_the_last_approved_one_too(client, tenfold):
    review = make_review(tenfold.leaflet)
    assert numbers(review) == [2, 1]
    assert "No changed dose" in alerts_on_the_page(client, review, "staff-alerts")
    unapproved = alerts_on_the_page(client, review, "staff-unapproved")
    assert ">[removed: </span>5mg<" in unapproved
    assert ">[added: </span>50mg<" in unapproved


def test_a_second_emergency_release_does_not_hide_what_the_first_changed(client, tenfold):
    second = make_emergency(change_leaflet(tenfold.leaflet, dosage="Take 50mg once a day, please.")).review
    assert numbers(second) == [2, 1]
    assert ">[added: </span>50mg<" in alerts_on_the_page(client, second, "staff-unapproved")


def test_where_nothing_was_ever_approved_everything_is_new(client):
    release = make_emergency(make_leaflet(dosage="Take 50mg once a day."))
    review = make_review(release.leaflet)
    assert numbers(review) == [1, None]
    told = alerts_on_the_page(client, review, "staff-unapproved")
    assert "No text was approved before" in told
    assert ">50mg once a day</dd>" in told


def test_what_was_approved_in_retrospect_is_not_read_twice(client, tenfold):
    sign(tenfold.review, seen=(tenfold.review.base_id, tenfold.revision_id))
    review = make_review(change_leaflet(tenfold.leaflet, dosage="Take 60mg once a day."))
    assert numbers(review) == [2]
    assert alerts_on_the_page(client, review, "staff-unapproved") == ""


def test_withdrawing_an_unapproved_text_does_not_make_it_the_one_to_compare_with(tenfold, priya):
    withdraw(tenfold.leaflet, by=priya, notice="Ask us.", why="A doubt.")
    assert numbers(make_review(tenfold.leaflet)) == [2, 1]


def test_ordinary_rounds_have_one_comparison(priya):
    leaflet = make_published().leaflet
    assert numbers(make_review(change_leaflet(leaflet, dosage="Take 6mg."))) == [1]
    assert numbers(make_review(medicine="Othermol")) == [None]


def test_a_rule_for_a_section_holds_for_what_an_emergency_release_changed_in_it(tenfold):
    ApprovalRule.objects.create(section_kind="dosage", approvals=2)
    same = make_review(tenfold.leaflet)
    assert approvals_needed(same) == 2
    assert Revision.objects.count() == 2
