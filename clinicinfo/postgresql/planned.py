"""SQL that is the same each time: what the server keeps already is asked for by its name.

psycopg reads a statement, counts it, looks for its name and learns anew how to write and read each type, all in Python,
and Django looks at it before: together that takes as long as a small question and its answer. So what psycopg has
prepared is sent from here. When a statement is prepared, what it is called and when it is forgotten stays psycopg's
(`psycopg._preparing`, which is undocumented: where a release names that otherwise, the tests say so).
"""

from collections.abc import Sequence
from typing import Self

from django.db.backends.postgresql import base
from psycopg.abc import PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.generators import execute
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

from clinicinfo.answers import Answer

_MOST_SPELT = 1_000  # statements of a connection: more than are the same each time


class PlannedCursor(base.ServerBindingCursor):
    """Kept with its connection: to make one takes a third as long as to ask a small question with it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._spelt: dict[str, bytes] = {}  # statements as Django writes them → as the server was told them
        self._values = Transformer(self)  # knows after the first time how each type is written and read

    def close(self) -> None:
        """Nothing to do: the connection's end is its own."""

    def execute(self, query: str, params: Sequence[object] | None = None) -> Self:
        super().execute(query, params)
        if self._query and len(self._spelt) < _MOST_SPELT:  # psycopg sets it where nothing is kept yet
            self._spelt[query] = self._query.query
        return self

    def ask_by_name(self, query: str, values: Sequence[object]) -> Answer | None:
        """None, and nothing was asked, where the server does not keep this statement for values of these types, or
        psycopg has to begin a transaction first."""
        spelt, connection = self._spelt.get(query), self._conn
        if spelt is None or connection._pipeline:
            return None
        if not connection.autocommit and connection.pgconn.transaction_status == TransactionStatus.IDLE:
            return None
        dumped = self._values.dump_sequence(values, [PyFormat.AUTO] * len(values)) if values else None
        key = (spelt, self._values.types or () if values else ())
        with connection.lock:
            if (name := connection._prepared._names.get(key)) is None:
                return None
            connection._prepared._names.move_to_end(key)  # what was asked for least lately is forgotten first
            results = connection.wait(self._sent(name, dumped, self._values.formats if values else None))
        self._check_results(results)
        [result] = results
        if result.status != ExecStatus.TUPLES_OK:
            return Answer([], result.command_tuples or 0)
        self._values.set_pgresult(result)
        return Answer(self._values.load_rows(0, result.ntuples, tuple), result.ntuples)

    def _sent(
        self, name: bytes, dumped: Sequence[object] | None, formats: Sequence[int] | None
    ) -> PQGen[list[PGresult]]:
        """Sends where the connection waits: one that does not wait has sent nothing (`patience.Silent`)."""
        self._pgconn.send_query_prepared(name, dumped, formats)
        return (yield from execute(self._pgconn))
