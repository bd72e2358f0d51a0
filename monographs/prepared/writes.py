"""Statements that change rows, made once for each kind of database."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignKey, Model
from django.db.models.base import ModelState
from django.db.models.constants import OnConflict
from django.db.models.sql import Query
from django.db.models.sql.subqueries import DeleteQuery, InsertQuery, UpdateQuery

from monographs.prepared.given import ASK, Column, database_of_thread, known, values_of


class _PreparedWrite:
    """A statement that changes rows: what it is to the database, made once for each kind of it."""

    def __init__(self, make: Callable[[], object]):
        self._make = make
        self._statements: dict[str, tuple[str, tuple]] = {}

    def write(self, **given: object) -> int:
        """How many rows there were; one query."""
        database = database_of_thread()
        sql, params = self._statements.get(database.vendor) or self._prepare()
        return database.planned(sql, values_of(params, given, database)).count

    def _prepare(self) -> tuple[str, tuple]:
        sql, params = self._query().get_compiler(connection=connection).as_sql()
        made = self._statements[connection.vendor] = sql, known(params, connection)
        return made

    def _query(self) -> Query:
        raise NotImplementedError


class PreparedUpdate(_PreparedWrite):
    """An UPDATE of the rows of ``make()``, a QuerySet of one table, and what its columns become; both may hold
    `Given`."""

    def _query(self) -> UpdateQuery:
        rows, columns = self._make()
        query = rows.query.chain(UpdateQuery)
        query.add_update_values(columns)
        query.clear_ordering(force=True)
        return query


class PreparedDelete(_PreparedWrite):
    """A DELETE of the rows of ``make()``, a QuerySet of one table to which no other points; no signal is sent."""

    def _query(self) -> DeleteQuery:
        query = self._make().query.chain(DeleteQuery)
        query.clear_ordering(force=True)
        return query


class PreparedInsert:
    """New rows of one table, each as ``save(force_insert=True)`` writes it, but that no signal is sent.

    ``or_update`` names the fields that `write_all` writes into a row that has the same primary key already.
    """

    def __init__(self, model: type[Model], *, or_update: Sequence[str] = ()):
        self._model, self._or_update = model, or_update
        self._statements: dict[str, tuple[str, list[Column]]] = {}  # one for each kind of database
        self._of_several: dict[tuple[str, int, bool], tuple[str, list[Column]]] = {}  # by how many, and with which key

    def new(self, **values: object) -> Model:
        """What is no row yet, as the model makes it of its columns and of things that they point to, but that no signal
        is sent: for an act that is done all the time that takes longer than many a question."""
        constant, made, points = self._defaults
        thing = self._model.__new__(self._model)
        thing._state, kept = ModelState(), thing.__dict__
        kept.update(constant)
        for name, make in made.items():
            kept[name] = values[name] if name in values else make()
        for name, value in values.items():
            if name in points:
                kept[points[name]] = value.pk if value else None
                thing._state.fields_cache[name] = value
            elif name in kept:
                kept[name] = value
            elif hasattr(self._model, name):
                setattr(thing, name, value)
            else:
                raise TypeError(f"{self._model.__name__} has no {name}.")
        return thing

    @cached_property
    def _defaults(self) -> tuple[dict[str, object], dict[str, Callable[[], object]], dict[str, str]]:
        """By column what a row has that is not told otherwise, the same or made each time; and of what points to
        another table the column."""
        fields = self._model._meta.concrete_fields
        made = {field.attname: field.get_default for field in fields if callable(field.default)}
        constant = {field.attname: field.get_default() for field in fields if field.attname not in made}
        return constant, made, {field.name: field.attname for field in fields if type(field) is ForeignKey}

    def write(self, thing: Model) -> None:
        """Insert what is no row yet; it has its primary key then. One query."""
        database = database_of_thread()
        sql, columns = self._statements.get(database.vendor) or self._prepare()
        values = _kept_as(thing, columns, database)
        if database.features.can_return_columns_from_insert:
            [(thing.pk,)] = database.planned(sql, values).rows
        else:
            with database.planned_cursor() as cursor:
                cursor.execute(sql, values)
                thing.pk = database.ops.last_insert_id(cursor, self._model._meta.db_table, self._model._meta.pk.column)
        thing._state.adding, thing._state.db = False, database.alias

    def write_all(self, things: Sequence[Model]) -> None:
        """Insert several, of columns as `_as_json` knows. Each has its primary key already, or none has: then the
        database gives them, and nobody is told which. One query; none for nothing."""
        if not things:
            return
        database = database_of_thread()
        database.planned(*self.statement_of(things, database))
        _are_rows(things, database)

    def statement_of(self, things: Sequence[Model], database: BaseDatabaseWrapper) -> tuple[str, list[object]]:
        """What `write_all` asks for one or more, and the values."""
        has_key, is_one_value = things[0].pk is not None, database.vendor == "postgresql" and len(things) > 1
        shape = database.vendor, 0 if is_one_value else len(things), has_key
        sql, columns = self._of_several.get(shape) or self._prepare_several(database, *shape[1:])
        rows = [_kept_as(thing, columns, database) for thing in things]
        return sql, [_as_json(columns, rows)] if is_one_value else [value for row in rows for value in row]

    def _prepare_several(self, database: BaseDatabaseWrapper, count: int, has_key: bool) -> tuple[str, list[Column]]:
        """For ``count`` rows; on PostgreSQL, where it is 0, for any: the rows are one value, so that all have one plan
        and nothing is looked for in a long statement."""
        meta, name = self._model._meta, database.ops.quote_name
        fields = [
            each for each in meta.local_concrete_fields if not each.generated and (has_key or each is not meta.pk)
        ]
        columns = ", ".join(name(field.column) for field in fields)
        if count:
            rows = "VALUES " + ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
        else:
            typed = ", ".join(f"{name(field.column)} {field.rel_db_type(database)}" for field in fields)
            rows = f"SELECT * FROM json_to_recordset(%s::json) AS rows ({typed})"  # noqa: S608 - as below
        sql = f"INSERT INTO {name(meta.db_table)} ({columns}) {rows}"  # noqa: S608 - names of our own
        columns = [Column.of(field, database, is_in_json=not count) for field in fields]
        made = sql + self._of_conflicts(fields, database), columns
        if count <= _OF_SEVERAL_KEPT:
            self._of_several[database.vendor, count, has_key] = made
        return made

    def _of_conflicts(self, fields: Sequence[Field], database: BaseDatabaseWrapper) -> str:
        if not self._or_update:
            return ""
        meta = self._model._meta
        updated = [meta.get_field(name).column for name in self._or_update]
        return " " + database.ops.on_conflict_suffix_sql(fields, OnConflict.UPDATE, updated, [meta.pk.column])

    def _prepare(self) -> tuple[str, list[Column]]:
        meta = self._model._meta
        fields = [field for field in meta.local_concrete_fields if field is not meta.pk]
        query = InsertQuery(self._model)
        query.insert_values(fields, [self._model()])
        compiler = query.get_compiler(connection=connection)
        compiler.returning_fields = [meta.pk]
        [(sql, _values_of_none)] = compiler.as_sql()
        made = self._statements[connection.vendor] = sql, [Column.of(field, connection) for field in fields]
        return made


_OF_SEVERAL_KEPT = 20  # rows of which the statement is kept


def write_together(*inserts: tuple[PreparedInsert, Sequence[Model]]) -> None:
    """New rows of several tables, those of each as `PreparedInsert.write_all` takes them; of tables that point to one
    another what is pointed to stands first, and has its key. One query on PostgreSQL, on SQLite one for each table."""
    inserts = [(insert, things) for insert, things in inserts if things]
    database = database_of_thread()
    if database.vendor != "postgresql":
        for insert, things in inserts:
            insert.write_all(things)
        return
    if not inserts:
        return
    asked = [insert.statement_of(things, database) for insert, things in inserts]
    database.planned(_in_one(*(sql for sql, _values in asked)), [value for _sql, values in asked for value in values])
    for _insert, things in inserts:
        _are_rows(things, database)


@cache
def _in_one(*statements: str) -> str:
    """PostgreSQL does all of them as one statement, whose parts do not see what the others write (its manual, "Data-
    Modifying Statements in WITH"); what points to a row is looked for when the transaction ends."""
    *first, last = statements
    named = ", ".join(f"part_{number} AS ({sql})" for number, sql in enumerate(first))
    return f"WITH {named} {last}" if first else last


def _are_rows(things: Sequence[Model], database: BaseDatabaseWrapper) -> None:
    for thing in things:
        thing._state.adding, thing._state.db = False, database.alias


def _as_json(columns: Sequence[Column], rows: Iterable[list[object]]) -> str:
    """Rows as PostgreSQL's ``json_to_recordset`` reads them: of texts, numbers, moments, days, JSON and nothing."""
    names = [column.field.column for column in columns]
    return _JSON.encode([dict(zip(names, row, strict=True)) for row in rows])


def _in_json(value: object) -> object:
    """What is JSON to the database is JSON here as well; moments and days are texts."""
    return value.isoformat() if isinstance(value, dt.date) else value.obj


_JSON = json.JSONEncoder(default=_in_json, ensure_ascii=False)


def _kept_as(thing: Model, columns: Sequence[Column], database: BaseDatabaseWrapper) -> list[object]:
    """The values of a new row as the database takes them."""
    values = []
    for column in columns:
        value = getattr(thing, column.attname) if column.attname else column.field.pre_save(thing, True)
        if value is not None and type(value) not in column.as_they_are:
            kept = column.simply(value)
            value = column.field.get_db_prep_save(value, database) if kept is ASK else kept
        values.append(value)
    return values
