"""The index of names of a process follows the names, and asks for little."""

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from monographs.medicines.actions import add_medicine, add_names
from monographs.medicines.importing import import_names
from monographs.medicines.models import Medicine
from monographs.prepared import Prepared
from monographs.publication.actions import withdraw
from monographs.search.columns.numbers import Numbers
from monographs.search.index import kept as index
from monographs.search.index.kept import the_index
from monographs.search.index.known import Medicines
from monographs.search.index.name_index import NameIndex
from monographs.search.named.names import answer
from monographs.search.named.suggestions import suggest
from tests.makers import make_medicine, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db


def test_every_verb_on_names_is_seen(client):
    medicine = add_medicine("Testamol", by=None)
    assert the_index().exact("testamol")
    add_names(medicine, by=None, names=(("Testabrand", "brand"),))
    assert the_index().exact("testabrand")
    list(import_names(b"medicine,name,kind\nTestamol,Imported,brand\n", by=None))
    assert the_index().exact("imported")
    client.force_login(make_person("root", is_superuser=True))
    row = medicine.names.get(name="Imported")
    inlines = ("class_words", "names", "codes")
    rows = {f"{rows}-{count}_FORMS": 0 for rows in inlines for count in ("TOTAL", "INITIAL")}
    changed = {"id": row.pk, "medicine": medicine.pk, "name": "Renamed", "kind": "brand"}
    rows |= {"names-TOTAL_FORMS": 1, "names-INITIAL_FORMS": 1, **{f"names-0-{key}": changed[key] for key in changed}}
    address = reverse("admin:monographs_medicine_change", args=[medicine.pk])
    opened = client.get(address).context["adminform"].form
    hidden = {field.html_name: field.value() for field in opened.hidden_fields()}
    client.post(address, {"name": "Testamol", "drug_class": "", "atc_code": "", **hidden, **rows})
    assert the_index().exact("renamed")
    assert not the_index().exact("imported")
    client.post(reverse("admin:monographs_medicine_delete", args=[medicine.pk]), {"post": "yes"})
    assert not Medicine.objects.exists()
    assert not the_index().exact("testamol")


def test_it_is_looked_up_at_most_once_a_second(monkeypatch, django_assert_num_queries):
    make_medicine("Testamol")
    the_index()
    monkeypatch.setattr(index, "LOOK_EVERY", 3600)
    with django_assert_num_queries(0):
        assert the_index().exact("testamol")
        assert answer("tetsamol", timezone.now()).found
    monkeypatch.setattr(index, "LOOK_EVERY", 0)
    with django_assert_num_queries(2):  # the stamp of the names, and new publications
        the_index()


def test_nothing_is_made_anew_while_names_stand(priya):
    publication = make_published(medicine="Testamol")
    first = the_index()
    withdraw(publication.leaflet, by=priya, notice="We check it.", why="An error.")
    assert the_index() is first
    make_medicine("Otheramol")
    assert the_index() is not first


def test_while_the_database_is_away_nobody_waits_and_afterwards_it_is_looked_up_again(monkeypatch):
    def away():
        raise OperationalError("away")

    monkeypatch.setattr(index, "LOOK_EVERY", 0)
    make_medicine("Testamol")
    assert the_index().exact("testamol")
    with monkeypatch.context() as patch:
        patch.setattr(index, "stamp_and_mark", away)
        for _reader in range(2):
            with pytest.raises(OperationalError):
                the_index()
            assert not index._kept.lock.locked()
        assert index._kept.index.exact("testamol")  # not half of another
    make_medicine("Otheramol")
    assert the_index().exact("otheramol")


def test_while_one_reader_looks_the_others_go_on_with_what_is_there(monkeypatch, django_assert_num_queries):
    make_medicine("Testamol")
    known = the_index()
    monkeypatch.setattr(index, "LOOK_EVERY", 0)
    with index._kept.lock, django_assert_num_queries(0):
        assert the_index() is known


def test_an_empty_index_answers():
    empty = NameIndex({}, ())
    assert (empty.exact("a"), list(empty.beginning("a")), list(empty.inside("a")), empty.near("abcdef")) == (
        [],
        [],
        [],
        [],
    )
    assert answer("testamol", timezone.now()).found == ()
    assert suggest("t", timezone.now()) == []


def test_medicines_are_known_by_their_numbers():
    rows = [(3, "Baclofen", "muscle relaxants"), (7, "", ""), (2**40, "żółw", "muscle relaxants")]
    medicines = Medicines(iter(rows))
    assert dict(medicines) == {number: (name, drug_class) for number, name, drug_class in rows}
    assert (medicines[3].name, medicines[3].drug_class) == ("Baclofen", "muscle relaxants")
    assert [number for number in (2, 4, 2**41) if number in medicines] == []
    assert len(Medicines(())) == 0


def test_what_is_known_of_publications_is_read_in_parts(monkeypatch, django_assert_num_queries):
    numbers = [make_published(medicine=f"Testamol {letter}").leaflet.medicine_id for letter in "abc"]
    the_index()
    unpublished = make_medicine("Otheramol").pk
    kept = index._kept
    with monkeypatch.context() as patch:
        patch.setattr(kept, "published", Numbers())
        patch.setattr(kept, "last_publication", 0)
        patch.setattr(index, "_ROWS", 2)
        patch.setattr(index, "_published_since", Prepared(index._published))
        with django_assert_num_queries(2):
            kept.follow_publications()
        assert [number in kept.published for number in (*numbers, unpublished)] == [True, True, True, False]
