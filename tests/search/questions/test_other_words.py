"""What leaflets say in other words than a reader's."""

import pytest

from monographs.search.questions.other_words import in_other_words


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("nausea", "feeling sick"),
        ("vomiting?", "being sick"),
        ("oedema", "swelling"),
        ("Edema", "oedema"),
        ("baclofen hypertension", "baclofen high blood pressure"),
        ("high blood pressure tablets", "hypertension tablets"),
        ("renal", "kidney"),
        ("Dyspnoea at night", "cannot breathe at night"),
    ],
)
def test_the_nearest_of_the_list_comes_first(query, first):
    assert next(in_other_words(query)) == first


@pytest.mark.parametrize("query", ["", "hello", "baclofen", "headaches?!", "خدر"])
def test_most_words_have_no_other(query):
    assert len(list(in_other_words(query))) <= 2


def test_no_more_than_five_ways_are_tried_and_none_of_them_is_what_was_typed():
    tried = list(in_other_words("feel sick"))
    assert len(tried) == 5
    assert not {"feel sick", "feeling sick"} & set(tried)


def test_a_whole_phrase_is_exchanged_before_a_part_of_it():
    assert next(in_other_words("kidney problem")) == "kidney disease"
