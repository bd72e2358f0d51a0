"""What frightened people type gets the part that helps, and nothing that sounds like a yes."""

import pytest
from django.test import Client
from django.utils import timezone

from monographs.search.questions.answers import MOST_SENTENCES, answer
from tests.makers import make_medicine
from tests.reading.parts import make_clinic, words
from tests.search.questions.test_questions import publish_leaflet

pytestmark = pytest.mark.django_db
TOO_MUCH = "If you take too much"


def asked(query):
    return answer(query, at=timezone.now())


def page(query):
    """What stands before the letters; every page has the numbers at its foot."""
    return words(Client().get("/search/", {"q": query})).partition("Find it by letter")[0]


@pytest.mark.parametrize(
    "question",
    [
        "took too much baclofen and drink alcohol",
        "I forgot a dose and took a double dose of baclofen",
        "baclofen overdose while pregnant",
        "my child swallowed baclofen",
        "whole pack of baclofen",
        "took 2 baclofen by mistake",
        "I have taken the wrong dose of baclofen",
    ],
)
def test_more_than_was_meant_comes_before_all_else_that_is_asked(question):
    publish_leaflet()
    (reply,) = asked(question).replies
    assert reply.heading == TOO_MUCH


def test_what_to_do_after_too_much_is_never_cut():
    lines = [f"Sign number {number} of danger." for number in range(MOST_SENTENCES + 4)]
    publish_leaflet(overdose="\n\n".join(lines), storage="\n\n".join(f"Keep it so: {number}." for number in range(20)))
    (reply,) = asked("took too much baclofen").replies
    assert (len(reply.sentences), reply.is_cut) == (len(lines), False)
    assert lines[-1] in page("took too much baclofen")
    (stored,) = asked("how to store baclofen").replies
    assert (len(stored.sentences), stored.is_cut) == (MOST_SENTENCES, True)


@pytest.mark.parametrize("question", ["I took too many tablets", "I took too much morphine"])
def test_where_no_leaflet_can_say_it_the_numbers_come_first(question):
    make_clinic(emergency_number="999", urgent_number="111")
    publish_leaflet()
    make_medicine("Morphine")
    said = page(question)
    assert said.index("In an emergency 999") < said.index("Advice today, day or night 111")


@pytest.mark.parametrize(
    "query",
    [
        "can't breathe", "swollen tongue", "I want to die", "how many tablets to kill myself", "chest pain", "stroke",
        "face swelling after baclofen", "quiero morir", "nie mogę oddychać", "نوبة قلبية", "不能呼吸",
        "baclofn want to die",
    ],
)  # fmt: skip
def test_a_cry_for_help_is_answered_by_whom_to_call(query):
    make_clinic(emergency_number="999", other_emergency_number="112", crisis_lines="Samaritans: 116 123")
    publish_leaflet()
    said = page(query)
    assert "If you need help In an emergency 999 or 112" in said
    assert "If life feels too hard Samaritans: 116 123" in said
    assert "Check the spelling" not in said


def test_nobody_reads_in_the_list_of_missed_searches_that_somebody_wants_to_die(monkeypatch):
    noted = []
    monkeypatch.setattr("monographs.reading.ways_in.search.note_missed", lambda query, **_at: noted.append(query))
    make_clinic(emergency_number="999")
    page("I want to die")
    page("zzolam")
    assert noted == ["zzolam"]


def test_a_clinic_without_numbers_says_at_least_that_nothing_was_found():
    make_clinic(emergency_number="", urgent_number="", crisis_lines="")
    said = page("I want to die")
    assert "If you need help" not in said
    assert "Nothing found for “ I want to die ”" in said


@pytest.mark.parametrize(
    "query",
    ["baclofen", "baclofen stroke", "can I drink alcohol with baclofen", "headache", "dose", "nothing of the kind"],
)
def test_what_is_no_cry_is_not_taken_for_one(query):
    make_clinic(emergency_number="999")
    publish_leaflet()
    assert "If you need help" not in page(query)


def test_of_two_medicines_in_a_question_both_answer():
    publish_leaflet("Baclofen", avoid="Alcohol makes you sleepier.")
    publish_leaflet("Paracetamol", avoid="A little alcohol is safe for most.")
    said = page("can I drink alcohol with my baclofen and paracetamol")
    assert "Alcohol makes you sleepier." in said
    assert "A little alcohol is safe for most." in said


def test_a_babys_dose_is_no_question_of_pregnancy():
    publish_leaflet("Paracetamol")
    found = asked("can my baby have paracetamol")
    assert not found or "Tell us if you are pregnant." not in [
        line for reply in found.replies for line in reply.sentences
    ]


@pytest.mark.parametrize("sign", ["chest pain", "heart attack", "skin rash"])
def test_signs_are_not_corrected_into_medicines(sign):
    for name in ("Questran", "Heptalac", "Spinraza"):
        make_medicine(name)
    assert "Showing results for" not in page(sign)


@pytest.mark.parametrize("more", ["plus", "night", "extra"])
def test_a_longer_brand_is_not_taken_for_the_shorter_in_silence(more):
    publish_leaflet("Ibuprofen")
    make_medicine("Ibuprofen")
    said = page(f"ibuprofen {more}")
    assert "Showing results for “ Ibuprofen ”" in said
    assert "Check that this is the name on your pack." in said
