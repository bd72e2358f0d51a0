"""A real server process, and what a request costs it: CPU seconds of all its processes, from the kernel's count."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.servers import Nginx, nginx

_SCHEDULED = 2  # of the three CPU clocks of a process, the exact one
_IDLE = 0.5  # seconds in which a server that has settled uses less than one in fifty
_CONFIG = settings.BASE_DIR / "deploy" / "gunicorn.conf.py"
_UNIT = settings.BASE_DIR / "deploy" / "clinicinfo.service"


@dataclass(frozen=True)
class Cost:
    """Of one request: CPU seconds of the server, of the database's own processes, and bytes of the body."""

    server: float
    database: float
    size: int
    status: int
    kept: float = 0  # of 1: how many answers nginx had by itself
    rate: float = 0  # requests in a second, where these were asked for a time

    @property
    def whole(self) -> float:
        return self.server + self.database


class Server:
    """A server under measurement; ``get`` many addresses and learn what each cost."""

    def __init__(self, address: Path, process: subprocess.Popen):
        self.address, self._process = address, process

    def cost(self, addresses: Iterable[str], *, headers: dict[str, str] | None = None) -> Cost:
        """What one of these requests costs, on one kept connection. All of them are asked for once, in their order."""
        addresses = list(addresses)
        sent = {"Host": "localhost", "Accept-Encoding": "gzip", **(headers or {})}
        size = status = 0

        def ask() -> None:
            nonlocal size, status
            client = self.client()
            for address in addresses:
                client.request("GET", address, headers=sent)
                answer = client.getresponse()
                size += len(answer.read())
                status = max(status, answer.status)
            client.close()

        cost = self.cost_of(ask, len(addresses))
        return replace(cost, size=size // len(addresses), status=status)

    def cost_for(self, seconds: float, addresses: Iterable[str]) -> Cost:
        """The same of these addresses, asked for in turn, again and again, for so long."""
        told: Counter[str] = Counter()
        sent = {"Host": "localhost", "Accept-Encoding": "gzip"}
        client, started, before, before_database = self.client(), time.monotonic(), self._cpu(), database_cpu()
        for address in cycle(addresses):
            client.request("GET", address, headers=sent)
            answer = client.getresponse()
            answer.read()
            told[answer.getheader("X-Cache", "")] += 1
            if (took := time.monotonic() - started) > seconds:
                break
        spent, spent_database, count = self._cpu() - before, database_cpu() - before_database, told.total()
        client.close()
        return Cost(
            spent / count, spent_database / count, size=0, status=0, kept=told["HIT"] / count, rate=count / took
        )

    def cost_of(self, act: Callable[[], object], count: int) -> Cost:
        """What one of ``count`` requests costs that ``act`` sends."""
        before, before_database = self._cpu(), database_cpu()
        act()
        spent, spent_database = self._cpu() - before, database_cpu() - before_database
        return Cost(spent / count, spent_database / count, size=0, status=0)

    def client(self) -> http.client.HTTPConnection:
        """A connection of one's own, kept from request to request."""
        return _Client(self.address)

    def etag(self, address: str) -> str:
        """The ETag of a page, as this client gets it."""
        client = self.client()
        client.request("GET", address, headers={"Host": "localhost", "Accept-Encoding": "gzip"})
        answer = client.getresponse()
        answer.read()
        return answer.getheader("ETag", "")

    def settle(self) -> None:
        """Wait until it does nothing by itself any more: what a process reads beside its first requests (the rules for
        replies, some seconds of CPU) is no cost of theirs."""
        before = self._cpu()
        while True:
            time.sleep(_IDLE)
            now = self._cpu()
            if now - before < _IDLE / 50:
                return
            before = now

    def memory(self) -> int:
        """Bytes that the largest worker holds for itself alone."""
        return max(_memory(pid, "Private_Clean:", "Private_Dirty:") for pid in _children(self._process.pid))

    def memory_of_files(self) -> int:
        """Bytes of these that are unchanged pieces of files (programs' code): with a second worker they are shared."""
        return max(_memory(pid, "Private_Clean:") for pid in _children(self._process.pid))

    def memory_with_shared(self) -> int:
        """The same with its part of what several processes share."""
        return max(_memory(pid, "Pss:") for pid in _children(self._process.pid))

    def _cpu(self) -> float:
        return sum(_cpu_of(pid) for pid in (self._process.pid, *_children(self._process.pid)))


class Front(Server):
    """nginx as deployed before a server: what it costs itself and lets the server behind it do."""

    def __init__(self, nginx: Nginx, behind: Server):
        self._nginx, self._behind = nginx, behind

    def client(self) -> http.client.HTTPConnection:
        return self._nginx.connection()

    def _cpu(self) -> float:
        own = self._nginx.process.pid
        return self._behind._cpu() + sum(_cpu_of(pid) for pid in (own, *_children(own)))


class _Client(http.client.HTTPConnection):
    """As nginx asks: over the server's socket in the file system."""

    def __init__(self, address: Path):
        super().__init__("localhost", timeout=60)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._address))


@contextlib.contextmanager
def behind_nginx(server: Server, *, file: int) -> Iterator[Front]:
    """nginx before the server, with a file of so many bytes at ``/files/page.html``."""
    with tempfile.TemporaryDirectory(prefix="clinicinfo-bench-") as named:
        folder = Path(named)
        folder.chmod(0o755)
        (folder / "files").mkdir()
        (folder / "files" / "page.html").write_bytes(bytes(file))
        with nginx(folder, server.address, files=folder / "files") as running:
            yield Front(running, server)


@contextlib.contextmanager
def serving(application: str, *, workers: int = 1, **environment: str) -> Iterator[Server]:
    """The application (``"clinicinfo.wsgi"``) on the server and with the configuration that a clinic runs."""
    with tempfile.TemporaryDirectory(prefix="clinicinfo-bench-") as folder:
        address = Path(folder) / "web.sock"
        command = [sys.executable, "-m", "gunicorn", "-c", str(_CONFIG), "--bind", f"unix:{address}"]
        command += ["--workers", str(workers), application]
        told = {**os.environ, **as_the_unit_says(), **environment}
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=told)  # noqa: S603
        try:
            _wait(address, process)
            server = Server(address, process)
            server.settle()
            yield server
        finally:
            process.terminate()
            process.wait(timeout=60)


def database_cpu() -> float:
    """CPU seconds that PostgreSQL's processes for our database have had so far; 0 for SQLite, which has none.

    A process that ended meanwhile is not counted any more: ask while the server's connections stand.
    """
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return sum(_cpu_of(pid) for (pid,) in cursor.fetchall())


def _wait(address: Path, process: subprocess.Popen) -> None:
    for _try in range(300):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
            client.connect(str(address))
            return
        if process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        time.sleep(0.1)
    raise RuntimeError("the server did not answer within 30 seconds")


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def _cpu_of(pid: int) -> float:
    """Of all threads that it has had, to the nanosecond; 0 if it has gone (`clock_getcpuclockid(3)` in Linux: the
    kernel's own sums are in hundredths of a second, and what it tells of each thread goes with the thread)."""
    try:
        return time.clock_gettime(~pid << 3 | _SCHEDULED)
    except OSError:
        return 0.0


def _memory(pid: int, *names: str) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(names))


def as_the_unit_says() -> dict[str, str]:
    """How memory is to be handed out, as systemd tells it the server."""
    return dict(re.findall(r"^Environment=(MALLOC_\w+)=(\S+)$", _UNIT.read_text(), re.MULTILINE))
