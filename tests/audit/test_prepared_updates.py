"""What is noted by SQL that is made once is what Django's own UPDATE would write."""

import pytest
from django.db.models import BigIntegerField, CharField, F, Value
from django.db.models.functions import Concat

from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, PreparedUpdate
from tests.makers import make_leaflet

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename():
    leaflets = Leaflet.objects.filter(pk=Given("leaflet", BigIntegerField()))
    return PreparedUpdate(lambda: (leaflets, {"title": Given("title", CharField())}))


def test_it_writes_these_rows_and_no_other_in_one_query(rename, django_assert_num_queries):
    first, second = make_leaflet(), make_leaflet("Othermol")
    assert rename.write(leaflet=first.pk, title="Before") == 1
    with django_assert_num_queries(1):
        assert rename.write(leaflet=first.pk, title="5%s of it") == 1
    assert dict(Leaflet.objects.values_list("pk", "title")) == {first.pk: "5%s of it", second.pk: "Othermol"}


def test_what_is_not_there_is_not_written(rename):
    assert rename.write(leaflet=0, title="Nobody") == 0


def test_a_column_may_follow_from_another():
    leaflet = make_leaflet()
    again = PreparedUpdate(lambda: (Leaflet.objects.order_by("title"), {"title": Concat(F("title"), Value("!"))}))
    again.write()
    leaflet.refresh_from_db()
    assert leaflet.title == "Testamol!"
