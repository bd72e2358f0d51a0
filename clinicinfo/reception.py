"""A threaded worker of gunicorn's that answers `/healthz` and `/readyz` although all its threads hang, whose threads
stay with a connection that goes on, and that sends a known page as it is kept.

Requests are handed to threads as they come; when all are taken, connections wait for one, a monitor's among them. Who
watches over the site would learn that it lives only when it does not need to ask. So while connections wait, a look is
taken at the first bytes of each, and what asks for the two addresses gets a thread kept for that.
"""

import os
import select
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from gunicorn.http.message import Request
from gunicorn.workers.gthread import TConn, ThreadWorker

from clinicinfo.at_once import Known, answer_at_once

_FOR_MACHINES = 2  # threads; `/readyz` answers within 0.7 s
_LOOK_EVERY = 0.05  # seconds, while connections wait
_PEEKED = 16  # bytes; "HEAD /healthz HT"
_ADDRESSES = {b"/healthz", b"/readyz"}
_STAYS = 2  # milliseconds that a thread waits for the next request on its connection

Handle = Callable[[TConn], object]


class Job:
    """A connection to be handled, by whoever takes it first."""

    def __init__(self, handle: Handle, connection: TConn):
        self.future: Future = Future()
        self._handle, self.connection = handle, connection
        self._taken = threading.Lock()

    @property
    def is_taken(self) -> bool:
        return self._taken.locked()

    def run(self) -> None:
        """Handle it, unless somebody has taken it already."""
        if not self._taken.acquire(blocking=False):
            return
        try:
            self.future.set_result(self._handle(self.connection))
        except BaseException as error:  # gunicorn looks at it in its own thread
            self.future.set_exception(error)

    def is_of_a_machine(self) -> bool | None:
        """Whether it asks for one of the two addresses; None while it has not said what it asks for."""
        try:
            begun = self.connection.sock.recv(_PEEKED, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
        except OSError:  # closed, or handled by a thread meanwhile
            return False
        address, space, _rest = begun.partition(b" ")[2].partition(b" ")
        if not space and 0 < len(begun) < _PEEKED:
            return None  # so far a part of the address
        return bool(space) and address in _ADDRESSES


class Reception:
    """What gunicorn uses of an executor: ``threads`` for all requests, and two for machines while all are taken."""

    def __init__(self, threads: int):
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self._for_machines = ThreadPoolExecutor(_FOR_MACHINES, thread_name_prefix="machine")
        self._most, self._under_way, self._lock = threads, 0, threading.Lock()
        self._changed = threading.Condition()
        self._waiting: list[Job] = []
        self._is_closed = False
        self._watcher: threading.Thread | None = None

    def submit(self, handle: Handle, connection: TConn) -> Future:
        with self._lock:
            self._under_way += 1
            is_full = self._under_way > self._most
        if is_full:
            future = self._submit_to_whoever_is_first(handle, connection)
        else:
            future = self._threads.submit(handle, connection)
        future.add_done_callback(self._is_done)
        return future

    def has_room(self) -> bool:
        """Whether at least half of the threads are free."""
        return 2 * self._under_way <= self._most

    def _submit_to_whoever_is_first(self, handle: Handle, connection: TConn) -> Future:
        job = Job(handle, connection)
        with self._changed:
            self._waiting.append(job)
            self._watch()
        self._threads.submit(job.run)
        return job.future

    def shutdown(self, wait: bool = True) -> None:
        self._threads.shutdown(wait=wait)
        self._for_machines.shutdown(wait=wait)
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _is_done(self, _future: Future) -> None:
        with self._lock:
            self._under_way -= 1

    def _watch(self) -> None:
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._look_for_machines, name="reception", daemon=True)
            self._watcher.start()
        self._changed.notify_all()

    def _look_for_machines(self) -> None:
        pause = threading.Event()
        while waiting := self._still_waiting():
            for job in waiting:
                if (is_machine := job.is_of_a_machine()) is not None:
                    self._decide(job, is_machine=is_machine)
            pause.wait(_LOOK_EVERY)

    def _still_waiting(self) -> list[Job]:
        """Those that no thread has taken yet; waits until there are some. Empty only when the worker ends."""
        with self._changed:
            while True:
                self._waiting = [job for job in self._waiting if not job.is_taken]
                if self._waiting or self._is_closed:
                    return [] if self._is_closed else list(self._waiting)
                self._changed.wait()

    def _decide(self, job: Job, *, is_machine: bool) -> None:
        with self._changed:
            if self._is_closed:
                return
            if job in self._waiting:
                self._waiting.remove(job)
            if is_machine:
                self._for_machines.submit(job.run)


class Worker(ThreadWorker):
    """gunicorn's ``gthread`` with a `Reception`, whose threads stay with a connection that goes on.

    gunicorn hands a kept connection back to its main thread after each answer, which hands it out again when the next
    request comes: that is a third of what the server spends on a request. nginx has the next one at once when there is
    much to do, and then the same thread goes on.
    """

    known: Known | None = None  # what finds a known page, if the application has it

    def get_thread_pool(self) -> Reception:
        return Reception(self.cfg.threads)

    def load_wsgi(self) -> None:
        super().load_wsgi()
        is_plain = self.cfg.keepalive and not self.cfg.accesslog and not self.cfg.max_requests
        if is_plain and "SCRIPT_NAME" not in os.environ:
            self.known = getattr(self.wsgi, "known", None)  # gunicorn writes no log of it and does not count it

    def handle_request(self, req: Request, conn: TConn) -> bool:
        """Answer one request; whether the connection is kept."""
        if self.known and self.alive and len(self.keepalived_conns) < self.max_keepalived:
            answer = answer_at_once(self.known, req)
            if answer:
                conn.sock.sendall(answer)
                return True
        return super().handle_request(req, conn)

    def handle(self, conn: TConn) -> object:
        """All requests of the connection that follow one another at once. What gunicorn's own says of the last."""
        while True:
            kept = super().handle(conn)
            if kept is not True or not self._goes_on(conn):
                return kept

    def _goes_on(self, conn: TConn) -> bool:
        """Whether another request comes at once, or the client hangs up. Nobody waits for that while half of the
        threads are taken, and a worker that is being stopped lets all connections go."""
        if not self.alive or not self.tpool.has_room():
            return False
        coming = select.poll()
        coming.register(conn.sock, select.POLLIN)
        return bool(coming.poll(_STAYS))
