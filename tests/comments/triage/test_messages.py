"""The messages that triage is measured by are as many as promised, each its own, and those held apart are apart."""

from collections import Counter

import pytest
from rapidfuzz import fuzz

from tests.comments.triage.messages import LABELS, LANGUAGES, Message, folded, read

NEAR = 85  # rapidfuzz's plain ratio, per cent, from which two messages are one with a word exchanged

AT_LEAST = {
    "dev": {"crisis": 27, "reaction": 10, "question": 16},
    "apart": {"crisis": 40, "reaction": 15, "question": 25},
}
AT_LEAST_IN_ENGLISH = {
    "dev": {"crisis": 100, "reaction": 50, "question": 60, "thanks": 13, "abuse": 13, "spam": 13},
    "apart": {"crisis": 160, "reaction": 80, "question": 100, "thanks": 20, "abuse": 20, "spam": 20},
}

each_language = pytest.mark.parametrize("language", LANGUAGES)


def everything() -> list[Message]:
    return [*read("mixed"), *(each for name in AT_LEAST for language in LANGUAGES for each in read(name, language))]


def near_repeats(some: list[str], others: list[str]) -> list[tuple[str, str]]:
    return [(one, other) for one in some for other in others if fuzz.ratio(one, other, score_cutoff=NEAR)]


@each_language
@pytest.mark.parametrize("name", AT_LEAST)
def test_there_are_as_many_messages_of_each_label_as_promised(name, language):
    wanted = (AT_LEAST_IN_ENGLISH if language == "en" else AT_LEAST)[name]
    found = Counter(each.counts_as for each in read(name, language))
    assert {label: number for label, number in wanted.items() if found[label] < number} == {}


def test_the_mixed_file_holds_400_of_which_150_are_spam():
    assert Counter(each.is_about("spam") for each in read("mixed")) == {True: 150, False: 250}
    assert {each.language for each in read("mixed")} == set(LANGUAGES)


def test_every_message_has_known_labels_a_kind_and_its_file_s_language():
    for each in everything():
        assert each.text.strip() == each.text != ""
        assert each.labels
        assert set(each.labels) <= set(LABELS)
        assert each.kind
    for name in AT_LEAST:
        for language in LANGUAGES:
            assert {each.language for each in read(name, language)} == {language}


def test_no_text_stands_twice_whatever_its_case_spaces_and_punctuation():
    times = Counter(folded(each.text) for each in everything())
    assert [text for text, number in times.items() if number > 1] == []
    assert "" not in times


@each_language
def test_what_is_held_apart_is_no_near_repeat_of_what_rule_writers_read(language):
    read_by_writers = [folded(each.text) for each in read("dev", language)]
    apart = [folded(each.text) for each in (*read("apart", language), *read("mixed", language))]
    assert near_repeats(apart, read_by_writers) == []


@each_language
def test_no_two_messages_held_apart_are_near_repeats(language):
    apart = [folded(each.text) for each in (*read("apart", language), *read("mixed", language))]
    assert [pair for number, one in enumerate(apart) for pair in near_repeats([one], apart[number + 1 :])] == []
