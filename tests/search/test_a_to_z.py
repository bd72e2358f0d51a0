"""The A–Z: every name that leads somewhere, under its letter."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.medicines.actions import add_names
from monographs.publication.actions import publish, withdraw
from monographs.publication.models import Kind
from monographs.search.a_to_z import Entry, letters, listing
from tests.makers import make_approved, make_leaflet, make_medicine, make_published

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


@pytest.fixture
def paracetamol(db):
    names = (("Panadol", "brand"), ("Acetaminophen", "synonym"), ("Paracétamol", "former"))
    make_medicine("Paracetamol", names=names)
    return make_published(medicine="Paracetamol", dosage="Take 500mg with a glass of água.")


@pytest.fixture
def baclofen(db):
    make_medicine("Baclofen", names=(("Lioresal", "brand"), ("Panofen", "brand")))
    return make_published(medicine="Baclofen", dosage="Start with 5mg. It is 100% for you, not a_b.")


def test_the_listing_has_every_name_and_where_it_leads(baclofen, paracetamol):
    assert [(entry.name, entry.kind, entry.title) for entry in listing(now())] == [
        ("Acetaminophen", "synonym", "Paracetamol"),
        ("Baclofen", "generic", "Baclofen"),
        ("Lioresal", "brand", "Baclofen"),
        ("Panadol", "brand", "Paracetamol"),
        ("Panofen", "brand", "Baclofen"),
        ("Paracetamol", "generic", "Paracetamol"),
        ("Paracétamol", "former", "Paracetamol"),
    ]
    assert listing(now(), "L") == [Entry("Lioresal", "brand", "Baclofen", "baclofen", "en", Kind.NORMAL)]


@pytest.mark.parametrize("letter", ["", "x", "pa", "%", "_", "5", "\x00", "é"])
def test_a_letter_without_names_has_an_empty_listing(baclofen, letter):
    assert listing(now(), letter.replace("\x00", "")) == []


def test_letters_are_those_of_names_that_lead_somewhere(baclofen, paracetamol):
    add_names(baclofen.leaflet.medicine, by=None, names=(("5-Relax", "brand"), ("باكلوفين", "synonym")))
    make_leaflet("Zopiclone")
    assert letters(now()) == {"a", "b", "l", "p", "0-9", "ب"}
    assert [entry.name for entry in listing(now(), "0-9")] == ["5-Relax"]
    assert [entry.name for entry in listing(now(), "ب")] == ["باكلوفين"]


def test_what_was_never_published_is_not_listed(priya):
    make_leaflet("Secretol")
    make_approved(medicine="Waitol")
    later = now() + dt.timedelta(days=2)
    publish(make_approved(medicine="Laterol"), by=priya, change_note="First version.", effective_from=later)
    assert (listing(now()), letters(now())) == ([], set())
    assert [entry.title for entry in listing(later)] == ["Laterol"]


def test_a_withdrawn_leaflet_is_listed_and_marked(baclofen, priya):
    withdraw(baclofen.leaflet, by=priya, notice="We check it.", why="An error.")
    assert {entry.in_effect for entry in listing(now())} == {Kind.WITHDRAWAL}


def test_queries_do_not_grow_with_the_lists(db):
    def count(question):
        with CaptureQueriesContext(connection) as queries:
            answer = question()
        return len(queries), len(answer)

    questions = (lambda: listing(now()), lambda: listing(now(), "m"), lambda: letters(now()))
    make_published(medicine="Medol 99")
    assert [count(question) for question in questions] == [(1, 1), (1, 1), (1, 1)]
    for number in range(29):
        make_published(medicine=f"Medol {number}")
    assert [count(question) for question in questions] == [(1, 30), (1, 30), (1, 1)]
