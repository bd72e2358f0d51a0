"""Make a database for measuring, fill it, print every measurement, take it away again."""

import argparse
import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.bench import figures, goals


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--leaflets", type=int, default=1_000)
    parser.add_argument("--replies", type=int, default=20_000)
    parser.add_argument("--only", nargs="*", help="names of measurements")
    parser.add_argument("--plans", type=Path, help="file for the database's plans of the look-ups")
    parser.add_argument("--keep", metavar="NAME", help="PostgreSQL: measure in the database measuring_NAME, which is "
                        "made and filled where there is none, and stays")  # fmt: skip
    parser.add_argument("--figures", type=Path, help="file for the costs of this run")
    parser.add_argument("--against", type=Path, help="such a file of another run: print how many times as much each is")
    chosen = parser.parse_args(arguments)
    if chosen.keep and not re.fullmatch(r"\w+", chosen.keep):
        parser.error("the name of a database has letters and digits alone")
    with tempfile.TemporaryDirectory(prefix="clinicinfo-bench-") as folder, _database(Path(folder), chosen.keep):
        _measure(chosen)
    return 0


@contextlib.contextmanager
def _database(folder: Path, kept: str | None) -> Iterator[None]:
    """A database with “measuring” in its name, named by DATABASE_URL: SQLite's file, or on the PostgreSQL that
    DATABASE_URL names already. It is new and goes in the end; ``kept`` names one that may be there and stays."""
    for name in [name for name in os.environ if name.startswith("CLINICINFO_")]:
        del os.environ[name]
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "CLINICINFO_VAR": str(folder)}
    os.environ |= {"CLINICINFO_MODE": "local", "CLINICINFO_ENV_FILE": os.devnull}
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        if kept:
            raise SystemExit("only a database of PostgreSQL can be kept: DATABASE_URL names none")
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/measuring.sqlite3"
        yield
        return
    import psycopg

    name = f"measuring_{kept or os.getpid()}"
    with psycopg.connect(given, autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f"CREATE DATABASE {name}")
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        try:
            yield
        finally:
            if not kept:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _measure(chosen: argparse.Namespace) -> None:
    import django

    django.setup()
    # All of these need the settings above.
    from django.core.management import call_command
    from django.db import connection

    from monographs.leaflets.models import Leaflet
    from tests.bench import known, pages, paper, plans, queue, replies, staff_pages, texts, triage, verbs

    started = time.monotonic()
    call_command("migrate", verbosity=0)
    if not Leaflet.objects.exists():
        # In a process of its own: who made the texts remembers them, and would publish them for less.
        corpus = ["make_corpus", "--leaflets", str(chosen.leaflets), "--replies", str(chosen.replies)]
        subprocess.run([sys.executable, "-m", "django", *corpus], check=True)  # noqa: S603 - our own command
    print(f"On {connection.vendor} (made in {time.monotonic() - started:.0f} s):", flush=True)
    measurements: dict[str, Callable[[], Iterator[str]]] = {
        "pages": pages.pages,
        "known": known.known,
        "replies": replies.replies,
        "staff": staff_pages.staff_pages,
        "verbs": verbs.verbs,
        "queue": queue.queue,
        "plans": lambda: plans.plans(chosen.plans),
        "triage": triage.triage_figures,
        **texts.ALL,
        "paper": paper.paper,  # last: it adds two leaflets
    }
    for name, measure in measurements.items():
        if chosen.only and name not in chosen.only:
            continue
        for line in measure():
            print(f"  {line}", flush=True)
    for line in goals.reached():
        print(f"  {line}", flush=True)
    if chosen.figures:
        figures.write(chosen.figures)
    if chosen.against:
        for line in figures.compared(chosen.against):
            print(f"  {line}", flush=True)
    connection.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
