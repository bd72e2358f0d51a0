"""Whether what is kept of the clinic is still what was recorded."""

import json
from itertools import zip_longest

from django.utils.translation import gettext as _

from monographs.audit.models import Entry
from monographs.audit.verify import Altered
from monographs.clinics.models import Clinic, ClinicDetails


def check_clinic() -> None:
    """Each row of details is one that the ledger names, of the same instant, and none is missing; what the clinic's
    own row says is what the newest of them says. Raises `Altered`."""
    rows = ClinicDetails.objects.order_by("pk")
    for row, said in zip_longest(rows.iterator(), _recorded()):
        if row is None:
            raise Altered(ClinicDetails._meta.db_table, 0, _("the ledger speaks of details that are missing."))
        if row.digest != row.computed_digest():
            raise _altered(row, _("the SHA-256 of its columns is %s.") % row.computed_digest())
        if said is None:
            raise _altered(row, _("the ledger says nothing of it."))
        if said != (row.from_at, row.digest):
            raise _altered(row, _("the ledger has %(digest)s from %(at)s.") % {"at": said[0], "digest": said[1]})
    _check_present()


def _recorded() -> list[tuple]:
    """The instant and digest of each row as the ledger has them, oldest first."""
    entries = Entry.objects.about(Clinic(pk=1)).filter(data__contains='"details":')
    return [(at, json.loads(data)["details"]) for at, data in entries.values_list("effective_at", "data")]


def _check_present() -> None:
    newest = ClinicDetails.objects.order_by("-from_at", "-pk").first()
    clinic = Clinic.objects.first()
    if not newest or not clinic:
        return
    kept, present = json.loads(newest.details), clinic.details
    for name in sorted(kept.keys() & present.keys()):
        if kept[name] != present[name]:
            problem = _("%(field)s is “%(kept)s” in the details of %(at)s, but the row says “%(found)s”.")
            words = {"field": name, "kept": kept[name], "at": newest.from_at, "found": present[name]}
            raise Altered(Clinic._meta.db_table, clinic.pk, problem % words)


def _altered(row: ClinicDetails, problem: str) -> Altered:
    return Altered(row._meta.db_table, row.pk, problem)
