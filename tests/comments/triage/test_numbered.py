"""Tens of thousands of hints stand in the memory of every worker: as letters and numbers, not as an object each."""

import gc
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.comments.labels import Label
from monographs.comments.triage.rules import hints
from monographs.comments.triage.rules.hints import Points
from monographs.comments.triage.rules.numbered import Numbered
from monographs.comments.triage.rules.quick import Quick
from monographs.comments.triage.rules.rule import Pattern, Rule
from monographs.comments.triage.rules.syntax import read_pattern

COUNT = 10_000


@given(st.lists(st.text("abż§ \U0001f600", max_size=4), unique=True), st.text("abż", max_size=3))
def test_each_text_has_the_number_of_its_place_and_no_other_has_any(texts, other):
    numbered, known = Numbered(texts), {text: place for place, text in enumerate(texts)}
    assert len(numbered) == len(texts)
    assert numbered.numbers([*texts, other]) == {text: known[text] for text in [*texts, other] if text in known}
    assert numbered.number(other) == known.get(other)


def test_no_object_stays_for_a_text():
    gc.collect()
    tracemalloc.start()
    try:
        numbered = Numbered(f"{place} of many" for place in range(COUNT))
        gc.collect()
        size, _most = tracemalloc.get_traced_memory()
        pieces = sum(each.count for each in tracemalloc.take_snapshot().statistics("filename"))
    finally:
        tracemalloc.stop()
    assert len(numbered) == COUNT
    assert size < COUNT * 40  # bytes: the letters, where they end, two to four slots
    assert pieces < 100


def test_a_hint_weighs_what_its_file_says_for_a_label_and_nothing_may_be_said_by_one_that_weighs_nothing():
    numbered = Numbered(["pill", "^ how", "milk", "~2"])
    points = Points(numbered, {"12": ["pill"], "-3": ["^ how"], "0": ["~2"]})
    numbers = numbered.numbers(["~2", "milk", "pill", "^ how", "cheese"])
    assert points.of(numbers) == {"~2": 0.0, "pill": 1.2, "^ how": -0.3}


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_the_hints_of_all_labels_of_a_language_are_numbered_together(language):
    known = hints._hints_of(language)
    assert {each.label for each in known.hints} == {Label.CRISIS, Label.REACTION}
    assert len(known.numbered) > 5_000
    for each in known.hints:
        assert len(each.points._tenths) == len(known.numbered)


def test_words_that_lead_to_one_pattern_share_it():
    rule = Rule(Label.CRISIS, "en.crisis.any", groups=((Pattern(read_pattern("(took|taken) all", {}, str.split)),),))
    led_to = Quick({0: rule})._by_word
    assert led_to.keys() == {"took", "taken"}
    assert len({id(each) for each in led_to.values()}) == 1
