"""Names whose numbers differ have different addresses and are never folded alike; every name has an address."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monographs.text.addresses import LONGEST, address
from monographs.text.letters.folding import fold


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Paracetamol", "paracetamol"),
        ("Méthadone", "methadone"),
        ("St John’s wort", "st-johns-wort"),
        ("Co-codamol 8/500", "co-codamol-8-500"),
        ("Co-codamol 30/500 mg", "co-codamol-30-500-mg"),
        ("Hydrocortisone 2.5%", "hydrocortisone-2-point-5-percent"),
        ("Hydrocortisone 2,5 %", "hydrocortisone-2-point-5-percent"),
        ("Hydrocortisone 25%", "hydrocortisone-25-percent"),
        ("Levothyroxine 50 µg", "levothyroxine-50-microgram"),
        ("Levothyroxine 50μg", "levothyroxine-50-microgram"),
        ("Levothyroxine 50 mcg", "levothyroxine-50-microgram"),
        ("Levothyroxine 50 mg", "levothyroxine-50-mg"),
        ("Heparin 5,000 units", "heparin-5000-units"),
        ("Heparin 5\u202f000 units", "heparin-5000-units"),
        ("Warfarin 0.5–1 mg", "warfarin-0-point-5-to-1-mg"),
        ("Vitamin B₁₂", "vitamin-b12"),
        ("Interferon 10⁶ units", "interferon-10-to-the-6-units"),
        ("Aspirin ½", "aspirin-1-over-2"),
        ("Vitamin D + K", "vitamin-d-plus-k"),
        ("باراسيتامول", "barasytamwl"),
        ("باراسيتامول ٥٠٠ ملغ", "barasytamwl-500-mlgh"),
        ("پیراسیٹامول", "pyrasytamwl"),
        ("Метформин", "metformin"),
        ("Μεθοτρεξάτη", "methotrexati"),
        ("パラセタモール", "parasetamoru"),
        ("파라세타몰", "parasetamol"),
        ("२", "2"),
        ("!!!", ""),
        ("%", ""),
    ],
)
def test_a_name_has_this_address_for_good(name, expected):
    assert address(name) == expected


_amount = st.builds(
    lambda whole, part: f"{whole}.{part}" if part else str(whole),
    st.integers(0, 3_000),
    st.sampled_from(["", "", "5", "25", "05"]),
)
_strength = st.one_of(
    _amount,
    st.builds("{}/{}".format, _amount, _amount),
    st.builds("{}-{}".format, _amount, _amount),
    st.builds("{} {}".format, _amount, _amount),
    st.builds("{}½".format, st.integers(1, 30)),
    st.builds("{}{}".format, st.integers(1, 30), st.sampled_from(["²", "⁵", "⁶"])),
    st.builds("-{}".format, _amount),
)
_unit = st.sampled_from(["", "%", " mg", "mg", " µg", " ملغ", " ml"])
_stem = st.sampled_from(["Co-codamol", "Hydrocortisone", "باراسيتامول", "対", "H", "St John's wort", "Omega-3"])


@given(stem=_stem, one=_strength, other=_strength, unit=_unit)
def test_two_strengths_never_share_an_address_or_a_folded_form(stem, one, other, unit):
    assume(one != other)
    names = f"{stem} {one}{unit}", f"{stem} {other}{unit}"
    assert len({address(name) for name in names}) == 2
    assert len({fold(name) for name in names}) == 2


@given(name=st.text(max_size=200))
def test_every_name_with_a_letter_or_digit_has_an_address_that_stands_in_one(name):
    found = address(name)
    assert bool(found) >= any(character.isalnum() and character.isascii() for character in name)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", found)
    assert len(found) <= LONGEST
    assert found == address(name.upper().lower()) or name.upper().lower() != name.lower()


@given(digits=st.lists(st.sampled_from("0123456789٠١٢٣٤٥٦٧٨٩०१२२३"), min_size=1, max_size=12), stem=_stem)
def test_the_digits_of_an_address_are_those_of_its_name(digits, stem):
    plain = "".join(str(int(digit)) for digit in digits)
    assert re.sub(r"\D", "", address(f"{stem} {''.join(digits)}")) == re.sub(r"\D", "", stem) + plain


def test_long_names_that_differ_at_their_ends_keep_apart():
    assert address("x" * 195 + " 2.5%") != address("x" * 195 + " 25%")


@pytest.mark.parametrize(
    ("one", "other"), [("10⁵", "105"), ("1½", "11/2"), ("1①", "11"), ("2²5", "225"), ("5㏠", "51日"), ("2.5%", "25%")]
)
def test_folding_joins_no_two_numbers(one, other):
    assert fold(one) != fold(other)


def test_folding_leaves_what_it_knew():
    assert fold("  Méthadone ") == "methadone"
    assert fold("Vitamin B₁₂") == "vitamin b12"
