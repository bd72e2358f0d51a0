"""The names of all medicines of the site are known wherever two texts are compared, at the price of one query."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monographs.medicines.models import Medicine, MedicineName
from monographs.medicines.names import all_names
from monographs.publication.actions import check_needs_no_note
from monographs.refusals import Unacceptable
from tests.makers import change_leaflet, make_published, make_review
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    """One medicine, which no list of words has, is left out of what must be told."""
    other = Medicine.objects.create(name="Quolt", slug="quolt")
    MedicineName.objects.create(medicine=other, name="Quolt")
    MedicineName.objects.create(medicine=other, name="Relief")
    published = make_published(dosage="Ask about Quolt or this.")
    return make_review(change_leaflet(published.leaflet, dosage="Ask about this."))


def test_review_page_names_the_medicine(client, review):
    client.force_login(make_person("bruno"))
    page = client.get(reverse("admin:leaflet-review", args=[review.leaflet_id]), {"review": review.pk}).content.decode()
    assert ">[removed: </span>quolt<" in page
    assert "medicine, food or drink" in page


def test_it_is_no_mere_typing_error(review):
    with pytest.raises(Unacceptable, match="no mere typing error"):
        check_needs_no_note(review, "minor")


def test_all_names_are_read_in_one_query():
    medicine = Medicine.objects.create(name="Méthadone", slug="methadone")
    MedicineName.objects.create(medicine=medicine, name="Méthadone")
    MedicineName.objects.create(medicine=medicine, name="Physeptone")
    with CaptureQueriesContext(connection) as captured:
        assert all_names() >= {"méthadone", "physeptone"}
    assert len(captured) == 1
