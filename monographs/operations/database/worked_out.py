"""What follows from the record is worked out anew once after migrations, and not each time somebody says `migrate`."""

import hashlib
from collections.abc import Callable

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _


class WorkedOut(models.Model):
    """Under which migrations, or by which rules, something was worked out last.

    A row is written when that is done: where it is missing or says something else, it was never finished.
    """

    what = models.CharField(_("what"), max_length=30, primary_key=True)
    by = models.CharField(_("by what"), max_length=64)

    class Meta:
        verbose_name = _("what was worked out")
        verbose_name_plural = _("what was worked out")

    def __str__(self):
        return f"{self.what}: {self.by}"


def work_out(what: str, work: Callable[[], object], *, by: str) -> bool:
    """Do it unless it was done ``by`` the same; whether it was. Two at once may both do it, which does no harm."""
    if WorkedOut.objects.filter(what=what, by=by).exists():
        return False
    work()
    WorkedOut.objects.update_or_create(what=what, defaults={"by": by})
    return True


def migrations_of(connection: BaseDatabaseWrapper) -> str:
    """SHA-256 over the names of the migrations that this database has."""
    applied = sorted(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "monographs")
    return hashlib.sha256("\n".join(applied).encode()).hexdigest()
