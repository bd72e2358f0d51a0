"""What is a few slips away is found, all of it and nothing else, however many spellings there are."""

import itertools
import random
import tracemalloc
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.search.spelling import spellings as spellings_module
from monographs.search.spelling.compared import slips
from monographs.search.spelling.spellings import Spellings

WORDS = st.text("abcé", min_size=1, max_size=13)


@pytest.fixture(autouse=True, scope="module")
def hundreds_are_many():
    """As thousands are elsewhere: so few would all be measured."""
    with mock.patch.object(spellings_module, "_FEW", 20):
        yield


def all_within(wanted: str, names: list[str], most: int) -> list[tuple[int, int]]:
    return sorted((distance, place) for place, name in enumerate(names) if (distance := slips(wanted, name)) <= most)


@given(WORDS, st.lists(WORDS, max_size=60), st.integers(1, 4))
def test_it_finds_what_measuring_each_would_find(wanted, names, most):
    known = Spellings((name, place) for place, name in enumerate(names))
    assert sorted(known.within(wanted, most)) == all_within(wanted, names, most)


@given(WORDS, st.integers(1, 4))
def test_so_it_does_where_very_many_share_their_beginnings(wanted, most):
    assert sorted(MANY.within(wanted, most)) == all_within(wanted, NAMES, most)


def made_up(count: int) -> list[str]:
    """Names that share their beginnings, as those of medicines do; some shorter than a beginning."""
    chance = random.Random(5)  # noqa: S311 - words to measure, no secret
    begun = ["".join(parts) for parts in itertools.product("ab", "ac", "bé", "ab", "c")]
    return [
        f"{chance.choice(begun)[: chance.randint(2, 5)]}{''.join(chance.choices('abc', k=chance.randint(4, 8)))}"
        for _ in range(count)
    ]


NAMES = made_up(600)
MANY = Spellings((name, place) for place, name in enumerate(NAMES))


@given(st.sampled_from(NAMES), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.sampled_from("abcé"))))
def test_so_it_does_for_what_was_a_name_before_a_few_slips(name, slips_made):
    wanted = list(name)
    for kind, at, letter in slips_made[:4]:
        place = min(at, len(wanted) - 2)
        if kind == 0:
            wanted.insert(place, letter)
        elif kind == 1 and len(wanted) > 2:
            del wanted[place]
        elif kind == 2:
            wanted[place] = letter
        else:
            wanted[place : place + 2] = wanted[place : place + 2][::-1]
    wanted, most = "".join(wanted), max(len(slips_made[:4]), 1)
    assert sorted(MANY.within(wanted, most)) == all_within(wanted, NAMES, most)


def test_so_it_does_where_the_first_letter_is_the_slip():
    for name in NAMES[:100]:
        for wanted in (name[1:], f"é{name}", f"é{name[1:]}", f"{name[1]}{name[0]}{name[2:]}"):
            assert sorted(MANY.within(wanted, 1)) == all_within(wanted, NAMES, 1), wanted


@given(st.sampled_from([name for name in NAMES if len(name) > 7]), st.data())
def test_so_it_does_where_both_slips_are_at_the_beginning(name, data):
    """Or the second exchanges the last letter of the beginning and the one that follows."""
    letters = data.draw(st.lists(st.sampled_from("abcé"), min_size=5, max_size=7))
    begun = data.draw(st.sampled_from([name[:5], name[:4] + name[5]]))
    behind = name[5:] if begun == name[:5] else name[4] + name[6:]
    wanted = [*begun]
    for place, letter in zip(data.draw(st.permutations(range(4)))[:2], letters, strict=False):
        wanted[place] = letter
    wanted = "".join(wanted) + behind
    assert sorted(MANY.within(wanted, 2)) == all_within(wanted, NAMES, 2)


@pytest.mark.parametrize("most", [1, 2])
def test_few_of_very_many_are_measured(monkeypatch, most):
    """Each of 400 beginnings has 40 names."""
    syllables = [f"{first}{second}" for first in "bdfgk" for second in "aeio"]
    names = [f"{one}{two}m{end}x" for one, two in itertools.product(syllables, repeat=2) for end in syllables * 2]
    known, measured = Spellings((name, place) for place, name in enumerate(names)), []
    within = spellings_module.within

    def counted(wanted, found, most):
        measured.append(len(found))
        return within(wanted, found, most)

    monkeypatch.setattr(spellings_module, "within", counted)
    assert sorted(known.within("badembax", most)) == all_within("badembax", names, most)
    assert sum(measured) < len(names) / 2


def test_what_begins_otherwise_is_not_even_copied():
    """Of 200,000 names, who looks for one that begins like none of them would copy most at each search."""
    known = Spellings((f"balem{number:05}", number) for number in range(20_000))
    known.within("zzzzzzzzzz", 2)
    tracemalloc.start()
    try:
        assert known.within("zzzzzzzzzz", 2) == []
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 20_000  # bytes; a list of them has eight for each
