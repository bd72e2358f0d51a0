"""The rules of all languages stand in the memory of every worker: what is equal in them is there once."""

from monographs.comments.triage.rules.parts import AnyOf, InTurn, Words
from monographs.comments.triage.rules.vocabulary import Vocabulary


def test_parts_that_begin_with_the_same_words_share_them():
    one, other = Words({"took", "taken"}), Words({"taken", "took"})
    assert one.first is other.first
    assert InTurn([one, Words({"too"})]).first is one.first
    assert AnyOf([one]).first is one.first
    assert AnyOf([one, Words({"too"})]).first == {"took", "taken", "too"}


def test_all_that_is_left_of_a_word_leads_to_it_by_one_and_the_same_object():
    known = Vocabulary({"overdose", "swallowed"}, numbers={}, written={})
    assert len(known._near) == sum(len({word, *_one_less(word)}) for word in ("overdose", "swallowed"))
    assert len({id(words) for words in known._near.values()}) == 2


def test_what_is_left_of_two_words_leads_to_both():
    known = Vocabulary({"poisoned", "poisones"}, numbers={}, written={})
    assert set(known._near["poisone"]) == {"poisoned", "poisones"}
    assert known.reads("poisonex", True)[0].keys >= {"poisoned", "poisones"}


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


def _one_less(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]
