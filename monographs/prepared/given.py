"""What stands in SQL that is made once for what is given each time, and what the database takes for it."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
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
    OneToOneField,
    PositiveSmallIntegerField,
    SlugField,
    SmallIntegerField,
    TextField,
    Value,
)
from django.db.models.sql.compiler import SQLCompiler


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


def database_of_thread() -> BaseDatabaseWrapper:
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
ASK = object()  # in place of a value: the field must say what the database takes


class Column(NamedTuple):
    """A field, and what can be said of all its values beforehand: ``attname``, where they are what the thing has under
    it ("" where the field must be asked); the types that the database takes ``as_they_are``; ``moment``: what a moment
    in UTC is to the database, if that can be said."""

    field: Field
    attname: str
    as_they_are: frozenset[type]
    moment: Callable[[dt.datetime], object] | None

    @classmethod
    def of(cls, field: Field, database: BaseDatabaseWrapper, *, is_in_json: bool = False) -> "Column":
        own, plain = type(field), field.target_field if type(field) in (ForeignKey, OneToOneField) else field
        is_plain_moment = own is DateTimeField and not (field.auto_now or field.auto_now_add)
        has_own_way = own.pre_save is not Field.pre_save and not is_plain_moment
        as_they_are = _IN_JSON if is_in_json else _AS_THEY_ARE[database.vendor]
        kinds = frozenset(kind for kind, fields in as_they_are if type(plain) in fields)
        is_moment = own is DateTimeField and database.timezone is dt.UTC
        moment = _MOMENTS[database.vendor] if is_moment else None
        return cls(field, "" if has_own_way else getattr(field, "attname", ""), kinds, moment)

    def simply(self, value: object) -> object:
        """What the database takes for this value, where that is plain; `ASK` where its field must say."""
        kind = type(value)
        if kind in self.as_they_are:
            return value
        is_plain = self.moment and kind is dt.datetime and value.tzinfo is dt.UTC
        return self.moment(value) if is_plain else ASK


@dataclass(frozen=True)
class _Asked:
    """A `Given` of a statement that is made."""

    name: str
    column: Column


def known(params: Iterable[object], database: BaseDatabaseWrapper) -> tuple:
    """The parameters of a statement, with what is known beforehand of what will be given."""
    return tuple(
        _Asked(param.value, Column.of(param.output_field, database)) if isinstance(param, Given) else param
        for param in params
    )


def values_of(params: Iterable[object], given: dict[str, object], database: BaseDatabaseWrapper) -> list[object]:
    """The parameters of a statement, with what is given in the place of each `Given`."""
    values = []
    for param in params:
        if type(param) is _Asked:
            value, column = given[param.name], param.column
            if (param := column.simply(value)) is ASK:
                param = column.field.get_db_prep_value(value, database)
        values.append(param)
    return values
