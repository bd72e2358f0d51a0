"""What a database answers to SQL that is the same each time; both backends give it."""

from typing import NamedTuple

from django.db.backends.utils import CursorWrapper


class Answer(NamedTuple):
    """All rows, none where the statement gives none; ``count``: how many rows it was about."""

    rows: list[tuple]
    count: int


def asked(cursor: CursorWrapper, sql: str, values: list[object]) -> Answer:
    """Ask it with this cursor."""
    with cursor:
        cursor.execute(sql, values)
        return Answer(cursor.fetchall() if cursor.description else [], cursor.rowcount)
