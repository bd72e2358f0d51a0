"""Look-ups of whole rows whose SQL is made once answer like the queries that they were made from."""

import pytest
from django.db.models import BigAutoField, CharField, Exists, OuterRef

from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared, PreparedIn, instance
from monographs.review.models import Decision
from monographs.revisions.models import Revision
from tests.makers import change_leaflet, make_leaflet, make_published

pytestmark = pytest.mark.django_db

OF_LEAFLET = Given("leaflet", BigAutoField())


def revisions(leaflet):
    return (
        Revision.objects.filter(leaflet=leaflet).order_by("number").select_related("leaflet__medicine", "by", "origin")
    )


def test_rows_are_models_with_what_belongs_to_them_in_one_query(django_assert_num_queries):
    leaflet = make_leaflet("Testamol")
    change_leaflet(leaflet, dosage="Take 2mg once a day.")
    make_leaflet("Otheramol")
    look_up = Prepared(lambda: revisions(OF_LEAFLET))
    asked = list(revisions(leaflet))
    for _time in range(2):
        with django_assert_num_queries(1):
            found = look_up.things(leaflet=leaflet.pk)
            said = [(one, one.leaflet.medicine.name, one.by.name, one.origin, one.at) for one in found]
        assert said == [(one, "Testamol", one.by.name, None, one.at) for one in asked]
    assert [vars(one).keys() for one in found] == [vars(one).keys() for one in asked]
    assert look_up.things(leaflet=0) == []


def test_row_of_some_columns_is_what_django_makes_of_them(django_assert_num_queries):
    leaflet, names = make_leaflet(), ("slug", "id", "medicine_id")
    found = instance(Leaflet, names, [leaflet.slug, leaflet.pk, leaflet.medicine_id])
    asked = Leaflet.objects.only(*names).get()
    assert vars(found).keys() == vars(asked).keys()
    assert (found, found.slug, found.medicine_id) == (asked, asked.slug, asked.medicine_id)
    assert (found._state.adding, found._state.db) == (False, asked._state.db)
    with django_assert_num_queries(1):
        assert found.title == leaflet.title
    found.title = "Another title"
    found.save()
    leaflet.refresh_from_db()
    assert (leaflet.title, leaflet.slug) == ("Another title", asked.slug)


def test_columns_that_are_left_out_are_asked_for_when_they_are_used(django_assert_num_queries):
    leaflet = make_leaflet()
    look_up = Prepared(lambda: revisions(OF_LEAFLET).defer("content_json"))
    found = look_up.thing(leaflet=leaflet.pk)
    assert found.get_deferred_fields() == {"content_json"}
    said = leaflet.revisions.get().content
    with django_assert_num_queries(1):
        assert found.content == said
    assert look_up.thing(leaflet=0) is None


def test_what_is_annotated_is_there():
    make_published(make_leaflet("Signed"))
    make_leaflet("Draft")
    signed = Exists(Decision.objects.filter(review__leaflet=OuterRef("pk"), outcome=Given("outcome", CharField())))
    look_up = Prepared(lambda: Leaflet.objects.annotate(is_signed=signed).order_by("title"))
    told = [(leaflet.title, leaflet.is_signed) for leaflet in look_up.things(outcome="approved")]
    assert told == [("Draft", False), ("Signed", True)]
    assert [leaflet.is_signed for leaflet in look_up.things(outcome="recalled")] == [False, False]


def test_they_are_counted_without_being_read(django_assert_num_queries):
    leaflet = make_leaflet()
    look_up = Prepared(lambda: revisions(OF_LEAFLET).values_list("pk")[:2])
    for number in range(3):
        with django_assert_num_queries(1):
            assert look_up.count(leaflet=leaflet.pk) == min(2, number + 1)
        change_leaflet(leaflet, dosage=f"Take {number + 2}mg once a day.")


def test_a_list_of_any_length_is_looked_up_at_once(django_assert_num_queries):
    leaflets = [make_leaflet(f"Leaflet {number}") for number in range(5)]
    look_up = PreparedIn(lambda pks: Leaflet.objects.filter(pk__in=pks).order_by("pk"), BigAutoField())
    for count in (1, 2, 3, 5):
        with django_assert_num_queries(1):
            assert look_up.things([leaflet.pk for leaflet in leaflets[:count]]) == leaflets[:count]
    with django_assert_num_queries(0):
        assert look_up.things([]) == []
