"""100,000 medicines stand in the memory of every worker: as letters and numbers, not as an object each."""

import gc
import sys
import tracemalloc
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from monographs.operations.corpus import texts
from monographs.search.known import Medicines
from monographs.search.name_table import NameTable
from monographs.search.numbers import Numbers
from monographs.search.one_text import OneText, OrderedText
from monographs.text.letters.folding import fold

COUNT = 5_000  # medicines, with two names each


def names():
    for number in range(COUNT):
        generic, brand = texts.name(number)
        yield number, generic, "generic", fold(generic)
        yield number, f"{brand} forte", "brand", fold(f"{brand} forte")


def taken(make: Callable[[], object]) -> tuple[int, int, int]:
    """Bytes that what is made takes, in how many pieces, and bytes at most while it was made."""
    make()  # what is made once and for all
    gc.collect()
    tracemalloc.start()
    try:
        made = make()  # noqa: F841 - so that it stays
        gc.collect()
        now, most = tracemalloc.get_traced_memory()
        pieces = sum(statistic.count for statistic in tracemalloc.take_snapshot().statistics("filename"))
    finally:
        tracemalloc.stop()
    return now, pieces, most


def test_no_object_stays_for_a_name():
    size, pieces, most = taken(lambda: NameTable(names()))
    assert pieces < 2 * COUNT / 10
    assert size < 2 * COUNT * 130  # bytes: what is written four times over, eight numbers
    assert most < 2 * COUNT * 400


def test_no_object_stays_for_a_medicine():
    size, pieces, _most = taken(lambda: Medicines((each, f"Medicine {each}", "relaxants") for each in range(COUNT)))
    assert pieces < 50
    assert size < COUNT * 40


def test_numbers_that_lie_close_take_next_to_nothing():
    def make() -> Numbers:
        numbers = Numbers()
        for number in range(2**40, 2**40 + COUNT):
            numbers.add(number)
        return numbers

    size, _pieces, _most = taken(make)
    assert size < COUNT * 8 < sys.getsizeof(set(range(COUNT)))


@given(st.sets(st.integers(0, 300) | st.integers(0, 2**63)), st.integers(0, 300))
def test_a_number_is_there_that_was_added(added, other):
    numbers = Numbers()
    for number in added:
        numbers.add(number)
    assert all(number in numbers for number in added)
    assert (other in numbers) == (other in added)


@given(st.lists(st.text(max_size=4)))
def test_each_text_is_cut_out_as_it_was_put_in(given_texts):
    made = OneText.of(given_texts)
    assert list(made) == given_texts
    assert [made[place] for place in range(len(made))] == given_texts
    assert list(made.within(range(1, len(made)))) == given_texts[1:]


@given(st.lists(st.text("abż\U0001f600", max_size=4), max_size=300), st.text("abż", max_size=3))
def test_in_ordered_texts_places_are_found(given_texts, first):
    ordered = sorted(given_texts)
    found = OrderedText.of(ordered).between(first, f"{first}b")
    assert [ordered[place] for place in found] == [text for text in ordered if first <= text < f"{first}b"]
