"""Look-ups that are asked for all the time: their SQL is made once.

Django makes the SQL of a query anew each time, and for a page of three look-ups that takes several times as long as the
database takes to answer them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.db import connection
from django.db.models import Field, Model, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler


class Given(Value):
    """Stands in a query for what each look-up gives under this name; ``field`` says what it is to the database."""

    def __init__(self, name: str, field: Field):
        super().__init__(name, output_field=field)

    def as_sql(self, compiler: SQLCompiler, connection: object) -> tuple[str, list]:
        return "%s", [self]


@dataclass(frozen=True)
class _Statement:
    sql: str
    params: tuple
    compiler: SQLCompiler
    converters: dict


class Prepared:
    """The rows of ``make()``, a QuerySet of ``values_list`` in which `Given` stands for what differs each time."""

    def __init__(self, make: Callable[[], QuerySet]):
        self._make = make
        self._statements: dict[str, _Statement] = {}  # one for each kind of database

    def rows(self, **given: object) -> Iterator[list]:
        """Each row's values as Python has them, with ``given`` by name; one query."""
        statement = self._statements.get(connection.vendor) or self._prepare()
        params = [
            param.output_field.get_db_prep_value(given[param.value], connection) if isinstance(param, Given) else param
            for param in statement.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, params)
            found = cursor.fetchall()
        return statement.compiler.apply_converters(found, statement.converters)

    def _prepare(self) -> _Statement:
        compiler = self._make().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        statement = self._statements[connection.vendor] = _Statement(sql, tuple(params), compiler, converters)
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
        if not values:
            return iter(())
        length = 1 << (len(values) - 1).bit_length()
        prepared = self._by_length.get(length) or self._by_length.setdefault(length, self._of(length))
        padded = [*values, *[values[-1]] * (length - len(values))]
        return prepared.rows(**dict(zip(_numbered(length), padded, strict=True)), **given)

    def _of(self, length: int) -> Prepared:
        return Prepared(lambda: self._make([Given(name, self._field) for name in _numbered(length)]))


@cache
def _numbered(length: int) -> Sequence[str]:
    return tuple(f"value {number}" for number in range(length))


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
