"""A socket between the site and its PostgreSQL, which can do what networks and servers do in a bad night."""

import contextlib
import socket
import threading
from collections.abc import Iterator

from django.db import connection


class Between:
    """Hands on what comes, until it is told otherwise. ``url`` is the database's address through it.

    Its states: `refuse` (nobody listens), `fall_silent` (connections stand and new ones are taken, nothing is handed
    on) and `pass_on`, which ends both: what was held back is handed on then, as by a server that had been stopped.
    """

    def __init__(self):
        database = connection.settings_dict
        self._upstream = database["HOST"] or "127.0.0.1", int(database["PORT"] or 5432)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        who = f"{database['USER'] or 'postgres'}:{database['PASSWORD']}"
        self.url = f"postgres://{who}@127.0.0.1:{self.port}/{database['NAME']}"
        self._may_pass, self._lock, self._ends = threading.Event(), threading.Lock(), set()
        self._cut_at = b""
        self.is_cut_before = True
        self.has_cut = threading.Event()
        self._may_pass.set()
        self._listen()

    # --- What it can do ---

    def refuse(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
        self._door.close()
        self.cut()

    def fall_silent(self) -> None:
        self._may_pass.clear()

    def pass_on(self) -> None:
        if self._door.fileno() < 0:
            self._door = socket.create_server(("127.0.0.1", self.port))
            self._listen()
        self._may_pass.set()

    def cut(self) -> None:
        """End all connections, as a server that is started anew."""
        with self._lock:
            ends, self._ends = self._ends, set()
        for end in ends:
            _hang_up(end)

    def cut_at(self, words: bytes, *, before: bool = True) -> None:
        """End the connection that next says these words: before they arrive, or after, without the answer."""
        self.has_cut.clear()
        self._cut_at, self.is_cut_before = words, before

    # --- How ---

    def _listen(self) -> None:
        threading.Thread(target=self._accept, args=(self._door,), daemon=True).start()

    def _accept(self, door: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _address = door.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with self._lock:
            self._ends.add(client)
        self._may_pass.wait()
        server = self._server()
        with self._lock:
            self._ends.add(server)
        threading.Thread(target=self._pump, args=(server, client, False), daemon=True).start()
        self._pump(client, server, True)

    def _server(self) -> socket.socket:
        host, port = self._upstream
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{host}/.s.PGSQL.{port}")
        return server

    def _pump(self, source: socket.socket, target: socket.socket, is_asking: bool) -> None:
        try:
            while data := source.recv(65536):
                self._may_pass.wait()
                if is_asking and self._cut_at and self._cut_at in data:
                    self._cut_at = b""
                    if not self.is_cut_before:
                        _hang_up(source)
                        with contextlib.suppress(OSError):
                            target.sendall(data)
                            target.recv(1)  # PostgreSQL has done it
                    self.has_cut.set()
                    return
                target.sendall(data)
        except OSError:
            pass
        finally:
            _hang_up(source)
            _hang_up(target)


def _hang_up(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        end.close()


@contextlib.contextmanager
def between() -> Iterator[Between]:
    """A `Between` in front of the test's PostgreSQL."""
    running = Between()
    try:
        yield running
    finally:
        running.pass_on()
        running.refuse()
