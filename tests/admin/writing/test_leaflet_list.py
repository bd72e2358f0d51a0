"""The list of leaflets takes the same work however many there are, in whichever order, and says the same of each."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from monographs.leaflets.models import Leaflet
from monographs.leaflets.standing import Standing, folded_title
from monographs.medicines.models import Medicine
from tests.effort import database_effort
from tests.makers import make_leaflet
from tests.people import make_person

pytestmark = pytest.mark.django_db
LIST = "admin:monographs_leaflet_changelist"
DAY = dt.timedelta(days=1)


@pytest.fixture
def author(client, ana):
    client.force_login(ana)
    return client


def fill(count: int) -> None:
    """So many leaflets, each of its own day; in the database's own way, as nobody wrote them."""
    there, today = Leaflet.objects.count(), timezone.localdate()
    names = [f"fill-{number}" for number in range(there, there + count)]
    medicines = Medicine.objects.bulk_create(Medicine(name=name, slug=name) for name in names)
    made = Leaflet.objects.bulk_create(
        Leaflet(medicine=medicine, slug=medicine.slug, title=medicine.name, next_review_on=today)
        for medicine in medicines
    )
    Standing.objects.bulk_create(
        Standing(
            leaflet=leaflet,
            number=1,
            writer_id=make_person("ana").pk,
            folded=folded_title(leaflet.title),
            draft_review_on=today + number * DAY,
        )
        for number, leaflet in enumerate(made)
    )
    if connection.vendor == "postgresql":  # which reads and sorts a short table whole, whatever helps with a long one
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            for way in ("seqscan", "sort", "hashjoin", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")


@pytest.mark.parametrize("asked", ["", "o=6", "o=-6", "o=4", "stands=draft", "stands=draft&o=-6"])
def test_a_page_takes_the_same_work_in_a_list_of_any_length(author, asked, monkeypatch):
    monkeypatch.setattr("monographs.admin.writing.leaflet_list.COUNTED_AT_MOST", 100)
    costs = []
    for more in (150, 600):
        fill(more)
        costs.append(database_effort(lambda: author.get(f"{reverse(LIST)}?{asked}")))
    assert costs[1] < costs[0] * 1.5


def test_by_date_the_order_is_turned_round_altogether(author):
    due = {"Ab": 2, "Ba": 2, "Ca": 1}
    for title, days in due.items():
        leaflet = make_leaflet(title)
        Standing.objects.filter(leaflet=leaflet).update(draft_review_on=timezone.localdate() + days * DAY)

    def listed(asked: str) -> list[str]:
        return [leaflet.title for leaflet in author.get(f"{reverse(LIST)}?{asked}").context["cl"].result_list]

    assert listed("o=6") == ["Ca", "Ab", "Ba"]
    assert listed("o=-6") == ["Ba", "Ab", "Ca"]
    assert listed("all=&o=-6") == ["Ba", "Ab", "Ca"]
    assert listed("o=-0") == ["Ca", "Ba", "Ab"]
