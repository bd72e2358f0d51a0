"""100,000 medicines stand in the memory of every worker: as letters and numbers, not as an object each."""

import gc
import sys
import tracemalloc
from array import array
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.operations.corpus import texts
from monographs.search.columns.numbers import Numbers
from monographs.search.columns.one_text import OneText, OrderedText, narrow
from monographs.search.index.known import Medicines
from monographs.search.index.name_table import KINDS, Entry, NameTable
from monographs.search.spelling.compared import joined
from monographs.search.spelling.spellings import InOrder, Spellings
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
    assert size < 2 * COUNT * 85  # bytes: a spelling, its sound, an unusual way to write it, its words, eight numbers
    assert most < 2 * COUNT * 400


def test_no_object_stays_for_a_medicine():
    size, pieces, _most = taken(lambda: Medicines((each, f"Medicine {each}", "relaxants") for each in range(COUNT)))
    assert pieces < 50
    assert size < COUNT * 20


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


WRITTEN = st.text("aAbB é3-", min_size=1, max_size=4)


@given(st.lists(st.tuples(st.integers(1, 3), WRITTEN, st.sampled_from(KINDS)), max_size=30))
def test_a_name_is_told_as_it_is_written_and_stands_in_its_order(rows):
    """Also where it is written as its spelling says and is not kept: among names that are spelt as it is."""
    given_names = [(medicine, name, kind, fold(name)) for medicine, name, kind in rows]
    entries = [
        Entry(joined(folded), KINDS.index(kind), name, medicine)
        for medicine, name, kind, folded in given_names
        if joined(folded)
    ]
    table = NameTable(given_names)
    assert list(table.entries(range(len(table)))) == sorted(entries)
    assert list(table.entries(reversed(range(len(table))))) == sorted(entries, reverse=True)


def test_a_name_that_is_written_as_most_are_takes_no_letter_beside_its_spelling():
    table = NameTable([(1, "Paracetamol", "generic", "paracetamol"), (1, "PANADOL", "brand", "panadol")])
    assert list(table._written) == ["PANADOL", ""]


@given(st.lists(st.text("abż\U0001f600", max_size=4)), st.text("abż", max_size=3))
def test_spellings_in_order_are_read_where_slips_are_looked_for(spellings, first):
    ordered = sorted(spellings)
    made = InOrder(Spellings((text, place) for place, text in enumerate(ordered)))
    assert list(made) == ordered
    assert list(made.within(range(1, len(made)))) == ordered[1:]
    found = made.between(first, f"{first}b")
    assert [ordered[place] for place in found] == [text for text in ordered if first <= text < f"{first}b"]


@given(st.lists(st.integers(0, 2**63 - 1)))
def test_narrow_numbers_are_the_same(numbers):
    narrowed = narrow(array("q", numbers))
    assert list(narrowed) == numbers
    assert numbers == [] or narrowed.itemsize < 2 or max(numbers) >= 1 << 4 * narrowed.itemsize


@pytest.mark.parametrize(("largest", "size"), [(0, 1), (255, 1), (256, 2), (65_535, 2), (65_536, 4), (1 << 32, 8)])
def test_numbers_take_as_many_bytes_as_the_largest_needs(largest, size):
    assert narrow(array("q", [0, largest])).itemsize == size
