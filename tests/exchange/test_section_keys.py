"""Sections get keys of their own: the given ones stay, the others are made of kind or heading, and none comes twice."""

import pytest

from monographs.exchange.draft import count_words, known_language, section_keys, tidy_pages
from monographs.refusals import Unacceptable


def test_a_key_is_the_kind_or_of_another_section_its_heading():
    sections = [("side_effects", "What may happen", ""), ("other", "A word_on Tea!", ""), ("other", "???", "")]
    assert section_keys(sections) == ["side-effects", "a-word-on-tea", "other"]


def test_a_given_key_stays_and_no_other_section_gets_it():
    assert section_keys([("uses", "", ""), ("uses", "", "uses"), ("uses", "", "")]) == ["uses-2", "uses", "uses-3"]
    with pytest.raises(Unacceptable, match="“Second”"):
        section_keys([("uses", "First", "mine"), ("dosage", "Second", "mine")])


def test_a_number_that_a_heading_of_its_own_has_is_passed_over():
    assert section_keys([("other", "Uses 2", ""), ("uses", "", ""), ("uses", "", "")]) == ["uses-2", "uses", "uses-3"]


def test_a_long_heading_gives_a_key_of_fifty_signs_with_its_number():
    first, second = section_keys([("other", "a" * 47 + " bcd efg", "")] * 2)
    assert (first, second) == ("a" * 47 + "-bc", "a" * 47 + "-2")
    assert len(first) == 50


def test_a_word_has_a_letter_or_a_digit():
    assert count_words("5 mg - now …") == 3


def test_a_page_begins_with_its_first_line_that_has_words():
    lines, starts = tidy_pages("One\n\fTwo\n\f\n\nThree")
    assert [lines[place] for place in sorted(starts)] == ["Two", "Three"]


def test_a_language_is_written_as_the_site_writes_it():
    assert known_language(" pt_BR ") == "pt-br"
    with pytest.raises(Unacceptable, match="is not a language"):
        known_language("xx")
