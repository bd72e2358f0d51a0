"""Asking outside experts: the link is shown once, to who made it, and can be ended."""

import pytest
from django.urls import reverse

from monographs.review.models import FactCheck
from tests.makers import make_leaflet

pytestmark = pytest.mark.django_db
ASKED = {"expert": "Dr Outside", "question": "Is the dose right?", "days": "14"}


@pytest.fixture
def leaflet(ana):
    return make_leaflet()


def address(leaflet):
    return reverse("admin:leaflet-fact-checks", args=[leaflet.pk])


def test_the_link_is_shown_once_to_who_made_it(client_of, leaflet, ana, bruno):
    author = client_of(ana)
    first = author.post(address(leaflet), ASKED, follow=True).content.decode()
    assert "/fact-check/" in first
    assert "/fact-check/" not in author.get(address(leaflet)).content.decode()
    assert "/fact-check/" not in client_of(bruno).get(address(leaflet)).content.decode()


def test_a_double_click_asks_once(client_of, leaflet, ana):
    author = client_of(ana)
    for _click in range(2):
        author.post(address(leaflet), ASKED)
    assert FactCheck.objects.count() == 1


def test_a_link_that_went_to_the_wrong_person_is_ended(client, client_of, leaflet, ana, priya):
    author = client_of(ana)
    page = author.post(address(leaflet), ASKED, follow=True).content.decode()
    link = page.split("http://testserver")[1].split("<")[0]
    assert client.get(link).status_code == 200
    check = FactCheck.objects.get()
    assert client_of(priya).post(address(leaflet), {"close": check.pk}).status_code == 403
    assert client.get(link).status_code == 200
    assert (
        "The link to Dr Outside has ended."
        in author.post(address(leaflet), {"close": check.pk}, follow=True).content.decode()
    )
    assert client.get(link).status_code == 410
    assert author.post(address(leaflet), {"close": check.pk}).status_code == 409
    assert author.post(address(leaflet), {"close": "x"}).status_code == 400
    other = make_leaflet("Othermol")
    assert author.post(address(other), {"close": check.pk}).status_code == 404
