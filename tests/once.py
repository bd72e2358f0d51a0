"""Which tests are run on every database, and which once.

The suite is run on SQLite and on PostgreSQL. A test that may not touch a database (pytest-django holds it to that)
cannot differ between the two, and what a browser draws is the same above both: these are run with SQLite alone. A
browser test that is to meet PostgreSQL as well is marked ``every_database``; one of several values that no database is
asked about, or that is a word like any other to it, is marked ``once``.
"""

import pytest

# Whoever asks pytest-django for a database asks for one of these in the end.
_DATABASE = {"db", "transactional_db"}


def is_run_once(item: pytest.Item) -> bool:
    """Whether this test says the same on every database."""
    if item.get_closest_marker("every_database"):
        return False
    meets_a_database = item.get_closest_marker("django_db") or _DATABASE & set(getattr(item, "fixturenames", ()))
    is_marked = item.get_closest_marker("browser") or item.get_closest_marker("once")
    return bool(is_marked or not meets_a_database)
