"""The words that a label is explained by: also where parts of them count, and whatever order points were added in."""

import itertools

from monographs.comments.triage.rules.hints import _named, hints
from monographs.comments.triage.rules.typed import split


def test_a_word_whose_points_add_up_to_nothing_is_not_told():
    """In tenths 0.1 + 0.2 − 0.3 is nothing; as binary fractions it is a little more, or not, as they are added."""
    typed = split("aa bb")
    weights = {"aa": 0.1, "^ aa": 0.2, "aa bb": -0.6}
    for order in itertools.permutations(weights):
        assert _named(typed, typed.words, "en", {hint: weights[hint] for hint in order}) == ""
    assert _named(typed, typed.words, "en", {**weights, "aa": 0.2}) == "aa"


def test_parts_of_a_word_count_in_polish_and_tell_the_word():
    typed = split("Zjadłam pastylki")
    assert "§ <pas" in hints(typed.words, "pl")
    assert "§ <pas" not in hints(typed.words, "en")
    assert _named(typed, typed.words, "pl", {"§ <pas": 0.5}) == "pastylki"
