"""The leaflets of a medicine: in the order of their titles, and easy read behind the full ones."""

import pytest
from django.utils import timezone

from monographs.search.shown.hits import shown_of
from tests.makers import make_leaflet, make_published

pytestmark = pytest.mark.django_db


def shown(medicine):
    return [each.slug for each in shown_of([medicine.pk], timezone.now()).get(medicine.pk, [])]


def test_they_are_in_the_order_of_their_titles_whatever_their_languages():
    medicine = make_published(title="Zestamol").leaflet.medicine
    make_published(language="fr", title="Bestamol")
    make_published(language="de", title="Testamol")
    assert shown(medicine) == ["testamol-fr", "testamol-de", "testamol"]


def test_easy_read_is_behind_the_full_ones():
    medicine = make_published(edition="easy-read", title="Amol").leaflet.medicine
    make_published()
    make_published(make_leaflet("Testamol", language="fr", title="Zestamol"))
    assert shown(medicine) == ["testamol", "testamol-fr", "testamol-easy-read"]
