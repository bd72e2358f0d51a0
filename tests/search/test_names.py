"""Search by name and text, misspellings, and the A–Z."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.medicines.actions import add_names
from monographs.publication.actions import publish, withdraw
from monographs.publication.models import Kind
from monographs.search.names import Entry, find, letters, listing, nearest, tidy_query
from tests.makers import change_leaflet, make_approved, make_leaflet, make_medicine, make_published

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


@pytest.mark.parametrize(
    ("query", "matched"),
    [
        ("paracetamol", "Paracetamol"),
        ("  PARAC ", "Paracetamol"),
        ("panadol", "Panadol"),
        ("acetaminophen", "Acetaminophen"),
        ("cetamin", "Acetaminophen"),
        ("panadol tablets 500 mg", "Panadol"),
    ],
)
def test_a_leaflet_is_found_by_each_of_its_names(paracetamol, query, matched):
    (hit,) = find(query, now())
    assert (hit.slug, hit.title, hit.name) == ("paracetamol", "Paracetamol", "Paracetamol")
    assert (hit.matched_name, hit.snippet, hit.language, hit.in_effect) == (matched, "", "en", Kind.NORMAL)


def test_accents_and_case_do_not_matter_in_names(paracetamol):
    assert slugs(find("PARACÉTAMOL", now())) == ["paracetamol"]


def test_a_name_that_begins_so_comes_before_one_that_contains_it(paracetamol, baclofen):
    make_medicine("Propan", names=())
    make_published(medicine="Propan")
    assert [hit.matched_name for hit in find("pan", now())] == ["Panadol", "Panofen", "Propan"]


def test_names_come_before_text(paracetamol, baclofen):
    make_published(make_leaflet("Zopiclone", dosage="Do not take it with baclofen."))
    first, second = find("baclofen", now())
    assert (first.slug, first.matched_name, first.snippet) == ("baclofen", "Baclofen", "")
    assert (second.slug, second.matched_name) == ("zopiclone", "")
    assert "Do not take it with baclofen." in second.snippet


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


@pytest.mark.parametrize("query", ["", "   ", "\x00", "\x00\x01\x1f", "\ud800", "́", "'; DROP TABLE x; --", "🙂" * 500])
def test_odd_queries_find_nothing_and_do_no_harm(paracetamol, query):
    assert find(query, now()) == []
    assert nearest(query, now()) == []


def test_control_characters_inside_a_query_count_as_spaces(paracetamol):
    assert slugs(find("\x00panadol\x07", now())) == ["paracetamol"]


def test_only_the_first_hundred_characters_are_looked_at(paracetamol):
    assert len(tidy_query("panadol " * 10_000)) <= 100
    assert slugs(find("panadol " * 10_000, now())) == ["paracetamol"]


def test_what_was_never_published_is_not_found():
    make_leaflet("Secretol")
    make_approved(medicine="Waitol")
    assert find("secretol", now()) == find("waitol", now()) == nearest("secretol", now()) == listing(now()) == []
    assert letters(now()) == set()


def test_a_scheduled_leaflet_is_found_from_its_instant_on(priya):
    later = now() + dt.timedelta(days=2)
    publish(make_approved(medicine="Laterol"), by=priya, change_note="First version.", effective_from=later)
    assert find("laterol", now()) == listing(now()) == []
    assert slugs(find("laterol", later)) == ["laterol"]
    assert [entry.title for entry in listing(later)] == ["Laterol"]


def test_a_draft_title_is_not_shown(baclofen):
    change_leaflet(baclofen.leaflet, title="Unread title")
    assert find("baclofen", now())[0].title == "Baclofen"
    assert find("unread", now()) == []


def test_a_withdrawn_leaflet_is_found_and_marked(baclofen, priya):
    withdraw(baclofen.leaflet, by=priya, notice="We check it.", why="An error.")
    (hit,) = find("lioresal", now())
    assert (hit.slug, hit.title, hit.in_effect) == ("baclofen", "Baclofen", Kind.WITHDRAWAL)
    assert find("Start with 5mg", now()) == []
    assert {entry.in_effect for entry in listing(now())} == {Kind.WITHDRAWAL}


def test_each_language_is_a_leaflet_of_its_own(baclofen):
    make_published(make_leaflet("Baclofen", language="fr", title="Baclofène"))
    assert {(hit.slug, hit.language, hit.title) for hit in find("lioresal", now())} == {
        ("baclofen", "en", "Baclofen"),
        ("baclofen-fr", "fr", "Baclofène"),
    }


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [("parasetmol", "Paracetamol"), ("bacolfen", "Baclofen"), ("panodal", "Panadol"), ("baclofin tablets", "Baclofen")],
)
def test_a_misspelt_name_suggests_the_nearest(paracetamol, baclofen, misspelt, meant):
    assert nearest(misspelt, now())[0].matched_name == meant


def test_nothing_is_suggested_for_what_is_like_no_name(paracetamol, baclofen):
    assert nearest("xyzzyplugh", now()) == []


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


def test_queries_do_not_grow_with_the_lists(db):
    def count(question):
        with CaptureQueriesContext(connection) as queries:
            answer = question()
        return len(queries), len(answer)

    questions = (
        lambda: find("medol", now()),
        lambda: nearest("mdeol", now()),
        lambda: listing(now()),
        lambda: listing(now(), "m"),
        lambda: letters(now()),
    )
    make_published(medicine="Medol 99")
    at_one = [count(question) for question in questions]
    for number in range(29):
        make_published(medicine=f"Medol {number}")
    at_thirty = [count(question) for question in questions]

    assert [queries for queries, _size in at_thirty] == [queries for queries, _size in at_one] == [4, 1, 1, 1, 1]
    assert [size for _queries, size in at_one] == [1, 1, 1, 1, 1]
    assert [size for _queries, size in at_thirty] == [30, 5, 30, 30, 1]
