"""How a column begins, asked so that its index finds it, on either database.

Django asks with LIKE. SQLite takes no index for a LIKE that names its ESCAPE, and PostgreSQL takes the one that it has
for beginnings (Django makes it for each CharField with an index) but reads nothing from it in an order of its own: all
that begins so is sorted for the first of it.
"""

from django.db.models import F
from django.db.models.expressions import OrderBy
from django.db.models.lookups import StartsWith

_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)  # no signs: no text has them


class Begins(StartsWith):
    """Whether a column begins so, capitals told apart: ``filter(Begins("folded", "bac"))``."""

    def __init__(self, column: str, beginning: str):
        super().__init__(F(column), beginning)

    def as_sqlite(self, compiler, connection) -> tuple[str, list[object]]:
        """As a range of the column's own order, which is that of code points."""
        column, params = self.process_lhs(compiler, connection)
        behind = first_behind(self.rhs)
        if behind is None:
            return f"{column} >= %s", [*params, self.rhs]
        return f"({column} >= %s AND {column} < %s)", [*params, self.rhs, *params, behind]


class InOrder(OrderBy):
    """By a column in the order of code points, which is that of the index that finds beginnings."""

    def __init__(self, column: str):
        super().__init__(F(column))

    def as_postgresql(self, compiler, connection) -> tuple[str, tuple]:
        # Django's compiler looks for the word ASC in each ordering, to tell which are the same.
        return self.as_sql(compiler, connection, template="%(expression)s USING ~<~ /* ASC */")


def first_behind(beginning: str) -> str | None:
    """The first text, in the order of code points, behind all that begin so; None where nothing is behind them."""
    kept = beginning.rstrip(chr(_LAST))
    if not kept:
        return None
    following = ord(kept[-1]) + 1
    return kept[:-1] + chr(_SURROGATES.stop if following in _SURROGATES else following)
