"""What is left of a query beside strengths and forms, and what in it may be a name."""

import pytest

from monographs.search.named.asked import barer, may_be_misspelt, may_be_unknown_name


def test_strengths_forms_and_numbers_fall_away_one_by_one():
    assert barer("co-codamol 8/500 tablets") == ["co-codamol 8/500 tablets", "co-codamol 8/500", "co-codamol"]
    assert barer("500mg") == ["500mg"]


@pytest.mark.parametrize(
    ("query", "may_be"),
    [
        ("zzyzxone", True),
        ("zzyzxone plughol", True),
        ("zzyzxone plughol xyzzy", False),
        ("zzyzxone 3 plughol", True),
    ],
)
def test_a_word_or_two_may_be_a_name_that_nobody_knows(query, may_be):
    assert may_be_unknown_name(query) == may_be


@pytest.mark.parametrize(
    ("word", "may_be"),
    [("aneurysm", False), ("aneurysms", False), ("cheeses", False), ("aneurism", True), ("abc", False)],
)
def test_what_is_written_rightly_is_no_slip_of_a_name_and_neither_is_the_plural(word, may_be):
    assert may_be_misspelt(word) == may_be
