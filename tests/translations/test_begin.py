"""A translation begins with the structure of what patients read, and none of its words."""

import json
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from monographs.audit.models import Entry
from monographs.leaflets.content import MadeFrom
from monographs.leaflets.drafts import content_of
from monographs.leaflets.models import Leaflet
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.revisions.actions import newest_revision, restore_revision, save_draft
from monographs.translations.actions import begin_translation, bring_up_to_date
from tests.makers import change_leaflet, make_leaflet, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(ana):
    return make_published().leaflet


def test_it_has_the_sections_in_order_with_their_keys_and_no_words(source, ana):
    leaflet = begin_translation(source, by=ana, language="es")
    original, content = newest_revision(source).content, newest_revision(leaflet).content
    assert (leaflet.medicine, leaflet.edition, leaflet.slug) == (source.medicine, "standard", "testamol-es")
    assert [(one.key, one.kind) for one in content.sections] == [(one.key, one.kind) for one in original.sections]
    assert {one.body for one in content.sections} == {""}
    assert content.key_facts == ()
    assert (content.sources, content.next_review_on) == (original.sources, original.next_review_on)
    assert content.made_from == MadeFrom("testamol", 1)
    assert "Cómo" in next(one.heading for one in content.sections if one.kind == "dosage")


def test_it_is_on_record_and_in_the_immutable_text(source, ana):
    leaflet = begin_translation(source, by=ana, language="es")
    entry = Entry.objects.about(leaflet).get(verb="translation.begun")
    assert (entry.by, json.loads(entry.data)) == (ana, {"source": "testamol", "revision": 1})
    stored = json.loads(newest_revision(leaflet).content_json)
    assert (stored["schema"], stored["made_from"]) == (2, {"leaflet": "testamol", "revision": 1})


def test_a_leaflet_that_is_no_translation_keeps_the_digest_that_it_always_had(source):
    stored = json.loads(newest_revision(source).content_json)
    assert stored["schema"] == 1
    assert "made_from" not in stored


def test_it_is_made_of_what_patients_read_not_of_a_draft(source, ana):
    change_leaflet(source, dosage="Take 7mg once a day.")
    leaflet = begin_translation(source, by=ana, language="es")
    assert newest_revision(leaflet).content.made_from.revision == 1


def test_nothing_begins_where_nothing_is_shown_or_a_translation_is_there(source, ana):
    with pytest.raises(Conflict, match="Publish it first"):
        begin_translation(make_leaflet("Otheramol"), by=ana, language="es")
    spanish = begin_translation(source, by=ana, language="es")
    with pytest.raises(Conflict, match="in this language"):
        begin_translation(source, by=ana, language="es")
    with pytest.raises(Conflict, match="in this language"):
        begin_translation(source, by=ana, language="en")
    with pytest.raises(Conflict, match="is a translation itself"):
        begin_translation(spanish, by=ana, language="ar")
    with pytest.raises(Unacceptable, match="not a language"):
        begin_translation(source, by=ana, language="xx")
    assert Leaflet.objects.filter(source=source).get() == spanish


def test_who_may_not_start_a_leaflet_begins_no_translation(source):
    with pytest.raises(NotAllowed):
        begin_translation(source, by=make_person("mallory"), language="es")


def test_saving_its_text_keeps_as_of_which_revision_it_is(source, ana):
    leaflet = begin_translation(source, by=ana, language="es")
    stale = Leaflet.objects.get(pk=leaflet.pk)
    make_published(change_leaflet(source, dosage="Take 7mg once a day."))
    bring_up_to_date(leaflet, to=2, by=ana)
    from_a_file = replace(content_of(leaflet), made_from=None, title="Uno")
    save_draft(stale, from_a_file, by=ana)
    assert newest_revision(leaflet).content.made_from == MadeFrom("testamol", 2)


def test_it_is_brought_up_to_date_with_a_released_revision(source, ana):
    leaflet = begin_translation(source, by=ana, language="es")
    change_leaflet(source, dosage="Take 6mg once a day.")
    with pytest.raises(Unacceptable, match="was not released"):
        bring_up_to_date(leaflet, to=2, by=ana)
    make_published(source)
    revision = bring_up_to_date(leaflet, to=2, by=ana)
    assert revision.content.made_from == MadeFrom("testamol", 2)
    entry = Entry.objects.about(leaflet).get(verb="translation.brought-up-to-date")
    assert json.loads(entry.data) == {"from": 1, "to": 2}
    with pytest.raises(Conflict, match="already"):
        bring_up_to_date(leaflet, to=2, by=ana)
    with pytest.raises(Unacceptable, match="no translation"):
        bring_up_to_date(source, to=1, by=ana)
    with pytest.raises(NotAllowed):
        bring_up_to_date(leaflet, to=1, by=make_person("mallory"))


def test_restoring_an_older_text_restores_as_of_what_it_was_made(source, ana):
    leaflet = begin_translation(source, by=ana, language="es")
    first = newest_revision(leaflet)
    make_published(change_leaflet(source, dosage="Take 7mg once a day."))
    bring_up_to_date(leaflet, to=2, by=ana)
    restore_revision(first, by=ana)
    leaflet.refresh_from_db()
    assert leaflet.source_revision == 1
    assert newest_revision(leaflet).content.made_from.revision == 1


def test_what_it_translates_is_for_good(source, ana):
    leaflet = begin_translation(source, by=ana, language="es")
    other = make_leaflet("Otheramol")
    for wrong in (other, None):
        with pytest.raises(DatabaseError, match="what it translates"), transaction.atomic():
            Leaflet.objects.filter(pk=leaflet.pk).update(source=wrong)
