"""The newest acts of one kind or person are found by their own index, however long the ledger went on since."""

import pytest
from django.db import connection

from monographs.audit.models import Entry
from monographs.audit.record import act, record
from monographs.medicines.stamp import names_stamp

pytestmark = pytest.mark.django_db
EARLY, SINCE = 30, 270  # acts of each person


@pytest.fixture
def _a_long_ledger(ana, bruno):
    @act
    def fill() -> None:
        for by, verb, count in ((ana, "medicine.added", EARLY), (bruno, "reply.received", SINCE)):
            for _number in range(count):
                record(verb, by=by, about=by)

    fill()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE monographs_entry")
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")  # of so few rows it would sort all
            cursor.execute("SET LOCAL enable_incremental_sort = off")


@pytest.mark.usefixtures("_a_long_ledger")
def test_the_newest_come_first_and_no_others(ana, bruno):
    added = list(Entry.objects.newest_where(verb="medicine.added"))
    assert added == list(Entry.objects.filter(verb="medicine.added").order_by("-position"))
    assert len(added) == EARLY
    assert {entry.by for entry in Entry.objects.newest_where(by_id=bruno.pk)} == {bruno}
    assert not Entry.objects.newest_where(verb="medicine.changed")
    before = names_stamp()
    with_another(ana)
    assert names_stamp() != before


@act
def with_another(by) -> None:
    record("medicine.added", by=by, about=by)


@pytest.mark.usefixtures("_a_long_ledger")
def test_they_are_read_by_their_own_index(ana):
    assert "entry_what" in Entry.objects.newest_where(verb="medicine.added")[:1].explain()
    assert "entry_who" in Entry.objects.newest_where(by_id=ana.pk)[:10].explain()
