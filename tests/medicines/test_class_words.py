"""A medicine's class in other languages: written with the medicine, said by drafts from then on, on record."""

import json

import pytest
from django.db import IntegrityError

from monographs.audit.models import Entry
from monographs.leaflets.drafts import content_of
from monographs.medicines.actions import add_medicine, add_names
from monographs.medicines.class_words import class_of
from monographs.medicines.models import ClassWords
from monographs.refusals import NotAllowed, Unacceptable
from monographs.revisions.actions import newest_revision
from tests.makers import make_leaflet, make_medicine

pytestmark = pytest.mark.django_db


def test_it_is_called_in_a_language_what_was_written_down_else_as_its_entry_says(django_assert_num_queries):
    medicine = make_medicine(drug_class="Painkiller", classes=[("es", "Analgésico")])
    assert class_of(medicine, "es") == ("Analgésico", "es")
    assert class_of(medicine, "pl") == ("Painkiller", "en")
    with django_assert_num_queries(0):
        assert class_of(medicine, "en") == ("Painkiller", "en")


def test_words_for_what_has_become_the_sites_own_language_are_left_aside(settings):
    medicine = make_medicine(drug_class="Analgésico", classes=[("es", "Calmante")])
    settings.LANGUAGE_CODE = "es"
    assert class_of(medicine, "es") == class_of(medicine, "pl") == ("Analgésico", "es")


def test_there_are_words_once_in_a_language():
    medicine = make_medicine(classes=[("es", "Analgésico")])
    with pytest.raises(IntegrityError):
        ClassWords.objects.create(medicine=medicine, language="es", words="Calmante")


def test_a_draft_says_them_from_now_on_and_a_revision_what_it_said():
    medicine = make_medicine(drug_class="Painkiller")
    leaflet = make_leaflet(language="es")
    old = newest_revision(leaflet)
    assert json.loads(old.content_json)["schema"] == 1  # as always, so that an upgrade changes no digest
    add_names(medicine, by=None, classes=[("es", "Analgésico")])
    said = content_of(leaflet).medicine
    assert (said.drug_class, said.class_language) == ("Analgésico", "es")
    old.refresh_from_db()
    assert (old.content.medicine.drug_class, old.content.medicine.class_language) == ("Painkiller", "")


def test_a_leaflet_in_the_sites_language_keeps_its_bytes(ana):
    plain = make_leaflet()
    before = newest_revision(plain).digest
    add_names(plain.medicine, by=ana, classes=[("es", "Analgésico")])
    assert content_of(plain) == newest_revision(plain).content
    assert newest_revision(plain).digest == before


def test_what_is_there_already_is_kept_and_only_what_is_new_recorded(ana):
    medicine = make_medicine(classes=[("es", "Analgésico")])
    entries = Entry.objects.count()
    add_names(medicine, by=ana, classes=[("es", "Calmante")])
    assert Entry.objects.count() == entries
    add_names(medicine, by=ana, classes=[("es", "Calmante"), ("pl", "Lek")])
    assert json.loads(Entry.objects.order_by("position").last().data) == {"classes": ["pl: Lek"]}
    assert set(medicine.class_words.values_list("words", flat=True)) == {"Analgésico", "Lek"}


def test_who_may_not_change_a_medicine_adds_none(bruno):
    medicine = make_medicine()
    with pytest.raises(NotAllowed):
        add_names(medicine, by=bruno, classes=[("es", "Analgésico")])
    assert not ClassWords.objects.exists()


@pytest.mark.parametrize("verb", ["add", "name"])
def test_hidden_signs_are_refused_at_every_door(verb):
    bad = [("es", "Anal\u202egésico")]
    with pytest.raises(Unacceptable, match=r"U\+202E"):
        add_names(make_medicine(), by=None, classes=bad) if verb == "name" else add_medicine("Y", by=None, classes=bad)
