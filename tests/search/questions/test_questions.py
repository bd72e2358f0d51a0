"""A question is answered by the section that says it, quoted, of the medicine that it names."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from monographs.leaflets.content import SectionContent
from monographs.leaflets.sections import BY_KEY, ORDER
from monographs.search.questions import answers
from monographs.search.questions.answers import about, answer
from monographs.search.questions.concepts import LISTS, concept_of, concepts
from monographs.search.texts.said import Said
from tests.makers import make_content, make_leaflet, make_published

BODIES = {
    "missed_dose": "Take it when you remember. Never take two doses at once.",
    "avoid": "Alcohol makes you sleepier. Do not drink any at first.\n\nRest.",
    "overdose": "Call us at once.",
    "pregnancy": "Tell us if you are pregnant. Do not breastfeed.",
}


def publish_leaflet(medicine="Baclofen", language="en", **bodies):
    sections = [each for each in make_content(medicine).sections if each.kind not in {**BODIES, **bodies}]
    own = [SectionContent(key, key, str(BY_KEY[key].heading), body) for key, body in {**BODIES, **bodies}.items()]
    in_order = sorted((*sections, *own), key=lambda section: ORDER[section.kind])
    return make_published(make_leaflet(medicine, language=language, sections=tuple(in_order)))


def asked(query):
    return answer(query, at=timezone.now())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "heading", "first"),
    [
        ("can I drink alcohol with baclofen", "What to avoid", "Alcohol makes you sleepier."),
        ("Is a glass of alcohol OK on baclofen?", "What to avoid", "Alcohol makes you sleepier."),
        ("what if I miss a dose of baclofen", "If you miss a dose", "Take it when you remember."),
        ("i forgot my baclofen this morning", "If you miss a dose", "Take it when you remember."),
        ("I forgot to take my baclofen", "If you miss a dose", "Take it when you remember."),
        ("took too much baclofen", "If you take too much", "Call us at once."),
        ("baclofen while pregnant", "Pregnancy and breastfeeding", "Tell us if you are pregnant."),
        ("¿puedo beber alcohol con baclofen?", "What to avoid", "Alcohol makes you sleepier."),
        ("he olvidado una dosis de baclofen", "If you miss a dose", "Take it when you remember."),
        ("هل يمكنني شرب الكحول مع Baclofen", "What to avoid", "Alcohol makes you sleepier."),
        ("نسيت جرعة Baclofen", "If you miss a dose", "Take it when you remember."),
        ("side effects of baclofen", "Side effects", "About side effects."),
        ("what is baclofen used for?", "What it is used for", "About uses."),
        ("how often do I take baclofen", "How to take it", "Take 5mg once a day."),
    ],
)
def test_the_section_that_answers_is_quoted(question, heading, first):
    publish_leaflet()
    publish_leaflet("Othermol", missed_dose="Something else.")
    found = asked(question)
    (reply,) = found.replies
    assert (reply.slug, reply.heading) == ("baclofen", heading)
    if reply.sentences[0] != first:
        assert first in reply.sentences
    assert not found.asks_which


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "heading", "said"),
    [
        ("can I drink with baclofen", "What to avoid", "Alcohol makes you sleepier."),
        ("can I have a beer with baclofen", "What to avoid", "Alcohol makes you sleepier."),
        ("can I drink milk with baclofen", "Other medicines, food and drink", "You can take it with food or milk."),
        ("baclofen on an empty stomach", "Other medicines, food and drink", "You can take it with food or milk."),
        ("how long does baclofen take to work", "What it is used for", "It starts to work after an hour."),
        ("does baclofen make you sleepy", "Side effects", "You may feel drowsy."),
        ("does baclofen cause headaches", "Side effects", "You may get a headache."),
        ("can I crush baclofen", "How to take it", "Swallow the tablets whole."),
        ("baclofen asthma", "Before you take it", "Tell us if you have asthma."),
        ("I ran out of baclofen", "If you stop taking it", "Do not stop suddenly."),
    ],
)
def test_the_sentence_that_answers_is_quoted_and_no_other(question, heading, said):
    publish_leaflet(
        uses="It loosens muscles. It starts to work after an hour. Two weeks help more.",
        before_taking="Tell us if you have asthma. Tell us if you have a stomach ulcer.",
        interactions="Ask before you take another medicine. You can take it with food or milk.",
        dosage="Take 5mg. Swallow the tablets whole.",
        side_effects="You may feel drowsy. You may get a headache.",
        stopping="Do not stop suddenly.",
    )
    (reply,) = asked(question).replies
    assert (reply.heading, reply.sentences) == (heading, (said,))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question", ["can I drink coffee with baclofen", "baclofen and grapefruit", "baclofen milk", "crush baclofen"]
)
def test_what_stands_elsewhere_by_chance_is_no_answer(question):
    publish_leaflet(overdose="Call us if you vomit what looks like coffee, milk, grapefruit or crushed ice.")
    (reply,) = asked(question).replies
    assert reply.sentences == ()


@pytest.mark.django_db
def test_side_effects_that_are_not_named_are_answered_by_the_section():
    publish_leaflet(side_effects="You may feel drowsy. You may get a headache.")
    (reply,) = asked("does baclofen cause hair loss").replies
    assert reply.sentences == ("You may feel drowsy.", "You may get a headache.")


@pytest.mark.django_db
def test_a_leaflet_in_a_language_whose_words_are_not_known_is_quoted_by_the_section():
    publish_leaflet(language="it", avoid="Non beva alcolici.")
    (reply,) = asked("can I drink with baclofen").replies
    assert (reply.language, reply.sentences) == ("it", ("Non beva alcolici.",))


@pytest.mark.django_db
def test_without_a_medicine_it_asks_which():
    publish_leaflet()
    found = asked("what if I miss a dose")
    assert (found.asks_which, found.replies) == (True, ())


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["baclofen", "baclofen 10 mg", "", "?", "asthma", "\x00"])
def test_what_is_no_question_has_no_answer_and_costs_nothing(query):
    publish_leaflet()
    with CaptureQueriesContext(connection) as queries:
        assert asked(query) is None
    assert len(queries) == 0


@pytest.mark.django_db
def test_a_leaflet_that_says_nothing_of_it_is_told_as_such():
    publish_leaflet(avoid="Rest.")
    (reply,) = asked("alcohol with baclofen").replies
    assert (reply.slug, reply.sentences) == ("baclofen", ())


@pytest.mark.django_db
def test_a_sentence_about_a_topic_stands_behind_the_one_before_it():
    publish_leaflet(avoid="It can make you sleepy. Do not drive if this happens.")
    (reply,) = asked("can I drive on baclofen").replies
    assert reply.sentences == ("It can make you sleepy.", "Do not drive if this happens.")


def test_a_sentence_that_answers_is_quoted_once_though_the_next_refers_back_to_it():
    lines = ("", "driv tired", "not driv if this happen")
    sentences = ("Driving makes tired.", "Do not drive if this happens.")
    passage = Said(1, 1, "avoid", "en", "", "", "\n".join(lines), json.dumps(sentences))
    assert about(((frozenset({"driv"}),),), passage) == list(sentences)
    assert about(((frozenset({"not"}),),), passage) == list(sentences)
    assert about(((frozenset({"not"}),),), passage._replace(language="de")) == [sentences[1]]
    assert about(((frozenset({"not"}),),), passage._replace(language="it")) == list(sentences)  # no list: it may


@pytest.mark.django_db
def test_an_everyday_word_of_a_question_is_nothing_that_it_asks_about():
    publish_leaflet(side_effects="You may often feel drowsy. You may get a headache.")
    (reply,) = asked("does baclofen often cause hair loss").replies
    assert reply.sentences == ("You may often feel drowsy.", "You may get a headache.")


@pytest.mark.django_db
def test_what_is_answered_otherwise_is_not_answered_here():
    publish_leaflet()
    assert answer("can I drink with baclofen", at=timezone.now(), without={"alcohol"}) is None


@pytest.mark.django_db
def test_no_more_leaflets_answer_than_a_page_has_room_for(monkeypatch):
    for language in ("en", "de", "fr"):
        publish_leaflet(language=language)
    monkeypatch.setattr(answers, "_MOST_LEAFLETS", 2)
    assert [reply.language for reply in asked("can I drink with baclofen").replies] == ["en", "de"]


@pytest.mark.django_db
def test_the_full_leaflet_answers_before_the_easy_read_one_that_was_published_first():
    make_published(edition="easy-read", dosage="Take 5mg. No alcohol.")
    make_published(dosage="Take 5mg. No alcohol.")
    found = [reply.edition for reply in asked("can I drink with testamol").replies]
    assert found == ["standard", "easy-read"]


@pytest.mark.django_db
def test_the_leaflet_in_the_language_of_the_question_comes_first():
    publish_leaflet()
    publish_leaflet(language="ar", avoid="لا تشرب الكحول.")
    first, second = asked("هل يمكنني شرب الكحول مع Baclofen").replies
    assert (first.language, first.sentences) == ("ar", ("لا تشرب الكحول.",))
    publish_leaflet("Baclofen", language="zh-hans", avoid="不要喝酒。")
    with translation.override("zh-hans"):
        (first, *_others) = asked("baclofen 可以喝酒吗").replies
    assert first.language == "zh-hans"
    assert second.language == "en"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "medicine", "question", "kind", "besides", "said"),
    [
        ("cy", "Baclofen", "alla i yfed alcohol gyda baclofen", "avoid", "Gorffwyswch.", "Peidiwch ag yfed alcohol."),
        ("ur", "بیکلوفین", "بیکلوفین کے ساتھ الکحل", "avoid", "آرام کریں۔", "الکحل نہ پیئیں۔"),
        ("zh-hans", "巴氯芬", "巴氯芬 可以喝酒吗", "avoid", "多休息。", "不要喝酒。"),
        ("zh-hans", "巴氯芬", "巴氯芬 怎么保存", "storage", "", "放在阴凉处。"),
    ],
)
def test_a_question_in_each_language_of_the_site_is_answered(language, medicine, question, kind, besides, said):
    publish_leaflet(medicine, language=language, **{kind: f"{besides}\n\n{said}".strip()})
    with translation.override(language):
        (reply,) = asked(question).replies
    assert reply.sentences == (said,)


@pytest.mark.django_db
def test_words_that_ask_the_same_in_several_languages_are_in_the_readers():
    publish_leaflet()
    publish_leaflet(language="es", avoid="No tome alcohol.")
    question = "alcohol baclofen"
    assert [reply.language for reply in asked(question).replies] == ["en", "es"]
    with translation.override("es"):
        assert [reply.language for reply in asked(question).replies] == ["es", "en"]
        assert [reply.language for reply in asked("wine with baclofen").replies] == ["en", "es"]


@pytest.mark.django_db
def test_an_answer_costs_three_queries():
    publish_leaflet()
    with CaptureQueriesContext(connection) as queries:
        assert asked("can I drink alcohol with baclofen").replies
    assert len(queries) == 3


@pytest.mark.django_db
def test_the_page_quotes_the_answer_under_its_heading(client):
    publish_leaflet()
    page = client.get(reverse("search"), {"q": "can I drink alcohol with baclofen"}).content.decode()
    assert "<mark>Alcohol</mark> makes you sleepier." in page
    assert f"{reverse('leaflet-read', args=['baclofen'])}#part-avoid" in page
    page = client.get(reverse("search"), {"q": "what if I miss a dose"}).content.decode()
    assert "Which medicine do you mean?" in page


def test_every_list_names_sections_there_are_and_how_it_is_asked():
    assert sorted(concept.key for concept in concepts()) == sorted(path.stem for path in LISTS.glob("*.txt"))
    for concept in concepts():
        assert set(concept.kinds) <= set(BY_KEY)
        assert {language for language, *_rest in concept.ways} >= {"en", "es", "ar", "cy", "pl", "ur", "zh"}
        assert all(way.stems for way in concept.ways)


def test_the_clearer_words_decide():
    assert concept_of("what is it used for in pregnancy")[0].key == "pregnancy"
    assert concept_of("I missed a dose, how much do I take")[0].key == "missed_dose"
