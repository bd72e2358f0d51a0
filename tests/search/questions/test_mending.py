"""Ordinary words are mended where it is clear which one is meant, and names of medicines never are."""

import pytest

from monographs.search.questions.mending import mended


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("alchohol", "alcohol"),
        ("Baclofen alchohol?", "baclofen alcohol"),
        ("pregnent", "pregnant"),
        ("vomitting", "vomiting"),  # as it is nearest, and not bent back to "vomit"
        ("constapated", "constipated"),
        ("palpatations", "palpitation"),  # two slips of a long word
        ("athsma", "asthma"),  # the same letters
        ("swolen tounge", "swollen tongue"),
        ("is it adictive", "is it addictive"),  # a word of questions
        ("diarrhea", "diarrhoea"),  # as it is written in America
        ("diarrea", "diarrhoea"),  # and with a slip
        ("hayfever", "hay fever"),
        ("high bloodpressure", "high blood pressure"),
        ("head ache", "headache"),
        ("tooth-ache", "toothache"),
        ("breast feeding", "breastfeeding"),
    ],
)
def test_a_word_is_written_as_our_lists_have_it(typed, meant):
    assert mended(typed, set).query == meant


def test_how_many_letters_were_slips_is_told():
    assert mended("alchohol", set).slips == 1
    assert mended("pregnent alchohol", set).slips == 2


@pytest.mark.parametrize(
    "typed", ["", "alcohol", "headache pills", "baclofen 10 mg", "zzzqq", "كحول", "15mg", "dizzyx1"]
)
def test_what_has_no_slip_is_left(typed):
    assert mended(typed, set) is None


@pytest.mark.parametrize(
    "name",
    [
        "Adalat",
        "Losec",
        "Anadin",
        "Anusol",
        "Laxido",
        "Nurofen",
        "Lemsip",
        "Zoton",
        "Voltarol",
        "Nexium",
        "Gaviscon",
        "Vertigon",
    ]
    + ["penicilin", "sertralin", "Senokot", "Strepsils", "Imodium", "Piriton", "Canesten", "Savlon", "Movicol"],
)
def test_a_name_that_nobody_knows_is_no_slip_of_an_ordinary_word(name):
    assert mended(name, set) is None


def test_a_name_that_is_known_is_left_though_a_word_is_near():
    assert mended("alchohol", lambda: {"alchohol"}) is None


def test_a_word_that_may_be_two_is_left():
    assert mended("diabetis", set) is None  # diabetes, or diabetic


@pytest.mark.parametrize("typed", ["steriods", "piles"])  # "serious" and "pills" are as near as our lists have any
def test_a_word_of_few_letters_is_left_where_only_another_word_is_near(typed):
    assert mended(typed, set) is None


def test_two_words_that_are_known_as_two_stay_two():
    assert mended("blood pressure", set) is None
