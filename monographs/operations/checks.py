"""What must be right before patients are served: Django system checks, and the refusal to start without."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from monographs.clinics.models import Clinic
from monographs.operations.database.needs import missing_guards
from monographs.staff.models import StaffMember


def sample_staff(connection: BaseDatabaseWrapper) -> list[Error]:
    """Anybody who read the manual knows the sample staff's password."""
    if settings.IS_LOCAL or StaffMember._meta.db_table not in connection.introspection.table_names():
        return []
    names = StaffMember.objects.using(connection.alias).filter(is_sample=True).order_by("username")
    usernames = ", ".join(names.values_list("username", flat=True))
    if not usernames:
        return []
    return [
        Error(
            f"This database was filled with samples: it holds sample staff ({usernames}), whose password is public.",
            hint=(
                "Sample staff have signed the sample leaflets, and what is signed stays on record, so they can't be "
                "taken out. Give the real site a fresh database: another DATABASE_URL (or another CLINICINFO_VAR for "
                "SQLite), then `manage.py migrate` and `manage.py createsuperuser`."
            ),
            id="monographs.E001",
        )
    ]


def guards_in_place(connection: BaseDatabaseWrapper) -> list[Error]:
    """Without its triggers the database would let history be changed."""
    missing = missing_guards(connection)
    if not missing:
        return []
    return [
        Error(
            f"The database does not guard its history: these triggers are missing: {', '.join(missing)}.",
            hint="Run `manage.py migrate`, which makes them, then `manage.py verify_history`.",
            id="monographs.E002",
        )
    ]


def closed_replies(connection: BaseDatabaseWrapper) -> list[Warning]:
    """Nobody may write in need on a page that says nobody to call, so replies wait for the clinic's lines."""
    if Clinic._meta.db_table not in connection.introspection.table_names():
        return []
    missing = [name for clinic in Clinic.objects.using(connection.alias) for name in clinic.missing]
    if not missing:
        return []
    return [
        Warning(
            f"Readers can't send replies: the clinic's details lack {', '.join(missing)}.",
            hint="Give them in the admin, under “The clinic”: whoever writes a reply is told whom to call in need.",
            id="monographs.W001",
        )
    ]


def check_replies(*, databases: Sequence[str] | None = None, **kwargs) -> list[CheckMessage]:
    """What keeps replies closed. A deployment check: the tables may lack its columns before `migrate`."""
    return [warning for alias in databases or () for warning in closed_replies(connections[alias])]


def check_sample_staff(*, databases: Sequence[str] | None = None, **kwargs) -> list[CheckMessage]:
    """No sample staff on a real site."""
    return [error for alias in databases or () for error in sample_staff(connections[alias])]


def check_guards(*, databases: Sequence[str] | None = None, **kwargs) -> list[CheckMessage]:
    """History can't be changed. A deployment check: `migrate`, which repairs it, must be able to run."""
    return [error for alias in databases or () for error in guards_in_place(connections[alias])]


def register_checks() -> None:
    """Make `manage.py migrate` and `manage.py check --database default` (with ``--deploy`` both) ask these."""
    register(check_sample_staff, Tags.database)
    register(check_guards, Tags.database, deploy=True)
    register(check_replies, Tags.database, deploy=True)


def refuse_unsafe_start() -> None:
    """Raise ImproperlyConfigured rather than serve a real site with what these checks find.

    A database that does not answer yet is no reason: the server starts and `/readyz` says so. The connection
    is closed again, because servers fork after this.
    """
    if settings.IS_LOCAL:
        return
    try:
        errors = [*sample_staff(connection), *guards_in_place(connection)]
    except DatabaseError:
        errors = []
    finally:
        _disconnect()
    if errors:
        raise ImproperlyConfigured(" ".join(f"{error.msg} {error.hint}" for error in errors))


def _disconnect() -> None:
    if connection.in_atomic_block:  # a test's transaction, which is nobody's to fork
        return
    connection.close()
