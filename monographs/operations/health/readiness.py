"""What must hold for the site to do all of its work."""

import datetime as dt
import functools
import logging
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from monographs.audit.apart import connection_apart
from monographs.audit.models import Entry
from monographs.audit.record import busy_with
from monographs.mail.models import Letter

CLOCK_MAY_BE_OFF = dt.timedelta(minutes=5)
_log = logging.getLogger(__name__)


def troubles() -> list[str]:
    """What keeps the site from working, each in a few words for a machine's log. May take long: see
    `operations.health.probe`.

    In a thread of its own: the connection to the database is opened anew, outside what the requests use.
    """
    with connection_apart():
        return [*trouble_with_disks(), *trouble_with_database()]


@functools.cache
def last_migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of the last migration of each app, as the program's files have them; read once."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def trouble_with_database() -> Iterator[str]:
    """That it answers, knows this program's tables, can be written to, and agrees with us on the time."""
    migrations = MigrationRecorder(connection).migration_qs
    try:
        names = {name for _app, name in last_migrations()}
        if not last_migrations() <= set(migrations.filter(name__in=names).values_list("app", "name")):
            yield "migrations not applied"
            return
        if not _can_be_written_to():
            yield "database read-only"
        if _is_clock_wrong(timezone.now()):
            yield "clock wrong"
        if _are_letters_kept(timezone.now()):
            yield "letters not sent"
    except (DatabaseError, InterfaceError):
        _log.exception("The database does not answer.")
        yield "database unavailable"


def _can_be_written_to() -> bool:
    """Asked without writing. A lock that another writer holds is no reason against it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean")
            return not cursor.fetchone()[0]
    try:
        with transaction.atomic():  # BEGIN IMMEDIATE, by the settings; nothing to commit
            return True
    except DatabaseError as error:
        if busy_with(error):
            return True
        _log.error("The database can't be written to: %s", error)
        return False


def _is_clock_wrong(now: dt.datetime) -> bool:
    """Behind what was recorded last, behind the program's own files, or minutes off the clock of PostgreSQL.

    The entry written last counts: one dated wrongly in the past is forgotten with the next act.
    """
    last = Entry.objects.order_by("-position").values_list("at", flat=True).first()
    programs = dt.datetime.fromtimestamp(Path(__file__).stat().st_mtime, tz=dt.UTC)
    not_before = max(programs, last or programs) - CLOCK_MAY_BE_OFF
    if connection.vendor != "postgresql":
        return now < not_before
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return now < not_before or abs(cursor.fetchone()[0] - now) > CLOCK_MAY_BE_OFF


def _are_letters_kept(now: dt.datetime) -> bool:
    """Whether letters wait for an hour, urgent ones for five minutes, or one of a cry for help was given up."""
    return Letter.objects.late(now).exists() or Letter.objects.to_see_to().filter(is_urgent=True).exists()


def trouble_with_disks() -> Iterator[str]:
    """Each place that the site writes to, by what it holds, where there is little room or nothing can be written."""
    for what, folder in written_to().items():
        there = next(one for one in (folder, *folder.parents) if one.exists())
        found = os.statvfs(there)
        if found.f_bavail * found.f_frsize < settings.LEAST_ROOM or (found.f_files and not found.f_favail):
            yield f"little room for {what}"
        if not os.access(there, os.W_OK):
            yield f"no permission to write {what}"


def written_to() -> dict[str, Path]:
    """What is kept where, on this machine."""
    folders = {"pictures": Path(settings.MEDIA_ROOT), "the folder VAR": Path(settings.VAR)}
    if connection.vendor == "sqlite":
        folders["the database"] = Path(connection.settings_dict["NAME"]).resolve().parent
    return folders
