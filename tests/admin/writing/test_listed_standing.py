"""What the list of leaflets looks up with SQL that is made once is what the whole query says."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from monographs.admin.writing.leaflet_list import _scheduled, standing_of, with_standing
from monographs.leaflets.models import Leaflet
from monographs.publication.actions import publish, release_in_emergency, withdraw
from tests.effort import database_effort
from tests.makers import change_leaflet, make_approved, make_leaflet, make_medicine, make_published, make_review
from tests.people import make_person

pytestmark = pytest.mark.django_db

SHOWN = ("stands", "live_major", "live_minor", "writer", "writer_id", "due_on")


def told(leaflets: dict[int, Leaflet]) -> dict[int, tuple]:
    return {
        number: (leaflet.title, leaflet.medicine.name, *(getattr(leaflet, name) for name in SHOWN))
        for number, leaflet in leaflets.items()
    }


def every_kind() -> list[int]:
    """Numbers of leaflets that stand in each way which neither time nor an emergency has made."""
    priya = make_person("priya")
    make_leaflet("Draftamol")
    make_review(medicine="Waitamol")
    make_approved(medicine="Approvamol")
    make_published(medicine="Published")
    change_leaflet(make_published(medicine="Changed").leaflet, dosage="Take 10 mg.")
    withdraw(make_published(medicine="Gone").leaflet, by=priya, notice="It is checked.", why="To be sure.")
    Leaflet.objects.create(medicine=make_medicine("Nothing"), slug="nothing", title="Nothing")
    return list(Leaflet.objects.order_by("pk").values_list("pk", flat=True))


def by_query(numbers: list[int]) -> dict[int, tuple]:
    return told(with_standing(Leaflet.objects.filter(pk__in=numbers)).in_bulk())


def test_plain_ones_are_looked_up_as_the_query_has_them_in_two_queries_and_one_for_the_few(
    django_assert_num_queries, ana
):
    numbers = every_kind()
    with django_assert_num_queries(3):
        found = told(standing_of(numbers))
    assert found == by_query(numbers)
    stands = {row[0]: row[2] for row in found.values()}
    assert set(stands.values()) == {"draft", "waiting", "approved", "published", "changed", "withdrawn", "empty"}


def test_one_that_is_scheduled_or_was_released_in_an_emergency_is_told_as_such(ana):
    priya = make_person("priya")
    plain = every_kind()
    coming = make_approved(medicine="Coming")
    publish(coming, by=priya, change_note="First.", effective_from=timezone.now() + dt.timedelta(days=1))
    urgent = make_published(medicine="Urgent").leaflet
    change_leaflet(urgent, dosage="Take 1 mg.")
    release_in_emergency(urgent, by=priya, reason="Ten times the dose.", change_note="Dose.")
    numbers = [*plain, coming.leaflet_id, urgent.pk]
    found = standing_of(numbers)
    assert told(found) == by_query(numbers)
    assert (found[coming.leaflet_id].stands, found[urgent.pk].stands) == ("scheduled", "emergency")
    assert told(standing_of(plain)) == by_query(plain)  # a page on which none of these is


def test_a_list_takes_no_more_work_for_leaflets_that_will_expire(ana):
    priya, costs, now = make_person("priya"), [], timezone.now()
    if connection.vendor == "postgresql":  # which reads a short table whole, whatever helps with a long one
        with connection.cursor() as cursor:
            for way in ("seqscan", "sort", "hashjoin", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    for number in range(9):
        review = make_approved(medicine=f"Medol {number}")
        publish(review, by=priya, change_note="First.", expires_at=now + dt.timedelta(days=9))
        if number in (1, 8):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")  # with which it knows that hardly any is scheduled
            costs.append(database_effort(lambda: _scheduled(now)))
    assert costs[1] <= costs[0], costs


def test_nothing_is_asked_about_no_leaflets():
    assert standing_of([]) == {}
