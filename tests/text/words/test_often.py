"""How often, in numbers, whatever the words."""

import pytest

from monographs.text.words.mentions import Reader
from monographs.text.words.often import PEOPLE, often


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("Take it 3 times a day.", {("times", "3")}),
        ("Take it twice daily.", {("times", "2")}),
        ("Take it up to 4 times in 24 hours.", {("times", "4")}),
        ("Take it three to four times a day.", {("times", "3"), ("times", "4")}),
        ("Take it every 6 hours.", {("hour", "6")}),
        ("Take it every 4 to 6 hours.", {("hour", "4"), ("hour", "6")}),
        ("It affects 1 in 10 people.", {(PEOPLE, "1 in 10")}),
        ("Take it with food, at night.", set()),
        ("Take it 1/0 times a day.", {("times", "1"), ("times", "0")}),
        ("Take 5mg.", set()),
    ],
)
def test_what_is_counted_is_read_with_its_numbers(said, counted):
    (sentence,) = Reader().sentences(said)
    assert frozenset().union(*(often(one) for one in sentence.mentions)) == counted
