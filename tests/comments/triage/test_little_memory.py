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


def _one_less(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]
