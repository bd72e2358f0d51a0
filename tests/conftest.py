"""What every test may use: the people, and a clean-up that knows of append-only tables."""

import contextlib
import functools
import gc
import itertools

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from clinicinfo.postgresql import patience
from monographs.search import missed
from monographs.search.index import kept as names_index
from tests.as_it_began import Rows, put_back, rows_of_all
from tests.once import is_run_once
from tests.people import CAST, make_person

# The same examples on every run, no files left behind, and no wall time asserted.
settings.register_profile(
    "repeatable", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")

# Importing the server's application, as some tests do, begins to read names beside: from a database that a test holds.
names_index.read_first = lambda: None

gc.disable()  # until all tests are collected: nearly all that is made until then stays


@pytest.hookimpl(trylast=True)  # after the browser tests have got their mark
def pytest_collection_modifyitems(config, items):
    """What says the same on every database is run on SQLite alone, unless asked for by a mark (``-m browser``)."""
    files = [list(group) for _path, group in itertools.groupby(items, key=lambda item: item.path)]
    items[:] = [item for tests in files for item in sorted(tests, key=_has_the_rows_of_its_file)]
    if connection.vendor == "sqlite" or config.option.markexpr:
        return
    once = [item for item in items if is_run_once(item)]
    if once:
        config.hook.pytest_deselected(items=once)
        items[:] = [item for item in items if not is_run_once(item)]


def _has_the_rows_of_its_file(item) -> bool:
    return "rows_of_the_file" in getattr(item, "fixturenames", ())


def pytest_collection_finish(session):
    """What was loaded stays to the end: looking through it again and again for garbage takes an eighth of all time."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    _let_the_database_take_its_time()  # the first connection is opened before any test, and stays


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """As pytest-django's, but after a test with transactions of its own all is put back; gives what does that."""
    with django_db_blocker.unblock():
        began = rows_of_all(connection)
        ContentType.objects.get_for_models(*apps.get_models())  # a process asks once; which test would be chance
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: _put_back(began))
        yield functools.partial(_put_back, began)


def _put_back(began: Rows) -> None:
    with _triggers_off(connection):  # they refuse to let go of what is on record
        put_back(connection, began)


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_written_beside_the_tests():
    """Importing the server's application, as some tests do, makes a thread write down searches that found nothing."""
    missed._writes_by_itself.clear()


@pytest.fixture(autouse=True)
def _database_may_take_its_time():
    _let_the_database_take_its_time()


def _let_the_database_take_its_time() -> None:
    """Importing the server's application gives each question a limit, which a busy machine may exceed."""
    patience.serve_requests(None)


@pytest.fixture(scope="session", autouse=True)
def _stragglers_do_not_keep_the_database():
    """PostgreSQL drops no database that somebody is connected to, such as the thread of a page just closed."""
    if connection.vendor != "postgresql":
        yield
        return
    creation = type(connection.creation)
    destroy = creation._destroy_test_db

    def end_sessions_and_destroy(self, name, verbosity):
        with self._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        destroy(self, name, verbosity)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(creation, "_destroy_test_db", end_sessions_and_destroy)
        yield


@contextlib.contextmanager
def _triggers_off(connection):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
        else:
            # Those of the index of passages stay: an emptied table needs an emptied index.
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE '%_words_%'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            try:
                yield
            finally:
                for _name, sql in triggers:
                    cursor.execute(sql)


@pytest.fixture(scope="module")
def rows_of_the_file(django_db_setup, django_db_blocker):
    """For fixtures of a whole file (``scope="module"``): what they write is there for each test that asks for them.

    Such tests are run after the others of their file; each undoes what it did itself, and the rest is undone after the
    last. A test gets its own copies of the objects (``copy.deepcopy``), as what it changes in memory is not undone. Not
    for a file with a test that needs real transactions: it would wait for this one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def behind_the_back():
    """A context in which rows can be changed as somebody with the database's own tools would."""
    return lambda: _triggers_off(connection)


@pytest.fixture(autouse=True)
def _names_are_read_anew(monkeypatch):
    """Each test has a database of its own, so what a process keeps in mind of names is looked up at each search."""
    monkeypatch.setattr(names_index, "LOOK_EVERY", 0)
    monkeypatch.setattr(names_index, "MOST_CHANGED", float("inf"))  # no thread reads a database that a test holds
    names_index.forget()


@pytest.fixture(autouse=True)
def _no_search_is_counted_yet():
    """What a process counted of searches that found nothing is no other test's."""
    missed._counted.take()


def _person(username):
    @pytest.fixture(name=username)
    def person(db):
        return make_person(username)

    return person


for _username in CAST:
    globals()[_username] = _person(_username)
