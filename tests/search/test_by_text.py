"""Search by what leaflets say."""

import pytest
from django.utils import timezone

from monographs.publication.actions import withdraw
from monographs.search.by_text import find
from tests.makers import change_leaflet, make_medicine, make_published

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def slugs(hits):
    return [hit.slug for hit in hits]


@pytest.fixture
def paracetamol(db):
    names = (("Panadol", "brand"), ("Acetaminophen", "synonym"), ("Paracétamol", "former"))
    make_medicine("Paracetamol", names=names)
    return make_published(medicine="Paracetamol", dosage="Take 500mg with a glass of água.")


@pytest.fixture
def baclofen(db):
    make_medicine("Baclofen", names=(("Lioresal", "brand"), ("Panofen", "brand")))
    return make_published(medicine="Baclofen", dosage="Start with 5mg. It is 100% for you, not a_b.")


def test_text_is_found_where_every_word_stands(paracetamol, baclofen):
    assert slugs(find("start 5mg", now())) == ["baclofen"]
    assert slugs(find("glass start", now())) == []
    assert slugs(find("ÁGUA", now())) == ["paracetamol"]


@pytest.mark.parametrize("query", ["%", "_", "%%", "p%l", "pan_dol", "\\"])
def test_percent_and_underscore_mean_themselves(query):
    make_medicine("Paracetamol", names=(("Panadol", "brand"),))
    make_published(medicine="Paracetamol", dosage="Take it.")
    assert find(query, now()) == []


def test_percent_is_found_where_it_stands(baclofen, paracetamol):
    assert slugs(find("100%", now())) == ["baclofen"]
    assert slugs(find("a_b", now())) == ["baclofen"]


def test_what_is_quoted_is_the_sentence(paracetamol):
    (hit,) = find("água", now())
    assert hit.snippet == "How to take it: Take 500mg with a glass of água."


@pytest.mark.parametrize("query", ["", "?", "()", "\x00", "🙂" * 500, "'; DROP TABLE x; --"])
def test_odd_queries_find_nothing_and_do_no_harm(paracetamol, query):
    assert find(query, now()) == []


def test_neither_a_draft_nor_a_withdrawn_text_is_found(baclofen, priya):
    change_leaflet(baclofen.leaflet, title="Unread title")
    assert find("unread", now()) == []
    withdraw(baclofen.leaflet, by=priya, notice="We check it.", why="An error.")
    assert find("Start with 5mg", now()) == []
