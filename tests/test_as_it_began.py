"""What is put back after a test with transactions of its own is the database that the first test found."""

import pytest
from django.db import connection

from monographs.audit.models import Entry
from tests.as_it_began import rows_of_all
from tests.makers import make_published
from tests.operations.verify.asked import verify


@pytest.mark.django_db(transaction=True)
def test_the_record_is_whole_and_every_row_is_as_it_was(django_db_setup):
    before = rows_of_all(connection)
    make_published()
    assert rows_of_all(connection) != before
    django_db_setup()
    assert rows_of_all(connection) == before
    assert f"{Entry.objects.count()} ledger entries" in verify()
