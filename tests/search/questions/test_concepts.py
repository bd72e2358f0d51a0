"""What people ask about is known by the words they use for it."""

from pathlib import Path

import pytest
from django.utils import translation

from monographs.search.questions.concepts import concept_of, concepts, has_phrase
from monographs.text.tokens.tokens import tokens
from monographs.text.words.lexicon import lines

ASKED = [
    tuple(line.split(" | "))
    for line in (Path(__file__).parent / "asked.txt").read_text("utf-8").splitlines()
    if line and line[0] != "#"
]


@pytest.mark.parametrize(("language", "about", "question"), ASKED, ids=[question for *_rest, question in ASKED])
def test_a_question_is_about_what_its_words_say(language, about, question):
    with translation.override(language):
        found = concept_of(question)
    assert (found.concept.key if found else "-") == about
    assert not found or found.language == language.partition("-")[0]


@pytest.mark.parametrize(("language", "about", "question"), [each for each in ASKED if each[0] == "en"])
def test_who_reads_in_another_language_may_ask_in_english(language, about, question):
    with translation.override("ar"):
        found = concept_of(question)
    assert (found.concept.key if found else "-") == about


@pytest.mark.parametrize("reader", ["en", "ar", "ur"])
def test_no_everyday_english_word_asks_something_in_another_language(reader):
    everyday = {word for phrases in lines("everyday") for words in phrases for word in words.split()}
    with translation.override(reader):
        taken_for = {word: concept_of(f"{word} testamol") for word in everyday}
    assert {word: found.language for word, found in taken_for.items() if found and found.language != "en"} == {}


@pytest.mark.parametrize("word", ["asthma", "milk", "tired", "rash", "vitamin", "dose", "help"])
def test_a_word_that_asks_nothing_by_itself_asks_beside_a_name(word):
    assert not concept_of(word)
    assert not concept_of(f"{word} something", is_named=False)
    assert concept_of(f"{word} baclofen")


def test_what_is_urgent_comes_before_what_is_clear_and_this_before_what_is_vague():
    assert concept_of("how much alcohol").concept.key == "alcohol"
    assert concept_of("how much alcohol if I took too much").concept.key == "overdose"


@pytest.mark.parametrize("question", ["stop baclofen alcohol", "driving, or stop baclofen", "stop baclofen pregnant"])
def test_stopping_which_may_do_harm_comes_before_what_is_as_clear(question):
    assert concept_of(question).concept.key == "stopping"


def test_of_some_topics_only_what_the_question_names_is_told():
    contents = next(concept for concept in concepts() if concept.key == "contents")
    gluten, lactose = (frozenset(tokens(word, "en")) for word in ("gluten", "lactose"))
    asked = contents.phrases("en", "is there lactose in it")
    assert any(has_phrase(lactose, phrase) for phrase in asked)
    assert not any(has_phrase(gluten, phrase) for phrase in asked)
    # The question's words are in another language than the leaflet's: each of them may be meant.
    assert any(has_phrase(gluten, phrase) for phrase in contents.phrases("en", "هل يحتوي على اللاكتوز"))


def test_every_list_says_by_which_words_sentences_answer_in_the_languages_it_is_asked_in():
    for concept in concepts():
        if concept.topics:
            asked_in = {way.language for way in concept.ways}
            assert {language for language, _words in concept.topics} == asked_in, concept.key
