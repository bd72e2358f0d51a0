"""What begins as somebody types: of each medicine one name, the generic one if that does, else the shortest."""

import pytest
from django.utils import timezone

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
