"""Which names of an index come first, and which words of a longer text are names."""

from monographs.search.index.known import Known
from monographs.search.index.name_index import NameIndex
from monographs.text.letters.folding import fold


def index(*names, **kinds):
    """Each name is of a medicine of its own."""
    called = [(name, "generic") for name in names] + list(kinds.items())
    rows = [(number, name, kind, fold(name)) for number, (name, kind) in enumerate(called)]
    return NameIndex({number: Known(name, "") for number, name, *_rest in rows}, rows)


def near(typed, *names, **kinds):
    return [each.name.name for each in index(*names, **kinds).near(typed)]


def named(text, *names):
    found, rest = index(*names).named_in(text)
    return [each.name for names in found for each in names], rest


def test_of_equally_near_names_comes_first_what_sounds_alike():
    assert near("kodein", "Bodein", "Codein") == ["Codein", "Bodein"]


def test_of_names_that_sound_equally_near_the_generic_one_comes_first():
    assert near("testimol", Testamol="brand", Testomol="generic") == ["Testomol", "Testamol"]


def test_what_is_three_slips_away_is_asked_only_where_nothing_is_two():
    assert near("prednisolona", "Prednisolone", "Prednisolxyz") == ["Prednisolone"]
    assert near("prednisolona", "Prednisolxyz") == ["Prednisolxyz"]


def test_where_nothing_is_spelt_like_it_what_sounds_like_it_is_meant():
    assert near("ketyapin", "Quetiapine") == ["Quetiapine"]
    assert near("kwix", "Quicks") == []  # of few letters many sound alike


def test_of_names_that_overlap_in_a_text_the_longest_is_meant():
    assert named("can i take insulin glargine today", "Insulin", "Insulin glargine") == (
        ["Insulin glargine"],
        ["can", "i", "take", "today"],
    )


def test_two_letters_in_a_text_are_no_name():
    assert named("take mg daily", "Mg") == ([], ["take", "mg", "daily"])


def test_words_that_are_left_have_no_signs_around_them():
    assert named("what is baclofen, please?", "Baclofen") == (["Baclofen"], ["what", "is", "please"])


def test_names_are_found_in_chinese_which_parts_no_words_the_longest_first():
    names = ("布洛芬", "布洛芬缓释片", "阿司匹林")
    assert named("布洛芬可以喝酒吗", *names) == (["布洛芬"], ["可以喝酒吗"])
    assert named("能吃阿司匹林和布洛芬缓释片吗", *names) == (["阿司匹林", "布洛芬缓释片"], ["能吃", "和", "吗"])
    assert named("怎么办", *names) == ([], ["怎么办"])
