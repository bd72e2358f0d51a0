"""Who asks for a child is told what the leaflet says of children, never the dose of a grown-up."""

import pytest
from django.utils import timezone

from monographs.search.questions.answers import answer
from monographs.search.questions.concepts import is_about_a_child
from tests.search.questions.test_questions import publish_leaflet

GROWN_UP, CHILDS = "Adults take 400 mg three times a day.", "Children need other doses."
ELSEWHERE = {"storage": "Keep it where children cannot reach it.", "overdose": "A child may have taken some: call now."}


def told(question):
    (reply,) = answer(question, at=timezone.now()).replies
    return reply.sentences


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question",
    [
        "how much baclofen for a child",
        "baclofen dose 3 year old",
        "how much baclofen can I give my 3yr old",
        "baclofen for a 6-month-old",
        "baclofen child aged 5",
        "can my baby have baclofen",
        "how often can kids take baclofen",
        "baclofen for my daughter",
        "¿cuánto baclofen tomar mi hijo?",
        "جرعة Baclofen للأطفال",
    ],
)
def test_what_is_said_of_children_answers_and_nothing_else(question):
    publish_leaflet(dosage=f"{GROWN_UP}\n\n{CHILDS}", **ELSEWHERE)
    assert told(question) == (CHILDS,)


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["baclofen dose for my 3 year old", "how much baclofen for a child"])
def test_where_a_leaflet_says_nothing_of_them_nothing_is_quoted(question):
    publish_leaflet(dosage=GROWN_UP, **ELSEWHERE)
    assert told(question) == ()


@pytest.mark.django_db
def test_a_leaflet_for_adults_says_so_to_a_parent():
    publish_leaflet(what_it_is="It is a painkiller. This leaflet is for adults.", dosage=GROWN_UP, **ELSEWHERE)
    assert told("can my baby have baclofen") == ("It is a painkiller.", "This leaflet is for adults.")


@pytest.mark.django_db
def test_what_happened_to_a_child_comes_before_what_it_may_take():
    publish_leaflet(dosage=CHILDS, **ELSEWHERE)
    assert told("my child swallowed baclofen") == (ELSEWHERE["overdose"],)


@pytest.mark.parametrize(
    "question",
    [
        "17 year old",
        "my 2 year old",
        "aged 12 years old",
        "un niño",
        "bebé de 3 años",
        "ma 4 lata",
        "ein 5 Jahre alt",
        "عمره ٣ سنوات",
    ],
)
def test_a_child_is_named_by_a_word_or_an_age(question):
    assert is_about_a_child(question)


@pytest.mark.parametrize(
    "question", ["18 year old", "my 70 year old mother", "took it for 2 years", "old tablets", "how much baclofen"]
)
def test_who_is_grown_up_is_no_child(question):
    assert not is_about_a_child(question)


@pytest.mark.django_db
def test_a_grown_up_is_told_the_dose():
    publish_leaflet(dosage=f"{GROWN_UP}\n\n{CHILDS}")
    assert told("how much baclofen can I take") == (GROWN_UP, CHILDS)
    assert told("how much baclofen for my 70 year old mother") == (GROWN_UP, CHILDS)
