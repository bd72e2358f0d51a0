"""Look-ups that are asked for all the time: their SQL is made once.

Django makes the SQL of a query anew each time, and for a page of three look-ups that takes several times as long as the
database takes to answer them. What PostgreSQL keeps of a statement is `clinicinfo.postgresql`'s.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    DateTimeField,
    EmailField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    OneToOneField,
    PositiveSmallIntegerField,
    QuerySet,
    SlugField,
    SmallIntegerField,
    TextField,
    Value,
)
from django.db.models.base import ModelState
from django.db.models.constants import OnConflict
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.subqueries import DeleteQuery, InsertQuery, UpdateQuery


class Given(Value):
    """Stands in a query for what each look-up gives under this name; ``field`` says what it is to the database."""

    def __init__(self, name: str, field: Field):
        super().__init__(name, output_field=field)

    def as_sql(self, compiler: SQLCompiler, connection: object) -> tuple[str, list]:
        return "%s", [self]


class Fixed(Value):
    """A whole number that stands in the SQL itself: what is planned once is planned for it."""

    def as_sql(self, compiler: SQLCompiler, connection: object) -> tuple[str, list]:
        return str(int(self.value)), []


@dataclass(frozen=True)
class _Statement:
    sql: str
    params: tuple
    compiler: SQLCompiler
    converters: dict

    @cached_property
    def models(self) -> tuple[int, int, list[str], list[RelatedPopulator]]:
        """Where the columns of the model itself begin and end, their names, and what makes those beside it."""
        info, select = self.compiler.klass_info, self.compiler.select
        first, end = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column[0].target.attname for column in select[first:end]]
        return first, end, names, get_related_populators(info, select, DEFAULT_DB_ALIAS)


def _database() -> BaseDatabaseWrapper:
    """This thread's connection, for one statement: through ``django.db.connection`` each attribute is looked up anew.
    What is kept for all threads is made with that one, all the same."""
    return connections[DEFAULT_DB_ALIAS]


_TEXTS = frozenset([CharField, TextField, EmailField, SlugField])  # these alone: what is made of others may differ
_NUMBERS = frozenset([BigAutoField, BigIntegerField, IntegerField, SmallIntegerField, PositiveSmallIntegerField])
_OF_BOTH = ((str, _TEXTS), (bool, frozenset([BooleanField])))
_AS_THEY_ARE = {
    "postgresql": _OF_BOTH,
    "sqlite": (*_OF_BOTH, (int, _NUMBERS)),  # psycopg is told how large a number may be
}
_IN_JSON = (*_OF_BOTH, (int, _NUMBERS), (list, frozenset([JSONField])))
_MOMENTS = {"postgresql": lambda moment: moment, "sqlite": lambda moment: str(moment.replace(tzinfo=None))}
_ASK = object()  # in place of a value: the field must say what the database takes


class _Column(NamedTuple):
    """A field, and what can be said of all its values beforehand: ``attname``, where they are what the thing has under
    it ("" where the field must be asked); the types that the database takes ``as_they_are``; ``moment``: what a moment
    in UTC is to the database, if that can be said."""

    field: Field
    attname: str
    as_they_are: frozenset[type]
    moment: Callable[[dt.datetime], object] | None

    @classmethod
    def of(cls, field: Field, database: BaseDatabaseWrapper, *, is_in_json: bool = False) -> "_Column":
        own, plain = type(field), field.target_field if type(field) in (ForeignKey, OneToOneField) else field
        is_plain_moment = own is DateTimeField and not (field.auto_now or field.auto_now_add)
        has_own_way = own.pre_save is not Field.pre_save and not is_plain_moment
        as_they_are = _IN_JSON if is_in_json else _AS_THEY_ARE[database.vendor]
        kinds = frozenset(kind for kind, fields in as_they_are if type(plain) in fields)
        is_moment = own is DateTimeField and database.timezone is dt.UTC
        moment = _MOMENTS[database.vendor] if is_moment else None
        return cls(field, "" if has_own_way else getattr(field, "attname", ""), kinds, moment)

    def simply(self, value: object) -> object:
        """What the database takes for this value, where that is plain; `_ASK` where its field must say."""
        kind = type(value)
        if kind in self.as_they_are:
            return value
        is_plain = self.moment and kind is dt.datetime and value.tzinfo is dt.UTC
        return self.moment(value) if is_plain else _ASK


@dataclass(frozen=True)
class _Asked:
    """A `Given` of a statement that is made."""

    name: str
    column: _Column


def _known(params: Iterable[object], database: BaseDatabaseWrapper) -> tuple:
    """The parameters of a statement, with what is known beforehand of what will be given."""
    return tuple(
        _Asked(param.value, _Column.of(param.output_field, database)) if isinstance(param, Given) else param
        for param in params
    )


def _values(params: Iterable[object], given: dict[str, object], database: BaseDatabaseWrapper) -> list[object]:
    """The parameters of a statement, with what is given in the place of each `Given`."""
    values = []
    for param in params:
        if type(param) is _Asked:
            value, column = given[param.name], param.column
            if (param := column.simply(value)) is _ASK:
                param = column.field.get_db_prep_value(value, database)
        values.append(param)
    return values


def _spelled_out(sql: str, params: Iterable[object]) -> tuple[str, list]:
    """The same with all that is no `Given` in the SQL itself, for PostgreSQL.

    One plan for all values knows nothing of a parameter: neither how common the value is, nor whether an index that has
    such rows alone will do. So it is thought to cost more than one for these values, and all is planned anew each time,
    which for a look-up of several tables takes longer than to run it.
    """
    if connection.vendor != "postgresql":
        return sql, list(params)
    given = []

    def in_place(value: object) -> str:
        if isinstance(value, Given):
            given.append(value)
            return "%s"
        return connection.ops.compose_sql("%s", [value]).replace("%", "%%")

    left = iter(params)
    return re.sub("%[s%]", lambda sign: in_place(next(left)) if sign[0] == "%s" else sign[0], sql), given


class Prepared:
    """The rows of ``make()``, a QuerySet in which `Given` stands for what differs each time.

    ``rows`` of a ``values_list``, ``things`` of models with what ``select_related`` and ``annotate`` add to them. What
    is a query of its own to Django (``prefetch_related``) is left out. PostgreSQL plans it once, too, unless
    ``depends_on_values``: one plan would not do for all that may be given. ``spelled_out``: it is planned for what is
    the same each time (`_spelled_out`).
    """

    def __init__(self, make: Callable[[], QuerySet], *, depends_on_values: bool = False, spelled_out: bool = False):
        self._make, self._depends_on_values, self._spelled_out = make, depends_on_values, spelled_out
        self._statements: dict[str, _Statement] = {}  # one for each kind of database

    def rows(self, **given: object) -> Iterator[list]:
        """Each row's values as Python has them, with ``given`` by name; one query."""
        database = _database()
        statement = self._statement(database)
        rows = self._executed(statement.sql, statement.params, given, database)
        if not statement.converters:
            return map(list, rows)
        return statement.compiler.apply_converters(rows, statement.converters)

    def things(self, **given: object) -> list[Model]:
        """As the QuerySet would have them; one query."""
        statement = self._statement(_database())
        first, end, names, related = statement.models
        model, annotations = statement.compiler.klass_info["model"], statement.compiler.annotation_col_map.items()
        found = []
        for row in self.rows(**given):
            thing = model.from_db(DEFAULT_DB_ALIAS, names, row[first:end])
            for populator in related:
                populator.populate(row, thing)
            for name, place in annotations:
                setattr(thing, name, row[place])
            found.append(thing)
        return found

    def thing(self, **given: object) -> Model | None:
        """The first of them, None if there is none. All rows are fetched: ``make`` should ask for one only."""
        return next(iter(self.things(**given)), None)

    def count(self, **given: object) -> int:
        """How many there are; one query, which reads none of them."""
        database = _database()
        statement = self._statement(database)
        counting = f"SELECT COUNT(*) FROM ({statement.sql}) counted"  # noqa: S608 - Django's own SQL
        return self._executed(counting, statement.params, given, database)[0][0]

    def _executed(
        self, sql: str, params: tuple, given: dict[str, object], database: BaseDatabaseWrapper
    ) -> list[tuple]:
        values = _values(params, given, database)
        if not self._depends_on_values:
            return database.planned(sql, values).rows
        with database.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def _statement(self, database: BaseDatabaseWrapper) -> _Statement:
        return self._statements.get(database.vendor) or self._prepare()

    def _prepare(self) -> _Statement:
        compiler = self._make().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        if self._spelled_out:
            sql, params = _spelled_out(sql, params)
        converters = compiler.get_converters([column[0] for column in compiler.select])
        statement = self._statements[connection.vendor] = _Statement(
            sql, _known(params, connection), compiler, converters
        )
        return statement


class PreparedIn:
    """The same for a list of values: ``make(given)`` gets as many `Given` as stand in an ``__in``.

    One statement serves all lists of up to 1, 2, 4, 8 … values: a shorter list has its last value several times.
    """

    def __init__(self, make: Callable[[list[Given]], QuerySet], field: Field):
        self._make, self._field = make, field
        self._by_length: dict[int, Prepared] = {}

    def rows(self, values: Iterable[object], **given: object) -> Iterator[list]:
        """As `Prepared.rows`; no query for no values."""
        values = list(values)
        return self._for(len(values)).rows(**_padded(values), **given) if values else iter(())

    def things(self, values: Iterable[object], **given: object) -> list[Model]:
        """As `Prepared.things`; no query for no values."""
        values = list(values)
        return self._for(len(values)).things(**_padded(values), **given) if values else []

    def _for(self, count: int) -> Prepared:
        length = _room(count)
        return self._by_length.get(length) or self._by_length.setdefault(length, self._of(length))

    def _of(self, length: int) -> Prepared:
        return Prepared(lambda: self._make([Given(name, self._field) for name in _numbered(length)]))


def _room(count: int) -> int:
    return 1 << (count - 1).bit_length()


def _padded(values: list) -> dict[str, object]:
    length = _room(len(values))
    return dict(zip(_numbered(length), [*values, *[values[-1]] * (length - len(values))], strict=True))


@cache
def _numbered(length: int) -> Sequence[str]:
    return tuple(f"value {number}" for number in range(length))


class _PreparedWrite:
    """A statement that changes rows: what it is to the database, made once for each kind of it."""

    def __init__(self, make: Callable[[], object]):
        self._make = make
        self._statements: dict[str, tuple[str, tuple]] = {}

    def write(self, **given: object) -> int:
        """How many rows there were; one query."""
        database = _database()
        sql, params = self._statements.get(database.vendor) or self._prepare()
        return database.planned(sql, _values(params, given, database)).count

    def _prepare(self) -> tuple[str, tuple]:
        sql, params = self._query().get_compiler(connection=connection).as_sql()
        made = self._statements[connection.vendor] = sql, _known(params, connection)
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
        self._statements: dict[str, tuple[str, list[_Column]]] = {}  # one for each kind of database
        self._of_several: dict[tuple[str, int, bool], tuple[str, list[_Column]]] = {}  # by how many, and with which key

    def write(self, thing: Model) -> None:
        """Insert what is no row yet; it has its primary key then. One query."""
        database = _database()
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
        database, has_key = _database(), things[0].pk is not None
        is_one_value = database.vendor == "postgresql"
        shape = database.vendor, 0 if is_one_value else len(things), has_key
        sql, columns = self._of_several.get(shape) or self._prepare_several(database, *shape[1:])
        rows = [_kept_as(thing, columns, database) for thing in things]
        values = [_as_json(columns, rows)] if is_one_value else [value for row in rows for value in row]
        database.planned(sql, values)
        for thing in things:
            thing._state.adding, thing._state.db = False, database.alias

    def _prepare_several(self, database: BaseDatabaseWrapper, count: int, has_key: bool) -> tuple[str, list[_Column]]:
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
        columns = [_Column.of(field, database, is_in_json=not count) for field in fields]
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

    def _prepare(self) -> tuple[str, list[_Column]]:
        meta = self._model._meta
        fields = [field for field in meta.local_concrete_fields if field is not meta.pk]
        query = InsertQuery(self._model)
        query.insert_values(fields, [self._model()])
        compiler = query.get_compiler(connection=connection)
        compiler.returning_fields = [meta.pk]
        [(sql, _values_of_none)] = compiler.as_sql()
        made = self._statements[connection.vendor] = sql, [_Column.of(field, connection) for field in fields]
        return made


_OF_SEVERAL_KEPT = 20  # rows of which the statement is kept


def _as_json(columns: Sequence[_Column], rows: Iterable[list[object]]) -> str:
    """Rows as PostgreSQL's ``json_to_recordset`` reads them: of texts, numbers, moments, days, JSON and nothing."""
    names = [column.field.column for column in columns]
    return _JSON.encode([dict(zip(names, row, strict=True)) for row in rows])


def _in_json(value: object) -> object:
    """What is JSON to the database is JSON here as well; moments and days are texts."""
    return value.isoformat() if isinstance(value, dt.date) else value.obj


_JSON = json.JSONEncoder(default=_in_json, ensure_ascii=False)


def _kept_as(thing: Model, columns: Sequence[_Column], database: BaseDatabaseWrapper) -> list[object]:
    """The values of a new row as the database takes them."""
    values = []
    for column in columns:
        value = getattr(thing, column.attname) if column.attname else column.field.pre_save(thing, True)
        if value is not None and type(value) not in column.as_they_are:
            kept = column.simply(value)
            value = column.field.get_db_prep_save(value, database) if kept is _ASK else kept
        values.append(value)
    return values


def instance(model: type[Model], names: tuple[str, ...], values: Iterable[object]) -> Model:
    """A row of which only the columns ``names`` were looked up; Django asks for another where one is used.

    As ``Model.from_db`` makes it, but that no signal is sent and nothing is asked of the model's fields.
    """
    thing = model.__new__(model)
    thing.__dict__.update(zip(names, values, strict=True))
    thing._state = state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    return thing
