"""A hit quotes whole sentences with what they hold for, or nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.search.by_text import find
from monographs.search.quotes import LONGEST, quote
from monographs.templatetags.found_words import marked
from tests.makers import make_leaflet, make_published


def said(dosage: str, query: str, language: str = "en") -> str:
    """What the search quotes of a leaflet whose section "How to take it" says this."""
    make_published(make_leaflet("Testamol", dosage=dosage, language=language))
    (hit,) = find(query, timezone.now())
    return hit.snippet


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dosage", "query", "expected"),
    [
        (
            "Drink plenty. Do not, whatever friends say, take it together with grapefruit. Rest.",
            "grapefruit",
            "How to take it: Do not, whatever friends say, take it together with grapefruit.",
        ),
        (
            "Do not take it if you:\n\n- are pregnant\n- have asthma",
            "pregnant",
            "How to take it: Do not take it if you: are pregnant",
        ),
        (
            "Do not take it if you\n\n- have asthma",
            "asthma",
            "How to take it: Do not take it if you have asthma",
        ),
        (
            "It is safe. Do not take it if you:\n\n- have:\n  - one kidney\n- drink",
            "kidney",
            "How to take it: Do not take it if you: have: one kidney",
        ),
        (
            "Do not take it if you:\n\n- are pregnant. Ask first.",
            "first",
            "How to take it: Do not take it if you: are pregnant. Ask first.",
        ),
        (
            "Do not take it if you:\n\n- are pregnant\n\n  Ask first.\n\n- drink",
            "first",
            "How to take it: Do not take it if you: are pregnant · Ask first.",
        ),
        (
            "Never take it with:\n\nGrapefruit juice\n\nAny alcohol",
            "alcohol",
            "How to take it: Never take it with: Any alcohol",
        ),
        (
            "Do not take it if you:\n\n- are pregnant\n\nor if you breastfeed.",
            "breastfeed",
            "How to take it: Do not take it if you: or if you breastfeed.",
        ),
        (
            "Never more than:\n\n| Age | Dose | Times |\n|---|---|---|\n| Adult | 400 mg | 3 |\n| Child |  | no |",
            "adult",
            "How to take it: Never more than: Age: Adult; Dose: 400 mg; Times: 3",
        ),
        (
            "Never more than:\n\n| Age | Dose |\n|---|---|\n| Adult | 5 mg |\n\n1. Eat a zebra.",
            "zebra",
            "How to take it: 1. Eat a zebra.",
        ),
        (
            "Do not take it if you:\n\n- drink\n\n* eat zebras",
            "zebras",
            "How to take it: Do not take it if you: eat zebras",
        ),
        (
            "### Children\n\nDo not give it.\n\n### Adults\n\nTake it with zebra milk.",
            "zebra",
            "How to take it › Adults: Take it with zebra milk.",
        ),
        (
            "### Zebra milk\n\nNever take the two together.",
            "zebra",
            "How to take it › Zebra milk: Never take the two together.",
        ),
        (
            "::: emergency\nYou eat a zebra.\n:::\n\nRest.",
            "zebra",
            "How to take it › Call the emergency number now: You eat a zebra.",
        ),
        (
            "Do not take it with e.g. Zebra milk or 2.5 mg of St. John's wort. Rest.",
            "zebra",
            "How to take it: Do not take it with e.g. Zebra milk or 2.5 mg of St. John's wort.",
        ),
        (
            "Friends may say “It is fine. Take it with zebra milk.” They are wrong.",
            "zebra",
            "How to take it: Friends may say “It is fine. Take it with zebra milk.”",
        ),
        ("Do not… take it with zebra milk.", "zebra", "How to take it: Do not… take it with zebra milk."),
        ("Never (not once! Not ever) eat a zebra.", "zebra", "How to take it: Never (not once! Not ever) eat a zebra."),
        ("Day 1: no zebra\nDay 2: one zebra", "zebra", "How to take it: Day 1: no zebra · Day 2: one zebra"),
        ("Take 1,000 mg of zebra.", "1000 zebra", "How to take it: Take 1,000 mg of zebra."),
        ("1. Take 5 mg.\n2. Eat a zebra.", "zebra", "How to take it: 2. Eat a zebra."),
        (f"Never take it with zebra milk{', nor with milk' * 60}.", "zebra", ""),
    ],
)
def test_what_is_quoted_is_whole(dosage, query, expected):
    assert said(dosage, query) == expected


@pytest.mark.django_db
def test_the_sentence_with_most_of_the_words_is_quoted():
    assert said("A zebra is striped. No milk of a zebra.", "zebra milk") == "How to take it: No milk of a zebra."


@pytest.mark.django_db
def test_words_of_the_title_alone_quote_nothing():
    make_published(make_leaflet("Testamol", title="Zebra powder"))
    assert [hit.snippet for hit in find("zebra", timezone.now())] == [""]


@pytest.mark.django_db
def test_the_page_marks_the_words_and_shows_all_else_as_it_was_typed(client):
    make_published(make_leaflet("Testamol", dosage="Never mix salt & zebra milk."))
    page = client.get(reverse("search"), {"q": "zebra &"}).content.decode()
    assert "Never mix salt <mark>&amp;</mark> <mark>zebra</mark> milk." in page


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("a <b>c</b>", "<b>", "a <mark>&lt;b&gt;</mark>c&lt;/b&gt;"),
        ("Take 1,000 mg", "1000", "Take <mark>1,000</mark> mg"),
        ("MILK, milk", "Milk", "<mark>MILK</mark>, <mark>milk</mark>"),
        ("a & b", "", "a &amp; b"),
        ("x.y", ".", "x<mark>.</mark>y"),
    ],
)
def test_marks_stand_around_escaped_words(text, query, expected):
    assert marked(text, query) == expected


def test_what_is_too_long_is_not_quoted_at_all_and_read_in_time():
    too_long = f"<ul><li>zebra {'x' * LONGEST}</li></ul>"
    assert quote(too_long, [("zebra",)]) == ""
    assert quote(f"{too_long}<p>No zebra.</p>", [("zebra",)]) == "No zebra."
    assert quote("<ul>" * 2_000 + "<li>zebra</li>" + "<p>(zebra. </p>" * 10_000, [("zebra",)]) == "zebra"
    assert quote("<p>(" + "Zebra. " * 10_000 + "</p>", [("zebra",)]) == ""
    assert quote("<p>" + "a. B" * 20_000 + "</p>", [("zebra",)]) == ""
