"""Look-ups of pages that are asked for all the time: their SQL is made once.

Django makes the SQL of a query anew each time, and for a page of three look-ups that takes several times as long as the
database takes to answer them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from django.db import connection
from django.db.models import Field, Model, QuerySet, Value
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler


class Given(Value):
    """Stands in a query for what each look-up gives under this name; ``field`` says what it is to the database."""

    def __init__(self, name: str, field: Field):
        super().__init__(name, output_field=field)

    def as_sql(self, compiler: SQLCompiler, connection: object) -> tuple[str, list]:
        return "%s", [self]


def several(name: str, field: Field, most: int) -> list[Given]:
    """For ``column__in``: room for so many values, which each look-up gives by `as_several`."""
    return [Given(f"{name}_{place}", field) for place in range(most)]


def as_several(name: str, values: Collection[object], most: int) -> dict[str, object]:
    """What is given to a look-up that was made with `several`. Raises ValueError for more values than there is room."""
    if len(values) > most:
        raise ValueError(f"{len(values)} values, and room for {most}")
    filled = [*values, *[None] * (most - len(values))]  # NULL is in no list
    return {f"{name}_{place}": value for place, value in enumerate(filled)}


@dataclass(frozen=True)
class _Statement:
    sql: str
    params: tuple
    compiler: SQLCompiler
    converters: dict


class Prepared:
    """The rows of ``make()``, a QuerySet in which `Given` stands for what differs each time.

    ``rows`` of a ``values_list``, ``things`` of models with what ``select_related`` and ``annotate`` add to them. What
    is a query of its own to Django (``prefetch_related``) is left out.
    """

    def __init__(self, make: Callable[[], QuerySet]):
        self._make = make
        self._statements: dict[str, _Statement] = {}  # one for each kind of database

    def rows(self, **given: object) -> Iterator[list]:
        """Each row's values as Python has them, with ``given`` by name; one query."""
        statement = self._statement()
        found = _executed(statement, given)
        return statement.compiler.apply_converters(found, statement.converters)

    def things(self, **given: object) -> list[Model]:
        """As the QuerySet would have them; one query."""
        statement, database = self._statement(), connection.alias
        compiler, columns = statement.compiler, statement.compiler.klass_info["select_fields"]
        first, end = columns[0], columns[-1] + 1
        names = [column[0].target.attname for column in compiler.select[first:end]]
        related = get_related_populators(compiler.klass_info, compiler.select, database)
        found = []
        for row in self.rows(**given):
            thing = compiler.klass_info["model"].from_db(database, names, row[first:end])
            for populator in related:
                populator.populate(row, thing)
            for name, place in compiler.annotation_col_map.items():
                setattr(thing, name, row[place])
            found.append(thing)
        return found

    def thing(self, **given: object) -> Model | None:
        """The first of them, None if there is none. All rows are fetched: ``make`` should ask for one only."""
        return next(iter(self.things(**given)), None)

    def count(self, **given: object) -> int:
        """How many there are; one query, which reads none of them."""
        statement = self._statement()
        counting = replace(statement, sql=f"SELECT COUNT(*) FROM ({statement.sql}) counted")  # noqa: S608 - Django's SQL
        return _executed(counting, given)[0][0]

    def _statement(self) -> _Statement:
        return self._statements.get(connection.vendor) or self._prepare()

    def _prepare(self) -> _Statement:
        compiler = self._make().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        statement = self._statements[connection.vendor] = _Statement(sql, tuple(params), compiler, converters)
        return statement


def _executed(statement: _Statement, given: dict[str, object]) -> list[tuple]:
    params = [
        param.output_field.get_db_prep_value(given[param.value], connection) if isinstance(param, Given) else param
        for param in statement.params
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, params)
        return cursor.fetchall()


def instance(model: type[Model], names: tuple[str, ...], values: Iterable[object]) -> Model:
    """A row of which only the columns ``names`` were looked up; Django asks for another where one is used."""
    columns, places = _in_order_of(model, names)
    values = list(values)
    return model.from_db(connection.alias, columns, [values[place] for place in places])


@cache
def _in_order_of(model: type[Model], names: tuple[str, ...]) -> tuple[list[str], list[int]]:
    """The names as the model has its fields, which `from_db` goes by, and where each stands in ``names``."""
    columns = [field.attname for field in model._meta.concrete_fields if field.attname in names]
    return columns, [names.index(column) for column in columns]
