"""Connections to PostgreSQL that stop listening to a database that says nothing.

No limit of the server's helps where the server is silent (stopped, or behind a network that swallows everything), and
no limit of the kernel's where its host still acknowledges what it gets. So this side counts.
"""

import select
import threading
import time
from typing import Self

import psycopg
from psycopg import generators
from psycopg.abc import PQGen
from psycopg.adapt import Transformer
from psycopg.errors import (
    ConnectionFailure,
    ConnectionTimeout,
    ReadOnlySqlTransaction,
    TransactionResolutionUnknown,
)
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

ANSWER_WITHIN = 3.75  # seconds
CONNECT_WITHIN = 2  # seconds; psycopg takes no less
IDLE_IN_ACT = 60  # seconds
_ASKED_AGAIN_AFTER = 0.5  # seconds between the attempts at a database that was silent
_EARLIER = 0.35  # seconds by which the server's own limit is shorter: a long question is no silence
_ACTIVE = TransactionStatus.ACTIVE  # a question was sent, and its answer is not complete

_of_requests: float | None = None


def serve_requests(answer_within: float | None = ANSWER_WITHIN) -> None:
    """From now on this process serves requests: connections opened later have their limits. None: no limit."""
    global _of_requests  # noqa: PLW0603 - a state of the process, set once when its application is made
    _of_requests = answer_within


def limit_of_requests() -> float | None:
    """Seconds; None where this process serves no requests."""
    return _of_requests


def limits(answer_within: float) -> dict[str, str]:
    """PostgreSQL's own settings for a session that is to answer within so many seconds."""
    return {
        "statement_timeout": f"{int((answer_within - _EARLIER) * 1000)}ms",
        "idle_in_transaction_session_timeout": f"{IDLE_IN_ACT}s",
    }


class Silent(ConnectionFailure):
    """The database said nothing for as long as we wait, or is known to be silent and was not asked (08006)."""


class OutcomeUnknown(TransactionResolutionUnknown):
    """The connection ended after COMMIT was sent and before its answer: what was to be saved may be or not (08007)."""


class Silence:
    """Whether the database of this process is known to be silent. For any number of threads.

    While it is, one thread at a time asks it, twice a second at most; all others are told at once, so they don't stand
    there waiting one by one while readers of known pages wait for a thread. Any answer ends it, a refusal as well.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self.is_known = self._is_asked = False
        self._asked_again_at = 0.0

    def patience(self, usual: float) -> float:
        """Seconds to wait for the answer to a question that is asked now: as usual, or fewer in a silence.

        Raises `Silent` where it is not to be asked. Whoever asks must say `begin` or `end` afterwards.
        """
        if not self.is_known:
            return usual
        with self._lock:
            if self.is_known and (self._is_asked or time.monotonic() < self._asked_again_at):
                raise Silent("The database was silent a moment ago, so it was not asked.")
            self._is_asked = self.is_known
        return min(usual, CONNECT_WITHIN)

    def begin(self) -> None:
        """There was no answer."""
        with self._lock:
            self.is_known, self._is_asked = True, False
            self._asked_again_at = time.monotonic() + _ASKED_AGAIN_AFTER

    def end(self) -> None:
        """There was one."""
        if self.is_known:
            with self._lock:
                self.is_known = self._is_asked = False


_silence = Silence()


class PatientConnection(psycopg.Connection):
    """A connection that answers within ``answer_within`` seconds or ends. None waits for ever, as psycopg's own."""

    answer_within: float | None = None
    silence = _silence
    was_read_only = False  # it refused to write: a primary that became a standby, and another may be the primary now

    @classmethod
    def connect(
        cls, conninfo: str = "", *, answer_within: float | None = None, is_apart: bool = False, **kwargs
    ) -> Self:
        """As psycopg's. A connection that ``is_apart`` neither learns from the others' silence nor tells of its own.

        Raises `Silent` where the server says nothing within ``connect_timeout``.
        """
        if answer_within is None:
            return super().connect(conninfo, **kwargs)
        silence = Silence() if is_apart else _silence
        silence.patience(CONNECT_WITHIN)
        try:
            connection = super().connect(conninfo, **kwargs)
        except ConnectionTimeout as error:
            silence.begin()
            raise Silent(str(error)) from error
        except BaseException:
            silence.end()
            raise
        silence.end()
        connection.answer_within, connection.silence = answer_within, silence
        return connection

    def wait(self, gen, interval: float = 0.1, timeout: float | None = None):
        """Every question goes through here (psycopg's `Connection.wait`, which takes a time limit since 3.3)."""
        if self.answer_within is None or timeout is not None:
            return super().wait(gen, interval, timeout)
        patience = self.silence.patience(self.answer_within)
        try:
            answer = super().wait(gen, interval, patience)
        except BaseException as error:
            if not isinstance(error, psycopg.OperationalError) or self.pgconn.transaction_status != _ACTIVE:
                self.silence.end()
                self.was_read_only |= isinstance(error, ReadOnlySqlTransaction)
                raise  # an answer, or an end
            self.silence.begin()
            self.pgconn.finish()  # an answer that came now would be taken for that of the next question
            raise Silent(f"The database said nothing for {patience} seconds.") from error
        self.silence.end()
        return answer

    def set_autocommit(self, value: bool) -> None:
        """As psycopg's, which asks nothing, but goes the way of every question to see that nothing is under way."""
        if self.pgconn.transaction_status == TransactionStatus.IDLE and not (self._pipeline or self.silence.is_known):
            self._autocommit = bool(value)
        else:
            super().set_autocommit(value)

    def begin_with(self, *statements: str) -> list[tuple]:
        """Ask several things without values at once, each as if by itself, and before them for a transaction, if there
        is to be one and is none: psycopg asks for that apart, and waits for the answer. The rows of the last.

        What looks something up is kept by the server under a name, and planned once."""
        with self.lock:
            is_first = not self.autocommit and self.pgconn.transaction_status == TransactionStatus.IDLE
            begin = [self._get_tx_start_command()] if is_first else []
            asked = [part for statement in statements for part in self._as_asked(statement.encode())]
            result = self.wait(self._told(b"; ".join([*begin, *asked])))
        reader = Transformer(self)
        reader.set_pgresult(result)
        return reader.load_rows(0, result.ntuples, tuple)

    def _as_asked(self, statement: bytes) -> list[bytes]:
        """The statement as it is asked for where the server keeps it, before that what makes it keep it. It is one of
        those that psycopg counts, so they are forgotten together, after a ROLLBACK as well."""
        kept = self._prepared
        if kept.prepare_threshold is None or kept._to_flush or not statement.startswith(b"SELECT"):
            return [statement]
        if name := kept._names.get((statement, ())):
            kept._names.move_to_end((statement, ()))
            return [b"EXECUTE " + name]
        name = b"_pg3_%d" % kept._prepared_idx
        kept._prepared_idx += 1
        kept._names[statement, ()] = name  # also where it fails: then all are forgotten
        return [b"PREPARE " + name + b" AS " + statement, b"EXECUTE " + name]

    def _told(self, command: bytes) -> PQGen[PGresult]:
        self.pgconn.send_query(command)
        results = yield from generators.execute(self.pgconn)
        for result in results:
            if result.status == ExecStatus.FATAL_ERROR:
                raise psycopg.errors.error_from_result(result)
        return results[-1]

    def commit(self) -> None:
        """As psycopg's; `OutcomeUnknown` where the connection ended without an answer to what it had sent."""
        if self.has_ended():
            raise psycopg.OperationalError("The connection had ended, so nothing was committed.")
        try:
            super().commit()
        except psycopg.OperationalError as error:
            if self.pgconn.status != ConnStatus.BAD:
                raise  # PostgreSQL's no
            raise OutcomeUnknown("The connection ended while something was committed.") from error

    def has_ended(self) -> bool:
        """Whether the other side has hung up.

        It is not asked: a server that ends a connection says so, and one that has said nothing is taken as there. A
        look at the socket costs a hundredth of a question.
        """
        if self.closed:
            return True
        socket = select.poll()
        socket.register(self.pgconn.socket, select.POLLIN)
        if not socket.poll(0):
            return False
        try:
            self.execute("")
        except psycopg.OperationalError:
            return True
        return False
