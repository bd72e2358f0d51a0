"""A hit quotes whole sentences with what they hold for, or nothing."""

import pytest
from django.utils import timezone

from monographs.publication.found.quotes import quotes
from monographs.search.texts.fulltext import find
from tests.makers import make_leaflet, make_published


def said(dosage: str, query: str, language: str = "en") -> str:
    """What the search quotes of a leaflet whose section "How to take it" says this."""
    make_published(make_leaflet("Testamol", dosage=dosage, language=language))
    (hit,) = find(query, at=timezone.now()).hits
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
    assert [hit.snippet for hit in find("zebra", at=timezone.now()).hits] == [""]


def test_what_is_too_long_is_not_quoted_at_all(db):
    assert said(f"Take it with zebra milk{', or milk' * 100}.", "zebra") == ""


def test_odd_html_is_read_in_time():
    for html in (
        "<ul>" * 2_000 + "<li>zebra</li>" + "<p>(zebra. </p>" * 10_000,
        "<p>(" + "Zebra. " * 10_000 + "</p>",
        "<p>" + "a. B" * 20_000 + "</p>",
    ):
        assert quotes(html)


def test_a_care_card_is_quoted_without_the_clinics_number():
    html = (
        '<h2 id="part-x">Side effects</h2><div class="care care-emergency"><h3 class="care-heading">'
        'Call <bdi><a href="tel:999" dir="ltr">999</a></bdi> now</h3><p>You have a fit.</p></div>'
    )
    (quote,) = quotes(html)
    assert quote.told == "Side effects › Call the emergency number now: You have a fit."
    assert quotes(html, "ar")[0].under[1] == "اتصل برقم الطوارئ الآن"
    assert quote.anchor == "part-x"
