"""Before sending, the leaflet answers: in its own sentences, or not at all."""

import dataclasses

import pytest

from monographs.search.questions.of_leaflet import MOST, asked_in, told_by
from tests.makers import make_content, make_published

pytestmark = pytest.mark.django_db

BODIES = {
    "dosage": "Take 5mg once a day.\n\n### Children\n\nChildren take half.",
    "storage": "Keep it cool. Keep it dry. Keep it away from light. Keep it in its box.",
    "side_effects": "It can make you sleepy.",
    "before_taking": "Do not drive if you feel sleepy. Do not drink alcohol.\n\nYou can take it with food or milk.",
}


@pytest.fixture
def publication(db):
    sections = tuple(
        dataclasses.replace(section, body=BODIES.get(section.kind, section.body)) for section in make_content().sections
    )
    return make_published(sections=sections)


def sentences(publication, text, language="en"):
    return [told.sentence for told in told_by(publication.pk, text, language=language)]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("May I take it with milk?", "You can take it with food or milk."),
        ("can i have alcohol with testamol", "Do not drink alcohol."),
        ("Hello! My mum has it. Does it make people sleepy?", "It can make you sleepy."),
    ],
)
def test_the_sentence_that_answers_is_quoted_whole(publication, asked, said):
    assert said in sentences(publication, asked)


def test_at_most_three_sentences_in_their_order(publication):
    found = sentences(publication, "how do I store it")
    assert found == ["Keep it cool.", "Keep it dry.", "Keep it away from light."]
    assert len(found) == MOST


def test_each_quotation_says_where_it_stands(publication):
    [told] = told_by(publication.pk, "May I take it with milk?", language="en")
    assert told.anchor == "part-before_taking"
    assert told.heading in publication.revision.content_json


@pytest.mark.parametrize(
    "text",
    [
        "Thank you, this was very clear!",
        "What about football on Sunday?",
        "Is testamol testamol?",
        "Thank you, the milk was a good idea.",
        "I read this every day as fast as it takes to eat breakfast.",
        "???",
        "",
        "I have taken it for two weeks, and it has changed everything for me. I sleep, I walk, I see my friends again. "
        "So I want to say to whoever reads this and is afraid to begin: it was the right thing for me, and I wish "
        "that I had begun sooner, before all those bad nights with milk.",
    ],
)
def test_where_nothing_fits_nothing_is_quoted(publication, text):
    assert sentences(publication, text) == []


def publish_storage(body):
    sections = (
        dataclasses.replace(section, body=body if section.kind == "storage" else section.body)
        for section in make_content().sections
    )
    return make_published(sections=tuple(sections))


def test_half_of_the_words_of_a_question_are_enough_and_less_is_not():
    published = publish_storage("Zebras like hyenas.")
    assert sentences(published, "Zebras, giraffes?") == ["Zebras like hyenas."]
    assert sentences(published, "Zebras, giraffes, lions?") == []
    assert sentences(published, "Zebras, giraffes, lions, hyenas?") == ["Zebras like hyenas."]


@pytest.mark.parametrize(("count", "told"), [(4, MOST), (5, 0)])
def test_a_word_that_many_sentences_have_answers_nothing_by_itself(count, told):
    body = " ".join(f"Zebras like {what}." for what in ("grass", "water", "sun", "rain", "mud")[:count])
    assert len(sentences(publish_storage(body), "Zebras?")) == told


def test_an_adults_dose_is_no_answer_about_a_child(publication):
    assert "Take 5mg once a day." not in sentences(publication, "My daughter is 7, how much?")
    assert "Take 5mg once a day." not in sentences(publication, "How much may a child take?")


def test_what_asks_nothing_costs_no_query(publication, django_assert_num_queries):
    with django_assert_num_queries(0):
        told_by(publication.pk, "Testamol 5 mg once a day.", language="en")
        told_by(publication.pk, "Word. " * 200, language="en")
    with django_assert_num_queries(1):
        told_by(publication.pk, "May I take it with milk?", language="en")


def test_a_long_text_without_a_question_mark_is_no_question(publication):
    asked = "can i have alcohol with testamol"
    assert sentences(publication, asked.ljust(200)) == ["Do not drink alcohol."]
    assert sentences(publication, asked.ljust(201)) == []


def test_only_the_first_questions_of_a_long_text_are_asked():
    assert asked_in("Is it so? " * 50) == ["Is it so?"] * 3
    assert asked_in("x" * 5_000) == []
