"""New rows written in bulk, by the shortest way that each database has; its triggers are asked for each as always."""

from collections.abc import Callable, Iterable
from operator import itemgetter

from django.core.management.color import no_style
from django.db import connection, models


def insert(rows: Iterable[models.Model]) -> None:
    """Save new rows of one model, with the numbers they have. JSON columns hold text, as the database keeps it."""
    rows = list(rows)
    if not rows:
        return
    fields = [field for field in rows[0]._meta.concrete_fields if not field.generated]
    values = map(itemgetter(*(field.attname for field in fields)), (row.__dict__ for row in rows))
    table, columns = rows[0]._meta.db_table, ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            adapted = (_adapted(row, [_adapter(field) for field in fields]) for row in values)
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", adapted)  # noqa: S608 - our own


def _adapter(field: models.Field) -> Callable[[object], object] | None:
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    return connection.ops.adapt_datefield_value if isinstance(field, models.DateField) else None


def _adapted(row: tuple, adapters: list) -> list:
    return [adapter(value) if adapter else value for value, adapter in zip(row, adapters, strict=True)]


def count_on(used: Iterable[type[models.Model]]) -> None:
    """PostgreSQL's sequences go on behind the numbers that were given out here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(used)):
            cursor.execute(statement)


def plan_once() -> None:
    """Until this transaction ends: a trigger's look-ups are planned once, not for each of a thousand rows anew."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")


def analyze() -> None:
    """Let the database count anew what its tables hold: the triggers' plans were made when these were empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def tidy() -> None:
    """What the database does by itself on a quiet night: take away what was overwritten, count what is there."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    else:
        analyze()
