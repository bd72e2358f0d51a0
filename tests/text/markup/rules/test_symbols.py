"""Symbols of our own: ``![](symbol:clock)`` is a picture, any other name is text, and a drawing never changes."""

import hashlib
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from monographs.text.markup.account.account import account
from monographs.text.markup.markdown import plain, render, render_line
from monographs.text.markup.rules.symbols import NAMES, address_of, drawing, name_at

DIGESTS = json.loads((Path(__file__).parent / "symbols.json").read_text())


def test_a_symbol_is_a_picture_that_says_nothing_by_itself():
    assert render("![](symbol:clock) Take it at 8.") == '<p><img src="/symbols/clock.svg" alt=""> Take it at 8.</p>\n'
    assert render_line("![](symbol:clock) Take it at 8.") == '<img src="/symbols/clock.svg" alt=""> Take it at 8.'


def test_words_typed_for_a_symbol_are_its_alternative_text():
    assert '<img src="/symbols/clock.svg" alt="A clock at 8">' in render("![A clock at 8](symbol:clock) Take it.")


@pytest.mark.parametrize("typed", ["symbol:clocks", "symbol:", "symbol:../clock", "symbol:clock.svg", "SYMBOL:clock"])
def test_what_names_none_of_ours_is_text(typed):
    assert plain(f"![]({typed}) Take it.") == f"![]({typed}) Take it."


@pytest.mark.parametrize(
    "source", ["![](symbol:clock) Take it.", "- ![](symbol:stop) Stop.\n- ![A tablet](symbol:tablet) 5mg"]
)
def test_the_word_account_is_even(source):
    assert account(source) == []


def test_the_words_are_those_typed():
    assert plain("- ![](symbol:clock) Take 5mg.\n- ![](symbol:food) With food.") == "Take 5mg.\nWith food."


def test_addresses_and_names_are_two_ways_to_say_the_same():
    for name in NAMES:
        assert name_at(address_of(f"symbol:{name}")) == name
    assert name_at("/symbols/clock.png") is None
    assert name_at("https://elsewhere.example/symbols/clock.svg") is None


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_small_and_draws_nothing_but_itself(name):
    data = drawing(name)
    assert len(data) < 1_000
    used = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(data).iter()}  # noqa: S314 - our own
    assert used <= {"svg", "g", "rect", "circle", "ellipse", "path"}
    assert b"href" not in data


def test_a_drawing_that_was_published_never_changes():
    """Add a line for a new one; another drawing of the same thing gets another name."""
    assert {name: hashlib.sha256(drawing(name)).hexdigest() for name in NAMES} == DIGESTS
