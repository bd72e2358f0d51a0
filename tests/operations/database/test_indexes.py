"""Each index costs every row that is written, so there is none that another one can stand in for."""

from importlib import import_module
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from django.apps import apps
from django.db import connection

from tests.operations.database.test_migrating import triggers_about

pytestmark = pytest.mark.django_db

# What is asked how it begins (`monographs.beginnings`). Whoever adds another field with letters and an index drops the
# index that Django makes for LIKE in the same migration (`0053_indexes_that_nothing_needs`), or asks it with `Begins`.
ASKED_FOR_BEGINNINGS = {
    ("monographs_leaflet", "slug"), ("monographs_letter", "key"), ("monographs_medicine", "atc_code"),
    ("monographs_medicinename", "folded"), ("monographs_standing", "folded"),
}  # fmt: skip


class Index(NamedTuple):
    name: str
    table: str
    is_unique: bool
    where: str
    columns: tuple[tuple[str, bool], ...]  # with whether it goes downwards
    is_for_like: bool = False

    def begins(self, other: "Index") -> bool:
        """Whether ``other`` finds all that this one finds, read from either of its ends."""
        first = other.columns[: len(self.columns)]
        backwards = tuple((column, not is_down) for column, is_down in first)
        return self.name != other.name and self.table == other.table and self.columns in (first, backwards)


_POSTGRESQL = """
SELECT i.relname, t.relname, x.indisunique, coalesce(pg_get_expr(x.indpred, x.indrelid), ''),
    array(SELECT pg_get_indexdef(x.indexrelid, k, true) FROM generate_series(1, x.indnkeyatts) k),
    array(SELECT x.indoption[k - 1] & 1 = 1 FROM generate_series(1, x.indnkeyatts) k),
    EXISTS (SELECT FROM pg_opclass c WHERE c.oid = ANY(x.indclass) AND c.opcname LIKE '%pattern_ops')
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
JOIN pg_am a ON a.oid = i.relam AND a.amname = 'btree'
"""
_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s"


def indexes() -> list[Index]:
    """Those of our own tables; Django's between two models are as Django makes them."""
    tables = {model._meta.db_table for model in apps.get_app_config("monographs").get_models()}
    ask = _of_postgresql if connection.vendor == "postgresql" else _of_sqlite
    return [index for index in ask(tables) if index.table in tables]


def _of_postgresql(_tables):
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL)
        for name, table, is_unique, where, columns, downwards, is_for_like in cursor.fetchall():
            yield Index(name, table, is_unique, where, tuple(zip(columns, downwards, strict=True)), is_for_like)


def _of_sqlite(tables):
    with connection.cursor() as cursor:
        for table in sorted(tables):
            said = dict(cursor.execute(_SQLITE, [table]).fetchall())
            for _number, name, is_unique, _origin, _partial in cursor.execute(f"PRAGMA index_list({table})").fetchall():
                columns = cursor.execute(f"PRAGMA index_xinfo({name})").fetchall()
                where = (said[name] or "").partition(" WHERE ")[2]
                keys = tuple((column or name, bool(down)) for _n, _c, column, down, _o, is_key in columns if is_key)
                yield Index(name, table, bool(is_unique), where, keys)


def needless() -> set[str]:
    """Names of indexes that are the beginning of another one with the same rows. What is unique is a rule."""
    found = [index for index in indexes() if not index.is_for_like]
    return {
        index.name
        for index in found
        if not index.is_unique and any(index.begins(other) and index.where == other.where for other in found)
    }


def test_no_index_is_the_beginning_of_another():
    assert needless() == set()


@pytest.mark.parametrize(
    "columns", ["leaflet_id", "leaflet_id DESC", "leaflet_id, number", "leaflet_id DESC, number DESC"]
)
def test_one_that_is_would_be_noticed(columns):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX one_more ON monographs_revision ({columns})")
    assert needless() == {"one_more"}


@pytest.mark.parametrize("columns", ["number", "leaflet_id, number DESC", "leaflet_id) WHERE (number > 1"])
def test_one_that_finds_more_is_none(columns):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX one_more ON monographs_revision ({columns})")
    assert needless() == set()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no indexes for LIKE beside the others")
def test_there_is_an_index_for_like_only_where_beginnings_are_asked():
    assert {(index.table, *dict(index.columns)) for index in indexes() if index.is_for_like} == ASKED_FOR_BEGINNINGS


def everything() -> tuple[set[Index], set[str]]:
    triggers = triggers_about("monographs_") if connection.vendor == "sqlite" else set()
    return set(indexes()), triggers


def test_those_that_went_come_back_on_the_way_back_and_go_again():
    migration = import_module("monographs.migrations.0053_indexes_that_nothing_needs")
    before = everything()
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        migration.DropNeedless().database_backwards("monographs", editor, None, None)
        there = everything()
        wanted = {*migration.NEEDLESS, *migration.ONLY_HERE}
        wanted |= set(migration.FOR_LIKE) if connection.vendor == "postgresql" else set()
        assert {index.name for index in there[0] - before[0]} == wanted
        migration.DropNeedless().database_forwards("monographs", editor, None, None)
    assert everything() == before
    assert there[1] == before[1]
