"""Entries of the ledger that are taken away, moved or forged behind the application's back are found."""

import pytest
from django.core.management import CommandError
from django.db import connection

from monographs.audit.models import Entry
from monographs.audit.record import record
from monographs.audit.verify import Altered, Head, check_ledger
from monographs.publication.models import Publication
from tests.operations.verify.asked import problem_found, verify

pytestmark = pytest.mark.django_db


def test_an_entry_taken_from_the_middle_is_found(history, behind_the_back):
    with behind_the_back():
        Entry.objects.filter(position=5).delete()
    assert problem_found() == "monographs_entry, row 5: this entry is missing."


def test_the_newest_entry_taken_away_is_found(history, behind_the_back):
    end = Entry.objects.order_by("position").last()
    with behind_the_back():
        Entry.objects.filter(pk=end.pk).delete()
    sentence = problem_found()
    if connection.vendor == "sqlite":
        assert sentence == f"monographs_entry, row {end.position}: this entry is missing from the end."
    else:
        publication = Publication.objects.order_by("pk").last()
        assert sentence == f"monographs_publication, row {publication.pk}: the ledger says nothing of it."


def test_entries_taken_from_the_end_are_found_by_an_end_that_was_written_down(history, behind_the_back):
    end = Entry.objects.order_by("position").last()
    with behind_the_back():
        Entry.objects.filter(pk=end.pk).delete()
    with pytest.raises(Altered) as error:
        list(check_ledger(Head(end.position, end.hash)))
    assert (error.value.table, error.value.number) == ("monographs_entry", end.position)


def test_a_ledger_written_anew_is_found_by_an_end_that_was_written_down(history):
    head = Head(3, "0" * 64)
    with pytest.raises(CommandError, match=r"monographs_entry, row 3: it had the hash 0000"):
        verify("--head", str(head))


def forge_end(**columns) -> None:
    """The newest entry about a publication rewritten, and every hash from there on made anew."""
    forged = Entry.objects.filter(verb="leaflet.published").order_by("position").last()
    Entry.objects.filter(pk=forged.pk).update(**columns)
    previous = forged.previous_hash
    for entry in Entry.objects.filter(position__gte=forged.position).order_by("position"):
        entry.previous_hash = previous
        entry.hash = previous = entry.computed_hash()
        entry.save()


@pytest.mark.parametrize(
    "columns",
    [
        {"data": "no JSON"},
        {"data": "[]"},
        {"data": "{}"},
        {"data": '{"page":"0"}'},
        {"about": "publication/x"},
        {"subject": "leaflet/x"},
        {"verb": "leaflet.release-cancelled", "about": "nothing"},
    ],
)
def test_an_end_of_the_ledger_that_was_forged_with_its_hashes_is_told_in_a_sentence(history, behind_the_back, columns):
    with behind_the_back():
        forge_end(**columns)
    list(check_ledger())  # the chain itself holds
    assert problem_found()


def test_two_entries_that_changed_places_are_found(history, behind_the_back):
    first, second = Entry.objects.filter(position__in=(4, 5)).order_by("position")
    with behind_the_back():
        for entry, position in ((first, 999), (second, 4), (first, 5)):
            Entry.objects.filter(pk=entry.pk).update(position=position)
    assert problem_found().startswith("monographs_entry, row 4: ")


def test_the_ledger_is_read_in_pieces_and_few_queries(history, ana, django_assert_num_queries):
    for _number in range(50):
        record("test.entry", by=ana, about=history)
    expected = 2 if connection.vendor == "sqlite" else 1
    with django_assert_num_queries(expected):
        heads = list(check_ledger())
    assert heads[-1].position == Entry.objects.count() == len(heads)
