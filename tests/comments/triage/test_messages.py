"""The messages that triage is measured by are as many as promised, each its own, and those held apart are apart."""

import json
from collections import Counter

import pytest
from rapidfuzz import fuzz, process

from tests.comments.triage.messages import HERE, LABELS, LANGUAGES, Message, folded, read

NEAR = 85  # rapidfuzz's plain ratio, per cent, from which two messages are one with a word exchanged

AT_LEAST = {
    "dev": {"crisis": 27, "reaction": 10, "question": 16},
    "apart": {"crisis": 40, "reaction": 15, "question": 25},
    "unseen": {"crisis": 100, "reaction": 80, "question": 60, "remark": 60},
}
AT_LEAST_IN_ENGLISH = {
    "dev": {"crisis": 100, "reaction": 50, "question": 60, "thanks": 13, "abuse": 13, "spam": 13},
    "apart": {"crisis": 160, "reaction": 80, "question": 100, "thanks": 20, "abuse": 20, "spam": 20},
    "unseen": {"crisis": 200, "reaction": 150, "question": 150, "remark": 200},
}

each_language = pytest.mark.parametrize("language", LANGUAGES)


def everything() -> list[Message]:
    return [*read("mixed"), *(each for name in AT_LEAST for language in LANGUAGES for each in read(name, language))]


def near_repeats(some: list[str], others: list[str]) -> list[tuple[str, str]]:
    found = ((one, process.extractOne(one, others, scorer=fuzz.ratio, score_cutoff=NEAR)) for one in some)
    return [(one, near[0]) for one, near in found if near]


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
    assert near_repeats(held_apart(language), read_by_writers) == []


@each_language
def test_what_nobody_has_seen_is_no_near_repeat_of_what_points_are_fitted_to(language):
    lines = (HERE / f"fitted.{language}.jsonl").read_text(encoding="utf-8").splitlines()
    fitted = [folded(row["text"]) for row in map(json.loads, lines) if row.get("blind")]  # by the same writers
    assert near_repeats([folded(each.text) for each in read("unseen", language)], fitted) == []


@each_language
def test_no_two_messages_held_apart_are_near_repeats(language):
    apart = held_apart(language)
    assert [pair for number, one in enumerate(apart) for pair in near_repeats([one], apart[number + 1 :])] == []


def held_apart(language: str) -> list[str]:
    return [folded(each.text) for name in ("apart", "unseen", "mixed") for each in read(name, language)]
