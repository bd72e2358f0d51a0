"""One common word: no more passages are read than are needed, and what is found is what all of them would give."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.leaflets.content import SectionContent
from monographs.publication.found.passage_index import passages_with
from monographs.search.texts import fulltext
from monographs.search.texts.fulltext import find
from tests.makers import make_content, make_leaflet, make_published

pytestmark = pytest.mark.django_db

BODIES = {
    "Aamol": {"uses": "Against zebras."},
    "Bemol": {"uses": "Read on.", "dosage": "Not with zebras.", "side_effects": "You may see zebras."},
    "Cemol": {"uses": ("Zebras and others", "They come."), "dosage": "Zebras are fine.", "side_effects": "No zebras."},
    "Demol": {"side_effects": "More zebras."},
    "Zebra powder": {"uses": "It helps.", "dosage": "Give it to zebras."},
}


def sections(bodies):
    """Those of a leaflet, of which some have another body, or another heading and body."""
    for each in make_content().sections:
        heading, body = each.heading, bodies.get(each.kind, "As we told you.")
        if isinstance(body, tuple):
            heading, body = body
        yield SectionContent(each.kind, each.kind, heading, body)


@pytest.fixture
def zebras(db):
    for name, bodies in BODIES.items():
        make_published(make_leaflet(name, sections=tuple(sections(bodies))))


def found(query="zebras", **options):
    return find(query, at=timezone.now(), **options)


@pytest.mark.parametrize("most", [1, 2, 4, 60])
@pytest.mark.parametrize("first", [1, 3, 5, 8, 9, 12, 19])
def test_what_is_found_is_what_all_passages_would_give(zebras, monkeypatch, most, first):
    monkeypatch.setattr(fulltext, "MOST", most)
    monkeypatch.setattr(fulltext, "_READ", 20)
    monkeypatch.setattr(fulltext, "_READ_FIRST", 20)
    of_all = found()
    assert of_all.hits
    monkeypatch.setattr(fulltext, "_READ_FIRST", first)
    assert found() == of_all


def test_the_sentence_of_a_later_section_is_quoted_where_the_first_has_it_in_its_heading_alone(zebras, monkeypatch):
    monkeypatch.setattr(fulltext, "MOST", 3)
    monkeypatch.setattr(fulltext, "_READ_FIRST", 8)  # down to the dosage of Bemol, before that of Cemol
    said = {hit.slug: hit.snippet for hit in found().hits}
    assert said["cemol"] == "How to take it: Zebras are fine."
    assert said["aamol"] == "What it is used for: Against zebras."


def test_no_more_is_read_where_the_first_are_of_more_leaflets_than_are_looked_at(db, monkeypatch):
    for number in range(4):
        make_published(make_leaflet(f"Medol {number}", sections=tuple(sections(BODIES["Bemol"]))))
    monkeypatch.setattr(fulltext, "MOST", 2)
    monkeypatch.setattr(fulltext, "_READ_FIRST", 3)
    asked = []
    monkeypatch.setattr(fulltext, "passages_with", lambda *a, **o: asked.append(o) or passages_with(*a, **o))
    found()
    asked.clear()
    with CaptureQueriesContext(connection) as queries:
        (first, second) = found().hits
    assert (first.snippet, second.snippet) == ("How to take it: Not with zebras.",) * 2
    assert (asked, len(queries)) == ([{"most": 3}], 3)


def test_several_words_are_read_at_once(zebras, monkeypatch):
    asked = []
    monkeypatch.setattr(fulltext, "passages_with", lambda *a, **o: asked.append(o) or passages_with(*a, **o))
    found("zebras told")
    assert asked == [{"most": fulltext._READ}]


def test_what_is_behind_a_passage_is_what_was_not_read_before_it(zebras):
    whole = passages_with([{"zebras"}], most=50)
    assert len(whole) > 10
    for place, passage in enumerate(whole):
        assert passages_with([{"zebras"}], most=3, behind=passage) == whole[place + 1 : place + 4]
