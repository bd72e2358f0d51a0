"""What begins as somebody types: of each medicine one name, the generic one if that does, else the shortest."""

import pytest
from django.utils import timezone

from monographs.search.named import suggestions
from monographs.search.named.suggestions import Suggestion, suggest
from tests.makers import make_medicine, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def ondansetron():
    make_medicine("Ondansetron", names=(("Ondemetil", "brand"), ("Ondemet", "brand"), ("Setofilm ondan", "brand")))
    return make_published(medicine="Ondansetron")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("ond", "Ondansetron"), ("onde", "Ondemet"), ("ondemeti", "Ondemetil"), ("setof", "Setofilm ondan")],
)
def test_each_medicine_is_suggested_once_by_its_best_name(ondansetron, typed, name):
    assert suggest(typed, timezone.now()) == [Suggestion(name, "Ondansetron")]


def test_a_name_that_begins_so_comes_before_a_word_that_does(ondansetron):
    make_published(medicine="Zinc ondanate")
    assert [each.medicine for each in suggest("ond", timezone.now())] == ["Ondansetron", "Zinc ondanate"]


def test_medicines_that_never_had_a_leaflet_take_no_place_from_others(ondansetron, monkeypatch):
    monkeypatch.setattr(suggestions, "_MEDICINES", 2)
    for name in ("Ondaamol", "Ondabmol", "Ondacmol"):
        make_medicine(name)
    assert suggest("ond", timezone.now()) == [Suggestion("Ondansetron", "Ondansetron")]


def test_no_more_are_suggested_than_can_be_looked_over(monkeypatch):
    monkeypatch.setattr(suggestions, "MOST", 2)
    for name in ("Ondaamol", "Ondabmol", "Ondacmol"):
        make_published(medicine=name)
    assert [each.name for each in suggest("ond", timezone.now())] == ["Ondaamol", "Ondabmol"]


def test_a_name_that_begins_so_is_not_given_up_for_a_generic_one_with_a_word_that_does():
    make_medicine("Sodium valproate", names=(("Valprotex", "brand"),))
    make_published(medicine="Sodium valproate")
    assert suggest("val", timezone.now()) == [Suggestion("Valprotex", "Sodium valproate")]
