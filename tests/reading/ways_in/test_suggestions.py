"""Suggestions while typing: one small answer for a beginning, of names that lead somewhere."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.medicines.actions import add_medicine
from monographs.publication.actions import publish
from monographs.search.named.suggestions import LONGEST, MOST
from tests.makers import make_approved, make_medicine, make_published

pytestmark = pytest.mark.django_db

ADDRESS = "/search/suggestions/"


def names(client, typed: str) -> list[str]:
    answer = client.get(ADDRESS, {"q": typed}, follow=True)
    assert answer.status_code == 200
    return [f"{each['name']} ({each['of']})" if "of" in each else each["name"] for each in answer.json()["names"]]


@pytest.fixture
def ondansetron(db):
    make_medicine("Ondansetron", names=(("Zofran", "brand"), ("Ondemet", "brand"), ("Setofilm ondan", "brand")))
    return make_published(medicine="Ondansetron")


def test_a_beginning_finds_each_medicine_once_by_its_best_name(client, ondansetron):
    make_published(medicine="Co-codamol 8/500")
    assert names(client, "on") == names(client, "ONDÁN") == ["Ondansetron"]
    assert names(client, "onde") == ["Ondemet (Ondansetron)"]
    assert names(client, "zof") == ["Zofran (Ondansetron)"]
    assert names(client, "cocod") == names(client, "co co") == names(client, "codam") == ["Co-codamol 8/500"]


@pytest.mark.parametrize("typed", ["", " ", "nset", "odansetron", "🙂", "\x00", "%", "-", "x" * 5_000, "́" * 500])
def test_what_begins_no_name_suggests_nothing(client, ondansetron, typed):
    assert names(client, typed) == []


def test_only_what_has_a_leaflet_is_suggested(client, ondansetron, priya):
    add_medicine("Ondazine", by=None)
    later = timezone.now() + dt.timedelta(days=2)
    publish(make_approved(medicine="Ondalate"), by=priya, change_note="First version.", effective_from=later)
    assert names(client, "onda") == ["Ondansetron"]


def test_there_are_at_most_eight_for_one_query(client, db):
    for number in range(MOST + 2):
        make_published(medicine=f"Medol {number}")
    with CaptureQueriesContext(connection) as queries:
        assert names(client, "me") == [f"Medol {number}" for number in range(MOST)]
    assert len(queries) == 1 + 4  # and the first time the names: their stamp, medicines, names, publications


def test_one_answer_serves_every_cache(client, ondansetron):
    answer = client.get(ADDRESS, {"q": "ond"})
    assert answer["Cache-Control"] == "public, max-age=60"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert answer.content == b'{"names":[{"name":"Ondansetron"}]}'
    again = client.get(ADDRESS, {"q": "ond"}, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])


@pytest.mark.parametrize(
    "query", ["q=OND", "q=%20ond", "q=ond&x=1", "x=1&q=ond", "q=o%6ed&q=ond", "q=(ond)", "q=%C3%93nd", "q=ond%C2%AE"]
)
def test_every_other_spelling_is_led_to_the_one_address(client, ondansetron, query):
    answer = client.get(f"{ADDRESS}?{query}")
    assert (answer.status_code, answer["Location"]) == (302, f"{ADDRESS}?q=ond")


def test_a_long_beginning_is_cut(client, db):
    answer = client.get(ADDRESS, {"q": "x" * 5_000})
    assert answer["Location"] == f"{ADDRESS}?q={'x' * LONGEST}"


def test_nothing_can_be_sent(client, db):
    assert client.post(ADDRESS, {"q": "ond"}).status_code == 405
