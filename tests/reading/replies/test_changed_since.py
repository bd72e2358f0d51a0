"""When a leaflet's section changes, older answers of the clinic carry "the leaflet has changed since"."""

import dataclasses

import pytest

from monographs.comments.answering.changed_since import has_changed, known_parts, parts_of
from monographs.comments.deciding import actions
from monographs.revisions.actions import save_draft
from tests.makers import change_leaflet, make_comment, make_content, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db
PAGE = "/leaflets/testamol/"
CHANGED = "The leaflet has changed since. What it says now counts."


@pytest.fixture
def question():
    return make_comment(make_published(), body="How much?", shown=True)


def publish_again(leaflet, **fields):
    return make_published(change_leaflet(leaflet, **fields), change_note="Changed.")


def marks(client) -> int:
    return client.get(PAGE).content.decode().count(CHANGED)


def test_an_older_answer_of_the_clinic_is_marked_and_a_newer_one_and_a_readers_are_not(client, question, carla):
    actions.answer(question, by=carla, body="One spoon.")
    make_comment(question.publication, body="Two, I think.", parent=question, shown=True)
    assert marks(client) == 0
    publish_again(question.leaflet, dosage="Take 6mg once a day.")
    assert marks(client) == 1
    actions.answer(question, by=carla, body="Now it is two spoons.")
    page = client.get(PAGE).content.decode()
    assert page.count(CHANGED) == 1
    assert page.index(CHANGED) < page.index("One spoon.") < page.index("Now it is two spoons.")


def test_an_answer_that_cites_a_section_is_marked_only_when_that_section_changes(client, question, carla):
    actions.answer(question, by=carla, body="See “What it is used for” in this leaflet.")
    publish_again(question.leaflet, dosage="Take 6mg once a day.")
    assert marks(client) == 0
    content = make_content(dosage="Take 6mg once a day.")
    sections = [
        dataclasses.replace(section, body="About pain.") if section.kind == "uses" else section
        for section in content.sections
    ]
    save_draft(
        question.leaflet, dataclasses.replace(content, sections=tuple(sections)), by=make_person("ana"), why="Uses."
    )
    question.leaflet.refresh_from_db()
    make_published(question.leaflet, change_note="Uses.")
    assert marks(client) == 1


def test_another_day_of_the_next_check_or_another_source_is_no_change_of_what_it_says(client, question, carla):
    actions.answer(question, by=carla, body="One spoon.")
    publish_again(question.leaflet, next_review_on="2031-01-01")
    assert marks(client) == 0


def test_a_text_that_is_brought_back_ends_the_mark(client, question, carla):
    actions.answer(question, by=carla, body="One spoon.")
    publish_again(question.leaflet, dosage="Take 6mg once a day.")
    assert marks(client) == 1
    publish_again(question.leaflet)
    assert marks(client) == 0


def test_an_answer_is_about_the_version_of_its_own_day_not_of_the_question(client, question, carla):
    publish_again(question.leaflet, dosage="Take 6mg once a day.")
    answer = actions.answer(question, by=carla, body="Two spoons.")
    assert answer.publication.version == "2"
    assert marks(client) == 0


def test_it_is_looked_up_once_for_a_process_and_then_costs_no_query(client, question, carla, django_assert_num_queries):
    actions.answer(question, by=carla, body="One spoon.")
    publish_again(question.leaflet, dosage="Take 6mg once a day.")
    client.get(PAGE)
    with django_assert_num_queries(3):
        assert marks(client) == 1
    version = question.publication
    with django_assert_num_queries(0):
        known_parts({version.digest: version.pk})


def test_a_section_that_is_cited_and_has_gone_has_changed():
    then = parts_of(make_content())
    without = parts_of(make_content(sections=make_content().sections[1:]))
    gone = make_content().sections[0].heading
    assert has_changed(f"See “{gone}”.", then, without)
    assert has_changed("One spoon.", then, without)
    assert not has_changed("One spoon.", then, then)
