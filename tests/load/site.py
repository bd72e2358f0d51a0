"""The server as it is deployed, on a fresh database with the sample people and leaflets; and what ends it by force."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.load.browser import Browser

ROOT = Path(__file__).resolve().parents[2]


class Site:
    """A gunicorn with `deploy/gunicorn.conf.py`; ``start`` it again when it was killed."""

    def __init__(self, folder: Path):
        self.socket, self.log = folder / "web.sock", folder / "gunicorn.log"
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--bind", f"unix:{self.socket}"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)  # noqa: S603 - our own
        end = time.monotonic() + 60
        while Browser(str(self.socket)).get("/robots.txt").status != 200:
            if time.monotonic() > end or self._process.poll() is not None:
                raise SystemExit(f"The server did not start:\n{self.log.read_text()}")
            time.sleep(0.2)

    def workers(self) -> list[int]:
        pid = self._process.pid
        with contextlib.suppress(FileNotFoundError):
            return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return []

    def memory(self) -> int:
        """Bytes that the larger worker holds for itself alone."""
        sizes = [0]
        for worker in self.workers():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                lines = Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines()
                sizes.append(sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) * 1024)
        return max(sizes)

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(60)

    def kill_worker(self, chance: random.Random) -> None:
        """Without a warning, in the middle of whatever it does."""
        if workers := self.workers():
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)

    def kill_all(self) -> None:
        """Master and workers at once, as when the power goes; then a new start."""
        workers = self.workers()
        self._process.kill()
        self._process.wait(10)
        for worker in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        self.start()


def kill_now_and_then(site: Site, kills: int, seconds: float, stop: threading.Event) -> None:
    """``kills`` in this time; every fifth ends the whole server."""
    chance = random.Random(11)  # noqa: S311 - no secret; the same each time
    for number in range(1, kills + 1):
        if stop.wait(seconds / kills * chance.uniform(0.6, 1.4)):
            return
        if number % 5:
            site.kill_worker(chance)
        else:
            site.kill_all()


@contextlib.contextmanager
def fresh_site() -> Iterator[Site]:
    """An empty database in the environment, migrated and filled, and a server on it; all is taken away in the end."""
    with tempfile.TemporaryDirectory(prefix="clinicinfo-load-") as name, _database(Path(name)):
        for command in (["migrate", "--verbosity", "0"], ["load_samples"]):
            subprocess.run(  # noqa: S603 - our own interpreter
                [sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
            )
        site = Site(Path(name))
        site.start()
        try:
            yield site
        finally:
            site.stop()


@contextlib.contextmanager
def _database(folder: Path) -> Iterator[None]:
    """SQLite's file in the folder, or a database of its own on the PostgreSQL that DATABASE_URL names."""
    for name in [name for name in os.environ if name.startswith("CLINICINFO_")]:
        del os.environ[name]
    os.environ |= {"CLINICINFO_MODE": "local", "CLINICINFO_ENV_FILE": os.devnull, "CLINICINFO_VAR": str(folder)}
    os.environ |= {"DJANGO_SETTINGS_MODULE": "clinicinfo.settings", "CLINICINFO_LOG_LEVEL": "ERROR"}
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/clinicinfo.sqlite3"
        yield
        return
    import psycopg

    name = f"load_{os.getpid()}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        try:
            yield
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
