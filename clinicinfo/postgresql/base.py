"""Django's backend for PostgreSQL whose connections are patient ones (`clinicinfo.postgresql.patience`)."""

from django.db.backends.postgresql import base, operations
from django.db.backends.postgresql.psycopg_any import IsolationLevel
from django.db.backends.utils import CursorWrapper

from clinicinfo.answers import Answer, asked
from clinicinfo.postgresql.patience import CONNECT_WITHIN, PatientConnection, limit_of_requests, limits
from clinicinfo.postgresql.planned import PlannedCursor


class DatabaseOperations(operations.DatabaseOperations):
    """As Django's, but that what a planned cursor asked is told with its values, where queries are captured."""

    def last_executed_query(self, cursor: base.CursorMixin, sql: str, params: object) -> str | None:
        if isinstance(cursor, base.ServerBindingCursor):
            return self.compose_sql(sql, params)
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but for five things: a silent database is left after a while, a connection that the server ended is
    found before anything is asked of it, there is no pool, there are cursors whose statements are planned once, and a
    transaction may begin with what it asks first.

    The option ``answer_within`` (seconds) is for threads beside the requests; without it requests have the limit of
    their process, and commands none.
    """

    ops_class = DatabaseOperations
    _planned: CursorWrapper | None = None

    def get_connection_params(self) -> dict[str, object]:
        """Parameters for `PatientConnection.connect`."""
        params = super().get_connection_params()
        own = params.pop("answer_within", None)
        within = own or limit_of_requests()
        if within is None:
            return params
        session = " ".join(f"-c {name}={value}" for name, value in limits(within).items())
        return {
            **params,
            "options": f"{session} {params.get('options', '')}".strip(),  # what the address says counts: it is the last
            "connect_timeout": CONNECT_WITHIN,
            "tcp_user_timeout": int(within * 1000),
            "answer_within": within,
            "is_apart": own is not None,
        }

    def get_new_connection(self, conn_params: dict[str, object]) -> PatientConnection:
        """Verbs count on READ COMMITTED and the ledger's lock, so no other level can be set."""
        self.isolation_level = IsolationLevel.READ_COMMITTED
        return PatientConnection.connect(**conn_params)

    def planned_cursor(self) -> CursorWrapper:
        """For SQL that is the same each time: from the third time on a connection the server keeps the statement, and
        its plan as well where that costs no more than one made for the values (PostgreSQL, PREPARE, "Notes"; psycopg,
        "Prepared statements"). Django's own cursors have everything planned anew, which for a small look-up takes
        several times as long as to answer it.

        A connection has one of them: what it was asked must be fetched before the next question. Django wraps it for
        that question where queries are captured, or several threads share the connection.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        if self._planned is None or self._planned.cursor.connection is not self.connection:
            self._planned = self.make_cursor(self._new_planned_cursor())
        is_plain = not (self.queries_logged or self.allow_thread_sharing)
        return self._planned if is_plain else self._prepare_cursor(self._planned.cursor)

    def _new_planned_cursor(self) -> PlannedCursor:
        usual, self.connection.cursor_factory = self.connection.cursor_factory, PlannedCursor
        try:
            with self.wrap_database_errors:
                return self.create_cursor()
        finally:
            self.connection.cursor_factory = usual

    def planned(self, sql: str, values: list[object]) -> Answer:
        """Ask SQL that is the same each time, as with a planned cursor. What the server keeps is asked for at once, but
        where somebody looks at what is asked, or a refused transaction is to be left."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        kept = self._planned.cursor if self._planned else None
        is_plain = not (
            self.queries_logged or self.execute_wrappers or self.needs_rollback or self.allow_thread_sharing
        )
        if is_plain and kept is not None and kept.connection is self.connection:
            with self.wrap_database_errors:
                answer = kept.ask_by_name(sql, values)
            if answer is not None:
                return answer
        return asked(self.planned_cursor(), sql, values)

    def begin_with(self, *statements: str) -> list[tuple] | None:
        """The rows of the last, asked behind the others, whose answers say nothing: all as the first questions of a
        transaction, on one way with the BEGIN that Django leaves to the first, if they are that. Each sees what was
        committed while the one before waited. None is given values.

        Where somebody looks at what is asked, all but the last are asked, and None told.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        if self.queries_logged or self.execute_wrappers or self.needs_rollback:
            with self.cursor() as cursor:
                cursor.execute("; ".join(statements[:-1]))
            return None
        with self.wrap_database_errors:
            return self.connection.begin_with(*statements)

    def is_usable(self) -> bool:
        """Whether the server has not hung up, nor become one to be read only; asked once a request by Django
        (``CONN_HEALTH_CHECKS``). So the request after such a refusal looks where the primary is now."""
        return self.connection is not None and not (self.connection.was_read_only or self.connection.has_ended())
