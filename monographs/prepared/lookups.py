"""Look-ups that are asked for all the time: their SQL is made once, for each kind of database."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from monographs.prepared.given import Given, database_of_thread, known, values_of


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
        database = database_of_thread()
        statement = self._statement(database)
        rows = self._executed(statement.sql, statement.params, given, database)
        if not statement.converters:
            return map(list, rows)
        return statement.compiler.apply_converters(rows, statement.converters)

    def things(self, **given: object) -> list[Model]:
        """As the QuerySet would have them; one query."""
        statement = self._statement(database_of_thread())
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
        database = database_of_thread()
        statement = self._statement(database)
        counting = f"SELECT COUNT(*) FROM ({statement.sql}) counted"  # noqa: S608 - Django's own SQL
        return self._executed(counting, statement.params, given, database)[0][0]

    def _executed(
        self, sql: str, params: tuple, given: dict[str, object], database: BaseDatabaseWrapper
    ) -> list[tuple]:
        values = values_of(params, given, database)
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
            sql, known(params, connection), compiler, converters
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


def instance(model: type[Model], names: tuple[str, ...], values: Iterable[object]) -> Model:
    """A row of which only the columns ``names`` were looked up; Django asks for another where one is used.

    As ``Model.from_db`` makes it, but that no signal is sent and nothing is asked of the model's fields.
    """
    thing = model.__new__(model)
    thing.__dict__.update(zip(names, values, strict=True))
    thing._state = state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    return thing
