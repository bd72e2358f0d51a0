"""Search by what leaflets say, beside their names."""

import pytest
from django.db import connection
from django.utils import timezone

from monographs.publication.actions import withdraw
from monographs.publication.found.passages import Weight
from monographs.search.index.kept import the_index
from monographs.search.texts.fulltext import find
from monographs.search.texts.titles import shown_titles
from tests.makers import change_leaflet, make_medicine, make_published

pytestmark = pytest.mark.django_db


def slugs(query: str) -> list[str]:
    return [hit.slug for hit in find(query, at=timezone.now(), names=the_index()).hits]


@pytest.fixture
def paracetamol(db):
    return make_published(medicine="Paracetamol", dosage="Take 500mg with a glass of água.")


@pytest.fixture
def baclofen(db):
    return make_published(medicine="Baclofen", dosage="Start with 5mg. It is right for you.")


def test_text_is_found_where_every_word_stands(paracetamol, baclofen):
    assert slugs("start 5mg") == ["baclofen"]
    assert slugs("glass start") == []
    assert slugs("ÁGUA") == ["paracetamol"]


@pytest.mark.parametrize("query", ["", "?", "()", "\x00", "%", "_", "'; DROP TABLE x; --", "🙂" * 50])
def test_odd_queries_find_nothing_and_do_no_harm(paracetamol, query):
    assert slugs(query) == []


def test_neither_a_draft_nor_a_withdrawn_text_is_found(baclofen, priya):
    change_leaflet(baclofen.leaflet, title="Unread title")
    assert slugs("unread") == []
    withdraw(baclofen.leaflet, by=priya, notice="We check it.", why="An error.")
    assert slugs("Start with 5mg") == []


def test_words_of_names_are_known_as_such(db):
    make_medicine("Fusidic acid", names=(("Co-codamol 8/500", "brand"),))
    index = the_index()
    assert [word in index for word in ("fusidic", "acid", "codamol", "8", "fusid", "codam")] == [True] * 4 + [False] * 2


def test_titles_are_asked_of_their_own_table_alone(db):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one table for all weights.")
    plan = shown_titles(timezone.now()).explain()
    tables = {weight for weight in Weight if f"monographs_passage_{weight:d}" in plan}
    assert tables == {Weight.TITLE}
