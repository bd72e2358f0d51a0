"""Rows of record can't be swept away with their table."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.makers import make_published

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_postgresql_table_of_record_cannot_be_truncated():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE.")
    make_published()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE monographs_entry")
