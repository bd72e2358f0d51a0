"""The rules of all languages stand in the memory of every worker: what is equal in them is there once."""

import pytest
from rapidfuzz.distance import OSA

from monographs.comments.triage.rules.files import rules_of
from monographs.comments.triage.rules.parts import AnyOf, InTurn, Words
from monographs.comments.triage.rules.syntax import Made, read_pattern
from monographs.comments.triage.rules.vocabulary import Vocabulary


def test_parts_that_begin_with_the_same_words_share_them():
    one = Words({"took", "taken"})
    assert InTurn([one, Words({"too"})]).first is one.first
    assert AnyOf([one]).first is one.first
    assert AnyOf([one, Words({"too"})]).first == {"took", "taken", "too"}


def test_equal_words_of_a_language_are_one_part():
    made = Made()
    (one,) = read_pattern("(took|taken) all", {}, str.split, made)
    (other,) = read_pattern("(taken|took) them", {}, str.split, made)
    assert one.parts[0] is other.parts[0]
    assert one.parts[1] is not other.parts[1]


def test_what_patterns_were_read_with_does_not_stay():
    assert not {"_made", "_lists", "_words"} & vars(rules_of("en")).keys()


def test_words_that_lead_to_one_part_share_it():
    led_to = AnyOf([InTurn([Words({"took", "taken"}), Words({"too"})]), Words({"pills"})])._by_first
    assert led_to["took"] is led_to["taken"]
    assert led_to["took"] != led_to["pills"]


def test_a_word_that_may_be_two_misspelt_ones_is_both():
    known = Vocabulary({"poisoned", "poisones"}, numbers={}, written={})
    assert known.reads("poisonex", True)[0].keys >= {"poisoned", "poisones"}


@pytest.mark.parametrize("typed", ["overdos", "overdosse", "overdise", "ovredose", "verdose", "poverdose", "ovrdosse"])
def test_a_misspelt_word_is_one_that_is_a_slip_away_and_begins_so(typed):
    known = Vocabulary({"overdose"}, numbers={}, written={})
    is_near = OSA.distance(typed, "overdose") == 1 and typed[0] == "o"
    assert ("overdose" in known.reads(typed, True)[0].keys) == is_near


def test_a_number_that_fits_what_every_larger_one_fits_is_worked_out_once():
    """Telephone numbers and the like are new each time."""
    known = Vocabulary({"#>=6", "#<=3", "#4-20", "#"}, numbers={}, written={})
    fits = {each: known.reads(each, True)[0].keys for each in ("2", "3.5", "20", "20.5", "21", "19283746", "9" * 30)}
    assert fits == {
        "2": {"#<=3", "#"}, "3.5": {"#"}, "20": {"#>=6", "#4-20", "#"},
        **dict.fromkeys(("20.5", "21", "19283746", "9" * 30), {"#>=6", "#"}),
    }  # fmt: skip
    asked = known.of_number.cache_info().misses
    known.reads("19283747", True)
    assert known.of_number.cache_info().misses == asked


def test_only_digits_that_are_words_of_rules_may_stand_together():
    known = Vocabulary({"9999", "1111"}, numbers={}, written={})
    assert [reads.keys for reads in known.reads("99991111", True)] == [{"9999"}, {"1111"}]
    assert len(known.reads("99991112", True)) == 1
