"""A thousand is a thousand however its groups are parted; what may be a thousand or a decimal is itself only."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.text.amounts.numbers import value
from monographs.text.changes.safety import safety_changes

SPACES = ("\u00a0", "\u2009", "\u202f")


def parted(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


@given(
    number=st.integers(1_000, 99_999_999), language=st.sampled_from(["en", "en-GB", "ar", "ur", "cy", "es-mx", "de-ch"])
)
def test_commas_and_thin_spaces_part_thousands_where_the_point_is_decimal(number, language):
    ways = [str(number), *(parted(number, mark) for mark in (",", *SPACES))]
    assert {value(way, language) for way in ways} == {Fraction(number)}


@given(number=st.integers(1_000, 99_999_999), language=st.sampled_from(["de", "es", "fr", "it", "pl", "pt", "pt-br"]))
def test_points_and_thin_spaces_part_thousands_where_the_comma_is_decimal(number, language):
    ways = [str(number), *(parted(number, mark) for mark in (".", *SPACES))]
    assert {value(way, language) for way in ways} == {Fraction(number)}


@pytest.mark.parametrize(
    ("written", "language", "means"),
    [
        ("1,000.5", "en", Fraction(2001, 2)),
        ("1.000,5", "de", Fraction(2001, 2)),
        ("1'000", "de-ch", 1000),
        ("1 000", "en", 1000),
        ("1,00,000", "en", 100_000),
        ("1.000.000", "en", 1_000_000),
        ("1,000,000", "de", 1_000_000),
        ("1,5", "de", Fraction(3, 2)),
        ("2.5", "en", Fraction(5, 2)),
        ("0,500", "de", Fraction(1, 2)),
        ("1 200", "en", "1 200"),
        ("1.000", "en", "1.000"),
        ("1,500", "de", "1,500"),
        ("12.5.2026", "en", "12.5.2026"),
    ],
)
def test_what_else_is_written_in_digits(written, language, means):
    assert value(written, language) == means


@pytest.mark.parametrize("mark", ["", ",", *SPACES])
def test_the_second_reader_is_not_told_of_another_way_to_write_a_thousand(mark):
    assert safety_changes("Take 1,500 mg a day.", f"Take {parted(1500, mark)} mg a day.") == []
    assert safety_changes("Take 1,500 mg a day.", f"Take {parted(15_000, mark)} mg a day.")


def test_in_spanish_a_point_parts_thousands():
    assert safety_changes("Tome 1000 mg al día.", "Tome 1.000 mg al día.", language="es") == []
    assert safety_changes("Tome 1000 mg al día.", "Tome 1,000 mg al día.", language="es")
